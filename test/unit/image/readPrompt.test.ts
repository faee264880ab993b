// Holds the reading of prompts that other generators left, against their own forms and against hostile ones.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';

import fc from 'fast-check';
import { writeParameters } from '../../../src/image/recipeText.ts';
import { embedRecipe } from '../../../src/image/embedRecipe.ts';
import { makeChunk, readChunks } from '../../../src/image/pngChunks.ts';
import { makeTextChunk } from '../../../src/image/pngText.ts';
import { MAX_PROMPT_LENGTH, readPrompt } from '../../../src/image/readPrompt.ts';

const image = (name: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, 'images', name)));
const png = image('plain.png');

function withChunks(...chunks: Uint8Array[]): Uint8Array {
  const afterHeader = readChunks(png)?.[0]?.end ?? 0;
  return new Uint8Array(Buffer.concat([png.subarray(0, afterHeader), ...chunks, png.subarray(afterHeader)]));
}

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const join8 = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const tEXt = (keyword: string, text: string): Uint8Array => makeChunk('tEXt', latin1(`${keyword}\0${text}`));
const zTXt = (keyword: string, data: Uint8Array): Uint8Array => makeChunk('zTXt', join8(latin1(`${keyword}\0\0`), deflateSync(data)));
const packediTXt = (keyword: string, text: string): Uint8Array =>
  makeChunk('iTXt', join8(latin1(`${keyword}\0\x01\0\0\0`), deflateSync(new TextEncoder().encode(text))));

const PARAMETERS = 'a café, (oil:1.2)\nsecond line\nNegative prompt: bad hands,\nugly\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512, Model: sd';

test('parameters in each kind of text chunk', () => {
  for (const chunk of [tEXt('parameters', PARAMETERS), zTXt('parameters', latin1(PARAMETERS)), makeTextChunk('parameters', PARAMETERS), packediTXt('parameters', PARAMETERS)]) {
    assert.deepEqual(readPrompt(withChunks(chunk)), { source: 'parameters', prompt: 'a café, (oil:1.2)\nsecond line' });
  }
});

test('parameters without some of their parts', () => {
  const table: [string, string | undefined][] = [
    ['only words', 'only words'],
    ['words\nSteps: 4, Size: 1x1', 'words'],
    ['words\nNegative prompt: none', 'words'],
    ['words\nSeed: 1, Size: 1x1, Model: m', 'words'],
    ['Colours: red, blue', 'Colours: red, blue'],
    ['Negative prompt: x\nSteps: 4, Size: 1x1, Seed: 2', undefined],
    ['', undefined],
  ];
  for (const [text, prompt] of table) assert.equal(readPrompt(withChunks(makeTextChunk('parameters', text)))?.prompt, prompt, text);
});

const clip = (text: unknown): object => ({ class_type: 'CLIPTextEncode', inputs: { text, clip: ['4', 1] } });

test("ComfyUI's graph: the text behind the sampler's positive input", () => {
  const sampler = (positive: string): object => ({ class_type: 'KSampler', inputs: { seed: 1, positive: [positive, 0], negative: ['7', 0] } });
  const graphs: [object, string][] = [
    [{ 3: sampler('6'), 6: clip('a fox'), 7: clip('a much longer text of what is not wanted') }, 'a fox'],
    [{ 3: sampler('9'), 9: { class_type: 'ControlNetApplyAdvanced', inputs: { positive: ['6', 0] } }, 6: clip(['8', 0]), 8: { class_type: 'PrimitiveString', inputs: { value: 'through nodes' } }, 7: clip('long and unwanted') }, 'through nodes'],
    [{ 3: sampler('6'), 6: { class_type: 'CLIPTextEncodeSDXL', inputs: { text_g: 'global', text_l: 'local' } }, 7: clip('no') }, 'global'],
    [{ 1: { class_type: 'SamplerCustomAdvanced', inputs: { guider: ['2', 0] } }, 2: { class_type: 'BasicGuider', inputs: { conditioning: ['3', 0] } }, 3: { class_type: 'FluxGuidance', inputs: { conditioning: ['4', 0] } }, 4: clip('flux') }, 'flux'],
    [{ 6: clip('short'), 7: clip('the longest of the texts') }, 'the longest of the texts'],
    [{ 3: sampler('6'), 6: { class_type: 'Loop', inputs: { text: ['6', 0], positive: ['3', 0] } }, 5: clip('after a circle') }, 'after a circle'],
  ];
  for (const [graph, prompt] of graphs) {
    assert.deepEqual(readPrompt(withChunks(tEXt('prompt', JSON.stringify(graph)))), { source: 'comfyUi', prompt });
  }
});

