// Holds the queue to the way a job goes: queued, requested, downloaded, kept; with its journal from first to last.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isEnded } from '../../../src/jobs/job.ts';
import { Failure } from '../../../src/request/failures/failure.ts';
import { makeImage } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until } from './workbench.ts';

const URL_1 = 'https://files.example/1.png?Signature=secret';

test('an image by URL: journal before the POST, the URL in it, then the image, then no journal', async (t) => {
  const { root, queue, posts, downloads, names, journal, clock } = makeWorkbench(t);
  const phases: string[] = [];
  queue.onDidChange((changed) => phases.push(changed.state.phase));
  const job = queue.add(makeRequest('猫'), 'person');
  await until(() => posts.length === 1);
  assert.deepEqual(names('unfinished'), [`${job.id}.json`]);
  const sent = journal(`${job.id}.json`);
  assert.deepEqual([sent.phase, sent.items, sent.request.prompt, sent.endpoint], ['sent', [], '猫', 'https://api.example.com']);
  clock.pass(30_000);
  posts[0]?.resolve([{ kind: 'url', url: URL_1, revisedPrompt: 'a red cat' }]);
  await until(() => journal(`${job.id}.json`).phase === 'answered');
  assert.deepEqual(journal(`${job.id}.json`).items, [{ imageId: job.id, kept: false, url: URL_1, revisedPrompt: 'a red cat' }]);
  downloads[0]?.progress(10, 20);
  assert.deepEqual(job.state, { phase: 'downloading', receivedBytes: 10, totalBytes: 20 });
  clock.pass(500);
  const bytes = makeImage();
  downloads[0]?.resolve(bytes);
  const state = await job.ended;
  assert.equal(state, job.state);
  const [record] = expectPhase(job, 'kept').images;
  assert.ok(record);
  assert.deepEqual(new Uint8Array(readFileSync(join(root, 'images', record.file.name))), bytes);
  assert.deepEqual([record.recipe.durationMs, record.recipe.revisedPrompt, record.recipe.endpoint], [30_500, 'a red cat', 'https://api.example.com']);
  assert.equal(record.recipe.time, new Date(sent.startedMs).toISOString());
  assert.deepEqual([names('unfinished'), names('images')], [[], [`${job.id}.json`, `${job.id}.png`]]);
  assert.doesNotMatch(readFileSync(join(root, `images/${job.id}.json`), 'utf8'), /Signature|sk-1/);
  assert.deepEqual(phases, ['queued', 'requesting', 'downloading', 'downloading', 'writing', 'kept']);
});

test('every item of an answer is kept, bytes and URLs alike', async (t) => {
  const { queue, posts, downloads, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'bytes', bytes: makeImage() }, { kind: 'url', url: URL_1 }, { kind: 'bytes', bytes: makeImage() }]);
  await until(() => downloads.length === 1);
  downloads[0]?.resolve(makeImage());
  await job.ended;
  assert.deepEqual(expectPhase(job, 'kept').images.map(({ id }) => id), [job.id, `${job.id}-1`, `${job.id}-2`]);
  assert.equal(names('images').length, 6);
  assert.deepEqual(names('unfinished'), []);
});

test('what is kept stays if another item of the answer fails, and only that one is fetched again', async (t) => {
  const { queue, posts, downloads, names, journal } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'url', url: `${URL_1}&a` }, { kind: 'url', url: `${URL_1}&b` }]);
  await until(() => downloads.length === 1);
  downloads[0]?.reject(new Failure('downloadFailed'));
  await until(() => downloads.length === 2);
  downloads[1]?.resolve(makeImage());
  await job.ended;
  const failed = expectPhase(job, 'failed');
  assert.deepEqual([failed.failure.reason, failed.paidNotDownloaded, failed.images.length], ['downloadFailed', true, 1]);
  assert.deepEqual(journal(`${job.id}.json`).items.map(({ kept }) => kept), [false, true]);
  queue.downloadAgain(job.id);
  await until(() => downloads.length === 3);
  assert.equal(downloads[2]?.what, `${URL_1}&a`);
  downloads[2]?.resolve(makeImage());
  await job.ended;
  assert.equal(expectPhase(job, 'kept').images.length, 2);
  assert.equal(names('images').length, 4);
  assert.deepEqual(names('unfinished'), []);
  assert.equal(posts.length, 1);
});

