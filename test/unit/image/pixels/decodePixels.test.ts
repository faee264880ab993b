// Holds pixels and thumbnails against real images of every kind, and refuses what would fill the memory.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import fc from 'fast-check';
import { decode as decodeJpegByPackage, encode as encodeJpegByPackage } from 'jpeg-js';
import { isComplete, readImageInfo } from '../../../../src/image/imageInfo.ts';
import { decodePixels } from '../../../../src/image/pixels/decodePixels.ts';
import { encodeJpeg } from '../../../../src/image/pixels/encodeJpeg.ts';
import { readSegments } from '../../../../src/image/jpegSegments.ts';
import type { Pixels } from '../../../../src/image/pixels/pixels.ts';
import { makeChunk, readChunks } from '../../../../src/image/pngChunks.ts';
import { makeThumbnail } from '../../../../src/image/thumbnail.ts';
import { joinWebpChunks, walkWebpChunks } from '../../../../src/image/webpChunks.ts';
import { codec } from '../codec.ts';

const folder = join(import.meta.dirname, '..', 'images');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const decodable = readdirSync(folder).filter((name) => /\.(png|jpg|webp|gif)$/.test(name));

async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const pixels = await decodePixels(bytes, codec);
  assert.ok(typeof pixels !== 'string');
  return pixels;
}

/** A PNG of the given header (from the depth on) and unpacked rows, with chunks before its data. */
function png(widthPx: number, heightPx: number, header: readonly number[], rows: readonly number[], chunks: Readonly<Record<string, readonly number[]>> = {}): Uint8Array {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(widthPx, 0);
  ihdr.writeUInt32BE(heightPx, 4);
  Buffer.from(header).copy(ihdr, 8);
  const between = Object.entries(chunks).map(([type, data]) => makeChunk(type, new Uint8Array(data)));
  return new Uint8Array(Buffer.concat([read('plain.png').subarray(0, 8), makeChunk('IHDR', ihdr), ...between, makeChunk('IDAT', deflateSync(Buffer.from(rows))), makeChunk('IEND', new Uint8Array())]));
}

/** The mean colour of a rectangle, as [red, green, blue]. */
function mean({ widthPx, rgba }: Pixels, top: number, bottom: number): number[] {
  return [0, 1, 2].map((colour) => {
    let sum = 0;
    for (let at = top * widthPx * 4; at < bottom * widthPx * 4; at += 4) sum += rgba[at + colour] ?? 0;
    return Math.round(sum / ((bottom - top) * widthPx));
  });
}

function isNear(actual: readonly number[], wanted: readonly number[], within: number, name: string): void {
  actual.forEach((value, index) => assert.ok(Math.abs(value - (wanted[index] ?? 0)) <= within, `${name}: ${actual.join()} is not near ${wanted.join()}`));
}

const orientation = (value: number): number[] => [...Buffer.from('MM\0*'), 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0];

test('every kind is decoded: red above, blue below', async () => {
  for (const name of decodable.filter((file) => !['grey.png', 'transparent.png', 'cmyk.jpg', 'animated.gif', 'extended.webp'].includes(file))) {
    const pixels = await pixelsOf(read(name));
    assert.deepEqual([pixels.widthPx, pixels.heightPx], [readImageInfo(read(name))?.widthPx, readImageInfo(read(name))?.heightPx], name);
    isNear(mean(pixels, 0, 2), [245, 0, 10], 45, name);
    isNear(mean(pixels, 19, 21), [10, 0, 245], 45, name);
  }
  const grey = await pixelsOf(read('grey.png'));
  isNear(mean(grey, 0, 1), [0, 0, 0], 10, 'grey');
  isNear(mean(grey, 20, 21), [255, 255, 255], 10, 'grey');
});

