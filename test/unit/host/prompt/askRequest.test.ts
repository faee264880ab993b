// Prompt and size as they are asked for: counted and checked while typing, the way back, and nothing for whoever leaves.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { askPromptAndSize, askSize } from '../../../../src/host/prompt/askRequest.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { createMemento, resetWorld } from '../../../vscodeModule/world.ts';
import { type Act, answerBoxes, type SeenBox, standsOf, titlesOf } from '../answeredBoxes.ts';

const PROMPT = 'Generate Image (1/2): Prompt';
const SIZE = 'Generate Image (2/2): Size';

interface Asked {
  seen: SeenBox[];
  memory: Memory;
  ask: (initial?: string) => ReturnType<typeof askPromptAndSize>;
}

function start(t: TestContext, ...acts: Act[]): Asked {
  resetWorld();
  const memory = new Memory(createMemento(), createMemento());
  return { seen: answerBoxes(t, ...acts), memory, ask: (initial = '') => askPromptAndSize(memory, initial) };
}

test('the prompt is counted by code point; an empty or too long one is not taken', async (t) => {
  const { seen, ask } = start(t, 'enter', { type: '一只猫 🐈' }, { type: 'x'.repeat(801) }, 'enter', { type: '  a harbour ' }, 'enter', { pick: '1:1' });
  assert.deepEqual(await ask(), { prompt: 'a harbour', size: '1328x1328' });
  const [empty, refused, counted, long, again, , , size] = standsOf(seen);
  assert.deepEqual([empty?.title, empty?.prompt], [PROMPT, 'Describe the image. 0 / 800']);
  assert.equal(refused?.problem, 'Describe the image first.');
  assert.deepEqual([counted?.prompt, counted?.problem], ['Describe the image. 5 / 800', undefined]);
  for (const each of [long, again]) assert.equal(each?.problem, '801 characters; at most 800 are sent. Shorten the text.');
  assert.deepEqual([size?.title, size?.rows.map(({ label }) => label)], [SIZE, ['1:1', '16:9', '4:3', '3:4', '9:16', 'Other…']]);
});

test('Back leads from the size to the prompt as it was typed, and from a size of one’s own to the sizes', async (t) => {
  const { seen, ask } = start(t, { type: 'a harbour' }, 'enter', { press: 'Back' }, 'enter', { pick: 'Other…' }, { type: '12 by 30' }, 'enter', { press: 'Back' }, { pick: 'Other…' }, { type: '640*480' }, 'enter');
  assert.deepEqual(await ask(), { prompt: 'a harbour', size: '640x480' });
  const titles = titlesOf(standsOf(seen)).filter((title, place, all) => title !== all[place - 1]);
  assert.deepEqual(titles, [PROMPT, SIZE, PROMPT, SIZE]);
  assert.ok(standsOf(seen).filter(({ title }) => title === PROMPT).slice(1).every(({ value }) => value === 'a harbour'));
  const own = standsOf(seen).filter(({ prompt }) => prompt === 'Width and height in pixels. The service may know only some sizes.');
  assert.deepEqual(own.map(({ value, problem }) => [value, problem]).slice(0, 4), [
    ['', undefined], ['12 by 30', 'Write WIDTHxHEIGHT, for example 1328x1328.'], ['12 by 30', 'Write WIDTHxHEIGHT, for example 1328x1328.'], ['12 by 30', 'Write WIDTHxHEIGHT, for example 1328x1328.'],
  ]);
});

for (const [where, acts] of [
  ['the prompt', []],
  ['the size', [{ type: 'a quay' }, 'enter']],
  ['a size of one’s own', [{ type: 'a quay' }, 'enter', { pick: 'Other…' }]],
] as const) {
  test(`whoever leaves at ${where} has asked for nothing, and nothing is remembered`, async (t) => {
    const { memory, ask } = start(t, ...acts, 'leave');
    assert.equal(await ask(), undefined);
    assert.deepEqual([memory.recentPrompts, memory.lastSize], [[], undefined]);
  });
}

test('a button brings the last prompt back; the size used last stands first, marked', async (t) => {
  const { seen, memory, ask } = start(t, { type: '' }, { press: 'Bring back the last prompt' }, 'enter', { pick: '16:9' });
  memory.rememberRequest('a lighthouse', '1664x928');
  assert.deepEqual(await ask('something else'), { prompt: 'a lighthouse', size: '1664x928' });
  assert.equal(seen[0]?.value, 'something else');
  assert.deepEqual(standsOf(seen).at(-1)?.rows.map(({ label, detail }) => [label, detail]).slice(0, 2), [['16:9', 'last used'], ['4:3', '']]);
});

test('the size alone has no way back', async (t) => {
  const { seen, memory } = start(t, { pick: '9:16' });
  assert.equal(await askSize(memory, { title: 'Generate Image from Selection: Size' }), '928x1664');
  assert.deepEqual(titlesOf(standsOf(seen)), ['Generate Image from Selection: Size', 'Generate Image from Selection: Size']);
});
