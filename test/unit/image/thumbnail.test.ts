// Holds thumbnails and JPEGs against real images of every pixel format, and refuses what would fill the memory.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import fc from 'fast-check';
import { decode as decodeJpeg } from 'jpeg-js';
import { decodePixels } from '../../../src/image/decodePixels.ts';
import { isComplete, readImageInfo } from '../../../src/image/imageInfo.ts';
import { makeChunk, readChunks } from '../../../src/image/pngChunks.ts';
import { makeThumbnail, scaleDown, toJpeg } from '../../../src/image/thumbnail.ts';

const folder = join(import.meta.dirname, 'images');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const decodable = readdirSync(folder).filter((name) => /\.(png|jpg)$/.test(name));

/** The mean colour of a rectangle, as [red, green, blue]. */
function mean({ widthPx, rgba }: { widthPx: number; rgba: Uint8Array }, top: number, bottom: number): number[] {
  return [0, 1, 2].map((colour) => {
    let sum = 0;
    for (let at = top * widthPx * 4; at < bottom * widthPx * 4; at += 4) sum += rgba[at + colour] ?? 0;
    return Math.round(sum / ((bottom - top) * widthPx));
  });
}

function isNear(actual: readonly number[], wanted: readonly number[], within: number, name: string): void {
  actual.forEach((value, index) => assert.ok(Math.abs(value - (wanted[index] ?? 0)) <= within, `${name}: ${actual.join()} is not near ${wanted.join()}`));
}

test('every pixel format is decoded: red above, blue below', () => {
  for (const name of decodable.filter((file) => !['grey.png', 'transparent.png', 'cmyk.jpg'].includes(file))) {
    const pixels = decodePixels(read(name));
    assert.ok(pixels, name);
    isNear(mean(pixels, 0, 2), [245, 0, 10], 45, name);
    isNear(mean(pixels, 19, 21), [10, 0, 245], 45, name);
  }
  const grey = decodePixels(read('grey.png'));
  assert.ok(grey);
  isNear(mean(grey, 0, 1), [0, 0, 0], 10, 'grey');
  isNear(mean(grey, 20, 21), [255, 255, 255], 10, 'grey');
});

test('what is transparent is laid over white', () => {
  const pixels = decodePixels(read('transparent.png'));
  assert.ok(pixels);
  assert.deepEqual([...pixels.rgba.subarray(0, 4)], [255, 255, 255, 255]);
  const half = encodePng({ width: 1, height: 1, data: new Uint8Array([0, 0, 0, 128]), channels: 4 });
  assert.deepEqual([...(decodePixels(half)?.rgba ?? [])], [127, 127, 127, 255]);
});

test('grey of one, two and four bits', () => {
  for (const [depth, row, wanted] of [[1, [0b1010_0000], [255, 0, 255]], [2, [0b0001_1000], [0, 85, 170]], [4, [0x0f, 0x80], [0, 255, 136]]] as const) {
    const header = new Uint8Array([0, 0, 0, 3, 0, 0, 0, 1, depth, 0, 0, 0, 0]);
    const parts = [read('plain.png').subarray(0, 8), makeChunk('IHDR', header), makeChunk('IDAT', new Uint8Array(deflateSync(Buffer.from([0, ...row])))), makeChunk('IEND', new Uint8Array())];
    const pixels = decodePixels(new Uint8Array(Buffer.concat(parts)));
    assert.deepEqual([0, 4, 8].map((at) => pixels?.rgba[at]), wanted, `${depth} bits`);
  }
});

test('a thumbnail keeps the ratio, is no larger than asked, and is a whole JPEG', () => {
  const [widthPx, heightPx] = [640, 360];
  const data = new Uint8Array(widthPx * heightPx * 3).map((_, index) => (index < (widthPx * heightPx * 3) / 2 ? 250 : 5));
  const thumbnail = makeThumbnail(encodePng({ width: widthPx, height: heightPx, data, channels: 3 }), { maxSidePx: 320 });
  assert.ok(thumbnail);
  assert.deepEqual([thumbnail.widthPx, thumbnail.heightPx], [320, 180]);
  const info = readImageInfo(thumbnail.jpeg);
  assert.deepEqual(info, { type: 'jpeg', widthPx: 320, heightPx: 180 });
  assert.ok(isComplete(thumbnail.jpeg, info));
  const { data: rgba } = decodeJpeg(thumbnail.jpeg, { useTArray: true });
  isNear(mean({ widthPx: 320, rgba }, 0, 80), [250, 250, 250], 4, 'above');
  isNear(mean({ widthPx: 320, rgba }, 100, 180), [5, 5, 5], 4, 'below');
});

