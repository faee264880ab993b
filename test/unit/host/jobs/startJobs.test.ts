// A wish from the palette or a selection becomes draft, request and job, shown without the focus and with its waiting told.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { JobsUnderWay } from '../../../../src/host/jobs/jobsUnderWay.ts';
import { StartJobs, type StartJobsParts } from '../../../../src/host/jobs/startJobs.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { makeImage } from '../../history/folder.ts';
import { until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

interface Shown {
  /** The progress: its title, whether it can be cancelled, and what it says. */
  title: string;
  cancellable: boolean;
  messages: string[];
  cancel: () => void;
  isOver: boolean;
}

interface Started extends Ground {
  startJobs: StartJobs;
  shown: Shown[];
  status: { text: string; isShown: boolean };
  handed: unknown[];
  revealed: () => number;
}

function start(t: TestContext): Started {
  const ground = makeGround(t);
  const shown: Shown[] = [];
  const status = { text: '', isShown: false };
  const { withProgress } = vscode.window;
  Object.assign(vscode.window, {
    createStatusBarItem: () => Object.assign(status, { show: () => (status.isShown = true), hide: () => (status.isShown = false), dispose: () => undefined }),
    withProgress: async ({ title = '', cancellable = false }: vscode.ProgressOptions, task: (progress: vscode.Progress<{ message?: string }>, token: vscode.CancellationToken) => Promise<void>) => {
      const source = new vscode.CancellationTokenSource();
      const one: Shown = { title, cancellable, messages: [], cancel: () => source.cancel(), isOver: false };
      shown.push(one);
      await task({ report: ({ message = '' }) => void one.messages.push(message) }, source.token);
      one.isOver = true;
    },
  });
  t.after(() => {
    Object.assign(vscode.window, { withProgress });
    delete (vscode.window as { createStatusBarItem?: unknown }).createStatusBarItem;
  });
  const underWay = new JobsUnderWay(ground.queue, ground.estimates);
  t.after(() => underWay.dispose());
  const handed: unknown[] = [];
  let revealed = 0;
  const anchors = { hand: (...pair: unknown[]) => handed.push(pair), markCursor: (jobId: string) => handed.push(['cursor', jobId]) };
  const lastEditor = { get: () => Promise.resolve({ document: {}, cursors: () => [{}] }) };
  const panel = { isVisible: false, reveal: () => Promise.resolve(void (revealed += 1)) };
  const startJobs = new StartJobs({ ...ground, anchors, lastEditor, underWay, panel } as unknown as StartJobsParts);
  return { ...ground, startJobs, shown, status, handed, revealed: () => revealed };
}

test('prompt and size stand in the panel’s draft, which shows itself; the switches of the draft are sent', async (t) => {
  const { startJobs, draft, queue, revealed, handed, memory } = start(t);
  draft.change({ promptExtend: false, watermark: true, count: 3 });
  await startJobs.startFromCommand(' An orange cat ', '1664x928', 'selection 1');
  assert.deepEqual([draft.value.prompt.trim(), draft.value.size, revealed()], ['An orange cat', '1664x928', 1]);
  const [job, more] = queue.jobs;
  assert.deepEqual(job?.request, { model: 'qwen-image-max', prompt: 'An orange cat', size: '1664x928', promptExtend: false, watermark: true, fields: {} });
  assert.equal(more, undefined, 'one image, whatever count the panel has');
  assert.deepEqual(handed, [['selection 1', job.id]]);
  assert.deepEqual([memory.recentPrompts, memory.lastSize], [['An orange cat'], '1664x928']);
});

test('the waiting is seen until the end: a title, what is done for how long, and the status bar', async (t) => {
  const { startJobs, shown, status, posts, queue } = start(t);
  await startJobs.startFromCommand('a harbour at dawn', '1664x928');
  await until(() => posts.length === 1);
  assert.deepEqual(shown.map(({ title, cancellable }) => [title, cancellable]), [['Generating “a harbour at dawn”', true]]);
  await until(() => /^waiting for the service, \d+ s/.test(shown[0]?.messages.at(-1) ?? ''));
  assert.match(status.text, /^\$\(loading~spin\) Generating image, \d+ s$/);
  assert.equal(status.isShown, true);
  await startJobs.startFromCommand('a quay', '1664x928');
  await until(() => posts.length === 2);
  assert.match(status.text, /Generating 2 images, \d+ s$/);
  for (const { resolve } of posts) resolve([{ kind: 'bytes', bytes: makeImage() }]);
  await Promise.all(queue.jobs.map(({ ended }) => ended));
  await until(() => shown.every(({ isOver }) => isOver) && !status.isShown);
});

test('Cancel there cancels that job', async (t) => {
  const { startJobs, shown, posts, queue } = start(t);
  await startJobs.startFromCommand('a harbour', '1664x928');
  await until(() => posts.length === 1);
  const [job] = queue.jobs;
  shown[0]?.cancel();
  assert.equal((await job?.ended)?.phase, 'cancelled');
  assert.equal(posts[0]?.signal.aborted, true);
});

test('a hostile prompt is text in the title', async (t) => {
  const { startJobs, shown } = start(t);
  await startJobs.startFromCommand('[free](command:workbench.action.closeWindow) \u202egnp $(trash)', '1664x928');
  assert.deepEqual(shown.map(({ title }) => title), ['Generating “[free] (command:workbench.action.closeWindow) gnp $ (trash)”']);
});

test('an image without a place of its own belongs to the cursor of that moment', async (t) => {
  const { startJobs, handed, queue, posts } = start(t);
  await startJobs.startFromCommand('a harbour', '1664x928');
  await until(() => handed.length === 1);
  assert.deepEqual(handed, [['cursor', queue.jobs[0]?.id]]);
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('serviceFailed'));
  await queue.jobs[0]?.ended;
});
