// What is seen of jobs under way outside of the panel: one item in the status bar, and a notification whose Cancel ends its job in any phase.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { type CancellationToken, CancellationTokenSource, type Progress, type ProgressOptions, type StatusBarItem, window } from 'vscode';
import { JobsUnderWay } from '../../../../src/host/jobs/jobsUnderWay.ts';
import type { Job } from '../../../../src/jobs/job.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { expectPhase, makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

interface Notification {
  options: ProgressOptions;
  messages: string[];
  /** The person presses its Cancel. */
  cancel: () => void;
  isGone: boolean;
}

interface Watched extends Ground {
  underWay: JobsUnderWay;
  item: StatusBarItem & { isShown: boolean };
  notifications: Notification[];
  /** A job of a command, once its request is with the service. */
  request: (prompt: string) => Promise<Job>;
}

function watch(t: TestContext): Watched {
  const ground = makeGround(t, { concurrency: 1 });
  // What is said counts from the machine's clock.
  ground.clock.setWall(Date.now() - ground.clock.now());
  const notifications: Notification[] = [];
  const item = { isShown: false, text: '', show: () => void (item.isShown = true), hide: () => void (item.isShown = false), dispose: () => undefined } as unknown as Watched['item'];
  const { withProgress } = window;
  const showProgress = async (options: ProgressOptions, task: (progress: Progress<{ message?: string }>, token: CancellationToken) => Promise<unknown>): Promise<unknown> => {
    const source = new CancellationTokenSource();
    const notification: Notification = { options, messages: [], cancel: () => source.cancel(), isGone: false };
    notifications.push(notification);
    const end = await task({ report: ({ message = '' }) => void notification.messages.push(message) }, source.token);
    notification.isGone = true;
    return end;
  };
  Object.assign(window, { createStatusBarItem: () => item, withProgress: showProgress });
  const underWay = new JobsUnderWay(ground.queue, ground.estimates);
  t.after(() => {
    underWay.dispose();
    delete (window as { createStatusBarItem?: unknown }).createStatusBarItem;
    Object.assign(window, { withProgress });
  });
  const request = async (prompt: string): Promise<Job> => {
    const before = ground.posts.length;
    const job = ground.queue.add(makeRequest(prompt), 'person');
    underWay.show(job);
    await until(() => ground.posts.length > before);
    return job;
  };
  return { ...ground, underWay, item, notifications, request };
}

/** Cancel was pressed: the job ends, and so do the notification and the item. */
async function assertCancelled({ item, notifications }: Watched, job: Job, billed: 'no' | 'maybe' | 'yes'): Promise<void> {
  notifications.at(-1)?.cancel();
  await until(() => job.state.phase === 'cancelled');
  assert.equal(expectPhase(job, 'cancelled').billed, billed);
  await until(() => notifications.at(-1)?.isGone === true);
  assert.equal(item.isShown, false);
}

test('while requesting: that is said, with the prompt as text, and Cancel closes the request', async (t) => {
  const watched = watch(t);
  const job = await watched.request('a [link](command:x)');
  assert.deepEqual(watched.notifications.map(({ options: { title, cancellable } }) => [title, cancellable]), [['Generating “a [link] (command:x)”', true]]);
  assert.match(watched.notifications[0]?.messages.at(-1) ?? '', /^waiting for the service, \d s/);
  assert.ok(watched.item.isShown);
  assert.match(watched.item.text, /^\$\(loading~spin\) Generating image, \d+ s$/);
  await assertCancelled(watched, job, 'maybe');
  assert.equal(watched.posts[0]?.signal.aborted, true);
});

test('while downloading: how much came is said, and Cancel closes the download', async (t) => {
  const watched = watch(t);
  const job = await watched.request('half an image');
  watched.posts[0]?.resolve([{ kind: 'url', url: 'https://files.example/1.png' }]);
  await until(() => watched.downloads.length === 1);
  watched.downloads[0]?.progress(5000);
  assert.equal(watched.notifications[0]?.messages.at(-1), 'downloading, 5 kB');
  watched.downloads[0]?.progress(5000, 20_000);
  assert.equal(watched.notifications[0]?.messages.at(-1), 'downloading, 5 of 20 kB');
  await assertCancelled(watched, job, 'yes');
  assert.equal(watched.downloads[0]?.signal.aborted, true);
});

test('while the service asks to wait: for how long is said, and Cancel sends nothing more', async (t) => {
  const watched = watch(t);
  const job = await watched.request('patience');
  watched.posts[0]?.reject(new Failure('rateLimited', { status: 429, retryAfterMs: 60_000 }));
  await until(() => job.state.phase === 'waiting');
  assert.match(watched.notifications[0]?.messages.at(-1) ?? '', /^the service asks to wait (59|60) more seconds$/);
  await assertCancelled(watched, job, 'no');
  watched.clock.pass(600_000);
  assert.equal(watched.posts.length, 1);
});

test('while queued: that is said, both are counted, and Cancel takes away the one only', async (t) => {
  const watched = watch(t);
  await watched.request('the first');
  const second = watched.queue.add(makeRequest('the second'), 'person');
  watched.underWay.show(second);
  assert.match(watched.notifications[1]?.messages.at(-1) ?? '', /^queued, \d s$/);
  assert.match(watched.item.text, /Generating 2 images, \d+ s$/);
  watched.notifications[1]?.cancel();
  await until(() => second.state.phase === 'cancelled');
  assert.equal(expectPhase(second, 'cancelled').billed, 'no');
  assert.deepEqual([watched.posts.length, watched.item.isShown, watched.notifications[0]?.isGone], [1, true, false]);
  assert.match(watched.item.text, /Generating image, \d+ s$/);
});
