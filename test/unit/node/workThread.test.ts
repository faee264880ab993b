// Holds the work threads, bundled as they ship: their answers, their order, their end, and what happens when one dies.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { createLinkFinder, createPixels } from '../../../src/node/work.ts';
import { WorkThread } from '../../../src/node/workThread.ts';
import { readImageInfo } from '../../../src/image/imageInfo.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const png = new Uint8Array(readFileSync(join(root, 'test/unit/image/images/plain.png')));
let folder = '';
let scripts = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixels-'));
  await build({ entryPoints: [join(root, 'src/node/worker.ts')], outdir: folder, outExtension: { '.js': '.cjs' }, bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node22', logLevel: 'error', define: { 'import.meta.url': '"file:///"' } });
  for (const [name, file] of Object.entries({ webpEncoder: 'enc/webp_enc_simd.wasm', webpDecoder: 'dec/webp_dec.wasm' })) {
    await writeFile(join(folder, `${name}.wasm.br`), brotliCompressSync(readFileSync(join(root, 'node_modules/@jsquash/webp/codec', file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
  }
});
after(() => rm(folder, { recursive: true, force: true }));

async function script(code: string): Promise<string> {
  const path = join(folder, `script${++scripts}.cjs`);
  await writeFile(path, `const { parentPort } = require('node:worker_threads'); ${code}`);
  return path;
}

test('thumbnails and files, many at once, and the bytes stay usable', async () => {
  const pixels = createPixels(join(folder, 'worker.cjs'));
  try {
    const part = Buffer.concat([Buffer.alloc(9), png]).subarray(9);
    const wish = { isTypeDemanded: true, quality: 82, maxWidthPx: 0, maxBytes: 0 } as const;
    const [small, ofPart, none, jpeg, webp, broken] = await Promise.all([
      pixels.thumbnail(png), pixels.thumbnail(part, { maxSidePx: 10 }), pixels.thumbnail(new Uint8Array([1, 2])),
      pixels.file(png, { ...wish, type: 'jpeg' }), pixels.file(png, { ...wish, type: 'webp' }), pixels.file(png.subarray(0, 60), { ...wish, type: 'webp' }),
    ]);
    assert.deepEqual([small?.widthPx, ofPart?.widthPx, none, broken], [37, 10, undefined, 'unreadable']);
    assert.deepEqual([jpeg, webp].map((made) => typeof made === 'object' && readImageInfo(made.bytes)?.type), ['jpeg', 'webp']);
    assert.equal(await pixels.prompt(png), undefined);
    assert.equal(readImageInfo(png)?.widthPx, 37);
    assert.equal(part.length, png.length);
  } finally {
    pixels.dispose();
  }
});

test('image links of long and of short documents', async () => {
  const finder = createLinkFinder(join(folder, 'worker.cjs'));
  try {
    const [markdown, html, none] = await Promise.all([finder.find('![a](b.png)\n\n'.repeat(50), 'markdown'), finder.find('<img src=c.png alt=d>', 'html'), finder.find('words', 'mdx')]);
    assert.deepEqual([markdown.length, markdown[49]?.rawStart, html[0]?.path, none], [50, 49 * 13, 'c.png', []]);
  } finally {
    finder.dispose();
  }
});

test('a text that takes too long is given up, and not begun again', async () => {
  const asked = join(folder, 'asked');
  const links = createLinkFinder(await script(`parentPort.on('message', ({ id, question }) => { require('node:fs').appendFileSync(${JSON.stringify(asked)}, '.'); while (question.text.includes('hang')); parentPort.postMessage({ id, answer: [] }); });`), 1000);
  try {
    await assert.rejects(links.find('![hang](a.png)', 'markdown'), /stuck/);
    await assert.rejects(links.find('![hang](a.png)', 'markdown'), /stuck/);
    assert.equal(readFileSync(asked, 'utf8'), '.', 'it was tried once more');
    assert.deepEqual(await links.find('![other](a.png)', 'markdown'), []);
  } finally {
    links.dispose();
  }
});

test('a long line of emphasis is read in a moment', async () => {
  const links = createLinkFinder(join(folder, 'worker.cjs'));
  try {
    const found = await links.find(`![a](b.png) ${'*_'.repeat(30_000)} ![c *d*](e.png)`, 'markdown');
    assert.deepEqual(found.map(({ alt, path }) => [alt, path]), [['a', 'b.png'], ['c d', 'e.png']]);
  } finally {
    links.dispose();
  }
});

test('the thread ends when it is idle, and the next question starts another', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const thread = new WorkThread<string, number>(await script(`const born = Math.random(); parentPort.on('message', ({ id }) => parentPort.postMessage({ id, answer: born }));`), { idleMs: 20 });
  try {
    const first = await thread.ask('');
    mock.timers.tick(19);
    assert.equal(await thread.ask(''), first);
    mock.timers.tick(20);
    assert.notEqual(await thread.ask(''), first);
  } finally {
    thread.dispose();
  }
});

test('a thread that dies rejects its question alone; the next ones are answered by another', async () => {
  const thread = new WorkThread<string, string>(await script(`parentPort.on('message', ({ id, question }) => { if (question === 'die') process.exit(3); parentPort.postMessage({ id, answer: question }); });`));
  try {
    const [dead, alive] = await Promise.allSettled([thread.ask('die'), thread.ask('live')]);
    assert.equal(dead.status, 'rejected');
    assert.deepEqual(alive, { status: 'fulfilled', value: 'live' });
  } finally {
    thread.dispose();
  }
});

test('a thread that is stuck is ended, and the next question is answered by another', async () => {
  const thread = new WorkThread<string, string>(await script(`parentPort.on('message', ({ id, question }) => { while (question === 'hang'); parentPort.postMessage({ id, answer: question }); });`), { jobMs: 2000 });
  try {
    const [stuck, alive] = await Promise.allSettled([thread.ask('hang'), thread.ask('live')]);
    assert.match(String(stuck.status === 'rejected' && stuck.reason), /stuck/);
    assert.deepEqual(alive, { status: 'fulfilled', value: 'live' });
  } finally {
    thread.dispose();
  }
});

test('a thread that throws, or a bundle that is missing, rejects', async () => {
  for (const path of [await script(`parentPort.on('message', () => { throw new Error('broken'); });`), join(folder, 'missing.cjs')]) {
    const thread = new WorkThread<string, string>(path);
    await assert.rejects(thread.ask(''), path.includes('missing') ? /missing/ : /broken/);
    thread.dispose();
  }
});

test('disposing rejects what was not answered, and what is asked later', async () => {
  const thread = new WorkThread<string, string>(await script(`parentPort.on('message', () => undefined);`));
  const asked = [thread.ask('a'), thread.ask('b')];
  thread.dispose();
  for (const result of await Promise.allSettled(asked)) assert.equal(result.status, 'rejected');
  await assert.rejects(thread.ask('c'), /ended/);
});
