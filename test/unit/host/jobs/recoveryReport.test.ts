// What a window tells of the requests that an earlier one left unfinished: once, and in plain text.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { recoverAndReport } from '../../../../src/host/jobs/recoveryReport.ts';
import { world } from '../../../vscodeModule/world.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { makeFolder, makeImage } from '../../history/folder.ts';
import { makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

/** A folder in which a window died with these requests under way. */
async function leaveBehind(t: TestContext, ...prompts: string[]): Promise<string> {
  const root = makeFolder(t);
  const { queue, posts } = makeGround(t, { root, window: 'dead', concurrency: prompts.length });
  for (const prompt of prompts) queue.add(makeRequest(prompt), 'person');
  await until(() => posts.length === prompts.length);
  return root;
}

async function report(ground: Ground, openPanel = (): Promise<void> => Promise.resolve()): Promise<void> {
  const { queue, journals, history, files, kept, log } = ground;
  await recoverAndReport({ queue, journals, history, files, isAlive: () => Promise.resolve(false), now: () => ground.clock.now(), log: () => undefined }, kept, log, openPanel);
}

test('says nothing if nothing was left', async (t) => {
  await report(makeGround(t));
  assert.deepEqual(world.messages, []);
});

test('tells of a request without an answer, with its prompt as text, and only once', async (t) => {
  const root = await leaveBehind(t, 'a [link](command:x) $(trash)');
  const ground = makeGround(t, { root, window: 'next' });
  await report(ground);
  const [message, ...more] = world.messages;
  assert.deepEqual([more, message?.kind, message?.buttons], [[], 'info', ['Open Panel']]);
  assert.match(message?.text ?? '', /^The window closed before the service answered for “a \[link\] \(command:x\) \$ \(trash\)”\. It may have been charged\.$/);
  assert.deepEqual(ground.names('unfinished'), []);
  const later = makeGround(t, { root, window: 'later' });
  await report(later);
  assert.deepEqual(world.messages, []);
});

test('tells of several in one sentence, and opens the panel if that is pressed', async (t) => {
  const root = await leaveBehind(t, 'one', 'two');
  const ground = makeGround(t, { root, window: 'next' });
  world.answer = ({ buttons }) => buttons[0];
  let opened = 0;
  await report(ground, () => Promise.resolve(void (opened += 1)));
  assert.equal(world.messages[0]?.text, 'The window closed before the service answered 2 requests. They may have been charged.');
  assert.equal(opened, 1);
});

test('tells what came into the history, what can be tried again and what is gone, without an address', async (t) => {
  const root = makeFolder(t);
  const dead = makeGround(t, { root, window: 'dead', concurrency: 4 });
  const prompts = ['kept', 'refused', 'expired', 'unanswered'];
  for (const prompt of prompts) dead.queue.add(makeRequest(prompt), 'person');
  await until(() => dead.posts.length === 4);
  for (const { what, resolve } of dead.posts.filter(({ what }) => what !== 'unanswered')) resolve([{ kind: 'url', url: `https://files.example/${what}.png?Signature=x` }]);
  await until(() => dead.names('unfinished').filter((name) => name.endsWith('.json') && dead.journal(name).phase === 'answered').length === 3);
  dead.queue.dispose();

  const ground = makeGround(t, { root, window: 'next', concurrency: 4 });
  const reported = report(ground);
  await until(() => ground.downloads.length === 3);
  for (const { what, resolve, reject } of ground.downloads) {
    if (what.includes('kept')) resolve(makeImage());
    else reject(new Failure(what.includes('expired') ? 'linkExpired' : 'downloadFailed'));
  }
  await reported;
  assert.deepEqual(world.messages.map(({ text }) => text), [[
    'An image that was still on its way when the window closed is in the history now.',
    'A paid image could not be downloaded yet; the panel offers to try again, free.',
    'A paid image could not be got any more; the panel says why.',
    'The window closed before the service answered for “unanswered”. It may have been charged.',
  ].join(' ')]);
  assert.deepEqual([(await ground.kept.ids()).length, ground.posts.length], [1, 0]);
  assert.match(ground.lines.join('\n'), /Recovery: 1 kept, 2 not downloaded, 1 without an answer/);
  assert.doesNotMatch(ground.lines.join('\n') + JSON.stringify(world.messages), /files\.example|Signature/);
});
