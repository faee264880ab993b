// The one snapshot that the page draws: jobs, draft, settings and history, of one and the same moment.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Uri } from 'vscode';
import { buildSnapshot, type SnapshotParts } from '../../../../src/host/panel/snapshotBuilder.ts';
import type { Job } from '../../../../src/jobs/job.ts';
import type { Snapshot } from '../../../../src/protocol/snapshot.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { IMAGE_INFO, makeImage, makeRecipe } from '../../history/folder.ts';
import { makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

function start(t: TestContext, needsSetUp = (): Promise<boolean> => Promise.resolve(false)): Ground & { mended: Set<string>; snapshot: () => Promise<Snapshot> } {
  const ground = makeGround(t);
  const mended = new Set<string>();
  const parts = {
    ...ground, history: ground.kept, scope: () => undefined, uriOf: (path: string) => Uri.file(`/history/${path}`),
    connections: { needsSetUp, endpoint: () => ({ host: 'api.example.com', origin: 'https://api.example.com' }) },
    mended: { isMended: (job: Job) => mended.has(job.id) },
    reports: { sentence: ({ reason }: Failure) => `said: ${reason}`, actions: () => [{ id: 'generateAgain', label: 'Generate again' }] },
    thumbnails: { pathFor: () => Promise.resolve(undefined) },
    insertAs: { choice: { kind: 'settings' }, weights: undefined },
  } as unknown as SnapshotParts;
  return { ...ground, mended, snapshot: () => buildSnapshot(parts, (uri) => uri.path, 7) };
}

test('an empty window: draft and settings, no job, no image', async (t) => {
  const { snapshot } = start(t);
  world.set('generateImage.sizes', ['1664*928', 'nonsense', '512x512']);
  const { revision, jobs, current, sizes, draft, history, maxPromptCharacters, needsSetUp, service } = await snapshot();
  assert.deepEqual(service, { model: 'qwen-image-max', host: 'api.example.com', price: { text: 'US$ 0.08', read: '2026-11-25' } });
  assert.deepEqual([revision, jobs, current, history.total, maxPromptCharacters, needsSetUp], [7, [], null, 0, 800, false]);
  assert.deepEqual(sizes, [{ value: '1664x928', ratio: '16:9' }, { value: '512x512', ratio: '1:1' }]);
  assert.equal(draft.value.prompt, '');
});

test('a job that runs and one that failed are there; one whose image is kept is an image', async (t) => {
  const { queue, posts, kept, state, snapshot } = start(t);
  const [made, failed] = [queue.add(makeRequest('a boat'), 'person'), queue.add(makeRequest('a quay'), 'person')];
  await until(() => posts.length === 2);
  const post = (prompt: string): (typeof posts)[number] | undefined => posts.find(({ what }) => what === prompt);
  post('a boat')?.resolve([{ kind: 'bytes', bytes: makeImage() }]);
  post('a quay')?.reject(new Failure('serviceFailed'));
  await Promise.all([made.ended, failed.ended]);
  queue.add(makeRequest('a pier'), 'person');
  await until(() => posts.length === 3);
  const [id] = await kept.ids();
  state.showImage(id);
  const { jobs, current, history } = await snapshot();
  assert.deepEqual(jobs.map(({ prompt, state: { phase } }) => [prompt, phase]), [['a quay', 'failed'], ['a pier', 'requesting']]);
  const [{ state: end } = {}] = jobs;
  assert.deepEqual(end, { phase: 'failed', sentence: 'said: serviceFailed', actions: [{ id: 'generateAgain', label: 'Generate again' }] });
  assert.deepEqual([current?.prompt, current?.uri, history.items.length], ['a boat', `/history/images/${id}.png`, 1]);
});

test('a job that code asked for says who asked, in plain words; a program’s own name is its claim', async (t) => {
  const { queue, snapshot } = start(t);
  queue.add(makeRequest('mine'), 'person');
  for (const askedBy of [{ kind: 'inVsCode' }, { kind: 'extension' }, { kind: 'beside', name: 'Claude\u202e\n[x](http://e)$(flame)' }, { kind: 'beside', name: '\u0000' }] as const) queue.add(makeRequest(), 'code', { askedBy });
  assert.deepEqual((await snapshot()).jobs.map(({ askedBy }) => askedBy), [
    undefined, 'an agent in VS Code asked', 'another extension asked',
    '“Claude [x] (http://e)$ (flame)” asked (a name it gives itself)', '“no name” asked (a name it gives itself)',
  ]);
});

test('a window that made nothing yet shows the newest image that is kept', async (t) => {
  const { history, kept, snapshot } = start(t);
  const nextId = createIdMaker(() => Date.now(), () => Math.random());
  for (const prompt of ['older', 'newest']) await history.keep(makeImage(), makeRecipe(prompt), IMAGE_INFO, nextId());
  kept.refresh();
  assert.equal((await snapshot()).current?.prompt, 'newest');
});

test('images asked for together are one group, in their order, each with what became of it', async (t) => {
  const { queue, posts, state, snapshot } = start(t);
  const group = queue.newGroup();
  const jobs = ['first', 'second', 'third'].map((prompt) => queue.add(makeRequest(prompt), 'person', { group }));
  state.showGroup({ id: group, members: jobs.map(({ id }) => ({ jobId: id, imageIds: [] })) });
  await until(() => posts.length === 2);
  posts.find(({ what }) => what === 'first')?.resolve([{ kind: 'bytes', bytes: makeImage() }]);
  const end = await jobs[0]?.ended;
  assert.ok(end?.phase === 'kept');
  assert.equal(end.images[0]?.group, group, 'the record knows its group');
  state.changeMember(jobs[0]?.id ?? '', { imageIds: end.images.map(({ id }) => id) });
  const shown = await snapshot();
  assert.deepEqual(shown.group?.members.map(({ jobId, image }) => [jobId, image?.group]), [[jobs[0]?.id, group], [jobs[1]?.id, undefined], [jobs[2]?.id, undefined]]);
  assert.equal(shown.history.items[0]?.group, group);
});

test('after a reload, images that were asked for together stand together again, and what is recovered joins them', async (t) => {
  const { history, kept, memory, snapshot, state } = start(t);
  const nextId = createIdMaker(() => Date.now(), () => Math.random());
  const keep = async (prompt: string, group?: string): Promise<string> => (await history.keep(makeImage(), makeRecipe(prompt), IMAGE_INFO, nextId(), group)).id;
  await keep('other', 'g0');
  const ids = [await keep('a', 'g1'), await keep('alone'), await keep('b', 'g1'), await keep('c', 'g1')];
  kept.refresh();
  state.showImage(ids[2]);
  const shown = await snapshot();
  assert.deepEqual([shown.group?.id, shown.group?.members.map(({ image }) => image?.prompt)], ['g1', ['a', 'b', 'c']]);
  state.joinGroup('g1', 'left behind', [ids[1] ?? '']);
  state.joinGroup('g1', 'twice', [ids[0] ?? '']);
  state.joinGroup('g0', 'of another', [ids[1] ?? '']);
  assert.deepEqual((await snapshot()).group?.members.map(({ image }) => image?.prompt), ['a', 'b', 'c', 'alone']);
  state.showGroup(undefined);
  assert.equal((await snapshot()).group, null, 'only once');
  assert.equal(memory.newestImageId, undefined);
});

test('an image on its own, or a window that has asked for another, restores no group', async (t) => {
  const nextId = createIdMaker(() => Date.now(), () => Math.random());
  for (const [prompt, asked, restored] of [['alone', 0, undefined], ['a', 1, undefined], ['a', 0, 'g1']] as const) {
    const { history, kept, snapshot, state } = start(t);
    const images = new Map<string, string>();
    for (const [name, group] of [['a', 'g1'], ['b', 'g1'], ['alone', undefined]] as const) images.set(name, (await history.keep(makeImage(), makeRecipe(name), IMAGE_INFO, nextId(), group)).id);
    kept.refresh();
    state.countAsked(asked);
    state.showImage(images.get(prompt));
    assert.equal((await snapshot()).group?.id, restored, `${prompt}, ${asked} asked`);
  }
});

test('the time that a page documents is shown as such until three images like it were made', async (t) => {
  const { estimates, queue, posts, snapshot } = start(t);
  const added = queue.add(makeRequest('a boat'), 'person');
  await until(() => posts.length === 1);
  const { request: { model, size, promptExtend }, endpoint = '' } = added;
  const times = async (): Promise<unknown> => {
    const { jobs: [job], estimates: all } = await snapshot();
    return [job?.estimateMs, job?.isDocumented, all?.find((one) => one.size === size && one.promptExtend === promptExtend)];
  };
  assert.deepEqual(await times(), [30_000, true, { size, promptExtend, durationMs: 30_000, isDocumented: true }]);
  for (const origin of new Set([endpoint, 'https://api.example.com'])) {
    for (let made = 0; made < 3; made++) estimates.note({ endpoint: origin, model, size, promptExtend, durationMs: 12_000 });
  }
  assert.deepEqual(await times(), [12_000, false, { size, promptExtend, durationMs: 12_000, isDocumented: false }]);
});

test('a failure whose cause is mended offers another try', async (t) => {
  const { queue, posts, mended, snapshot } = start(t);
  const job = queue.add(makeRequest('a boat'), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('keyRefused'));
  await job.ended;
  mended.add(job.id);
  const [shown] = (await snapshot()).jobs;
  assert.equal(shown?.mended, true);
  assert.deepEqual(shown.state.phase === 'failed' && shown.state.actions, [{ id: 'generateAgain', label: 'Generate again' }]);
});

test('a cancelled job says what it may cost, and one that is paid for offers the rest, free', async (t) => {
  const { queue, posts, downloads, snapshot } = start(t);
  const [asking, loading] = [queue.add(makeRequest('asking'), 'person'), queue.add(makeRequest('loading'), 'person')];
  await until(() => posts.length === 2);
  posts.find(({ what }) => what === 'loading')?.resolve([{ kind: 'url', url: 'https://files.example/1.png?Signature=x' }]);
  await until(() => downloads.length === 1);
  downloads[0]?.progress(5, 20);
  assert.deepEqual((await snapshot()).jobs[1]?.state, { phase: 'downloading', receivedBytes: 5, totalBytes: 20 });
  queue.cancelAll();
  await Promise.all([asking.ended, loading.ended]);
  const { jobs } = await snapshot();
  assert.deepEqual(jobs.map(({ state }) => state), [
    { phase: 'cancelled', sentence: 'Cancelled. The service may still charge for it.', actions: [] },
    {
      phase: 'cancelled', sentence: 'Cancelled while downloading. The image is paid for; downloading it again is free.',
      actions: [{ id: 'downloadAgain', label: 'Download again (free)' }, { id: 'copyAddress', label: 'Copy the address' }],
    },
  ]);
  assert.doesNotMatch(JSON.stringify(jobs), /files\.example/);
});

test('whether Set Up is due is asked anew for each snapshot', async (t) => {
  let isDue = true;
  const { snapshot } = start(t, () => Promise.resolve(isDue));
  assert.equal((await snapshot()).needsSetUp, true);
  isDue = false;
  assert.equal((await snapshot()).needsSetUp, false);
});
