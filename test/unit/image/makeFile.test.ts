// Holds the files that are made of images: their format, size and weight, and what goes along, by parsers of others.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { decodeHTMLStrict } from 'entities';
import exifr from 'exifr';
import { decode as decodePng } from 'fast-png';
import { imageSize } from 'image-size';
import { decode as decodeJpeg } from 'jpeg-js';
import { paint } from '../../endpoint/paint.ts';
import { embedFileRecipe } from '../../../src/image/embedRecipe.ts';
import { readImageInfo } from '../../../src/image/imageInfo.ts';
import { type FileWish, type MadeFile, makeFile } from '../../../src/image/makeFile.ts';
import { readMetadata } from '../../../src/image/metadata.ts';
import { encodePng } from '../../../src/image/pixels/encodePng.ts';
import { makeChunk } from '../../../src/image/pngChunks.ts';
import { readPrompt } from '../../../src/image/readPrompt.ts';
import { travellingPart } from '../../../src/image/recipeText.ts';
import { walkWebpChunks } from '../../../src/image/webpChunks.ts';
import { writeJpegMetadata, writePngMetadata, writeWebpMetadata } from '../../../src/image/writeMetadata.ts';
import { codec } from './codec.ts';

const folder = join(import.meta.dirname, 'images');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const recipe = travellingPart({
  model: 'qwen-image-max', prompt: 'a <fox> & "hills" 雪', size: '400x300', watermark: false, promptExtend: true, fields: { seed: 7, negative_prompt: 'rain' },
  endpoint: 'https://api.example.com', time: '2026-09-01T13:45:01.000Z', durationMs: 1, revisedPrompt: 'a red fox',
});
const plainWish: FileWish = { type: 'original', isTypeDemanded: false, quality: 82, maxWidthPx: 0, maxBytes: 0 };
let landscape = new Uint8Array();
before(async () => {
  landscape = new Uint8Array(await paint({ prompt: 'a fox in the hills', widthPx: 400, heightPx: 300, watermark: false }));
});

async function make(bytes: Uint8Array, wish: Partial<FileWish>): Promise<MadeFile> {
  const made = await makeFile(bytes, { ...plainWish, ...wish }, codec);
  assert.ok(typeof made !== 'string', JSON.stringify(made));
  assert.deepEqual(readImageInfo(made.bytes), { type: made.type, widthPx: made.widthPx, heightPx: made.heightPx });
  const size = imageSize(made.bytes);
  assert.deepEqual([size.width, size.height, size.type], [made.widthPx, made.heightPx, made.type === 'jpeg' ? 'jpg' : made.type]);
  return made;
}

test('each format holds the recipe, for us and for others', async () => {
  for (const type of ['webp', 'jpeg', 'png'] as const) {
    const made = await make(landscape, { type, isTypeDemanded: true, recipe, size: { widthPx: 120, heightPx: 63 } });
    const found = readPrompt(made.bytes);
    assert.deepEqual(found, {
      source: 'recipe', prompt: recipe.prompt, model: 'qwen-image-max', size: '400x300', watermark: false, promptExtend: true, fields: { seed: 7, negative_prompt: 'rain' }, revisedPrompt: 'a red fox',
    }, type);
    if (type === 'webp') continue;
    const xmp = (await exifr.parse(Buffer.from(made.bytes), { xmp: true, mergeOutput: false })) as { dc?: { description?: { value?: string } } } | undefined;
    assert.equal(decodeHTMLStrict(xmp?.dc?.description?.value ?? ''), recipe.prompt, type);
  }
});

test('the header of a WebP says what is inside, and its chunks stand in order', async () => {
  const made = await make(landscape, { type: 'webp', recipe });
  const chunks = [...walkWebpChunks(made.bytes)];
  assert.deepEqual(chunks.map(({ type }) => type), ['VP8X', 'VP8 ', 'XMP ']);
  assert.equal(chunks[0]?.data[0], 0x04);
  assert.equal(new DataView(made.bytes.buffer).getUint32(4, true), made.bytes.length - 8);
  const clear = await make(encodePng({ widthPx: 2, heightPx: 1, rgba: new Uint8Array([1, 2, 3, 0, 4, 5, 6, 255]) }), { type: 'webp', isTypeDemanded: true, recipe });
  const [header, first] = [...walkWebpChunks(clear.bytes)];
  assert.equal(header?.data[0], 0x14);
  assert.equal(first?.type, 'ALPH');
});

test('a recode that grows is not used unless its ending demands it', async () => {
  const tiny = encodePng({ widthPx: 64, heightPx: 64, rgba: new Uint8Array(64 * 64 * 4).fill(255) });
  const kept = await make(tiny, { type: 'jpeg' });
  assert.deepEqual([kept.type, kept.isOriginal, kept.bytes.length], ['png', true, tiny.length]);
  assert.equal((await make(tiny, { type: 'jpeg', isTypeDemanded: true })).type, 'jpeg');
  const small = await make(landscape, { type: 'webp' });
  assert.ok(small.bytes.length < landscape.length / 2, `${small.bytes.length} of ${landscape.length}`);
});

