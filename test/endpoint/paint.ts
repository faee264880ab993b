// Turns a prompt and a size into the PNG that the stand-in answers with, marked where a watermark was asked for.
import { createHash } from 'node:crypto';
import { Canvas, type Colour } from './canvas.ts';
import { paintLandscape } from './landscape.ts';
import { moodOf } from './palette.ts';
import { encodePng, pack, type PngText } from './png.ts';

export interface Painting {
  prompt: string;
  widthPx: number;
  heightPx: number;
  watermark: boolean;
  /** `flat` is one colour per prompt at 1 bit a pixel: made in a millisecond, for tests with many images. */
  style?: 'landscape' | 'flat';
  texts?: readonly PngText[];
  paddingBytes?: number;
}

export interface Area { left: number; top: number; widthPx: number; heightPx: number }

/** Colours of the mark: its ground, and the letters on it. */
export const WATERMARK_COLOURS: { ground: Colour; letters: Colour } = { ground: [16, 16, 20], letters: [255, 255, 255] };

const LETTERS = ['.###..###', '#...#..#.', '#...#..#.', '#####..#.', '#...#..#.', '#...#..#.', '#...#.###'];
const PLATE = { columns: 13, rows: 11, rim: 2 };

/** Where the mark lies: a dark plate in the lower right corner, its letters 'AI' in a grid of 13 by 11 cells. */
export function watermarkArea(widthPx: number, heightPx: number): Area {
  const cell = Math.max(1, Math.round(Math.min(widthPx, heightPx) / 160));
  const margin = cell * 3;
  const area = { widthPx: Math.min(widthPx, cell * PLATE.columns), heightPx: Math.min(heightPx, cell * PLATE.rows) };
  return { ...area, left: Math.max(0, widthPx - area.widthPx - margin), top: Math.max(0, heightPx - area.heightPx - margin) };
}

/** Whether an image bears the mark: all of the plate's rim is its ground, and some of its inside are letters. */
export function hasWatermark(image: { widthPx: number; heightPx: number; pixel(x: number, y: number): readonly number[] }): boolean {
  const area = watermarkArea(image.widthPx, image.heightPx);
  const is = (x: number, y: number, colour: Colour): boolean => image.pixel(x, y).every((value, i) => Math.abs(value - (colour[i] ?? 0)) <= 8);
  for (let x = 0; x < area.widthPx; x++) if (!is(area.left + x, area.top, WATERMARK_COLOURS.ground)) return false;
  const middle = area.top + Math.floor(area.heightPx / 2);
  for (let x = 0; x < area.widthPx; x++) if (is(area.left + x, middle, WATERMARK_COLOURS.letters)) return true;
  return false;
}

function isLetter(area: Area, x: number, y: number): boolean {
  const cell = area.widthPx / PLATE.columns;
  return LETTERS[Math.floor(y / cell) - PLATE.rim]?.[Math.floor(x / cell) - PLATE.rim] === '#';
}

/** The same bytes for the same painting; about 0.2 s for a large landscape. */
export async function paint(painting: Painting): Promise<Buffer> {
  const { widthPx, heightPx } = painting;
  const extras = {
    ...(painting.texts === undefined ? {} : { texts: painting.texts }),
    ...(painting.paddingBytes === undefined ? {} : { paddingBytes: painting.paddingBytes }),
  };
  if (painting.style === 'flat') return encodePng({ widthPx, heightPx, ...flat(painting), ...extras });
  const canvas = new Canvas(widthPx, heightPx);
  paintLandscape(canvas, moodOf(painting.prompt));
  if (painting.watermark) {
    const area = watermarkArea(widthPx, heightPx);
    for (let y = 0; y < area.heightPx; y++) {
      for (let x = 0; x < area.widthPx; x++) {
        canvas.blend(area.left + x, area.top + y, isLetter(area, x, y) ? WATERMARK_COLOURS.letters : WATERMARK_COLOURS.ground, 1);
      }
    }
  }
  return encodePng({ widthPx, heightPx, packed: pack(canvas.scanlines()), ...extras });
}

/** Two colours only: the marked image is the plate's ground all over, with letters in white. */
function flat({ prompt, widthPx, heightPx, watermark }: Painting): { packed: Promise<Buffer>; palette: Buffer } {
  const colour = createHash('sha256').update(prompt).digest().subarray(0, 3);
  const palette = watermark ? [...WATERMARK_COLOURS.ground, ...WATERMARK_COLOURS.letters] : [...colour, 255, 255, 255];
  // The prompt is in the palette alone: what is packed is the same for all images of one size.
  const key = `${widthPx}x${heightPx}${watermark ? ' marked' : ''}`;
  const packed = flatPixels.get(key) ?? pack(flatScanlines(widthPx, heightPx, watermark));
  flatPixels.set(key, packed);
  return { packed, palette: Buffer.from(palette) };
}

const flatPixels = new Map<string, Promise<Buffer>>();

function flatScanlines(widthPx: number, heightPx: number, watermark: boolean): Buffer {
  const rowBytes = Math.ceil(widthPx / 8) + 1;
  const scanlines = Buffer.alloc(rowBytes * heightPx);
  const area = watermarkArea(widthPx, heightPx);
  if (!watermark) return scanlines;
  for (let y = 0; y < area.heightPx; y++) {
    for (let x = 0; x < area.widthPx; x++) {
      if (!isLetter(area, x, y)) continue;
      const at = (area.top + y) * rowBytes + 1 + ((area.left + x) >> 3);
      scanlines[at] = (scanlines[at] ?? 0) | (128 >> ((area.left + x) & 7));
    }
  }
  return scanlines;
}
