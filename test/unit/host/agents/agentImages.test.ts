// An agent beside VS Code asks for files: nothing before a person allowed it, then without another question, and what a cancel leaves.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { generateForAgent } from '../../../../src/host/agents/agentImages.ts';
import { world } from '../../../vscodeModule/world.ts';
import { until } from '../../jobs/workbench.ts';
import { makeAgentGround } from './agentGround.ts';

function makeAgent(t: TestContext, answer?: Parameters<typeof makeAgentGround>[1]) {
  const ground = makeAgentGround(t, answer);
  const call = async (args: object, signal = new AbortController().signal): Promise<{ isError: boolean; text: string; images: number; progress: unknown[] }> => {
    const progress: unknown[] = [];
    const { isError, parts } = await generateForAgent(args, { asker: { kind: 'beside', name: 'Paper' }, signal, progress: (...told) => progress.push(told) }, ground.parts);
    const [first] = parts;
    return { isError, text: first?.type === 'text' ? first.text : '', images: parts.filter(({ type }) => type === 'image').length, progress };
  };
  return { ...ground, call };
}

const questions = (): [string, readonly string[]][] => world.messages.map(({ text, buttons }) => [text, buttons]);

test('the first call asks the person, by the name that the agent gives itself; No makes nothing', async (t) => {
  const { call, asked, folder } = makeAgent(t);
  const { isError, text } = await call({ prompt: 'a fox in snow', path: 'img/fox.webp' });
  assert.ok(isError);
  assert.match(text, /did not allow it/);
  assert.deepEqual(questions(), [['A program that calls itself “Paper” wants to make 1 image in this window: 1 paid request.', ['Allow This Once', 'Allow 10 in This Window']]]);
  assert.deepEqual([asked, existsSync(join(folder, 'img'))], [[], false]);
});

test('once allowed for this window, files come without another question, and what is left is told', async (t) => {
  const { call, folder } = makeAgent(t);
  world.answer = ({ buttons }) => buttons[1];
  const first = await call({ prompt: 'a fox in snow', path: 'img/fox.webp', width: 120, height: 63 });
  assert.match(first.text, /^Image: img\/fox\.webp$/m);
  assert.match(first.text, /^9 more images can be made/m);
  assert.doesNotMatch(first.text, /https?:|Bearer|base64/);
  assert.equal(first.images, 1);
  assert.ok(first.progress.length > 0);
  const again = await call({ prompt: 'a green hill', path: 'img/hill.png', count: 2 });
  assert.match(again.text, /Made 2 of 2/);
  assert.match(again.text, /^7 more images can be made/m);
  assert.deepEqual(readdirSync(join(folder, 'img')).sort(), ['fox.webp', 'hill-1.png', 'hill-2.png']);
  assert.equal(questions().length, 1);
});

test('a call that the agent cancels ends its request, writes nothing, and leaves a note of what it may cost', async (t) => {
  const stop = new AbortController();
  const { call, asked, folder, queue } = makeAgent(t, () => undefined);
  world.answer = ({ buttons }) => buttons[0];
  const ended = call({ prompt: 'a cancelled image', path: 'img/cancelled.png' }, stop.signal);
  await until(() => asked.length === 1);
  stop.abort();
  const { isError } = await ended;
  assert.ok(isError);
  assert.deepEqual(queue.jobs.map(({ state, askedBy }) => [state.phase, state.phase === 'cancelled' && state.billed, askedBy]), [['cancelled', 'maybe', { kind: 'beside', name: 'Paper' }]]);
  assert.equal(existsSync(join(folder, 'img')), false);
});