test('a JPEG has the pixels that another decoder finds', async () => {
  const [widthPx, heightPx] = [53, 37];
  const source = new Uint8Array(widthPx * heightPx * 4).map((_, index) => (index % 4 === 3 ? 255 : (index * 7 + (index >> 6)) & 255));
  const jpeg = new Uint8Array((encodeJpegByPackage({ width: widthPx, height: heightPx, data: source }, 95) as { data: Uint8Array }).data);
  const other = decodeJpegByPackage(jpeg, { useTArray: true });
  const { rgba } = await pixelsOf(jpeg);
  assert.ok(rgba.every((value, index) => Math.abs(value - (other.data[index] ?? 0)) <= 3));
});

test('grey of one, two and four bits', async () => {
  for (const [depth, row, wanted] of [[1, [0b1010_0000], [255, 0, 255]], [2, [0b0001_1000], [0, 85, 170]], [4, [0x0f, 0x80], [0, 255, 136]]] as const) {
    const { rgba } = await pixelsOf(png(3, 1, [depth, 0, 0, 0, 0], [0, ...row]));
    assert.deepEqual([0, 4, 8].map((at) => rgba[at]), wanted, `${depth} bits`);
  }
});

test('the transparent colour of grey, of colours and of a palette shines through', async () => {
  assert.deepEqual([...(await pixelsOf(png(2, 1, [8, 0, 0, 0, 0], [0, 10, 20], { tRNS: [0, 10] }))).rgba], [10, 10, 10, 0, 20, 20, 20, 255]);
  assert.deepEqual([...(await pixelsOf(png(2, 1, [8, 2, 0, 0, 0], [0, 1, 2, 3, 1, 2, 4], { tRNS: [0, 1, 0, 2, 0, 3] }))).rgba], [1, 2, 3, 0, 1, 2, 4, 255]);
  assert.deepEqual([...(await pixelsOf(png(2, 1, [16, 0, 0, 0, 0], [0, 1, 2, 1, 3], { tRNS: [1, 2] }))).rgba], [1, 1, 1, 0, 1, 1, 1, 255]);
  assert.deepEqual([...(await pixelsOf(png(2, 1, [1, 3, 0, 0, 0], [0, 0b0100_0000], { PLTE: [9, 8, 7, 6, 5, 4], tRNS: [100] }))).rgba], [9, 8, 7, 100, 6, 5, 4, 255]);
});

test('gamma and primaries become sRGB as browsers show them', async () => {
  const of = async (chunks: Readonly<Record<string, readonly number[]>>): Promise<number[]> => [...(await pixelsOf(png(1, 1, [8, 2, 0, 0, 0], [0, 100, 150, 200], chunks))).rgba.subarray(0, 3)];
  const number = (value: number): number[] => [0, value >> 16, (value >> 8) & 255, value & 255];
  const adobe = [31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000].flatMap(number);
  // The values are those of Chromium.
  isNear(await of({ gAMA: number(100_000) }), [168, 202, 229], 1, 'gamma 1');
  isNear(await of({ gAMA: number(55_556) }), [119, 167, 210], 1, 'gamma 1.8');
  assert.deepEqual(await of({ gAMA: number(45_455) }), [100, 150, 200]);
  assert.deepEqual(await of({ gAMA: number(100_000), sRGB: [0] }), [100, 150, 200]);
  isNear(await of({ gAMA: number(100_000), cHRM: adobe }), [152, 202, 230], 1, 'Adobe RGB');
  isNear(await of({ cICP: [12, 13, 0, 1] }), [83, 152, 205], 1, 'Display P3');
});

