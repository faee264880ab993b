// What each button of a failure does: it fetches, asks again, saves, shows, or sets what has to be set.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { JobActions } from '../../../../src/host/jobs/jobActions.ts';
import { MendedJobs } from '../../../../src/host/jobs/mendedJobs.ts';
import type { StartJobs, StartOptions } from '../../../../src/host/jobs/startJobs.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import type { Job } from '../../../../src/jobs/job.ts';
import type { ImageRequest } from '../../../../src/prompt/imageRequest.ts';
import { Failure, type FailureReason } from '../../../../src/request/failures/failure.ts';
import { redirectRefused } from '../../../../src/request/send/redirect.ts';
import { readEndpoint } from '../../../../src/request/send/endpointUrl.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SaveDialogOptions } from 'vscode';
import { EventEmitter, Uri, window } from 'vscode';
import { makeFolder, makeImage } from '../../history/folder.ts';
import { world } from '../../../vscodeModule/world.ts';
import { expectPhase, makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

interface Started extends Ground {
  actions: JobActions;
  mended: MendedJobs;
  again: { request: ImageRequest; options: StartOptions }[];
  fail: (failure: Failure) => Promise<Job>;
  /** Presses a button of a job's failure, as the panel does. */
  press: (job: Job, action: string) => Promise<void>;
}

function start(t: TestContext): Started {
  const ground = makeGround(t);
  const { queue, posts } = ground;
  const again: Started['again'] = [];
  const startJobs = { start: (request: ImageRequest, options: StartOptions) => void again.push({ request, options }) } as unknown as StartJobs;
  const actions = new JobActions({ queue, startJobs, homeFolder: '/home/me' });
  const mended = new MendedJobs(queue, { onDidChange: new EventEmitter<{ key: string }>().event });
  t.after(() => mended.dispose());
  return {
    ...ground, actions, mended, again,
    fail: async (failure) => {
      const job = queue.add(makeRequest('a boat'), 'person');
      const before = posts.length;
      await until(() => posts.length > before);
      posts.at(-1)?.reject(failure);
      await job.ended;
      return job;
    },
    press: (job, action) => actions.runNamed(action, [job.id]),
  };
}

function redirected(from: string, to: string): Failure {
  const result = readEndpoint(from);
  assert.ok('endpoint' in result);
  return redirectRefused(to, result.endpoint, { status: 308, secrets: [] });
}

test('“Download again (free)” asks for no second image, and keeps the first', async (t) => {
  const { queue, posts, downloads, press, kept } = start(t);
  const job = queue.add(makeRequest('a boat'), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'url', url: 'https://files.example/1.png' }]);
  await until(() => downloads.length === 1);
  downloads[0]?.reject(new Failure('downloadFailed', { status: 403 }));
  await job.ended;
  assert.ok(expectPhase(job, 'failed').failure.actions.includes('downloadAgain'));
  await press(job, 'downloadAgain');
  await until(() => downloads.length === 2);
  downloads[1]?.resolve(makeImage());
  await until(() => job.state.phase === 'kept');
  kept.refresh();
  assert.deepEqual([posts.length, (await kept.ids()).length], [1, 1]);
});

test('“Generate again” is a new request in the place of the one that failed', async (t) => {
  const { fail, press, again, queue } = start(t);
  const job = await fail(new Failure('serviceFailed'));
  await press(job, 'generateAgain');
  assert.deepEqual(again.map(({ request, options }) => [request, options.source, options.place, options.insteadOf]), [[job.request, 'person', job.id, job]]);
  assert.deepEqual(queue.jobs, []);
});

test('“Save as is…” writes the bytes that the disk refused where the person wants them, and nothing if they leave', async (t) => {
  const { queue, posts, press, root } = start(t);
  writeFileSync(join(root, 'images'), '');
  const bytes = makeImage();
  const job = queue.add(makeRequest('a boat'), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'bytes', bytes }]);
  await job.ended;
  assert.equal(expectPhase(job, 'failed').failure.reason, 'notWritten');
  const target = join(makeFolder(t), 'saved.png');
  const dialogs: SaveDialogOptions[] = [];
  const answers = [undefined, Uri.file(target)];
  Object.assign(window, { showSaveDialog: (options: SaveDialogOptions) => (dialogs.push(options), Promise.resolve(answers.shift())) });
  t.after(() => delete (window as { showSaveDialog?: unknown }).showSaveDialog);
  await press(job, 'saveAs');
  assert.equal(existsSync(target), false);
  await press(job, 'saveAs');
  assert.deepEqual(new Uint8Array(readFileSync(target)), bytes);
  assert.deepEqual(dialogs.map(({ title, defaultUri }) => [title, defaultUri?.path.endsWith('/a-boat.png')]), [['Save as is', true], ['Save as is', true]]);
});

