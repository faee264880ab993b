// Holds the pixel thread, bundled as it ships: its answers, its order, its end, and what happens when it dies.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { Pixels } from '../../../src/host/pixels.ts';
import { readImageInfo } from '../../../src/image/imageInfo.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const png = new Uint8Array(readFileSync(join(root, 'test/unit/image/pictures/plain.png')));
let folder = '';
let workerPath = '';
let scripts = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixels-'));
  workerPath = join(folder, 'pixels.cjs');
  await build({ entryPoints: [join(root, 'src/host/pixelsWorker.ts')], outfile: workerPath, bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node22', logLevel: 'error' });
});
after(() => rm(folder, { recursive: true, force: true }));

async function script(code: string): Promise<string> {
  const path = join(folder, `script${++scripts}.cjs`);
  await writeFile(path, `const { parentPort } = require('node:worker_threads'); ${code}`);
  return path;
}

test('thumbnails and JPEGs, many at once, and the bytes stay usable', async () => {
  const pixels = new Pixels(workerPath);
  try {
    const part = Buffer.concat([Buffer.alloc(9), png]).subarray(9);
    const made = await Promise.all([pixels.thumbnail(png), pixels.jpeg(png), pixels.thumbnail(part), pixels.thumbnail(new Uint8Array([1, 2]))]);
    assert.deepEqual(made.map((jpeg) => jpeg && readImageInfo(jpeg.jpeg)?.type), ['jpeg', 'jpeg', 'jpeg', undefined]);
    assert.equal(readImageInfo(png)?.widthPx, 37);
    assert.equal(part.length, png.length);
  } finally {
    pixels.dispose();
  }
});

test('the thread ends when it is idle, and the next job starts another', async () => {
  const path = await script(`const born = Math.random(); parentPort.on('message', ({ id }) => parentPort.postMessage({ id, jpeg: { jpeg: new Uint8Array(), widthPx: born, heightPx: 1 } }));`);
  const pixels = new Pixels(path, 20);
  try {
    const first = await pixels.thumbnail(png);
    const second = await pixels.thumbnail(png);
    assert.equal(second?.widthPx, first?.widthPx);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const third = await pixels.thumbnail(png);
    assert.notEqual(third?.widthPx, first?.widthPx);
  } finally {
    pixels.dispose();
  }
});

test('a thread that dies rejects its job alone; the next ones are done by another', async () => {
  const path = await script(`parentPort.on('message', ({ id, kind }) => { if (kind === 'jpeg') process.exit(3); parentPort.postMessage({ id, jpeg: undefined }); });`);
  const pixels = new Pixels(path);
  try {
    const [dead, alive] = await Promise.allSettled([pixels.jpeg(png), pixels.thumbnail(png)]);
    assert.equal(dead.status, 'rejected');
    assert.deepEqual(alive, { status: 'fulfilled', value: undefined });
  } finally {
    pixels.dispose();
  }
});

test('a thread that throws, or a bundle that is missing, rejects', async () => {
  for (const path of [await script(`parentPort.on('message', () => { throw new Error('broken'); });`), join(folder, 'missing.cjs')]) {
    const pixels = new Pixels(path);
    await assert.rejects(pixels.thumbnail(png), path.includes('missing') ? /missing/ : /broken/);
    pixels.dispose();
  }
});

test('disposing rejects what was not answered, and what is asked later', async () => {
  const pixels = new Pixels(await script(`parentPort.on('message', () => undefined); `));
  const asked = [pixels.thumbnail(png), pixels.jpeg(png)];
  pixels.dispose();
  for (const result of await Promise.allSettled(asked)) assert.equal(result.status, 'rejected');
  await assert.rejects(pixels.thumbnail(png), /ended/);
});
