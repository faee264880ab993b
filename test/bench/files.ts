// Measures the making of files: WebP against cwebp of libwebp in the same run, its bytes, and how long the asking thread works itself.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pixels } from '../../src/host/platform.ts';
import { createPixels } from '../../src/node/work.ts';
import { paint } from '../endpoint/paint.ts';
import { ROOT } from '../vscode/codeServer.ts';
import { describeRatio, median, type Pair } from './ratios.ts';

const run = promisify(execFile);
const PAIRS = 7;
const WISH = { type: 'webp', isTypeDemanded: true, quality: 82, maxWidthPx: 0, maxBytes: 0 } as const;

/** One line each; a sentence instead where cwebp is not installed. Needs the build. */
export async function measureFiles(): Promise<string[]> {
  if (spawnSync('cwebp', ['-version']).status !== 0) return ['WebP: cwebp is not there (Debian: webp), so nothing was measured'];
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  const pixels = createPixels(join(ROOT, 'out', 'worker.cjs'));
  try {
    const png = await paint({ prompt: 'a fox in the hills', widthPx: 1664, heightPx: 928, watermark: false });
    const [source, target] = [join(folder, 'image.png'), join(folder, 'image.webp')];
    writeFileSync(source, png);
    // The first one starts the thread and compiles the codec.
    await pixels.file(png, WISH);
    const times: Pair[] = [];
    let bytes = 0;
    let heldUpMs = 0;
    for (let left = PAIRS; left > 0; left--) {
      const before = process.threadCpuUsage();
      const start = performance.now();
      const made = await pixels.file(png, WISH);
      const ours = performance.now() - start;
      const { user, system } = process.threadCpuUsage(before);
      heldUpMs = Math.max(heldUpMs, (user + system) / 1000);
      bytes = typeof made === 'string' ? NaN : made.bytes.length;
      const second = performance.now();
      await run('cwebp', ['-quiet', '-q', '82', source, '-o', target]);
      times.push({ ours, reference: performance.now() - second });
    }
    const weighed = await timesToWeigh(pixels, png);
    return [
      `What “Insert as…” says of an image of 1664 × 928: WebP after ${weighed.webp.toFixed(0)} ms, JPEG after ${weighed.jpeg.toFixed(0)} ms (median of ${PAIRS}); wanted: 300 for what fits`,
      describeRatio('WebP of 1664 × 928, decoded and encoded, by cwebp', times, 'ms', 2),
      describeRatio('Its bytes, by those of cwebp', [{ ours: bytes, reference: readFileSync(target).length }], 'B', 1.1),
      `The asking thread itself worked for at most ${heldUpMs.toFixed(1)} ms of it; wanted: under 50`,
    ];
  } finally {
    pixels.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As `InsertAs.weigh` does it: one after the other, each told as soon as it is known. */
async function timesToWeigh(pixels: Pixels, png: Uint8Array): Promise<{ webp: number; jpeg: number }> {
  const [webp, jpeg]: [number[], number[]] = [[], []];
  for (let left = PAIRS; left > 0; left--) {
    const start = performance.now();
    await pixels.file(png, WISH);
    webp.push(performance.now() - start);
    await pixels.file(png, { ...WISH, type: 'jpeg' });
    jpeg.push(performance.now() - start);
  }
  return { webp: median(webp), jpeg: median(jpeg) };
}