test('what leads only to the negative side is never the prompt', () => {
  const long = 'ugly, blurry, far too long to be what anybody wants';
  const graphs: [object, string | undefined][] = [
    [{ 3: { class_type: 'KSampler', inputs: { positive: ['8', 0], negative: ['7', 0] } }, 7: { class_type: 'CLIPTextEncode', inputs: { text: long } }, 8: { class_type: 'Unknown', inputs: {} } }, undefined],
    [{ 3: { class_type: 'KSampler', inputs: { positive: ['8', 0], negative: ['9', 0] } }, 7: { class_type: 'CLIPTextEncode', inputs: { text: long } }, 8: { class_type: 'Unknown', inputs: {} }, 9: { class_type: 'Combine', inputs: { a: ['7', 0] } }, 5: { class_type: 'CLIPTextEncode', inputs: { text: 'a fox' } } }, 'a fox'],
    [{ 7: { class_type: 'CLIPTextEncode', inputs: { text: long }, _meta: { title: 'CLIP Text Encode (Negative Prompt)' } }, 5: { class_type: 'CLIPTextEncode', inputs: { text: 'a hare', text_negative: long } } }, 'a hare'],
  ];
  for (const [graph, prompt] of graphs) assert.equal(readPrompt(withChunks(tEXt('prompt', JSON.stringify(graph))))?.prompt, prompt);
});

test('JSON under "parameters" is read, not pasted', () => {
  for (const [json, prompt] of [
    [{ sui_image_params: { negativeprompt: 'rain', prompt: 'a fox' } }, 'a fox'],
    [{ negative_prompt: 'rain', positive_prompt: 'a hare' }, 'a hare'],
    [{ 3: { class_type: 'KSampler', inputs: { positive: ['6', 0] } }, 6: { class_type: 'CLIPTextEncode', inputs: { text: 'an owl' } } }, 'an owl'],
    [{ steps: 20, negative: { prompt: 'rain' } }, undefined],
    [[1, 2], undefined],
  ] as const) assert.equal(readPrompt(withChunks(tEXt('parameters', JSON.stringify(json))))?.prompt, prompt, JSON.stringify(json));
  assert.equal(readPrompt(withChunks(tEXt('parameters', '{a fox:1.2}, hills')))?.prompt, '{a fox:1.2}, hills');
});

test('tEXt is UTF-8 if that is valid, else Latin-1', () => {
  const utf8 = makeChunk('tEXt', new Uint8Array([...latin1('parameters\0'), ...new TextEncoder().encode('雪中狐狸')]));
  assert.equal(readPrompt(withChunks(utf8))?.prompt, '雪中狐狸');
  assert.equal(readPrompt(withChunks(makeChunk('tEXt', latin1('parameters\0caf\xe9'))))?.prompt, 'café');
});

