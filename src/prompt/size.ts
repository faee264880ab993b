// Turns the text "1328x1328" into pixels and back, and names its ratio.

export interface ImageSize {
  widthPx: number;
  heightPx: number;
}

/** The five sizes that qwen-image-max makes, widest first (public documentation of the model). */
export const CONTRACT_SIZES: readonly string[] = ['1664x928', '1472x1104', '1328x1328', '1104x1472', '928x1664'];

export const DEFAULT_SIZE = '1328x1328';

const LARGEST_SIDE_PX = 16_384;
const NAMED_RATIOS: readonly (readonly [string, number])[] = [
  ['1:1', 1], ['16:9', 16 / 9], ['9:16', 9 / 16], ['4:3', 4 / 3], ['3:4', 3 / 4], ['3:2', 3 / 2], ['2:3', 2 / 3], ['21:9', 21 / 9], ['9:21', 9 / 21],
];

/** Reads `WxH`, also with `*` or `×` between and with spaces around; undefined for anything else. Pixels, 1 to 16384 a side. */
export function parseSize(text: string): ImageSize | undefined {
  const match = /^\s*(\d{1,5})\s*[xX*×]\s*(\d{1,5})\s*$/.exec(text);
  if (!match) return undefined;
  const size = { widthPx: Number(match[1]), heightPx: Number(match[2]) };
  const fits = (px: number): boolean => px >= 1 && px <= LARGEST_SIDE_PX;
  return fits(size.widthPx) && fits(size.heightPx) ? size : undefined;
}

/** Writes a size as the endpoint wants it: `1328x1328`. */
export function formatSize(size: ImageSize): string {
  return `${size.widthPx}x${size.heightPx}`;
}

/** The ratio people know a size by, `16:9` for 1664x928; the reduced fraction if none is within 1.5 %. */
export function ratioOf({ widthPx, heightPx }: ImageSize): string {
  const ratio = widthPx / heightPx;
  const named = NAMED_RATIOS.find(([, value]) => Math.abs(ratio / value - 1) < 0.015);
  if (named) return named[0];
  const divisor = greatestCommonDivisor(widthPx, heightPx);
  return `${widthPx / divisor}:${heightPx / divisor}`;
}

/** The size of `sizes` whose ratio is nearest to `wanted` (on a logarithmic scale); undefined when none can be read. */
export function nearestSize(wanted: ImageSize, sizes: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const text of sizes) {
    const size = parseSize(text);
    if (!size) continue;
    const distance = Math.abs(Math.log(size.widthPx / size.heightPx) - Math.log(wanted.widthPx / wanted.heightPx));
    if (distance < bestDistance) [best, bestDistance] = [formatSize(size), distance];
  }
  return best;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
