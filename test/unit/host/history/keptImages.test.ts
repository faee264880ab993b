// Kept images as the panel gets them: one bad file stops nothing, and the folder is read when it changed.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Files } from '../../../../src/history/files.ts';
import { History } from '../../../../src/history/history.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { KeptImages } from '../../../../src/host/history/keptImages.ts';
import type { Log } from '../../../../src/host/window/log.ts';
import { createNodeFiles } from '../../../../src/node/nodeFiles.ts';
import { IMAGE_INFO, makeFolder, makeImage, makeRecipe } from '../../history/folder.ts';

const nextId = createIdMaker(() => Date.now(), () => Math.random());
const log = { error: () => undefined } as unknown as Log;
const ALL = { offset: 0, count: 60, query: '', starredOnly: false };

test('an image whose files cannot be read is drawn, searched and deleted around', async (t) => {
  const root = makeFolder(t);
  const history = new History({ files: createNodeFiles(root, 'w'), now: () => Date.now() });
  const [odd, plain] = [nextId(), nextId()];
  for (const id of [odd, plain]) await history.keep(makeImage(), makeRecipe('a cat'), IMAGE_INFO, id);
  for (const ending of ['png', 'json']) {
    rmSync(join(root, `images/${odd}.${ending}`));
    mkdirSync(join(root, `images/${odd}.${ending}`));
  }
  const images = new KeptImages(history, log);
  t.after(() => images.dispose());
  assert.deepEqual((await images.draw(ALL)).records.map(({ id }) => id), [plain, odd]);
  assert.deepEqual((await images.draw({ ...ALL, query: 'cat' })).records.map(({ id }) => id), [plain]);
  assert.deepEqual(await images.unstarredIds(), [plain]);
});

test('a look at a folder that did not change reads nothing; another window’s image and star are seen', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  let lists = 0;
  const counted: Files = { ...files, list: (folder) => (lists++, files.list(folder)) };
  const images = new KeptImages(new History({ files: counted, now: () => Date.now() }), log);
  t.after(() => images.dispose());
  const other = new History({ files: createNodeFiles(root, 'other'), now: () => Date.now() });
  const id = nextId();
  await other.keep(makeImage(), makeRecipe(), IMAGE_INFO, id);
  await images.ids();
  const before = lists;
  await images.refreshIfChanged();
  await images.ids();
  assert.equal(lists, before);
  await other.star(id, true);
  await images.refreshIfChanged();
  assert.equal((await images.record(id))?.starred, true);
  await other.keep(makeImage(), makeRecipe(), IMAGE_INFO, nextId());
  await images.refreshIfChanged();
  assert.equal((await images.ids()).length, 2);
});

test('of a long history, as many records are read at once as fit the open files of a process', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  const history = new History({ files, now: () => Date.now() });
  for (let count = 0; count < 200; count++) await history.keep(makeImage(), makeRecipe(), IMAGE_INFO, nextId());
  let [open, most] = [0, 0];
  const counted: Files = {
    ...files,
    read: async (path) => {
      most = Math.max(most, ++open);
      return files.read(path).finally(() => open--);
    },
  };
  const images = new KeptImages(new History({ files: counted, now: () => Date.now() }), log);
  t.after(() => images.dispose());
  assert.equal((await images.unstarredIds()).length, 200);
  assert.ok(most <= 64, `${most} at once`);
});
