// Turns opaque pixels into the quantized blocks of a JPEG's components.
import type { Pixels } from './pixels.ts';

export interface EncodedComponent {
  /** Blocks across and down in each unit: 2 for a luminance whose colours are halved. */
  factor: number;
  blocksPerRow: number;
  blocksDown: number;
  /** 64 coefficients for each block, in the order of the block, not of the data. */
  blocks: Int16Array;
  isChroma: boolean;
}

/** From here on colours keep their full resolution, as ImageMagick and most others do it. */
const FULL_COLOUR_QUALITY = 90;

/** ITU-T T.81, annex K.1. */
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49,
  64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const CHROMINANCE = [17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99];
const SCALES = [1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379];

/** The factors for a quality from 1 to 100, as libjpeg scales them; in the order of the block. */
export function quantizationTable(quality: number, isChroma: boolean): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
  return Uint8Array.from({ length: 64 }, (_, at) => {
    const [row, column] = [at >> 3, at & 7];
    const factor = isChroma ? (row < 4 && column < 4 ? (CHROMINANCE[row * 4 + column] ?? 99) : 99) : (LUMINANCE[at] ?? 99);
    return Math.min(255, Math.max(1, Math.floor((factor * scale + 50) / 100)));
  });
}

/** One component for what is grey all over, else three; a profile for red, green and blue needs three. */
export function toBlocks(pixels: Pixels, quality: number): EncodedComponent[] {
  const [luma, chroma] = [false, true].map((isChroma) => quantizationTable(quality, isChroma));
  if (!pixels.profile && isGrey(pixels)) return [component(pixels, [1, 0, 0, -128], luma, 1, 1, false)];
  const factor = quality < FULL_COLOUR_QUALITY ? 2 : 1;
  return [
    component(pixels, [0.299, 0.587, 0.114, -128], luma, 1, factor, false),
    component(pixels, [-0.168735892, -0.331264108, 0.5, 0], chroma, factor, 1, true, factor),
    component(pixels, [0.5, -0.418687589, -0.081312411, 0], chroma, factor, 1, true, factor),
  ];
}

function isGrey({ rgba }: Pixels): boolean {
  for (let at = 0; at < rgba.length; at += 4) if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false;
  return true;
}

/** @param step so many pixels across and down become one sample */
function component({ widthPx, heightPx, rgba }: Pixels, weights: readonly number[], table: Uint8Array | undefined, step: number, factor: number, isChroma: boolean, units = factor): EncodedComponent {
  const unit = 8 * Math.max(factor, units);
  const blocksPerRow = Math.ceil(widthPx / unit) * factor;
  const blocksDown = Math.ceil(heightPx / unit) * factor;
  const blocks = new Int16Array(blocksPerRow * blocksDown * 64);
  const divisors = Float64Array.from({ length: 64 }, (_, at) => 1 / ((table?.[at] ?? 1) * (SCALES[at >> 3] ?? 1) * (SCALES[at & 7] ?? 1) * 8));
  const [red = 0, green = 0, blue = 0, offset = 0] = weights;
  const samples = new Float64Array(64);
  const share = 1 / (step * step);
  for (let block = 0; block < blocks.length; block += 64) {
    const left = ((block >> 6) % blocksPerRow) * 8 * step;
    const top = Math.floor((block >> 6) / blocksPerRow) * 8 * step;
    for (let at = 0; at < 64; at++) {
      let sum = 0;
      for (let y = 0; y < step; y++) {
        const row = Math.min(heightPx - 1, top + (at >> 3) * step + y) * widthPx;
        for (let x = 0; x < step; x++) {
          const from = (row + Math.min(widthPx - 1, left + (at & 7) * step + x)) * 4;
          sum += red * rgba[from]! + green * rgba[from + 1]! + blue * rgba[from + 2]!;
        }
      }
      samples[at] = sum * share + offset;
    }
    for (let row = 0; row < 64; row += 8) transform(samples, row, 1);
    for (let column = 0; column < 8; column++) transform(samples, column, 8);
    for (let at = 0; at < 64; at++) blocks[block + at] = Math.round(samples[at]! * divisors[at]!);
  }
  return { factor, blocksPerRow, blocksDown, blocks, isChroma };
}

/** Arai, Agui and Nakajima: the scales of the result are in `SCALES`. */
function transform(data: Float64Array, at: number, step: number): void {
  const [p1, p2, p3, p4, p5, p6, p7] = [at + step, at + 2 * step, at + 3 * step, at + 4 * step, at + 5 * step, at + 6 * step, at + 7 * step];
  const [sum0, difference7] = [data[at]! + data[p7]!, data[at]! - data[p7]!];
  const [sum1, difference6] = [data[p1]! + data[p6]!, data[p1]! - data[p6]!];
  const [sum2, difference5] = [data[p2]! + data[p5]!, data[p2]! - data[p5]!];
  const [sum3, difference4] = [data[p3]! + data[p4]!, data[p3]! - data[p4]!];
  const [even0, even3, even1, even2] = [sum0 + sum3, sum0 - sum3, sum1 + sum2, sum1 - sum2];
  const z1 = (even2 + even3) * 0.707106781;
  data[at] = even0 + even1;
  data[p4] = even0 - even1;
  data[p2] = even3 + z1;
  data[p6] = even3 - z1;
  const [odd0, odd1, odd2] = [difference4 + difference5, difference5 + difference6, difference6 + difference7];
  const z5 = (odd0 - odd2) * 0.382683433;
  const z2 = 0.5411961 * odd0 + z5;
  const z4 = 1.306562965 * odd2 + z5;
  const z3 = odd1 * 0.707106781;
  const [z11, z13] = [difference7 + z3, difference7 - z3];
  data[p5] = z13 + z2;
  data[p3] = z13 - z2;
  data[p1] = z11 + z4;
  data[p7] = z11 - z4;
}
