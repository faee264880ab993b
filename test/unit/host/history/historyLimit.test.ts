// What the limit of the history removes goes through the trash, after the person was asked.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { HistoryLimit } from '../../../../src/host/history/historyLimit.ts';
import type { Thumbnails } from '../../../../src/host/history/thumbnails.ts';
import { world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeImage, makeRecipe } from '../../history/folder.ts';
import { makeGround, type Ground } from '../ground.ts';

const nextId = createIdMaker(() => Date.now(), () => Math.random());

interface Limited extends Ground {
  limit: HistoryLimit;
  /** Of the images, oldest first; each is some 2000 bytes. */
  ids: string[];
  thumbnailsRemoved: string[];
}

/** Three images, of which a history of 5 kB holds two; the oldest has a star. */
async function start(t: TestContext): Promise<Limited> {
  const ground = makeGround(t);
  world.set('generateImage.history.maxSizeMB', 0.005);
  const ids = ['a boat', 'a quay', 'a gull'].map(() => nextId());
  for (const id of ids) await ground.history.keep(makeImage(1900), makeRecipe(), IMAGE_INFO, id);
  await ground.history.star(ids[0]!, true);
  const thumbnailsRemoved: string[] = [];
  const thumbnails = { remove: (removed: readonly string[]) => Promise.resolve(void thumbnailsRemoved.push(...removed)) } as unknown as Thumbnails;
  return { ...ground, ids, thumbnailsRemoved, limit: new HistoryLimit(ground.history, ground.kept, thumbnails, ground.memory) };
}

test('the oldest image without a star goes to the trash, its recipe stays, and it can come back from there', async (t) => {
  const { limit, ids, names, thumbnailsRemoved, history } = await start(t);
  world.answer = ({ buttons }) => buttons.find((label) => label === 'Remove the oldest');
  await limit.enforce();
  assert.match(world.messages[0]?.text ?? '', /^The history is larger than 0\.005 MB.* 1 now/);
  assert.deepEqual(names('trash').map((name) => name.replace(/^\d+~/, '')), [`${ids[1]}.png`]);
  assert.deepEqual(names('images'), [`${ids[0]}.json`, `${ids[0]}.png`, `${ids[1]}.json`, `${ids[2]}.json`, `${ids[2]}.png`]);
  assert.deepEqual(thumbnailsRemoved, [ids[1]]);
  assert.deepEqual(await history.restore([ids[1]!]), [ids[1]]);
  // Agreed to once, it is not asked again.
  await limit.enforce();
  assert.deepEqual([world.messages.length, names('trash').length], [1, 1]);
});

test('who says no is left alone in this window, and nothing is removed', async (t) => {
  const { limit, names } = await start(t);
  world.answer = ({ buttons }) => buttons.find((label) => label === 'Change the limit');
  await limit.enforce();
  await limit.enforce();
  assert.deepEqual([world.messages.length, names('trash'), names('images').length], [1, [], 6]);
  assert.equal(world.executed.at(-1)?.command, 'workbench.action.openSettings');
});

test('a history that fits, or has no limit, asks nothing', async (t) => {
  const { limit } = await start(t);
  for (const maxMB of [0, 1]) {
    world.set('generateImage.history.maxSizeMB', maxMB);
    await limit.enforce();
  }
  assert.deepEqual(world.messages, []);
});