test('no more than `concurrency` are in flight, and they start in the order they were asked for', async (t) => {
  const { queue, posts } = makeWorkbench(t, { concurrency: 2 });
  const jobs = ['a', 'b', 'c', 'd'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 2);
  posts[0]?.resolve([{ kind: 'bytes', bytes: makeImage() }]);
  await until(() => posts.length === 3);
  assert.equal(jobs.filter(({ state }) => state.phase === 'queued').length, 1);
  posts[1]?.reject(new Failure('contentRefused'));
  await until(() => posts.length === 4);
  assert.deepEqual(new Set(posts.slice(0, 2).map(({ what }) => what)), new Set(['a', 'b']));
  assert.deepEqual(posts.slice(2).map(({ what }) => what), ['c', 'd']);
});

test('those that wait start if more may be in flight than before, and not until it is said', async (t) => {
  let concurrency = 1;
  const { queue, posts } = makeWorkbench(t, { concurrency: () => concurrency });
  const jobs = ['a', 'b', 'c', 'd'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 1);
  concurrency = 3;
  queue.startMore();
  await until(() => posts.length === 3);
  assert.deepEqual(jobs.map(({ state }) => state.phase), ['requesting', 'requesting', 'requesting', 'queued']);
  concurrency = 1;
  queue.startMore();
  assert.equal(posts.filter(({ signal }) => signal.aborted).length, 0);
});

for (const [name, bytes] of [['are no image', new TextEncoder().encode('<html>')], ['lack their end', makeImage().subarray(0, 50)]] as const) {
  test(`bytes in an answer that ${name} are a failure that holds them`, async (t) => {
    const { queue, posts, names } = makeWorkbench(t);
    const job = queue.add(makeRequest(), 'person');
    await until(() => posts.length === 1);
    posts[0]?.resolve([{ kind: 'bytes', bytes }]);
    await job.ended;
    const { failure, paidNotDownloaded } = expectPhase(job, 'failed');
    assert.deepEqual([failure.reason, failure.billed, paidNotDownloaded], ['notAnImage', 'yes', false]);
    assert.equal(failure.facts.bytes, bytes);
    assert.deepEqual(queue.unkeptBytes(job.id), [bytes]);
    assert.deepEqual([names('images'), names('unfinished')], [[], []]);
  });
}

