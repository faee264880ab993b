// Holds the recipe inside a PNG against an independent metadata reader and decoder, hostile prompts and foreign chunks.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import exifr from 'exifr';
import fc from 'fast-check';
import { decode } from 'fast-png';
import { parse } from 'parse5';
import { embedRecipe } from '../../../src/image/embedRecipe.ts';
import { FIRST_CHUNK, makeChunk, readChunks } from '../../../src/image/pngChunks.ts';
import { keywordOf, makeTextChunk, readText } from '../../../src/image/pngText.ts';
import { readPrompt } from '../../../src/image/readPrompt.ts';
import type { Recipe } from '../../../src/prompt/recipe.ts';

const folder = join(import.meta.dirname, 'images');
const png = new Uint8Array(readFileSync(join(folder, 'plain.png')));
const recipe: Recipe = {
  model: 'qwen-image-max',
  prompt: '一只可爱的橘猫 <b>& "quotes" \'too\'</b> 🐈',
  size: '1328x1328',
  watermark: false,
  promptExtend: true,
  fields: { seed: 7, negative_prompt: 'dogs', user: 'someone@example.com', response_format: 'url' },
  endpoint: 'https://secret-gateway.example',
  time: '2026-01-02T03:04:05.000Z',
  durationMs: 31_000,
  revisedPrompt: 'a very cute orange cat',
};

/** The PNG with a chunk between IHDR and the rest. */
function withChunks(...chunks: Uint8Array[]): Uint8Array {
  const afterHeader = readChunks(png)?.[0]?.end ?? 0;
  return new Uint8Array([...png.subarray(0, afterHeader), ...chunks.flatMap((chunk) => [...chunk]), ...png.subarray(afterHeader)]);
}

const textsOf = (bytes: Uint8Array): (string | undefined)[] => (readChunks(bytes) ?? []).map(keywordOf).filter(Boolean);

/** The wanted form of a text that XML and UTF-8 cannot hold as it is. */
const asXml = (text: string): string => Buffer.from(text, 'utf8').toString('utf8').replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '\uFFFD');

test('an independent reader finds description, source type, model and date', async () => {
  // exifr leaves XML's references as they are; the property test below reads those with a parser.
  const plain = { ...recipe, prompt: '一只可爱的橘猫 (oil, 1.2) 🐈' };
  const found = (await exifr.parse(Buffer.from(embedRecipe(png, plain)), { xmp: true, ihdr: true })) as Record<string, unknown>;
  assert.deepEqual((found['description'] as { value: string }).value, plain.prompt);
  assert.equal(found['DigitalSourceType'], 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia');
  assert.equal(found['AISystemUsed'], 'qwen-image-max');
  assert.equal(found['AIPromptInformation'], plain.prompt);
});

test('it reads back whole, for the same request fields', () => {
  assert.deepEqual(readPrompt(embedRecipe(png, recipe)), {
    source: 'recipe',
    prompt: recipe.prompt,
    model: 'qwen-image-max',
    size: '1328x1328',
    watermark: false,
    promptExtend: true,
    fields: { seed: 7, negative_prompt: 'dogs' },
    revisedPrompt: 'a very cute orange cat',
  });
});

test('neither the endpoint nor any other field travels', () => {
  const text = Buffer.from(embedRecipe(png, recipe)).toString('latin1');
  for (const secret of ['secret-gateway', 'someone@example.com', 'response_format', '31000']) assert.equal(text.includes(secret), false, secret);
});

test('pixels and every chunk of the service stay byte for byte', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.png'))) {
    const before = new Uint8Array(readFileSync(join(folder, name)));
    const after = embedRecipe(before, recipe);
    assert.ok(after.length > before.length, name);
    assert.deepEqual(decode(after, { checkCrc: true }).data, decode(before).data, name);
    const left = (readChunks(after) ?? []).filter((chunk) => !['generate-image', 'parameters', 'XML:com.adobe.xmp'].includes(keywordOf(chunk) ?? ''));
    const bytesOf = (bytes: Uint8Array, chunks: typeof left): string[] => chunks.map(({ start, end }) => Buffer.from(bytes.subarray(start, end)).toString('hex'));
    assert.deepEqual(bytesOf(after, left), bytesOf(before, readChunks(before) ?? []), name);
  }
});

