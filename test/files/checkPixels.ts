// Decodes files of every kind that ImageMagick writes, and compares each pixel with what ImageMagick itself reads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePixels } from '../../src/image/pixels/decodePixels.ts';
import { codec } from '../unit/image/codec.ts';
import { run, runForBytes, type Report } from './report.ts';

/** Of 255: what rounding of 16 bits, of the transparent and of a transform may differ by. */
const MOST_DIFFERENCE = 2;
/** Each decoder of JPEG rounds its transform and stretches its colours in its own way. */
const MOST_MEAN_DIFFERENCE_JPEG = 2;

/** Name of the file, and what `convert` makes it with. */
const FILES: readonly (readonly [name: string, ...args: string[]])[] = [
  ['true.png', '-type', 'TrueColor'],
  ['deep.png', '-depth', '16'],
  ['grey.png', '-colorspace', 'Gray'],
  ['grey-2-bits.png', '-colorspace', 'Gray', '-depth', '2'],
  ['palette.png', '-colors', '40', '-type', 'Palette'],
  ['palette-4-bits.png', '-colors', '12', '-type', 'Palette', '-depth', '4'],
  ['clear.png', '-alpha', 'set', '-channel', 'A', '-evaluate', 'multiply', '0.5', '+channel'],
  ['clear-palette.png', '-transparent', 'white', '-colors', '40', '-type', 'PaletteAlpha'],
  ['interlaced.png', '-interlace', 'PNG'],
  ['interlaced-2-bits.png', '-colorspace', 'Gray', '-depth', '2', '-interlace', 'PNG'],
  ['exact.webp', '-define', 'webp:lossless=true'],
  ['flat.gif', '-colors', '64'],
  ['plain.jpg', '-quality', '92'],
  ['half.jpg', '-quality', '92', '-sampling-factor', '4:2:0'],
  ['progressive.jpg', '-quality', '92', '-interlace', 'JPEG'],
  ['grey.jpg', '-colorspace', 'Gray', '-quality', '92'],
];

export async function checkPixels(source: string, folder: string, report: Report): Promise<void> {
  for (const [name, ...args] of FILES) {
    const path = join(folder, name);
    run('convert', source, '-resize', '251x163!', '-strip', ...args, path);
    await comparePixels(path, name, report);
  }
  for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
    const path = join(folder, `turned-${orientation}.jpg`);
    run('convert', join(folder, 'plain.jpg'), path);
    run('exiftool', '-overwrite_original', '-n', `-Orientation=${orientation}`, path);
    await comparePixels(path, `turned-${orientation}.jpg`, report);
  }
}

async function comparePixels(path: string, name: string, report: Report): Promise<void> {
  const ours = await decodePixels(new Uint8Array(readFileSync(path)), codec);
  if (typeof ours === 'string') return report.check(`${name}, pixels`, false, ours);
  const theirs = runForBytes('convert', path, '-auto-orient', '-colorspace', 'sRGB', '-alpha', 'set', '-depth', '8', 'rgba:-');
  if (theirs.length !== ours.rgba.length) return report.check(`${name}, pixels`, false, `${ours.rgba.length} bytes instead of ${theirs.length}`);
  let [most, sum] = [0, 0];
  for (let at = 0; at < theirs.length; at++) {
    // The colour of what nobody sees is nobody's matter.
    if (at % 4 < 3 && theirs[at - (at % 4) + 3] === 0) continue;
    const difference = Math.abs((theirs[at] ?? 0) - (ours.rgba[at] ?? 0));
    most = Math.max(most, difference);
    sum += difference;
  }
  const mean = sum / theirs.length;
  const isRight = name.endsWith('.jpg') ? mean <= MOST_MEAN_DIFFERENCE_JPEG : most <= MOST_DIFFERENCE;
  report.check(`${name}, pixels`, isRight, `differ by ${most} of 255 at most, ${mean.toFixed(3)} in the mean`);
}
