// A program beside VS Code sees nothing of what is kept, and has nothing written, before a person allowed it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { generateForAgent } from '../../../../src/host/agents/agentImages.ts';
import { findForAgent, type FindParts } from '../../../../src/host/agents/findForAgent.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeAgentGround } from './agentGround.ts';

async function makeFinder(t: TestContext) {
  const ground = makeAgentGround(t);
  const context = { asker: { kind: 'inVsCode' }, signal: new AbortController().signal, progress: () => undefined } as const;
  await generateForAgent({ prompt: 'a secret fox', path: 'made.png' }, context, ground.parts);
  const parts = { ...ground.parts, kept: ground.kept, workspaceImages: { list: () => Promise.resolve([]) } } as unknown as FindParts;
  const find = async (args: object, signal = context.signal): Promise<string> => JSON.stringify(await findForAgent(args, { ...context, asker: { kind: 'beside', name: 'Paper' }, signal }, parts));
  return { find, folder: ground.folder };
}

test('its first search is asked about; a no shows nothing and writes nothing', async (t) => {
  const { find, folder } = await makeFinder(t);
  for (const args of [{ query: 'fox' }, { query: 'fox', saveAs: 'copy.png' }]) {
    const answer = await find(args);
    assert.match(answer, /did not allow it/);
    assert.doesNotMatch(answer, /secret|image\/jpeg/);
  }
  assert.deepEqual(world.messages.map(({ text, modal }) => [text, modal]), Array(2).fill(['A program that calls itself “Paper” wants to look at your kept images.', true]));
  assert.equal(existsSync(join(folder, 'copy.png')), false);
});

test('what was allowed holds for the window', async (t) => {
  const { find, folder } = await makeFinder(t);
  world.answer = ({ buttons }) => buttons[0];
  assert.match(await find({ query: 'fox', saveAs: 'copy.png' }), /copy\.png/);
  assert.match(await find({ query: 'fox' }), /a secret fox/);
  assert.equal(world.messages.length, 1);
  assert.ok(existsSync(join(folder, 'copy.png')));
});

test('a call that is wrong asks nobody, and one that was cancelled meanwhile writes nothing', async (t) => {
  const { find, folder } = await makeFinder(t);
  assert.match(await find({ saveAs: 'copy.png' }), /query/);
  assert.deepEqual(world.messages, []);
  const stop = new AbortController();
  world.answer = ({ buttons }) => (stop.abort(), buttons[0]);
  assert.match(await find({ query: 'fox', saveAs: 'copy.png' }, stop.signal), /Cancelled/);
  assert.equal(existsSync(join(folder, 'copy.png')), false);
});