test('a button for the key or the log runs the command, one for the settings shows the very setting', async (t) => {
  const { fail, press } = start(t);
  for (const [reason, action] of [['keyMissing', 'setApiKey'], ['serviceFailed', 'showLog'], ['modelNotFound', 'openSettings'], ['unreachable', 'openSettings'], ['timedOut', 'openSettings'], ['networkRefused', 'openSettings']] as const) {
    const job = await fail(new Failure(reason));
    assert.ok(expectPhase(job, 'failed').failure.actions.includes(action), reason);
    await press(job, action);
  }
  assert.deepEqual(world.executed.map(({ command, args }) => [command, ...args]), [
    ['generateImage.setApiKey'], ['generateImage.showLog'],
    ...['generateImage.model', 'generateImage.endpoint', 'generateImage.timeoutSeconds', 'http.proxy'].map((setting) => ['workbench.action.openSettings', setting]),
  ]);
});

const REDIRECTS: readonly [from: string, to: string][] = [
  ['https://api.example.com', 'https://api.example.com/v1/images/generations/'],
  ['https://api.example.com/v1', '/v1/images/generations/'],
  ['http://api.example.com/v1', 'https://api.example.com/v1/images/generations'],
  ['http://api.example.com/v1', 'https://api.example.com/v1/images/generations/'],
];
for (const [from, to] of REDIRECTS) {
  test(`“Use this address” for ${from} led to ${to}: one click sets it and asks again there`, async (t) => {
    const { fail, press, again, queue } = start(t);
    world.set('generateImage.endpoint', from);
    const job = await fail(redirected(from, to));
    assert.equal(expectPhase(job, 'failed').failure.actions[0], 'useAddress');
    await press(job, 'useAddress');
    const set = readEndpoint(readSetting('endpoint'));
    assert.equal('endpoint' in set && set.endpoint.imagesUrl, new URL(to, from).href);
    assert.deepEqual(again.map(({ request, options }) => [request, options.source, options.insteadOf]), [[job.request, 'person', job]]);
    assert.deepEqual(queue.jobs, []);
  });
}

test('a redirect to anywhere else offers no address to take', async (t) => {
  const { fail, press, again } = start(t);
  world.set('generateImage.endpoint', 'https://api.example.com/v1');
  for (const to of ['https://other.example/v1/images/generations', 'http://api.example.com/v1/images/generations', 'https://api.example.com/login', '']) {
    const job = await fail(redirected('https://api.example.com/v1', to));
    assert.ok(!expectPhase(job, 'failed').failure.actions.includes('useAddress'), to);
    await press(job, 'leaveFieldOut');
  }
  assert.deepEqual([readSetting('endpoint'), again], ['https://api.example.com/v1', []]);
});

test('“Set response_format” sets it beside the other fields, pays for nothing, and offers to generate again with it', async (t) => {
  const { fail, press, again, mended } = start(t);
  world.set('generateImage.requestFields', { seed: 7, watermark: null });
  const job = await fail(new Failure('fileOnServer', { detail: '/data/a.png' }));
  assert.equal(expectPhase(job, 'failed').failure.actions[0], 'askForBase64');
  assert.equal(mended.isMended(job), false);
  await press(job, 'askForBase64');
  assert.deepEqual(readSetting('requestFields'), { seed: 7, watermark: null, response_format: 'b64_json' });
  assert.equal(again.length, 0, 'the first image may have been charged');
  // Now the alert says that its cause is mended, and has the button that asks again.
  assert.equal(mended.isMended(job), true);
  await press(job, 'generateAgain');
  assert.deepEqual(again.map(({ request }) => [request.prompt, request.fields]), [['a boat', { seed: 7, watermark: null, response_format: 'b64_json' }]]);
});

test('“Leave this field out” sets it for one of ours and takes away one of the person’s, and asks again', async (t) => {
  const { fail, press, again } = start(t);
  world.set('generateImage.requestFields', { style: 'vivid' });
  await press(await fail(new Failure('fieldRefused', { field: 'watermark' })), 'leaveFieldOut');
  await press(await fail(new Failure('fieldRefused', { field: 'style' })), 'leaveFieldOut');
  assert.deepEqual(readSetting('requestFields'), { watermark: null });
  assert.deepEqual(again.map(({ request }) => request.fields), [{ style: 'vivid', watermark: null }, { watermark: null }]);
});

test('of several jobs that failed alike, a setting is mended once and each is asked for again', async (t) => {
  const { fail, actions, again } = start(t);
  const reasons: FailureReason[] = ['redirectRefused', 'redirectRefused'];
  const jobs = [];
  for (const reason of reasons) jobs.push(await fail(new Failure(reason, { address: 'https://api.example.com/v1/' })));
  await actions.runNamed('useAddress', jobs.map(({ id }) => id));
  assert.equal(readSetting('endpoint'), 'https://api.example.com/v1/');
  assert.equal(again.length, 2);
});
