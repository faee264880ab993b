// Opens files that we make with tools of others (libwebp, ImageMagick, ExifTool), and files of theirs with ours, and prints what these say.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImageInfo } from '../../src/image/imageInfo.ts';
import { type FileWish, makeFile } from '../../src/image/makeFile.ts';
import { travellingPart } from '../../src/image/recipeText.ts';
import { paint } from '../endpoint/paint.ts';
import { codec } from '../unit/image/codec.ts';
import { checkMemory } from './checkMemory.ts';
import { checkPixels } from './checkPixels.ts';
import { Report, run, runForBytes } from './report.ts';

const TOOLS = ['dwebp', 'webpinfo', 'convert', 'identify', 'exiftool'];
/** Structural similarity with the tool's own conversion. */
const LEAST_SIMILARITY = 0.97;
const SIZES = [{ widthPx: 1664, heightPx: 928 }, { widthPx: 1200, heightPx: 630 }, { widthPx: 512, heightPx: 512 }] as const;
const PROMPT = 'a <fox> & "hills" 雪';
const recipe = travellingPart({
  model: 'qwen-image-max', prompt: PROMPT, size: '1664x928', watermark: false, promptExtend: true, fields: {}, endpoint: 'https://api.example.com', time: '2026-09-01T13:45:01.000Z', durationMs: 1,
});

const report = new Report();

/** Mean structural similarity of the luminance, over squares of eight pixels (Wang, Bovik, Sheikh and Simoncelli, 2004). */
function similarityOf(one: string, other: string, widthPx: number): number {
  const [a, b] = [one, other].map((path) => runForBytes('convert', path, '-colorspace', 'Gray', '-depth', '8', 'gray:-'));
  if (!a || !b || a.length !== b.length) return 0;
  let [sum, count] = [0, 0];
  for (let top = 0; top + 8 <= a.length / widthPx; top += 4) {
    for (let left = 0; left + 8 <= widthPx; left += 4) {
      let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
      for (let at = 0; at < 64; at++) {
        const from = (top + (at >> 3)) * widthPx + left + (at & 7);
        const [x, y] = [a[from] ?? 0, b[from] ?? 0];
        sumA += x;
        sumB += y;
        squareA += x * x;
        squareB += y * y;
        product += x * y;
      }
      const [meanA, meanB] = [sumA / 64, sumB / 64];
      const [varianceA, varianceB, covariance] = [squareA / 64 - meanA * meanA, squareB / 64 - meanB * meanB, product / 64 - meanA * meanB];
      sum += ((2 * meanA * meanB + 6.5025) * (2 * covariance + 58.5225)) / ((meanA * meanA + meanB * meanB + 6.5025) * (varianceA + varianceB + 58.5225));
      count++;
    }
  }
  return sum / count;
}

const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0);
if (missing.length > 0) {
  console.log(`Not there: ${missing.join(', ')}. Debian: apt-get install webp imagemagick libimage-exiftool-perl`);
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), 'files-'));
try {
  const source = join(folder, 'source.png');
  writeFileSync(source, await paint({ prompt: 'a fox in the hills', widthPx: 1664, heightPx: 928, watermark: false }));
  for (const type of ['webp', 'jpeg', 'png'] as const) for (const size of SIZES) await checkFile(source, type, size);
  await checkPixels(source, folder, report);
  checkMemory(folder, report);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(report.failures === 0 ? 'All tools agree.' : `${report.failures} disagree.`);
process.exitCode = report.failures === 0 ? 0 : 1;

async function checkFile(source: string, type: 'webp' | 'jpeg' | 'png', size: { widthPx: number; heightPx: number }): Promise<void> {
  const wish: FileWish = { type, isTypeDemanded: true, quality: 82, size, maxWidthPx: 0, maxBytes: 0, recipe };
  const made = await makeFile(new Uint8Array(readFileSync(source)), wish, codec);
  const name = `${type} ${size.widthPx}x${size.heightPx}`;
  const check = report.check.bind(report);
  if (typeof made === 'string') return check(name, false, made);
  const [ours, theirs] = [join(folder, `ours.${type}`), join(folder, `theirs.${type}`)];
  writeFileSync(ours, made.bytes);
  check(`${name}, our own reading`, readImageInfo(made.bytes)?.widthPx === size.widthPx, JSON.stringify(readImageInfo(made.bytes)));
  const text = `${size.widthPx}x${size.heightPx}`;
  run('convert', source, '-filter', 'Lanczos', '-resize', `${text}^`, '-gravity', 'center', '-extent', text, '-quality', '82', theirs);
  check(`${name}, size`, run('identify', '-format', '%wx%h %m', ours) === `${text} ${type.toUpperCase()}`, run('identify', '-format', '%wx%h %m', ours));
  const similarity = similarityOf(theirs, ours, size.widthPx);
  check(`${name}, similarity with ImageMagick's`, similarity >= LEAST_SIMILARITY, similarity.toFixed(4));
  const read = JSON.parse(run('exiftool', '-j', '-XMP:all', ours)) as { Description?: string; Warning?: string; Error?: string }[];
  check(`${name}, recipe by ExifTool`, read[0]?.Description === PROMPT && read[0].Warning === undefined && read[0].Error === undefined, JSON.stringify(read[0]?.Description ?? read[0]));
  if (type !== 'webp') return;
  check(`${name}, webpinfo`, /No error detected/.test(run('webpinfo', ours)), run('webpinfo', '-quiet', ours) || 'No error detected');
  check(`${name}, dwebp`, spawnSync('dwebp', [ours, '-o', join(folder, 'decoded.png')]).status === 0, 'decoded');
}