test('an exact size is scaled and cropped around the focus', async () => {
  const rgba = new Uint8Array(100 * 50 * 4).map((_, index) => (index % 4 === 3 || (index % 4 === 0 && (index >> 2) % 100 < 50) || (index % 4 === 2 && (index >> 2) % 100 >= 50) ? 255 : 0));
  const wide = encodePng({ widthPx: 100, heightPx: 50, rgba });
  for (const [x, wanted] of [[0, [255, 0, 0]], [1, [0, 0, 255]]] as const) {
    const made = await make(wide, { size: { widthPx: 20, heightPx: 20, focus: { x, y: 0.5 } } });
    assert.deepEqual([...decodePng(made.bytes).data.subarray(630, 633)], wanted);
  }
});

test('a width and a budget are kept', async () => {
  const narrow = await make(landscape, { type: 'webp', maxWidthPx: 100 });
  assert.deepEqual([narrow.widthPx, narrow.heightPx], [100, 75]);
  for (const type of ['webp', 'jpeg', 'original'] as const) {
    for (const maxBytes of [3000, 1200]) {
      const made = await make(landscape, { type, maxBytes });
      assert.ok(made.bytes.length <= maxBytes, `${type}: ${made.bytes.length} of ${maxBytes}`);
    }
  }
  const exact = await make(landscape, { type: 'jpeg', maxBytes: 6000, size: { widthPx: 300, heightPx: 200 } });
  assert.deepEqual([exact.widthPx, exact.heightPx, exact.bytes.length <= 6000], [300, 200, true]);
});

test('EXIF and the colour profile go along, upright', async () => {
  const exif = new Uint8Array([...Buffer.from('MM\0*'), 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
  const profile = new Uint8Array(200);
  profile.set(Buffer.from('RGB '), 16);
  profile.set(Buffer.from('acsp'), 36);
  const xmp = '<x:xmpmeta><rdf:RDF><rdf:Description label="AIGC"/></rdf:RDF></x:xmpmeta>';
  const sources = [writeJpegMetadata(read('baseline.jpg'), { exif, profile, xmp }), writePngMetadata(read('plain.png'), { exif, profile, xmp }), writeWebpMetadata(read('lossy.webp'), { exif, profile, xmp })];
  for (const source of sources) {
    const { orientation } = readMetadata(source);
    for (const type of ['webp', 'jpeg', 'png'] as const) {
      const made = await make(source, { type, isTypeDemanded: true, size: { widthPx: 9, heightPx: 10 }, recipe });
      const found = readMetadata(made.bytes);
      assert.deepEqual([found.profile, found.exif?.[19]], [profile, 1], `${type} of ${orientation}`);
      assert.ok(found.xmp?.includes('label="AIGC"'), type);
      assert.equal(readPrompt(made.bytes)?.source, 'recipe', type);
    }
  }
});

test('a foreign XMP packet takes the recipe in, once', () => {
  const source = writeJpegMetadata(read('baseline.jpg'), { xmp: '<x:xmpmeta><rdf:RDF></rdf:RDF></x:xmpmeta>' });
  const twice = embedFileRecipe(embedFileRecipe(source, recipe), { ...recipe, prompt: 'another' });
  assert.equal(readPrompt(twice)?.prompt, 'another');
  assert.equal(readMetadata(twice).xmp?.match(/<generateImage:Recipe>/g)?.length, 1);
  assert.deepEqual(decodeJpeg(twice, { useTArray: true }).data, decodeJpeg(source, { useTArray: true }).data);
});

test('a signed file is recoded only for another format or size that was asked for', async () => {
  const signed = new Uint8Array(Buffer.concat([landscape.subarray(0, 33), makeChunk('caBX', new Uint8Array(4)), landscape.subarray(33)]));
  for (const wish of [{}, { maxWidthPx: 100 }, { maxBytes: 1000 }]) {
    const made = await make(signed, { ...wish, recipe });
    assert.deepEqual([made.isOriginal, made.lostSignature, made.bytes], [true, false, signed]);
  }
  const webp = await make(signed, { type: 'webp' });
  assert.deepEqual([webp.isOriginal, webp.lostSignature], [false, true]);
});

test('what cannot be had is said only if it was asked for by name', async () => {
  const problem = (bytes: Uint8Array, wish: Partial<FileWish>): Promise<unknown> => makeFile(bytes, { ...plainWish, ...wish }, codec);
  assert.equal(await problem(read('plain.avif'), { type: 'png', isTypeDemanded: true }), 'unreadable');
  assert.equal(await problem(read('animated.gif'), { type: 'webp', isTypeDemanded: true }), 'animated');
  assert.equal((await make(read('animated.gif'), { type: 'webp', maxWidthPx: 10 })).isOriginal, true);
  assert.equal((await make(read('plain.avif'), { type: 'webp' })).isOriginal, true);
  assert.equal(await problem(encodePng({ widthPx: 16_384, heightPx: 1, rgba: new Uint8Array(65_536) }), { type: 'webp', isTypeDemanded: true }), 'tooWide');
  assert.equal((await make(read('transparent.png'), { type: 'jpeg', isTypeDemanded: true, mayBecomePng: true, size: { widthPx: 10, heightPx: 10 } })).type, 'png');
});
