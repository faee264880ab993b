// What the panel draws of the history: a range, newest first, filtered and counted by day.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { IMAGE_INFO, makeImage, makeRecipe } from '../../history/folder.ts';
import { makeGround, type Ground } from '../ground.ts';

const RANGE = { offset: 0, count: 60, query: '', starredOnly: false };
const DAY_MS = 24 * 3600 * 1000;

/** An image a day, in this order. */
async function keepAll(t: TestContext, ...prompts: string[]): Promise<Ground & { ids: string[]; prompts: (change?: object) => Promise<string[]> }> {
  const ground = makeGround(t);
  const ids: string[] = [];
  for (const [day, prompt] of prompts.entries()) {
    const id = createIdMaker(() => Date.UTC(2026, 0, 1, 12) + day * DAY_MS, () => Math.random())();
    await ground.history.keep(makeImage(), makeRecipe(prompt), IMAGE_INFO, id);
    ids.push(id);
  }
  return { ...ground, ids, prompts: async (change = {}) => (await ground.kept.draw({ ...RANGE, ...change })).records.map(({ recipe }) => recipe.prompt) };
}

test('draws the newest first, only the range, and counts by day', async (t) => {
  const { kept, prompts } = await keepAll(t, 'one', 'two', 'three');
  assert.deepEqual(await prompts({ offset: 1, count: 1 }), ['two']);
  const { total, keptTotal, days } = await kept.draw(RANGE);
  assert.deepEqual([total, keptTotal, days.map(({ count }) => count)], [3, 3, [1, 1, 1]]);
  assert.ok((days[0]?.day ?? '') > (days[1]?.day ?? ''));
});

test('finds words in any order and case, and the starred ones', async (t) => {
  const { history, kept, ids, prompts } = await keepAll(t, 'A red boat', 'a blue boat', 'Ein ÜBERMUT');
  assert.deepEqual(await prompts({ query: ' BOAT  red' }), ['A red boat']);
  assert.deepEqual(await prompts({ query: 'übermut' }), ['Ein ÜBERMUT']);
  assert.deepEqual(await prompts({ query: 'a submarine' }), []);
  await history.star(ids[1] ?? '', true);
  kept.refresh();
  assert.deepEqual(await prompts({ starredOnly: true }), ['a blue boat']);
  assert.deepEqual(await prompts({ starredOnly: true, query: 'red' }), []);
});

test('shows what came since only after a refresh, and tells of it', async (t) => {
  const { history, kept, prompts } = await keepAll(t, 'one');
  assert.deepEqual(await prompts(), ['one']);
  let told = 0;
  kept.onDidChange(() => (told += 1));
  await history.keep(makeImage(), makeRecipe('two'), IMAGE_INFO, createIdMaker(() => Date.UTC(2026, 5, 1), () => 0.5)());
  assert.deepEqual(await prompts(), ['one']);
  const before = (await kept.draw(RANGE)).revision;
  kept.refresh();
  assert.deepEqual(await prompts(), ['two', 'one']);
  assert.ok((await kept.draw(RANGE)).revision > before && told > 0);
});

test('a folder that cannot be listed is an empty history and a line in the log, and is asked again', async (t) => {
  let isBroken = true;
  const { kept, lines } = makeGround(t, { wrapFiles: (files) => ({ ...files, list: (folder) => (isBroken ? Promise.reject(new Error('EIO')) : files.list(folder)) }) });
  assert.equal((await kept.draw(RANGE)).total, 0);
  assert.match(lines.join('\n'), /The history could not be listed/);
  isBroken = false;
  lines.length = 0;
  await kept.draw(RANGE);
  assert.deepEqual(lines, []);
});
