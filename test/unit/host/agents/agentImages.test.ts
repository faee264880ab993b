// An agent beside VS Code asks for files: nothing before a person allowed it, then without another question, and what a cancel leaves.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { generateForAgent } from '../../../../src/host/agents/agentImages.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeImage } from '../../history/folder.ts';
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

test('never writes over a file', async (t) => {
  const { call, folder } = makeAgent(t);
  world.answer = ({ buttons }) => buttons[1];
  writeFileSync(join(folder, 'fox.png'), 'mine');
  assert.match((await call({ prompt: 'a fox', path: 'fox.png' })).text, /^Image: fox-1\.png$/m);
  assert.equal(readFileSync(join(folder, 'fox.png'), 'utf8'), 'mine');
});

test('several are numbered, and each that failed is told', async (t) => {
  const { call, folder } = makeAgent(t, (post) => (post === 2 ? new Failure('contentRefused') : makeImage()));
  world.answer = ({ buttons }) => buttons[1];
  const { text, images } = await call({ prompt: 'a fox', path: 'fox.png', count: 3 });
  assert.match(text, /^Made 2 of 3; not made:$/m);
  assert.match(text, /^- image \d: .*contentRefused.* Not charged\.$/m);
  assert.equal(images, 2);
  assert.equal(readdirSync(folder).filter((name) => /^fox-\d\.png$/.test(name)).length, 2);
});

test('two calls at the same time are not mixed', async (t) => {
  const { call } = makeAgent(t);
  world.answer = ({ buttons }) => buttons[1];
  const [one, two] = await Promise.all([call({ prompt: 'a red boat', path: 'boat.png' }), call({ prompt: 'a green hill', path: 'hill.png' })]);
  assert.match(one.text, /^- prompt used: a red boat$/m);
  assert.match(one.text, /^Image: boat\.png$/m);
  assert.match(two.text, /^- prompt used: a green hill$/m);
  assert.match(two.text, /^Image: hill\.png$/m);
});

for (const [what, input] of [
  ['a path outside', { prompt: 'x', path: '../fox.png' }],
  ['an absolute path outside', { prompt: 'x', path: '/etc/fox.png' }],
  ['a path into .git', { prompt: 'x', path: '.git/fox.png' }],
  ['no image ending', { prompt: 'x', path: 'fox.exe' }],
  ['a folder as document', { prompt: 'x', document: 'docs' }],
  ['10,000 characters', { prompt: 'x'.repeat(10_000) }],
  ['control characters', { prompt: 'a\u0007b' }],
  ['a count of 1e9', { prompt: 'x', count: 1e9 }],
  ['no prompt', {}],
  ['an argument that is not there', { prompt: 'x', output: 'fox.png' }],
] as const) {
  test(`answers ${what} with a sentence, and nothing is asked or sent`, async (t) => {
    const { call, asked, folder } = makeAgent(t);
    mkdirSync(join(folder, 'docs'));
    const { text } = await call(input);
    assert.match(text, /[.]$/);
    assert.doesNotMatch(text, /^Made/m);
    assert.deepEqual([asked, questions()], [[], []]);
  });
}