test('a JPEG and a PNG are turned as their EXIF says', async () => {
  const turned = png(2, 1, [8, 2, 0, 0, 0], [0, 255, 0, 0, 0, 0, 255], { eXIf: orientation(6) });
  assert.deepEqual(readImageInfo(turned), { type: 'png', widthPx: 1, heightPx: 2 });
  assert.deepEqual([...(await pixelsOf(turned)).rgba], [255, 0, 0, 255, 0, 0, 255, 255]);
  const plain = read('baseline.jpg');
  const app1 = [0xff, 0xe1, 0, orientation(8).length + 8, ...Buffer.from('Exif\0\0'), ...orientation(8)];
  const jpeg = new Uint8Array(Buffer.concat([plain.subarray(0, 2), Buffer.from(app1), plain.subarray(2)]));
  assert.deepEqual(readImageInfo(jpeg), { type: 'jpeg', widthPx: 21, heightPx: 37 });
  const { widthPx, rgba } = await pixelsOf(jpeg);
  // A quarter to the left: what was above is on the left.
  assert.equal(widthPx, 21);
  isNear([...rgba.subarray(0, 3)], [245, 0, 10], 60, 'left');
  isNear([...rgba.subarray(80, 83)], [10, 0, 245], 60, 'right');
});

test('stray bytes between the segments of a JPEG are passed over', async () => {
  const plain = read('progressive.jpg');
  const first = 4 + (((plain[4] ?? 0) << 8) | (plain[5] ?? 0));
  const stray = new Uint8Array(Buffer.concat([plain.subarray(0, first), Buffer.from([0, 1, 0xff, 0, 2, 0xff]), plain.subarray(first)]));
  const info = readImageInfo(stray);
  assert.deepEqual(info, { type: 'jpeg', widthPx: 37, heightPx: 21 });
  assert.ok(isComplete(stray, info));
  assert.deepEqual((await pixelsOf(stray)).rgba, (await pixelsOf(plain)).rgba);
});

test('a JPEG starts anew behind each restart marker', async () => {
  const grey = new Uint8Array(8 * 8 * 4).map((_, index) => (index % 4 === 3 ? 255 : (index >> 2) * 4));
  const one = encodeJpeg({ widthPx: 8, heightPx: 8, rgba: grey.slice() }, 90);
  const [frame, scan] = [0xc0, 0xda].map((wanted) => [...readSegments(one)].find(({ marker }) => marker === wanted));
  assert.ok(frame && scan);
  const unit = one.subarray(scan.end, -2);
  const parts = [one.subarray(0, scan.start), [0xff, 0xdd, 0, 4, 0, 1], one.subarray(scan.start, scan.end), unit, [0xff, 0xd0], unit, [0xff, 0xd1], unit, [0xff, 0xd9]];
  const three = new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
  three[frame.start + 8] = 24;
  const [single, { rgba }] = [await pixelsOf(one), await pixelsOf(three)];
  for (let y = 0; y < 8; y++) for (let x = 0; x < 24; x++) assert.equal(rgba[(y * 24 + x) * 4], single.rgba[(y * 8 + (x % 8)) * 4]);
});

test('the first image of a moving WebP stands where it belongs', async () => {
  const [still] = [...walkWebpChunks(read('lossy.webp'))];
  assert.ok(still);
  const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 36, 0, 0, 20, 0, 0, 0, 0, 0, 0]), joinWebpChunks([still]).subarray(12)]);
  const moving = joinWebpChunks([{ type: 'VP8X', data: new Uint8Array([2, 0, 0, 0, 39, 0, 0, 20, 0, 0]) }, { type: 'ANIM', data: new Uint8Array(6) }, { type: 'ANMF', data: new Uint8Array(frame) }]);
  const { widthPx, heightPx, rgba } = await pixelsOf(moving);
  assert.deepEqual([widthPx, heightPx, [...rgba.subarray(0, 8)]], [40, 21, [0, 0, 0, 0, 0, 0, 0, 0]]);
  isNear([...rgba.subarray(8, 11)], [245, 0, 10], 45, 'first pixel');
});

