// Holds recovery to its promise: after a window died, every job is kept, downloadable or reported, by one window, once.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { recover, type Recovery } from '../../../src/jobs/recovery.ts';
import { Failure } from '../../../src/request/failures/failure.ts';
import { makeFolder, makeImage, makeRecipe, IMAGE_INFO } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until, type Workbench } from './workbench.ts';

const URL_1 = 'https://files.example/1.png';

function startRecovery(bench: Workbench, isAlive = (id: string): boolean => id !== 'dead'): Promise<Recovery> {
  return recover({ ...bench, isAlive: (id) => Promise.resolve(isAlive(id)), now: () => bench.clock.now() });
}

/** A window that died with one job: in the request, or with its answer in the journal; `killed` says nothing any more. */
async function die(t: TestContext, root: string, urls: string[] = [], how: 'closed' | 'killed' = 'closed'): Promise<string> {
  const { queue, posts, journal } = makeWorkbench(t, { root, window: 'dead' });
  const job = queue.add(makeRequest('paid'), 'person');
  await until(() => posts.length === 1);
  if (urls.length > 0) {
    posts[0]?.resolve(urls.map((url) => ({ kind: 'url', url })));
    await until(() => journal(`${job.id}.json`).phase === 'answered');
  }
  if (how === 'killed') return job.id;
  queue.dispose();
  await job.ended;
  return job.id;
}

test('a job whose URL is known is downloaded and kept', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root, [URL_1]);
  const bench = makeWorkbench(t, { root });
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 1);
  assert.equal(bench.downloads[0]?.what, URL_1);
  bench.downloads[0]?.resolve(makeImage());
  const { kept, lost, failed } = await recovering;
  assert.deepEqual([kept.map((record) => record.id), lost, failed], [[id], [], []]);
  assert.equal(kept[0]?.recipe.prompt, 'paid');
  assert.deepEqual([bench.posts.length, bench.names('unfinished')], [0, []]);
});

test('a job that was only sent is reported until someone was told, and never sent again', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root);
  const first = makeWorkbench(t, { root, window: 'first' });
  const untold = await startRecovery(first);
  assert.deepEqual(untold.lost.map(({ id: lostId, request }) => [lostId, request.prompt]), [[id, 'paid']]);
  const second = makeWorkbench(t, { root, window: 'second' });
  assert.deepEqual((await startRecovery(second)).lost, []);
  const third = makeWorkbench(t, { root, window: 'third' });
  const told = await startRecovery(third, (owner) => owner === 'third');
  assert.equal(told.lost.length, 1);
  await told.acknowledge();
  assert.deepEqual((await startRecovery(makeWorkbench(t, { root }), () => false)).lost, []);
  assert.deepEqual([first, second, third].flatMap(({ posts }) => posts), []);
});

test('what a living window works on is left alone', async (t) => {
  const root = makeFolder(t);
  await die(t, root, [URL_1]);
  const bench = makeWorkbench(t, { root });
  assert.deepEqual((await startRecovery(bench, () => true)).kept, []);
  assert.equal(bench.names('unfinished').length, 1);
});

test('a journal that the disk does not give keeps nobody from the others', async (t) => {
  const root = makeFolder(t);
  mkdirSync(join(root, 'unfinished', '0.json'), { recursive: true });
  const id = await die(t, root, [URL_1]);
  const bench = makeWorkbench(t, { root });
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 1);
  bench.downloads[0]?.resolve(makeImage());
  assert.deepEqual((await recovering).kept.map((record) => record.id), [id]);
  assert.deepEqual(bench.names('unfinished'), ['0.json']);
});

test('what cannot be taken up just now is given back, and taken up at the next look', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root, [URL_1]);
  const inTheWay = join(root, 'images', `${id}.png`);
  mkdirSync(inTheWay, { recursive: true });
  const bench = makeWorkbench(t, { root });
  assert.deepEqual((await startRecovery(bench)).failed, []);
  assert.deepEqual([bench.names('unfinished'), bench.downloads.length], [[`${id}.json`], 0]);
  rmSync(inTheWay, { recursive: true });
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 1);
  bench.downloads[0]?.resolve(makeImage());
  assert.deepEqual((await recovering).kept.map((record) => record.id), [id]);
});

test('two windows that start at once download each job once', async (t) => {
  const root = makeFolder(t);
  const ids = [];
  for (let count = 0; count < 6; count++) ids.push(await die(t, root, [`${URL_1}?${count}`]));
  const benches = ['a', 'b'].map((window) => makeWorkbench(t, { root, window, concurrency: 6 }));
  const recovering = benches.map((bench) => startRecovery(bench));
  await until(() => benches.reduce((sum, { downloads }) => sum + downloads.length, 0) === 6);
  for (const { downloads } of benches) for (const { resolve } of downloads) resolve(makeImage());
  const found = await Promise.all(recovering);
  assert.deepEqual(found.flatMap(({ kept }) => kept.map(({ id }) => id)).sort(), ids.sort());
});

test('an image that was written before its record is completed with the recipe', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root);
  mkdirSync(join(root, 'images'));
  writeFileSync(join(root, `images/${id}.png`), makeImage());
  const { kept, lost } = await startRecovery(makeWorkbench(t, { root }));
  assert.deepEqual([kept[0]?.id, kept[0]?.recipe.prompt, lost], [id, 'paid', []]);
});

test('an image that was kept, with its journal not yet gone, is kept once and not downloaded', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root, [URL_1]);
  const bench = makeWorkbench(t, { root });
  await bench.history.keep(makeImage(), makeRecipe('as kept'), IMAGE_INFO, id);
  const { kept } = await startRecovery(bench);
  assert.deepEqual([kept.map(({ recipe }) => recipe.prompt), bench.downloads.length, bench.names('unfinished')], [['as kept'], 0, []]);
});

