// What a person is told of the end of a job: once, in plain text, with buttons that do what they say; nothing if the panel shows it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, JobState } from '../../../../src/jobs/job.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { tellEnd, type TellParts } from '../../../../src/host/jobs/tellEnd.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

const HOSTILE = '<img src="x"> [free images](command:workbench.action.closeWindow) \u202egnp\u202c $(trash)';
const KEPT = { phase: 'kept', images: [{ id: 'image-1' }] } as unknown as JobState;

interface Told {
  tell: (state: JobState, prompt?: string) => Promise<void>;
  /** What was done, in order. */
  done: unknown[];
  panel: { isVisible: boolean };
}

function start(): Told {
  resetWorld();
  const done: unknown[] = [];
  const panel = { isVisible: false };
  const note = (what: string) => (...args: unknown[]): Promise<void> => Promise.resolve(void done.push([what, ...args]));
  const parts = {
    panel,
    images: { insert: note('insert'), save: note('save') },
    reports: { show: ({ reason }: Failure) => Promise.resolve(reason === 'serviceFailed' ? 'generateAgain' : undefined), showError: note('error') },
    jobActions: { run: note('action') },
  } as unknown as TellParts;
  return { done, panel, tell: (state, prompt = 'a boat') => tellEnd({ id: 'job-1', state, request: { prompt } } as Job, parts) };
}

test('a kept image is offered once, with what can be done', async () => {
  const { tell, done } = start();
  await tell(KEPT);
  assert.deepEqual(world.messages.map(({ kind, text, modal, buttons }) => [kind, text, modal, buttons]), [['info', 'The image of “a boat” is ready.', false, ['Insert', 'Save', 'Don’t show again']]]);
  assert.deepEqual(done, []);
});

for (const [button, does] of [['Insert', 'insert'], ['Save', 'save']] as const) {
  test(`“${button}” does it with this image`, async () => {
    const { tell, done } = start();
    world.answer = () => button;
    await tell(KEPT);
    assert.deepEqual(done, [[does, ['image-1']]]);
  });
}

test('“Don’t show again” is a setting of the person, and kept to', async () => {
  const { tell } = start();
  world.answer = ({ buttons }) => buttons[2];
  await tell(KEPT);
  assert.equal(world.user.get('generateImage.notifications'), false);
  await tell(KEPT);
  assert.equal(world.messages.length, 1);
});

test('a prompt of whatever kind is text there: no link, no icon, no turn of the direction', async () => {
  const { tell } = start();
  await tell(KEPT, HOSTILE);
  const [{ text = '' } = {}] = world.messages;
  assert.match(text, /^The image of “<img src="x"> \[free images\] \(command:workbench.* is ready\.$/);
  assert.doesNotMatch(text, /\]\(|\$\(|[\u202a-\u202e]/);
});

test('nothing is told of what the panel shows', async () => {
  const { tell, done, panel } = start();
  panel.isVisible = true;
  for (const state of [KEPT, { phase: 'failed', failure: new Failure('serviceFailed') }, { phase: 'cancelled', billed: 'maybe' }]) await tell(state as unknown as JobState);
  assert.deepEqual([world.messages, done], [[], []]);
});

test('a failure is reported, and its button acts on this job; a cancel is told only if it may be charged', async () => {
  const { tell, done } = start();
  const failure = new Failure('serviceFailed');
  await tell({ phase: 'failed', failure } as unknown as JobState);
  await tell({ phase: 'failed', failure: new Failure('contentRefused') } as unknown as JobState);
  assert.deepEqual(done, [['action', 'generateAgain', failure, 'job-1']]);
  for (const billed of ['no', 'maybe']) await tell({ phase: 'cancelled', billed } as unknown as JobState);
  assert.deepEqual(world.messages.map(({ text }) => text), ['Cancelled. The service may still charge for it.']);
});

test('what a button meets is told, and rejects at nobody', async () => {
  const { tell, done } = start();
  const refusal = new Refusal('This image is no longer in the history.');
  world.answer = () => {
    throw refusal;
  };
  await tell(KEPT);
  assert.deepEqual(done, [['error', refusal]]);
});
