// What the end of a job changes in the window, by who asked for it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import { registerJobEnds, type JobEndsParts } from '../../../../src/host/jobs/jobEnds.ts';
import type { JobSource } from '../../../../src/jobs/job.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeImage } from '../../history/folder.ts';
import { makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

interface Followed extends Ground {
  thumbnails: string[];
  limited: () => number;
  /** Starts a job, whose request waits for its answer. */
  start: (source: JobSource) => Promise<ReturnType<Ground['queue']['add']>>;
}

function follow(t: TestContext): Followed {
  const ground = makeGround(t);
  const thumbnails: string[] = [];
  let limited = 0;
  const limit = { enforce: () => Promise.resolve(void (limited += 1)) };
  const anchors = new Anchors();
  const parts = { ...ground, anchors, thumbnails: { make: ({ id }: { id: string }) => thumbnails.push(id) }, limit, panel: { isVisible: true } };
  const following = registerJobEnds(parts as unknown as JobEndsParts);
  t.after(() => anchors.dispose());
  t.after(() => void following.dispose());
  const start: Followed['start'] = async (source) => {
    const before = ground.posts.length;
    const job = ground.queue.add(makeRequest(), source);
    await until(() => ground.posts.length > before);
    return job;
  };
  return { ...ground, thumbnails, limited: () => limited, start };
}

const answer = ({ posts }: Ground): void => posts.at(-1)?.resolve([{ kind: 'bytes', bytes: makeImage() }]);

test('a person’s image comes to the front, is counted, gets its thumbnail and ticks the walkthrough', async (t) => {
  const ground = follow(t);
  const job = await ground.start('person');
  answer(ground);
  const ended = await job.ended;
  assert.equal(ended.phase, 'kept');
  const id = ground.state.currentImageId;
  assert.equal(id, ground.memory.newestImageId);
  assert.deepEqual([ground.thumbnails, ground.state.doneCount, ground.limited()], [[id], 1, 1]);
  await until(() => ground.queue.jobs.length === 0);
  assert.ok(world.executed.some(({ command, args }) => command === 'setContext' && args[0] === 'generateImage.generated'));
});

test('an image that code asked for changes nothing that a person looks at', async (t) => {
  const ground = follow(t);
  const job = await ground.start('code');
  answer(ground);
  await job.ended;
  assert.equal(ground.state.currentImageId, undefined);
  assert.ok(ground.memory.newestImageId);
  assert.deepEqual(world.executed, []);
});

test('a person’s failure stays until it is dismissed; a caller’s is told by its promise', async (t) => {
  const ground = follow(t);
  const [mine, theirs] = [await ground.start('person'), await ground.start('code')];
  for (const { reject } of ground.posts) reject(new Failure('serviceFailed'));
  await Promise.all([mine.ended, theirs.ended]);
  await until(() => ground.queue.jobs.length === 1);
  assert.equal(ground.queue.jobs[0]?.id, mine.id);
  assert.deepEqual([ground.state.doneCount, ground.limited()], [0, 0]);
});

test('a cancel that cost nothing leaves no note; what may be charged is told until it is put away, whoever asked', async (t) => {
  const ground = follow(t);
  const [mine, theirs] = [await ground.start('person'), await ground.start('code')];
  const queued = ground.queue.add(makeRequest('queued'), 'person');
  ground.queue.cancelAll();
  await Promise.all([mine.ended, theirs.ended, queued.ended]);
  await until(() => ground.queue.jobs.length === 2);
  assert.deepEqual(ground.queue.jobs.map(({ id, state }) => [id, state]), [mine, theirs].map(({ id }) => [id, { phase: 'cancelled', billed: 'maybe', paidNotDownloaded: false }]));
  for (const { id } of [mine, theirs]) ground.queue.dismiss(id);
  assert.deepEqual(ground.queue.jobs, []);
});