test('a thumbnail keeps the ratio, is no larger than asked, and is a whole JPEG on white', async () => {
  const [widthPx, heightPx] = [640, 360];
  const data = new Uint8Array(widthPx * heightPx * 3).map((_, index) => (index < (widthPx * heightPx * 3) / 2 ? 250 : 5));
  const thumbnail = await makeThumbnail(encodePng({ width: widthPx, height: heightPx, data, channels: 3 }), { maxSidePx: 320 }, codec);
  assert.ok(thumbnail);
  assert.deepEqual([thumbnail.widthPx, thumbnail.heightPx], [320, 180]);
  const info = readImageInfo(thumbnail.jpeg);
  assert.deepEqual(info, { type: 'jpeg', widthPx: 320, heightPx: 180 });
  assert.ok(isComplete(thumbnail.jpeg, info));
  const { data: rgba } = decodeJpegByPackage(thumbnail.jpeg, { useTArray: true });
  isNear(mean({ widthPx: 320, heightPx: 180, rgba }, 0, 80), [250, 250, 250], 4, 'above');
  isNear(mean({ widthPx: 320, heightPx: 180, rgba }, 100, 180), [5, 5, 5], 4, 'below');
  const clear = await makeThumbnail(read('transparent.png'), { maxSidePx: 320 }, codec);
  assert.ok(clear);
  isNear([...decodeJpegByPackage(clear.jpeg, { useTArray: true }).data.subarray(0, 3)], [255, 255, 255], 12, 'transparent');
});

test('small images keep their size; a line stays at least one pixel high', async () => {
  for (const name of decodable) {
    const thumbnail = await makeThumbnail(read(name), { maxSidePx: 320 }, codec);
    assert.deepEqual([thumbnail?.widthPx, thumbnail?.heightPx], [37, 21], name);
  }
  const line = await makeThumbnail(encodePng({ width: 1000, height: 1, data: new Uint8Array(3000), channels: 3 }), { maxSidePx: 100 }, codec);
  assert.deepEqual([line?.widthPx, line?.heightPx], [100, 1]);
});

test('what is no image, of a type without a decoder, or too large is said', async () => {
  assert.equal(await decodePixels(read('plain.avif'), codec), 'unreadable');
  assert.equal(await decodePixels(new Uint8Array([1, 2, 3]), codec), 'unreadable');
  const huge = read('plain.png');
  new DataView(huge.buffer).setUint32(16, 10_000);
  new DataView(huge.buffer).setUint32(20, 5001);
  assert.equal(await decodePixels(huge, codec), 'tooLarge');
  assert.equal(await makeThumbnail(huge, { maxSidePx: 10 }, codec), undefined);
});

test('image data or a profile that grow beyond the header are not unpacked', async () => {
  const plain = read('plain.png');
  const chunks = readChunks(plain) ?? [];
  const bomb = new Uint8Array(deflateSync(Buffer.alloc(64 * 1024 * 1024)));
  const raw = chunks.map(({ type, start, end }) => (type === 'IDAT' ? makeChunk('IDAT', bomb) : plain.subarray(start, end)));
  const before = process.memoryUsage().arrayBuffers;
  await pixelsOf(new Uint8Array(Buffer.concat([plain.subarray(0, 8), ...raw])));
  const profile = makeChunk('iCCP', new Uint8Array(Buffer.concat([Buffer.from('p\0\0', 'latin1'), bomb])));
  const end = chunks[0]?.end ?? 0;
  assert.equal((await pixelsOf(new Uint8Array(Buffer.concat([plain.subarray(0, end), profile, plain.subarray(end)])))).profile, undefined);
  assert.ok(process.memoryUsage().arrayBuffers - before < 60 * 1024 * 1024);
});

test('no bytes make it throw', async () => {
  const seeds = fc.constantFrom(...decodable.map(read));
  const edits = fc.array(fc.record({ at: fc.nat({ max: 700 }), byte: fc.nat({ max: 255 }) }), { minLength: 1, maxLength: 4 });
  await fc.assert(fc.asyncProperty(seeds, edits, async (seed, changes) => {
    const bytes = seed.slice();
    for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
    const info = readImageInfo(bytes);
    if (info && info.widthPx * info.heightPx < 10_000) await makeThumbnail(bytes, { maxSidePx: 8 }, codec);
  }), { numRuns: 400 });
});
