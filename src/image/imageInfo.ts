// Tells an image's type and pixel size from its bytes, never from a name or a header, and whether the bytes are all there.
import { areBoxesWhole, avifSize, isAvif, view } from './isoBoxes.ts';
import { EXIF_NAME, readOrientation, swapsSides } from './exif.ts';
import { isFrame, isJpeg, isNamed, readSegments, START_OF_SCAN } from './jpegSegments.ts';
import { arePngChunksWhole, FIRST_CHUNK, isPng, walkChunks } from './pngChunks.ts';

export type ImageType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

export interface ImageInfo {
  type: ImageType;
  widthPx: number;
  heightPx: number;
}

/** Who decodes pixels refuses more than this many: four bytes each are 200 MB. */
export const MAX_DECODED_PX = 50_000_000;

/** An end of image that lies further from the end of the file is not looked for. */
const LONGEST_TAIL_BYTES = 16 * 1024 * 1024;
/** No encoder writes so many: a file that does is there to keep its readers busy. */
const MOST_GIF_BLOCKS = 2 ** 20;

/** The ending of a file name, without the dot: `jpg` for JPEG. */
export function extensionOf(type: ImageType): string {
  return type === 'jpeg' ? 'jpg' : type;
}

/**
 * Type and pixel size as the bytes claim them, turned as browsers show them; undefined for anything that is no PNG, JPEG, WebP, GIF or AVIF, or has
 * no size. Never throws, and reads headers only: bytes cut short later still have a type. A claim may be absurdly
 * large, see `MAX_DECODED_PX`.
 */
export function readImageInfo(bytes: Uint8Array): ImageInfo | undefined {
  try {
    const info = readClaim(bytes);
    return info && info.widthPx > 0 && info.heightPx > 0 ? info : undefined;
  } catch (error) {
    // Reading past the end is how broken bytes show.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * False when the end of the file is plainly missing: a body that was cut short. Cheap: pixels are not decoded.
 * `info` is what `readImageInfo` said of the same bytes.
 */
export function isComplete(bytes: Uint8Array, info: ImageInfo): boolean {
  switch (info.type) {
    case 'png':
      return arePngChunksWhole(bytes);
    case 'jpeg':
      return hasJpegEnd(bytes);
    case 'webp':
      return bytes.length >= view(bytes).getUint32(4, true) + 8;
    case 'gif':
      return hasGifTrailer(bytes);
    case 'avif':
      return areBoxesWhole(bytes);
  }
}

function readClaim(bytes: Uint8Array): ImageInfo | undefined {
  if (isPng(bytes)) return readPng(bytes);
  if (isJpeg(bytes)) return readJpeg(bytes);
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (/^GIF8[79]a/.test(head)) return { type: 'gif', widthPx: view(bytes).getUint16(6, true), heightPx: view(bytes).getUint16(8, true) };
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return readWebp(bytes, head.slice(12, 16));
  const size = isAvif(bytes) ? avifSize(bytes) : undefined;
  return size && { type: 'avif', ...size };
}

function readPng(bytes: Uint8Array): ImageInfo | undefined {
  const isHeader = String.fromCharCode(...bytes.subarray(FIRST_CHUNK + 4, FIRST_CHUNK + 8)) === 'IHDR';
  const [widthPx, heightPx] = [view(bytes).getUint32(FIRST_CHUNK + 8), view(bytes).getUint32(FIRST_CHUNK + 12)];
  // The PNG specification keeps the highest bit free.
  if (!isHeader || widthPx >= 2 ** 31 || heightPx >= 2 ** 31) return undefined;
  return upright({ type: 'png', widthPx, heightPx }, pngOrientation(bytes));
}

function readJpeg(bytes: Uint8Array): ImageInfo | undefined {
  let orientation = 1;
  for (const { marker, data } of readSegments(bytes)) {
    if (marker === 0xe1 && isNamed(data, EXIF_NAME)) orientation = readOrientation(data.subarray(EXIF_NAME.length));
    if (!isFrame(marker)) continue;
    const [heightPx, widthPx] = [view(data).getUint16(1), view(data).getUint16(3)];
    return upright({ type: 'jpeg', widthPx, heightPx }, orientation);
  }
  return undefined;
}

function pngOrientation(bytes: Uint8Array): number {
  for (const { type, data } of walkChunks(bytes)) {
    if (type === 'eXIf') return readOrientation(data);
    if (type === 'IDAT') return 1;
  }
  return 1;
}

/** Browsers turn a JPEG and a PNG as their EXIF says before anything else, so this width is the one that people see. */
function upright({ type, widthPx, heightPx }: ImageInfo, orientation: number): ImageInfo {
  return swapsSides(orientation) ? { type, widthPx: heightPx, heightPx: widthPx } : { type, widthPx, heightPx };
}

/** Sizes of the three kinds of WebP, as RFC 9649 lays them out. */
function readWebp(bytes: Uint8Array, kind: string): ImageInfo | undefined {
  const data = view(bytes);
  if (kind === 'VP8X') {
    const uint24 = (at: number): number => data.getUint16(at, true) + data.getUint8(at + 2) * 65_536;
    return { type: 'webp', widthPx: uint24(24) + 1, heightPx: uint24(27) + 1 };
  }
  if (kind === 'VP8L' && data.getUint8(20) === 0x2f) {
    const bits = data.getUint32(21, true);
    return { type: 'webp', widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8 ' && data.getUint8(23) === 0x9d && data.getUint16(24) === 0x012a) {
    return { type: 'webp', widthPx: data.getUint16(26, true) & 0x3fff, heightPx: data.getUint16(28, true) & 0x3fff };
  }
  return undefined;
}

/** Inside image data 0xFF is always followed by 0x00 or a restart marker, so an end of image found there is one. */
function hasJpegEnd(bytes: Uint8Array): boolean {
  let start = bytes.length;
  for (const { marker, end } of readSegments(bytes)) if (marker === START_OF_SCAN) start = Math.max(end, bytes.length - LONGEST_TAIL_BYTES);
  for (let at = bytes.length - 2; at >= start; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

function hasGifTrailer(bytes: Uint8Array): boolean {
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  let left = MOST_GIF_BLOCKS;
  while (at < bytes.length && left > 0) {
    const kind = bytes[at];
    if (kind === 0x3b) return true;
    if (kind === 0x21) at += 2;
    else if (kind === 0x2c) at += 11 + tableBytes(bytes[at + 9] ?? 0);
    else return false;
    for (left--; (bytes[at] ?? 0) > 0 && left > 0; left--) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  // What is too long to walk is taken on trust.
  return left === 0;
}
