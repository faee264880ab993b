// Holds each cancel to what it means: free, perhaps billed, or paid and not downloaded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileError } from '../../../src/history/files.ts';
import { Failure } from '../../../src/request/failures/failure.ts';
import { makeImage } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until } from './workbench.ts';

const URL_1 = 'https://files.example/1.png';

test('while queued: nothing was sent, nothing is left', async (t) => {
  const { queue, posts, names } = makeWorkbench(t, { concurrency: 1 });
  queue.add(makeRequest('first'), 'person');
  const job = queue.add(makeRequest('second'), 'person');
  await until(() => posts.length === 1);
  queue.cancel(job.id);
  assert.deepEqual(await job.ended, { phase: 'cancelled', billed: 'no', paidNotDownloaded: false });
  assert.deepEqual([posts.length, names('unfinished').length], [1, 1]);
});

test('before the POST left: not billed, and no POST follows', async (t) => {
  let connect: () => void = () => undefined;
  const { queue, posts, names } = makeWorkbench(t, {
    connectionFor: () => new Promise((_, reject) => (connect = () => reject(new Failure('keyMissing')))),
  });
  const job = queue.add(makeRequest(), 'person');
  queue.cancel(job.id);
  connect();
  assert.equal((await job.ended).phase, 'failed');
  assert.deepEqual([posts.length, names('unfinished')], [0, []]);
});

test('while the journal is written: not billed, and no POST follows', async (t) => {
  const { queue, posts, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => job.state.phase === 'requesting');
  queue.cancel(job.id);
  assert.deepEqual(await job.ended, { phase: 'cancelled', billed: 'no', paidNotDownloaded: false });
  assert.deepEqual([posts.length, names('unfinished')], [0, []]);
});

test('while requesting: the call is aborted, and may be billed', async (t) => {
  const { queue, posts, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  queue.cancel(job.id);
  assert.equal(posts[0]?.signal.aborted, true);
  assert.deepEqual(await job.ended, { phase: 'cancelled', billed: 'maybe', paidNotDownloaded: false });
  assert.deepEqual(names('unfinished'), []);
});

test('while downloading: paid, not downloaded, and free to download again', async (t) => {
  const { queue, posts, downloads, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
  await until(() => downloads.length === 1);
  queue.cancel(job.id);
  assert.deepEqual(await job.ended, { phase: 'cancelled', billed: 'yes', paidNotDownloaded: true });
  assert.equal(names('unfinished').length, 1);
  queue.downloadAgain(job.id);
  await until(() => downloads.length === 2);
  downloads[1]?.resolve(makeImage());
  expectPhase({ ...job, state: await job.ended }, 'kept');
  assert.deepEqual(names('unfinished'), []);
});

test('an answer that came in the same moment is not lost', async (t) => {
  const { queue, posts, downloads, names } = makeWorkbench(t);
  const [byUrl, byBytes] = [queue.add(makeRequest('url'), 'person'), queue.add(makeRequest('bytes'), 'person')];
  await until(() => posts.length === 2);
  for (const { what, resolve } of posts) resolve([what === 'url' ? { kind: 'url', url: URL_1 } : { kind: 'bytes', bytes: makeImage() }]);
  queue.cancelAll();
  assert.deepEqual(await byUrl.ended, { phase: 'cancelled', billed: 'yes', paidNotDownloaded: true });
  assert.equal((await byBytes.ended).phase, 'kept');
  assert.deepEqual([downloads.length, names('unfinished')], [0, [`${byUrl.id}.json`]]);
});

test('while writing: nothing happens, the image is kept', async (t) => {
  const { queue, posts } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  queue.onDidChange(({ id, state }) => {
    if (state.phase === 'writing') queue.cancel(id);
  });
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'bytes', bytes: makeImage() }]);
  assert.equal((await job.ended).phase, 'kept');
});

test('while waiting for a rate limit, and between two tries: nothing was sent', async (t) => {
  const { queue, posts, names, clock } = makeWorkbench(t);
  const [limited, unreachable] = [queue.add(makeRequest('limited'), 'person'), queue.add(makeRequest('unreachable'), 'person')];
  await until(() => posts.length === 2);
  for (const { what, reject } of posts) reject(what === 'limited' ? new Failure('rateLimited', { status: 429 }) : new Failure('unreachable', { unsent: true }));
  await until(() => limited.state.phase === 'waiting' && unreachable.state.phase === 'waiting');
  queue.cancelAll();
  for (const job of [limited, unreachable]) assert.deepEqual(await job.ended, { phase: 'cancelled', billed: 'no', paidNotDownloaded: false });
  clock.pass(600_000);
  assert.deepEqual([posts.length, names('unfinished'), clock.timers], [2, [], 0]);
});

test('the caller\'s signal cancels, also one that was aborted before', async (t) => {
  const { queue, posts } = makeWorkbench(t);
  const controller = new AbortController();
  const job = queue.add(makeRequest(), 'code', { signal: controller.signal });
  await until(() => posts.length === 1);
  controller.abort();
  assert.equal((await job.ended).phase, 'cancelled');
  const late = queue.add(makeRequest(), 'code', { signal: controller.signal });
  assert.deepEqual(await late.ended, { phase: 'cancelled', billed: 'no', paidNotDownloaded: false });
  assert.equal(posts.length, 1);
});

test('closing the window ends all calls and leaves the journals', async (t) => {
  const { queue, posts, downloads, names, clock } = makeWorkbench(t, { concurrency: 3 });
  const jobs = ['a', 'b', 'c', 'd'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 3);
  posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
  posts[2]?.reject(new Failure('rateLimited', { status: 429 }));
  await until(() => downloads.length === 1 && jobs[3]?.state.phase === 'waiting');
  queue.dispose();
  for (const job of jobs) await job.ended;
  const late = queue.add(makeRequest(), 'person');
  assert.equal((await late.ended).phase, 'cancelled');
  assert.deepEqual([posts.length, names('unfinished').length, clock.timers], [3, 2, 0]);
});

test('a disk that fails in the middle of a cancel does not keep the job from ending', async (t) => {
  const { queue, posts, logged } = makeWorkbench(t, { wrapFiles: (files) => ({ ...files, remove: () => Promise.reject(new FileError('EIO')) }) });
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  queue.cancel(job.id);
  assert.equal((await job.ended).phase, 'cancelled');
  assert.match(logged.join(), /EIO/);
});