test('of several items only the missing ones are downloaded', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root, [`${URL_1}?a`, `${URL_1}?b`]);
  const bench = makeWorkbench(t, { root });
  await bench.history.keep(makeImage(), makeRecipe(), IMAGE_INFO, id);
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 1);
  assert.equal(bench.downloads[0]?.what, `${URL_1}?b`);
  bench.downloads[0]?.resolve(makeImage());
  assert.deepEqual((await recovering).kept.map((record) => record.id), [id, `${id}-1`]);
});

test('a recovery that dies is itself recovered', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root, [URL_1]);
  const dying = makeWorkbench(t, { root, window: 'dying' });
  void startRecovery(dying);
  await until(() => dying.downloads.length === 1);
  dying.queue.dispose();
  const bench = makeWorkbench(t, { root });
  const recovering = startRecovery(bench, (owner) => owner === 'w');
  await until(() => bench.downloads.length === 1);
  bench.downloads[0]?.resolve(makeImage());
  assert.deepEqual((await recovering).kept.map((record) => record.id), [id]);
});

test('what still cannot be downloaded is in the list, with its action; an expired link is told once', async (t) => {
  const root = makeFolder(t);
  await die(t, root, [`${URL_1}?later`]);
  await die(t, root, [`${URL_1}?expired`]);
  const bench = makeWorkbench(t, { root });
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 2);
  for (const { what, reject } of bench.downloads) reject(new Failure(what.endsWith('later') ? 'downloadFailed' : 'linkExpired'));
  const { failed } = await recovering;
  // Which of the two comes first depends on the chance in their ids.
  const later = failed.filter(({ state }) => state.phase === 'failed' && state.paidNotDownloaded);
  assert.deepEqual([failed.length, later.length], [2, 1]);
  assert.equal(bench.names('unfinished').length, 1);
  bench.queue.downloadAgain(later[0]?.id ?? '');
  await until(() => bench.downloads.length === 3);
});

test('a clock that jumps forward drops no link; putting an old one away does', async (t) => {
  const root = makeFolder(t);
  await die(t, root, [URL_1]);
  const bench = makeWorkbench(t, { root });
  bench.clock.setWall(8 * 86_400_000);
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 1);
  bench.downloads[0]?.reject(new Failure('downloadFailed'));
  const [job] = (await recovering).failed;
  assert.equal(job && expectPhase(job, 'failed').paidNotDownloaded, true);
  assert.equal(bench.names('unfinished').length, 1);
  bench.queue.dismiss(job?.id ?? '');
  await until(() => bench.names('unfinished').length === 0);
});

test('an image that ended two windows is not read a third time by itself, and still is when a person asks', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root, [URL_1], 'killed');
  const second = makeWorkbench(t, { root, window: 'second' });
  void startRecovery(second, (owner) => owner === 'second');
  await until(() => second.downloads.length === 1);
  // The download begins beside the note that counts it, which is there before anything is read.
  await until(() => {
    const [name, ...beingWritten] = second.names('unfinished');
    return name !== undefined && beingWritten.length === 0 && /"tries": ?2/.test(readFileSync(join(root, 'unfinished', name), 'utf8'));
  });
  // Killed, too: it says nothing any more.
  const third = makeWorkbench(t, { root });
  const { failed } = await startRecovery(third, (owner) => owner === 'w');
  assert.deepEqual(failed.map((job) => [job.id, expectPhase(job, 'failed').paidNotDownloaded, job.source]), [[id, true, 'recovered']]);
  assert.deepEqual([third.downloads.length, third.names('unfinished').length], [0, 1]);
  third.queue.downloadAgain(id);
  await until(() => third.downloads.length === 1);
  third.downloads[0]?.resolve(makeImage());
  assert.equal((await third.queue.job(id)?.ended)?.phase, 'kept');
  assert.deepEqual(third.names('unfinished'), []);
});

test('a window that ends in peace counts as no try, however often', async (t) => {
  const root = makeFolder(t);
  await die(t, root, [URL_1]);
  for (const window of ['a', 'b', 'c']) {
    const bench = makeWorkbench(t, { root, window });
    const recovering = startRecovery(bench, (owner) => owner === window);
    await until(() => bench.downloads.length === 1);
    bench.queue.dispose();
    await recovering;
  }
});

test('an answer that was noted and not yet named when its window died is taken up', async (t) => {
  const root = makeFolder(t);
  const id = await die(t, root);
  const sent = makeWorkbench(t, { root }).journal(`${id}.json`);
  const answered = { ...sent, phase: 'answered', items: [{ imageId: id, url: URL_1, kept: false }] };
  writeFileSync(join(root, `unfinished/.${id}.json~dead~9.tmp`), JSON.stringify(answered));
  const bench = makeWorkbench(t, { root });
  const recovering = startRecovery(bench);
  await until(() => bench.downloads.length === 1);
  bench.downloads[0]?.resolve(makeImage());
  assert.deepEqual((await recovering).kept.map((record) => record.id), [id]);
  assert.deepEqual(bench.names('unfinished'), []);
});

test('a folder that cannot be read ends the search, not the window', async (t) => {
  const root = join(makeFolder(t), 'file');
  writeFileSync(root, '');
  const bench = makeWorkbench(t, { root });
  const logged: string[] = [];
  const { kept, lost, failed } = await recover({ ...bench, isAlive: () => Promise.resolve(false), now: () => 0, log: (line) => logged.push(line) });
  assert.deepEqual([kept, lost, failed], [[], [], []]);
  assert.match(logged.join(), /ENOTDIR/);
});