test('a download that is no image can be saved as it is, and fetched again', async (t) => {
  const { queue, posts, downloads, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
  await until(() => downloads.length === 1);
  const page = new TextEncoder().encode('<html>');
  downloads[0]?.resolve(page);
  await job.ended;
  assert.equal(expectPhase(job, 'failed').failure.reason, 'notAnImage');
  assert.deepEqual(queue.unkeptBytes(job.id), [page]);
  queue.downloadAgain(job.id);
  await until(() => downloads.length === 2);
  downloads[1]?.resolve(makeImage());
  assert.equal((await job.ended).phase, 'kept');
  assert.deepEqual(queue.unkeptBytes(job.id), []);
  assert.deepEqual(names('unfinished'), []);
});

test('a link that expired cannot be downloaded again, and needs no journal', async (t) => {
  const { queue, posts, downloads, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
  await until(() => downloads.length === 1);
  downloads[0]?.reject(new Failure('linkExpired'));
  await job.ended;
  assert.equal(expectPhase(job, 'failed').paidNotDownloaded, false);
  assert.deepEqual(names('unfinished'), []);
  queue.downloadAgain(job.id);
  assert.ok(isEnded(job.state));
});

for (const reason of ['downloadRefused', 'imageTooLarge', 'notAnImage'] as const) {
  test(`the address of a paid image is kept after ${reason}, also when the job is dismissed`, async (t) => {
    const { queue, posts, downloads, names } = makeWorkbench(t);
    const job = queue.add(makeRequest(), 'person');
    await until(() => posts.length === 1);
    posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
    await until(() => downloads.length === 1);
    if (reason === 'notAnImage') downloads[0]?.resolve(new TextEncoder().encode('<html>Sign in to the network</html>'));
    else downloads[0]?.reject(new Failure(reason));
    await job.ended;
    const { failure, paidNotDownloaded } = expectPhase(job, 'failed');
    assert.deepEqual([failure.reason, paidNotDownloaded, failure.actions.slice(0, 2)], [reason, true, ['downloadAgain', 'copyAddress']]);
    assert.deepEqual(queue.addressesOf(job.id), [URL_1]);
    queue.dismiss(job.id);
    assert.deepEqual(names('unfinished'), [`${job.id}.json`]);
  });
}

test('a failed job is in the log, with all but prompt, key and the query of its link', async (t) => {
  const { queue, posts, downloads, logged, clock } = makeWorkbench(t);
  const job = queue.add(makeRequest('A secret wedding on the moon'), 'person');
  await until(() => posts.length === 1);
  clock.pass(31_000);
  posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
  await until(() => downloads.length === 1);
  downloads[0]?.reject(new Failure('downloadFailed', { status: 403, detail: 'No “a secret wedding on the moon” here', code: 'AccessDenied', cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }));
  await job.ended;
  const [line = ''] = logged.filter((each) => each.includes('failed: downloadFailed'));
  for (const part of [job.id, 'HTTP 403', /code accessdenied/i, 'ECONNRESET', 'the service says: no', '2026-11-22T00:00:00.000Z', 'https://api.example.com/v1/images/generations', 'https://files.example/1.png', /requesting 31\.0 s, downloading/, 'sent 1 times', 'billed: yes']) {
    assert.match(line, typeof part === 'string' ? new RegExp(part.replaceAll('.', '\\.')) : part);
  }
  assert.doesNotMatch(line, /wedding|sk-1|Signature/);
});

test('dismissing takes a job off the list, and leaves the journal of what is paid and not downloaded', async (t) => {
  const { queue, posts, downloads, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  queue.dismiss(job.id);
  assert.deepEqual(queue.jobs, [job]);
  posts[0]?.resolve([{ kind: 'url', url: URL_1 }]);
  await until(() => downloads.length === 1);
  downloads[0]?.reject(new Failure('downloadFailed'));
  await job.ended;
  queue.dismiss(job.id);
  assert.deepEqual(queue.jobs, []);
  assert.deepEqual(names('unfinished'), [`${job.id}.json`]);
});

test('without a key nothing is sent and nothing is written', async (t) => {
  const { queue, posts, names } = makeWorkbench(t, { connectionFor: () => Promise.reject(new Failure('keyMissing')) });
  const job = queue.add(makeRequest(), 'person');
  await job.ended;
  assert.equal(expectPhase(job, 'failed').failure.reason, 'keyMissing');
  assert.deepEqual([posts.length, names('unfinished')], [0, []]);
});

test('an error that nobody foresaw is a named failure, logged without its message', async (t) => {
  const { queue, posts, logged } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new TypeError(`cannot read ${URL_1}`));
  await job.ended;
  assert.deepEqual([expectPhase(job, 'failed').failure.reason, expectPhase(job, 'failed').failure.billed], ['serviceFailed', 'maybe']);
  assert.match(logged.join(), /TypeError/);
  assert.doesNotMatch(logged.join(), /Signature/);
});

test('a listener that throws does not stop the job', async (t) => {
  const { queue, posts } = makeWorkbench(t);
  queue.onDidChange(() => {
    throw new Error('broken');
  });
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'bytes', bytes: makeImage() }]);
  assert.equal((await job.ended).phase, 'kept');
});

test('a failure says of itself whom was asked and how long, whatever the settings are when it is read', async (t) => {
  const { queue, posts } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('keyRefused', { status: 401 }));
  await job.ended;
  const { failure } = expectPhase(job, 'failed');
  assert.deepEqual(failure.facts.asked, { host: 'api.example.com', model: 'qwen-image-max', timeoutMs: 300_000 });
  assert.equal(failure.facts.status, 401);
});
