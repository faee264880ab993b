// Turns a PNG or JPEG into opaque pixels, within bounds of memory.
import { convertIndexedToRgb, decode as decodePng, type DecodedPng } from 'fast-png';
import { Unzlib } from 'fflate';
import { decode as decodeJpeg } from 'jpeg-js';
import { MAX_DECODED_PX, readImageInfo } from './imageInfo.ts';
import { FIRST_CHUNK, type PngChunk, readChunks } from './pngChunks.ts';

export interface Pixels {
  widthPx: number;
  heightPx: number;
  /** Four bytes a pixel, row by row; the fourth is always 255. */
  rgba: Uint8Array;
}

const JPEG_MEMORY_MB = 1024;
/** Deflate grows data at most 1032 times, so one such slice stays below 17 MiB. */
const INFLATE_SLICE_BYTES = 16_384;
const NEEDED_CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/**
 * The pixels, what is transparent laid over white. Undefined for other types, for broken images and for those of more
 * than `MAX_DECODED_PX`. Takes about a second for each 10 megapixels, and 12 bytes a pixel.
 */
export function decodePixels(bytes: Uint8Array): Pixels | undefined {
  const info = readImageInfo(bytes);
  if (!info || info.widthPx * info.heightPx > MAX_DECODED_PX) return undefined;
  try {
    if (info.type === 'png') return readPng(bytes);
    if (info.type === 'jpeg') return readJpeg(bytes);
  } catch {
    // Both libraries throw plain errors on broken images, and range errors on what they did not foresee.
  }
  return undefined;
}

function readJpeg(bytes: Uint8Array): Pixels {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    maxResolutionInMP: MAX_DECODED_PX / 1e6,
    maxMemoryUsageInMB: JPEG_MEMORY_MB,
  });
  return { widthPx: width, heightPx: height, rgba: data };
}

function readPng(bytes: Uint8Array): Pixels | undefined {
  const chunks = readChunks(bytes)?.filter((chunk) => NEEDED_CHUNKS.has(chunk.type));
  if (!chunks || !areRowsBounded(chunks)) return undefined;
  // The decoder would unpack profiles without a bound, so it gets nothing but the image.
  const parts = [bytes.subarray(0, FIRST_CHUNK), ...chunks.map(({ start, end }) => bytes.subarray(start, end))];
  const image = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    image.set(part, at);
    at += part.length;
  }
  return flatten(decodePng(image));
}

/** Whether the packed rows are no longer than the header says. The decoder would unpack all there is first. */
function areRowsBounded(chunks: readonly PngChunk[]): boolean {
  const header = chunks[0]?.data;
  if (header?.length !== 13) return false;
  const view = new DataView(header.buffer, header.byteOffset);
  const [widthPx, heightPx, depth, colour, interlace] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour] ?? 4;
  const rowBytes = Math.ceil((widthPx * samples * depth) / 8) + 1;
  // Interlacing starts more rows, each with its filter byte and padding.
  let left = rowBytes * heightPx * (interlace === 0 ? 1 : 2) + 64;
  const unzlib = new Unzlib((part) => {
    left -= part.length;
  });
  for (const { type, data } of chunks) {
    for (let at = 0; type === 'IDAT' && at < data.length; at += INFLATE_SLICE_BYTES) {
      unzlib.push(data.slice(at, at + INFLATE_SLICE_BYTES));
      if (left < 0) return false;
    }
  }
  return true;
}

function flatten(png: DecodedPng): Pixels {
  const { width: widthPx, height: heightPx, depth, palette } = png;
  const isIndexed = palette !== undefined && png.channels === 1;
  const channels = isIndexed ? (palette[0]?.length ?? 3) : png.channels;
  const data = isIndexed ? convertIndexedToRgb(png) : depth < 8 ? unpack(png) : png.data;
  // Of 16 bits the upper eight; of fewer than eight, spread by `unpack`.
  const shift = !isIndexed && depth === 16 ? 8 : 0;
  const isGrey = channels < 3;
  const hasAlpha = channels % 2 === 0;
  const rgba = new Uint8Array(widthPx * heightPx * 4).fill(255);
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    const alpha = hasAlpha ? (data[from + channels - 1] ?? 0) >> shift : 255;
    for (let colour = 0; colour < 3; colour++) {
      const value = (data[from + (isGrey ? 0 : colour)] ?? 0) >> shift;
      rgba[to + colour] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return { widthPx, heightPx, rgba };
}

/** Grey of 1, 2 or 4 bits as bytes from 0 to 255; rows start on whole bytes. */
function unpack({ width, height, depth, data }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const largest = 2 ** depth - 1;
  const unpacked = new Uint8Array(width * height);
  for (let index = 0; index < unpacked.length; index++) {
    const bit = (index % width) * depth;
    const byte = data[Math.floor(index / width) * rowBytes + (bit >> 3)] ?? 0;
    unpacked[index] = (((byte >> (8 - depth - (bit & 7))) & largest) * 255) / largest;
  }
  return unpacked;
}