test('small images keep their size; a line stays at least one pixel high', () => {
  for (const name of decodable) {
    const thumbnail = makeThumbnail(read(name), { maxSidePx: 320 });
    assert.deepEqual([thumbnail?.widthPx, thumbnail?.heightPx], [37, 21], name);
  }
  const line = scaleDown({ widthPx: 2000, heightPx: 2, rgba: new Uint8Array(16_000).fill(255) }, 100);
  assert.deepEqual([line.widthPx, line.heightPx, line.rgba.every((byte) => byte === 255)], [100, 1, true]);
});

test('scaling down is the mean of the boxes, whatever the sides', () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(fc.property(side, side, fc.integer({ min: 1, max: 40 }), fc.nat({ max: 255 }), (widthPx, heightPx, maxSidePx, grey) => {
    const rgba = new Uint8Array(widthPx * heightPx * 4).fill(grey).map((byte, index) => (index % 4 === 3 ? 255 : byte));
    const small = scaleDown({ widthPx, heightPx, rgba }, maxSidePx);
    assert.ok(Math.max(small.widthPx, small.heightPx) <= Math.max(1, maxSidePx));
    assert.ok(small.rgba.every((byte, index) => byte === (index % 4 === 3 ? 255 : grey)));
  }));
});

test('a PNG becomes a JPEG of the same size, a JPEG stays as it is', () => {
  const made = toJpeg(read('plain.png'), 90);
  assert.deepEqual(made && readImageInfo(made.jpeg), { type: 'jpeg', widthPx: 37, heightPx: 21 });
  const jpeg = read('progressive.jpg');
  assert.equal(toJpeg(jpeg)?.jpeg, jpeg);
});

test('other types, broken images and absurd sizes have no thumbnail', () => {
  for (const name of ['plain.gif', 'lossy.webp', 'plain.avif']) assert.equal(makeThumbnail(read(name), { maxSidePx: 10 }), undefined, name);
  const png = read('plain.png');
  assert.equal(makeThumbnail(png.subarray(0, 100), { maxSidePx: 10 }), undefined);
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 60_000);
  new DataView(huge.buffer).setUint32(20, 60_000);
  assert.equal(makeThumbnail(huge, { maxSidePx: 10 }), undefined);
});

test('image data or a profile that grow beyond the header are not unpacked', () => {
  const png = read('plain.png');
  const chunks = readChunks(png) ?? [];
  const bomb = new Uint8Array(deflateSync(Buffer.alloc(64 * 1024 * 1024)));
  const raw = chunks.map(({ type, start, end }) => (type === 'IDAT' ? makeChunk('IDAT', bomb) : png.subarray(start, end)));
  const before = process.memoryUsage().arrayBuffers;
  assert.equal(decodePixels(new Uint8Array(Buffer.concat([png.subarray(0, 8), ...raw]))), undefined);
  const profile = makeChunk('iCCP', new Uint8Array(Buffer.concat([Buffer.from('p\0\0', 'latin1'), bomb])));
  const end = chunks[0]?.end ?? 0;
  assert.ok(decodePixels(new Uint8Array(Buffer.concat([png.subarray(0, end), profile, png.subarray(end)]))));
  assert.ok(process.memoryUsage().arrayBuffers - before < 40 * 1024 * 1024);
});

test('no bytes make it throw', () => {
  const seeds = fc.constantFrom(...decodable.map(read));
  const edits = fc.array(fc.record({ at: fc.nat({ max: 700 }), byte: fc.nat({ max: 255 }) }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(seeds, edits, (seed, changes) => {
    const bytes = seed.slice();
    // Past the header's size: a larger claim would be decoded in earnest.
    for (const { at, byte } of changes) if (at > 26 && at < bytes.length) bytes[at] = byte;
    const info = readImageInfo(bytes);
    if (info && info.widthPx * info.heightPx < 10_000) makeThumbnail(bytes, { maxSidePx: 8 });
  }), { numRuns: 200 });
});
