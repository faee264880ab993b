// How a person hears of the end of a job: by the panel alone if it is in sight, else by one notification that says it all.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FailureReports } from '../../../../src/host/failures/failureReports.ts';
import { tellEnd, type TellParts } from '../../../../src/host/jobs/tellEnd.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import type { Job } from '../../../../src/jobs/job.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeImage } from '../../history/folder.ts';
import { makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

/** Jobs that were kept, failed, cancelled while asked for, and cancelled while downloading. */
async function endAll(t: TestContext): Promise<{ ground: Ground; jobs: Job[] }> {
  const ground = makeGround(t, { concurrency: 5 });
  const { queue, posts, downloads } = ground;
  const jobs = ['kept', 'failed', 'asking', 'loading'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 4);
  for (const { what, resolve, reject } of posts) {
    if (what === 'kept') resolve([{ kind: 'bytes', bytes: makeImage() }]);
    if (what === 'failed') reject(new Failure('serviceFailed'));
    if (what === 'loading') resolve([{ kind: 'url', url: 'https://files.example/1.png' }]);
  }
  await until(() => downloads.length === 1);
  for (const job of jobs.slice(0, 2)) await job.ended;
  queue.cancelAll();
  for (const job of jobs) await job.ended;
  return { ground, jobs };
}

function tell({ ground, jobs }: Awaited<ReturnType<typeof endAll>>, isVisible: boolean): Promise<{ done: unknown[] }> {
  const done: unknown[] = [];
  const parts = {
    panel: { isVisible }, reports: new FailureReports(ground.log),
    images: { insert: (ids: string[]) => Promise.resolve(done.push(['insert', ...ids])), save: (ids: string[]) => Promise.resolve(done.push(['save', ...ids])) },
    jobActions: { run: (action: string, _failure: Failure, jobId: string) => Promise.resolve(done.push([action, jobId])) },
  } as unknown as TellParts;
  return Promise.all(jobs.map((job) => tellEnd(job, parts))).then(() => ({ done }));
}

test('the panel in sight says it all: no notification', async (t) => {
  await tell(await endAll(t), true);
  assert.deepEqual(world.messages, []);
});

test('with the panel hidden, each end is one notification: the image, the failure, and what a cancel may cost', async (t) => {
  await tell(await endAll(t), false);
  assert.deepEqual(world.messages.map(({ kind, text, buttons }) => [kind, text, buttons]), [
    ['info', 'The image of “kept” is ready.', ['Insert', 'Save', 'Don’t show again']],
    ['error', 'The service failed while making the image. Try again later. The service may have charged for it.', ['Generate again', 'Show Log']],
    ['info', 'Cancelled. The service may still charge for it.', []],
    ['info', 'Cancelled while downloading. The image is paid for; downloading it again is free.', []],
  ]);
});

test('a button of the notification does what it says', async (t) => {
  const ended = await endAll(t);
  const [kept, failed] = ended.jobs;
  const imageId = kept?.state.phase === 'kept' ? kept.state.images[0]?.id : undefined;
  for (const [pressed, ...expected] of [['Insert', 'insert', imageId], ['Save', 'save', imageId], ['Generate again', 'generateAgain', failed?.id], ['Show Log', 'showLog', failed?.id]]) {
    world.answer = ({ buttons }) => buttons.find((button) => button === pressed);
    assert.deepEqual((await tell(ended, false)).done, [expected], pressed);
  }
  world.answer = ({ buttons }) => buttons.find((button) => button === 'Don’t show again');
  await tell(ended, false);
  assert.equal(readSetting('notifications'), false);
  world.messages.length = 0;
  await tell(ended, false);
  assert.equal(world.messages.length, 3, 'what was made is no longer told; what went wrong is');
});

test('what cost nothing is not told', async (t) => {
  const ground = makeGround(t, { concurrency: 1 });
  ground.queue.add(makeRequest('first'), 'person');
  const queued = ground.queue.add(makeRequest('second'), 'person');
  ground.queue.cancel(queued.id);
  await queued.ended;
  await tell({ ground, jobs: [queued] }, false);
  assert.deepEqual(world.messages, []);
});
