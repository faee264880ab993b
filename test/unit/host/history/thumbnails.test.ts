// The small images of the history: made once, soon, and again if their image was taken away and came back.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encode } from 'fast-png';
import { Thumbnails } from '../../../../src/host/history/thumbnails.ts';
import type { Pixels } from '../../../../src/host/platform.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import type { ImageRecord } from '../../../../src/history/record.ts';
import { readImageInfo } from '../../../../src/image/imageInfo.ts';
import { makeThumbnail } from '../../../../src/image/thumbnail.ts';
import { makeRecipe } from '../../history/folder.ts';
import { codec } from '../../image/codec.ts';
import { until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

const SIZE = { width: 640, height: 360 };
const nextId = createIdMaker(() => Date.now(), () => Math.random());

interface Started extends Ground {
  thumbnails: Thumbnails;
  /** How often one was made, whatever became of it. */
  tried: () => number;
  /** How many are there, as was told. */
  made: () => number;
  keep: (bytes?: Uint8Array) => Promise<ImageRecord>;
}

function start(t: TestContext): Started {
  const ground = makeGround(t);
  let tried = 0;
  const pixels = { thumbnail: (bytes: Uint8Array) => (tried++, makeThumbnail(bytes, { maxSidePx: 320 }, codec)) } as unknown as Pixels;
  const thumbnails = new Thumbnails(ground.files, pixels, ground.log);
  t.after(() => thumbnails.dispose());
  let made = 0;
  thumbnails.onDidMake(() => (made += 1));
  const keep = (bytes = encode({ ...SIZE, data: new Uint8Array(SIZE.width * SIZE.height * 3).fill(160), channels: 3 })): Promise<ImageRecord> =>
    ground.history.keep(bytes, makeRecipe(), { type: 'png', widthPx: SIZE.width, heightPx: SIZE.height }, nextId());
  return { ...ground, thumbnails, tried: () => tried, made: () => made, keep };
}

test('is small, a file of its own, and told of when it is there', async (t) => {
  const { thumbnails, keep, root, files, made } = start(t);
  const record = await keep();
  assert.equal(await thumbnails.pathFor(record), undefined);
  await until(() => made() === 1);
  const path = await thumbnails.pathFor(record);
  assert.equal(path, `thumbnails/${record.id}.jpg`);
  assert.ok(existsSync(join(root, path)));
  const bytes = await files.read(path);
  assert.deepEqual([readImageInfo(bytes)?.type, readImageInfo(bytes)?.widthPx, readImageInfo(bytes)?.heightPx], ['jpeg', 320, 180]);
  assert.ok(bytes.length < 32_000, `${bytes.length} bytes`);
});

test('goes with its image, and is made again when that comes back', async (t) => {
  const { thumbnails, keep, names, tried, made } = start(t);
  const record = await keep();
  thumbnails.make(record);
  thumbnails.make(record);
  await until(() => made() === 1);
  assert.deepEqual([tried(), names('thumbnails')], [1, [`${record.id}.jpg`]]);
  await thumbnails.remove([record.id]);
  assert.deepEqual(names('thumbnails'), []);
  assert.equal(await thumbnails.pathFor(record), undefined);
  await until(() => made() === 2);
  assert.deepEqual([tried(), names('thumbnails')], [2, [`${record.id}.jpg`]]);
});

test('one that another window made is taken; what cannot be decoded is tried once, and stops no other', async (t) => {
  const { thumbnails, keep, root, names, tried, made } = start(t);
  const [theirs, broken, whole] = [await keep(), await keep(new Uint8Array([1, 2])), await keep()];
  await thumbnails.remove([]);
  thumbnails.make(broken);
  thumbnails.make(whole);
  await until(() => made() === 1);
  writeFileSync(join(root, 'thumbnails', `${theirs.id}.jpg`), 'of another window');
  thumbnails.make(theirs);
  await until(() => made() === 2);
  assert.deepEqual([await thumbnails.pathFor(broken), await thumbnails.pathFor(theirs)], [undefined, `thumbnails/${theirs.id}.jpg`]);
  assert.deepEqual([tried(), names('thumbnails')], [2, [`${theirs.id}.jpg`, `${whole.id}.jpg`]]);
});