test('our own text never puts the revised prompt behind the negative one', () => {
  const text = writeParameters({ version: 1, model: 'm', prompt: 'a fox', size: '1x1', watermark: false, prompt_extend: true, negative_prompt: 'rain', revised_prompt: 'a red "fox",\nSteps: 5, in hills', date: 'd' });
  const [prompt, negative, settings, ...rest] = text.split('\n');
  assert.deepEqual([prompt, negative, rest], ['a fox', 'Negative prompt: rain', []]);
  assert.match(settings ?? '', /^Size: .*, Revised prompt: "a red \\"fox\\",\\nSteps/);
  assert.equal(readPrompt(withChunks(tEXt('parameters', text)))?.prompt, 'a fox');
});

test("ComfyUI's graph with Python's NaN, and texts that are no graph", () => {
  const graph = '{"3": {"class_type": "KSampler", "inputs": {"positive": ["6", 0]}, "is_changed": [NaN]}, "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}}}';
  assert.equal(readPrompt(withChunks(tEXt('prompt', graph)))?.prompt, 'a fox');
  for (const text of ['', 'words', '[]', '{}', 'null', '{"1": null}', '{"__proto__": {"inputs": {}}}', '['.repeat(200_000)]) {
    assert.equal(readPrompt(withChunks(tEXt('prompt', text))), undefined, text.slice(0, 40));
  }
});

const xmp = (description: string): string => `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description>${description}</rdf:Description></rdf:RDF></x:xmpmeta>`;
const LIST = '<dc:description><rdf:Alt><rdf:li xml:lang="de">ein Fuchs</rdf:li><rdf:li xml:lang="x-default">a fox &amp; a &#x1F98A;</rdf:li></rdf:Alt></dc:description>';

test('the XMP description, in PNG and JPEG', () => {
  assert.deepEqual(readPrompt(withChunks(makeTextChunk('XML:com.adobe.xmp', xmp(LIST)))), { source: 'xmp', prompt: 'a fox & a 🦊' });
  assert.equal(readPrompt(withChunks(makeTextChunk('XML:com.adobe.xmp', xmp('<dc:description>bare</dc:description>'))))?.prompt, 'bare');
  assert.equal(readPrompt(withChunks(makeTextChunk('XML:com.adobe.xmp', '<rdf:Description dc:description="an &lt;attribute&gt;"/>')))?.prompt, 'an <attribute>');
  const jpeg = image('baseline.jpg');
  const packet = join8(latin1('http://ns.adobe.com/xap/1.0/\0'), new TextEncoder().encode(xmp(LIST)));
  const segment = join8(new Uint8Array([0xff, 0xe1, (packet.length + 2) >> 8, (packet.length + 2) & 255]), packet);
  assert.deepEqual(readPrompt(join8(jpeg.subarray(0, 2), segment, jpeg.subarray(2))), { source: 'xmp', prompt: 'a fox & a 🦊' });
});

test('our recipe comes before the others', () => {
  const recipe = { model: 'm', prompt: 'ours', size: '1x1', watermark: true, promptExtend: false, fields: {}, endpoint: 'https://e.example', time: '2026-01-01T00:00:00Z', durationMs: 1 };
  const bytes = embedRecipe(withChunks(tEXt('parameters', 'theirs')), recipe);
  assert.deepEqual(readPrompt(bytes), { source: 'recipe', prompt: 'ours', model: 'm', size: '1x1', watermark: true, promptExtend: false, fields: {} });
});

test('a broken recipe of ours falls back to what else is there', () => {
  assert.equal(readPrompt(withChunks(makeTextChunk('generate-image', '{"version":1,"prompt":5}'), tEXt('parameters', 'theirs')))?.prompt, 'theirs');
});

test('texts that grow beyond measure when unpacked are passed over', () => {
  const bomb = new Uint8Array(64 * 1024 * 1024).fill(97);
  assert.ok(deflateSync(bomb).length < 1024 * 1024);
  assert.equal(readPrompt(withChunks(zTXt('parameters', bomb))), undefined);
  assert.equal(readPrompt(withChunks(tEXt('parameters', 'a'.repeat(MAX_PROMPT_LENGTH + 1)))), undefined);
});

test('images without a prompt, and no images, have none', () => {
  for (const name of ['plain.png', 'baseline.jpg', 'plain.gif', 'lossy.webp', 'plain.avif']) assert.equal(readPrompt(image(name)), undefined, name);
  assert.equal(readPrompt(new Uint8Array()), undefined);
  assert.equal(readPrompt(png.subarray(0, 50)), undefined);
});

test('no bytes make it throw', () => {
  const whole = withChunks(zTXt('parameters', latin1(PARAMETERS)), packediTXt('prompt', '{"1":{"inputs":{}}}'), makeTextChunk('XML:com.adobe.xmp', xmp(LIST)));
  const edits = fc.array(fc.record({ at: fc.nat({ max: whole.length - 1 }), byte: fc.nat({ max: 255 }) }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(edits, (changes) => {
    const bytes = whole.slice();
    for (const { at, byte } of changes) bytes[at] = byte;
    readPrompt(bytes);
  }), { numRuns: 500 });
});
