// Turns a screenshot into a PNG of at most 256 colours, which is small enough for a README.
import { decode } from 'fast-png';
import { deflateSync } from 'node:zlib';
import { pngChunk } from '../endpoint/png.ts';

const MAX_COLOURS = 256;

interface Box { colours: number[]; axis: number; spread: number }

const channel = (colour: number, axis: number): number => (colour >> (16 - 8 * axis)) & 255;

function boxOf(colours: number[]): Box {
  const spreads = [0, 1, 2].map((axis) => {
    let [low, high] = [255, 0];
    for (const colour of colours) {
      low = Math.min(low, channel(colour, axis));
      high = Math.max(high, channel(colour, axis));
    }
    return high - low;
  });
  const spread = Math.max(...spreads);
  return { colours, spread, axis: spreads.indexOf(spread) };
}

/** The colours in at most so many boxes, each as narrow as can be (median cut); every colour of a box becomes its middle one. */
function chooseColours(counts: ReadonlyMap<number, number>, most: number): Map<number, number> {
  // What is there very often is text, border or background and stays exactly as it is.
  const common = [...counts].sort(([, a], [, b]) => b - a).slice(0, most / 4).map(([colour]) => colour);
  const chosen = new Map(common.map((colour) => [colour, colour]));
  const boxes = [boxOf([...counts.keys()].filter((colour) => !chosen.has(colour)))];
  while (boxes.length < most - common.length) {
    const widest = boxes.reduce((best, box) => (box.spread > best.spread ? box : best));
    if (widest.spread === 0) break;
    const sorted = widest.colours.sort((a, b) => channel(a, widest.axis) - channel(b, widest.axis));
    boxes.splice(boxes.indexOf(widest), 1, boxOf(sorted.slice(0, sorted.length >> 1)), boxOf(sorted.slice(sorted.length >> 1)));
  }
  for (const { colours } of boxes) {
    const middle = [0, 1, 2].map((axis) => Math.round(colours.reduce((sum, colour) => sum + channel(colour, axis), 0) / Math.max(1, colours.length)));
    const [red = 0, green = 0, blue = 0] = middle;
    for (const colour of colours) chosen.set(colour, (red << 16) | (green << 8) | blue);
  }
  return chosen;
}

function encodeIndexed(width: number, height: number, palette: readonly number[][], indexed: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const rows = Buffer.concat(Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.alloc(1), indexed.subarray(y * width, (y + 1) * width)])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('PLTE', Buffer.from(palette.flat())), pngChunk('IDAT', data), pngChunk('IEND', Buffer.alloc(0))]);
}

/** Takes and returns a PNG without transparency. */
export function reduceColours(png: Uint8Array, most = MAX_COLOURS): Uint8Array {
  const { width, height, channels, data } = decode(png);
  const pixels = Array.from({ length: width * height }, (_, at) => ((data[at * channels] ?? 0) << 16) | ((data[at * channels + 1] ?? 0) << 8) | (data[at * channels + 2] ?? 0));
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const chosen = chooseColours(counts, most);
  const palette = [...new Set(chosen.values())];
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const indexed = Uint8Array.from(pixels, (pixel) => places.get(chosen.get(pixel) ?? pixel) ?? 0);
  return encodeIndexed(width, height, palette.map((colour) => [0, 1, 2].map((axis) => channel(colour, axis))), indexed);
}