test('embedding again replaces what was there', () => {
  const first = embedRecipe(png, recipe);
  assert.deepEqual(embedRecipe(first, recipe), first);
  const second = embedRecipe(first, { ...recipe, prompt: 'a dog' });
  assert.deepEqual(textsOf(second), textsOf(first));
  assert.equal(readPrompt(second)?.prompt, 'a dog');
  assert.equal(Buffer.from(second).includes(Buffer.from('橘猫')), false);
});

test("the service's own parameters and XMP stay, and no second ones are added", () => {
  const theirs = withChunks(makeTextChunk('parameters', 'theirs'), makeTextChunk('XML:com.adobe.xmp', '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'));
  const once = embedRecipe(theirs, recipe);
  assert.deepEqual(textsOf(once), ['parameters', 'XML:com.adobe.xmp', ...textsOf(png), 'generate-image']);
  assert.deepEqual(embedRecipe(once, recipe), once);
});

test('a signed file comes back unchanged', () => {
  const pointer = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description dcterms:provenance="https://example.com/a.c2pa"/></x:xmpmeta>';
  for (const signed of [withChunks(makeChunk('caBX', new Uint8Array([1, 2, 3]))), withChunks(makeTextChunk('XML:com.adobe.xmp', pointer))]) {
    assert.equal(embedRecipe(signed, recipe), signed);
  }
});

test('what is no whole image, or of a type without a place for it, comes back unchanged', () => {
  const [jpeg = png, webp = png, gif = png] = ['baseline.jpg', 'lossy.webp', 'plain.gif'].map((name) => new Uint8Array(readFileSync(join(folder, name))));
  const noHeader = new Uint8Array([...png.subarray(0, FIRST_CHUNK), ...png.subarray(FIRST_CHUNK + 25)]);
  for (const bytes of [new Uint8Array(), jpeg.subarray(0, -30), webp.subarray(0, -1), gif, noHeader, png.subarray(0, -1), png.subarray(0, 40)]) {
    assert.equal(embedRecipe(bytes, recipe), bytes);
  }
});

test('bytes after the end stay', () => {
  const longer = new Uint8Array([...png, 1, 2, 3]);
  assert.deepEqual([...embedRecipe(longer, recipe).subarray(-3)], [1, 2, 3]);
});

test('any prompt reads back exactly, and its XML parses to the prompt', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\0b', ']]>', '</rdf:li><evil/>', '\r\n', '&amp;', '<?xpacket end="w"?>', '\uffff', '-->', '\u0007'));
  const prompts = fc.array(hostile, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(prompts, prompts, (prompt, negative) => {
      const bytes = embedRecipe(png, { ...recipe, prompt, fields: { negative_prompt: negative }, revisedPrompt: prompt });
      const read = readPrompt(bytes);
      if (prompt === '') return;
      assert.ok(read?.source === 'recipe');
      assert.deepEqual([read.prompt, read.fields['negative_prompt'], read.revisedPrompt], [prompt, negative, prompt]);
      const chunk = readChunks(bytes)?.find((candidate) => keywordOf(candidate) === 'XML:com.adobe.xmp');
      const xmp = chunk && readText(chunk)?.text;
      assert.ok(xmp);
      assert.equal(descriptionIn(xmp), asXml(prompt).replaceAll('\0', '\uFFFD'));
    }),
    { numRuns: 200 },
  );
});

/** By an HTML parser: it reads character references and text as XML does, and it is not ours. */
function descriptionIn(xmp: string): string {
  type Node = { nodeName: string; value?: string; childNodes?: Node[] };
  const find = (node: Node): Node | undefined => (node.nodeName === 'rdf:li' ? node : node.childNodes?.map(find).find(Boolean));
  const item = find(parse(xmp));
  return item?.childNodes?.map((node) => node.value ?? `<${node.nodeName}>`).join('') ?? '';
}
