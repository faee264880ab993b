// Turns pixels into a baseline JPEG, what is transparent laid over white.
import { concatBytes } from '../concatBytes.ts';
import { quantizationTable, toBlocks } from './jpegBlocks.ts';
import { encodeBlocks } from './jpegCodes.ts';
import { ZIGZAG } from './jpegScan.ts';
import { flattenOnWhite, type Pixels } from './pixels.ts';

const JFIF = [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];

/** Changes the pixels. Seven bytes a pixel besides. @param quality 1 to 100, as libjpeg counts */
export function encodeJpeg(pixels: Pixels, quality: number): Uint8Array {
  flattenOnWhite(pixels);
  const { widthPx, heightPx } = pixels;
  const components = toBlocks(pixels, quality);
  const { codes, data } = encodeBlocks(components);
  const tables = components.length === 1 ? [false] : [false, true];
  const quantization = tables.flatMap((isChroma, index) => [index, ...Array.from(ZIGZAG, (at) => quantizationTable(quality, isChroma)[at] ?? 1)]);
  const frame = components.flatMap(({ factor, isChroma }, index) => [index + 1, (factor << 4) | factor, isChroma ? 1 : 0]);
  const huffman = codes.flatMap((table, index) => (table ? [(index >> 1 << 4) | (index & 1), ...table.counts, ...table.symbols] : []));
  const scan = components.flatMap(({ isChroma }, index) => [index + 1, isChroma ? 0x11 : 0]);
  return concatBytes([
    new Uint8Array([0xff, 0xd8]),
    segment(0xe0, JFIF),
    segment(0xdb, quantization),
    segment(0xc0, [8, heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255, components.length, ...frame]),
    segment(0xc4, huffman),
    segment(0xda, [components.length, ...scan, 0, 63, 0]),
    data,
    new Uint8Array([0xff, 0xd9]),
  ]);
}

function segment(marker: number, content: readonly number[]): Uint8Array {
  const length = content.length + 2;
  return new Uint8Array([0xff, marker, length >> 8, length & 255, ...content]);
}
