// Files that are all structure take little memory and few steps, whatever their size.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { embedRecipe } from '../../../src/image/embedRecipe.ts';
import { isComplete, readImageInfo } from '../../../src/image/imageInfo.ts';
import { readSegments } from '../../../src/image/jpegSegments.ts';
import { readMetadata } from '../../../src/image/metadata.ts';
import { walkChunks } from '../../../src/image/pngChunks.ts';
import { readPrompt } from '../../../src/image/readPrompt.ts';
import { walkWebpChunks } from '../../../src/image/webpChunks.ts';
import { BOMBS } from './bombs.ts';

/** As large as an answer or a download may be. */
const LARGE = 127 * 1024 * 1024;
const MIB = 1024 * 1024;
/** A list of the chunks of a large one would take gigabytes. */
const MOST_GROWN = 64 * MIB;
/** No more than this of objects may be alive at once, or the process ends. */
const HEAP_MB = 40;

/** Counts what is looked for and what is copied out to be unpacked, also in views of it. */
class Counted extends Uint8Array {
  static looks = 0;
  static slices = 0;
  static views = 0;
  override indexOf(value: number, from?: number): number {
    Counted.looks++;
    return super.indexOf(value, from);
  }
  override subarray(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    Counted.views++;
    return super.subarray(start, end);
  }
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    Counted.slices++;
    return super.slice(start, end);
  }
}

function work(name: string, bytes: number): { looks: number; slices: number; views: number } {
  const bomb = new Counted(BOMBS[name]!(bytes));
  Object.assign(Counted, { looks: 0, slices: 0, views: 0 });
  const info = readImageInfo(bomb);
  if (info) isComplete(bomb, info);
  readMetadata(bomb);
  readPrompt(bomb);
  embedRecipe(bomb, { model: 'm', prompt: 'p', size: '8x8', watermark: false, promptExtend: false, fields: {}, endpoint: '', time: '2026-01-01T00:00:00Z', durationMs: 1 });
  return { looks: Counted.looks, slices: Counted.slices, views: Counted.views };
}

test('each is read with little memory', async () => {
  const flags = ['--disable-warning=ExperimentalWarning', '--expose-gc', `--max-old-space-size=${HEAP_MB}`];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, join(import.meta.dirname, 'readBombs.ts'), String(LARGE)]);
  const grown = JSON.parse(stdout) as Record<string, number>;
  assert.deepEqual(Object.keys(grown), Object.keys(BOMBS));
  for (const [name, bytes] of Object.entries(grown)) assert.ok(bytes < MOST_GROWN, `${name}: ${Math.round(bytes / MIB)} MiB beyond the file`);
});

test('what is walked has an end, however large the file', () => {
  const count = (all: Iterable<unknown>): number => [...all].length;
  assert.equal(count(walkChunks(BOMBS['PNG of empty chunks']!(4 * MIB))), 65_536);
  assert.equal(count(walkWebpChunks(BOMBS['WebP of empty chunks']!(4 * MIB))), 65_536);
  assert.equal(count(readSegments(BOMBS['JPEG of empty segments']!(4 * MIB))), 8192);
  for (const name of ['JPEG of fill bytes', 'JPEG of bare markers']) assert.ok(work(name, 4 * MIB).looks < 50_000, name);
});

test('boxes are walked once, however they lie in each other', () => {
  for (const name of Object.keys(BOMBS).filter((each) => each.startsWith('AVIF'))) assert.ok(work(name, 8 * MIB).views < 200_000, `${name}: ${work(name, 8 * MIB).views}`);
});

test('of many texts and profiles that grow when unpacked only the first is looked at', () => {
  // Each look unpacks a megabyte or more; a file has 2000 of them, and each is read by a few readers.
  for (const name of Object.keys(BOMBS).filter((each) => each.endsWith('grow'))) assert.ok(work(name, MIB).slices < 60, name);
});
