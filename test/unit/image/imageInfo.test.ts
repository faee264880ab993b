// Holds type, size and completeness against real files of every kind, against image-size, and against hostile bytes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageSize } from 'image-size';
import { extensionOf, isComplete, readImageInfo } from '../../../src/image/imageInfo.ts';

const folder = join(import.meta.dirname, 'images');
const names = readdirSync(folder);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const images = names.map((name) => ({ name, bytes: read(name) }));

test('every real file has its type and size', () => {
  for (const { name, bytes } of images) {
    const type = name.replace(/^.*\./, '').replace('jpg', 'jpeg');
    const [widthPx, heightPx] = name === 'grid.avif' ? [400, 300] : name === 'turned.avif' ? [21, 37] : [37, 21];
    assert.deepEqual(readImageInfo(bytes), { type, widthPx, heightPx }, name);
  }
});

test('an independent reader says the same', () => {
  for (const { name, bytes } of images.filter((image) => image.name !== 'turned.avif')) {
    const { width, height } = imageSize(bytes);
    const info = readImageInfo(bytes);
    assert.deepEqual([info?.widthPx, info?.heightPx], [width, height], name);
  }
});

test('a view into a larger buffer is read from its own start', () => {
  for (const { name, bytes } of images) {
    const around = new Uint8Array(bytes.length + 20).fill(0xff);
    around.set(bytes, 13);
    const inner = around.subarray(13, 13 + bytes.length);
    const info = readImageInfo(inner);
    assert.deepEqual(info, readImageInfo(bytes), name);
    assert.ok(info && isComplete(inner, info), name);
  }
});

test('whole files are complete, and none is when its end is missing', () => {
  for (const { name, bytes } of images) {
    const info = readImageInfo(bytes);
    assert.ok(info && isComplete(bytes, info), name);
    for (const kept of [0.99, 0.9, 0.7, 0.5]) {
      const cut = bytes.subarray(0, Math.min(bytes.length - 2, Math.floor(bytes.length * kept)));
      assert.equal(isComplete(cut, info), false, `${name} at ${kept}`);
    }
  }
});

test('bytes after the end of an image do not make it incomplete', () => {
  for (const name of ['plain.png', 'baseline.jpg', 'animated.gif', 'lossy.webp']) {
    const bytes = new Uint8Array([...read(name), 0, 0, 0, 0]);
    const info = readImageInfo(bytes);
    assert.ok(info && isComplete(bytes, info), name);
  }
});

test('an end of image inside a JPEG preview is not the end of the JPEG', () => {
  const jpeg = read('baseline.jpg');
  const preview = [0xff, 0xe1, 0x00, 0x06, 0xff, 0xd8, 0xff, 0xd9];
  const bytes = new Uint8Array([0xff, 0xd8, ...preview, ...jpeg.subarray(2, -2)]);
  const info = readImageInfo(bytes);
  assert.ok(info);
  assert.equal(isComplete(bytes, info), false);
});

test('what is no image has no type', () => {
  const encoder = new TextEncoder();
  for (const text of ['', '<html>', '{"error":"x"}', 'RIFF1234WAVEfmt ', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'BM', 'GIF88a1234567', '%PDF-1.7']) {
    assert.equal(readImageInfo(encoder.encode(text)), undefined, text);
  }
  assert.equal(readImageInfo(new Uint8Array([0, 0, 0, 20, ...encoder.encode('ftypheic0000mif1heic')])), undefined);
});

test('a side of no pixels is no image, an absurd one still is', () => {
  const bytes = read('plain.png');
  const view = new DataView(bytes.buffer);
  view.setUint32(16, 60_000);
  view.setUint32(20, 60_000);
  assert.deepEqual(readImageInfo(bytes), { type: 'png', widthPx: 60_000, heightPx: 60_000 });
  view.setUint32(20, 0);
  assert.equal(readImageInfo(bytes), undefined);
});

test('no bytes make it throw or hang', () => {
  const seeds = fc.constantFrom(...images.map((image) => image.bytes));
  const edits = fc.array(fc.record({ at: fc.nat({ max: 700 }), byte: fc.constantFrom(0, 1, 2, 7, 8, 127, 128, 216, 217, 254, 255) }), { maxLength: 12 });
  fc.assert(
    fc.property(seeds, edits, fc.nat(), (seed, changes, length) => {
      const bytes = seed.slice(0, Math.max(4, length % (seed.length + 1)));
      for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
      const info = readImageInfo(bytes);
      if (!info) return true;
      isComplete(bytes, info);
      return Number.isInteger(info.widthPx) && info.widthPx > 0 && Number.isInteger(info.heightPx) && info.heightPx > 0;
    }),
    { numRuns: 5000 },
  );
});

test('each type has one media type and one ending', () => {
  assert.deepEqual([extensionOf('jpeg'), extensionOf('avif')], ['jpg', 'avif']);
});
