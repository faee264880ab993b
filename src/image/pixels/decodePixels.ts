// Turns an image of any type but AVIF into pixels as browsers show it, within bounds of size and memory.
import { type ImageType, MAX_DECODED_PX, readImageInfo } from '../imageInfo.ts';
import { isFrame, readSegments } from '../jpegSegments.ts';
import { readMetadata } from '../metadata.ts';
import { walkChunks } from '../pngChunks.ts';
import { decodeGif, isAnimatedGif } from './gifPixels.ts';
import { decodeJpeg } from './jpegPixels.ts';
import type { Pixels } from './pixels.ts';
import { decodePng } from './pngPixels.ts';
import { turnUpright } from './turn.ts';
import { decodeWebp, isAnimatedWebp, type WebpCodec } from './webpPixels.ts';

export type DecodeProblem =
  /** More than `MAX_DECODED_PX`. */
  | 'tooLarge'
  /** No image, a broken one, or of a type that is not decoded here. */
  | 'unreadable';

/**
 * The first image of the file, upright. For a thread of its own: about half a second for each 10 megapixels, and 12
 * bytes a pixel at most.
 */
export async function decodePixels(bytes: Uint8Array, codec: WebpCodec): Promise<Pixels | DecodeProblem> {
  const info = readImageInfo(bytes);
  if (!info) return 'unreadable';
  if (info.widthPx * info.heightPx > MAX_DECODED_PX) return 'tooLarge';
  try {
    const pixels = await decode(bytes, info.type, codec);
    if (!pixels) return 'unreadable';
    const { orientation, profile } = readMetadata(bytes);
    // A profile for red, green and blue says nothing of colours that were grey or CMYK.
    if (info.type === 'jpeg' && profile && hasThreeColours(bytes)) pixels.profile = profile;
    return turnUpright(pixels, orientation);
  } catch (error) {
    // What broken bytes lead to is not foreseen everywhere.
    if (error instanceof RangeError || error instanceof TypeError) return 'unreadable';
    throw error;
  }
}

/** Whether the file holds more than one image, of which only the first would be left. */
export function isAnimated(bytes: Uint8Array): boolean {
  const type = readImageInfo(bytes)?.type;
  if (type === 'gif') return isAnimatedGif(bytes);
  if (type === 'webp') return isAnimatedWebp(bytes);
  return type === 'png' && isAnimatedPng(bytes);
}

async function decode(bytes: Uint8Array, type: ImageType, codec: WebpCodec): Promise<Pixels | undefined> {
  switch (type) {
    case 'png':
      return decodePng(bytes);
    case 'jpeg':
      return decodeJpeg(bytes);
    case 'gif':
      return decodeGif(bytes);
    case 'webp':
      return decodeWebp(bytes, codec);
    case 'avif':
      return undefined;
  }
}

/** APNG announces itself before the pixels (PNG, third edition, 11.3.6.1). */
function isAnimatedPng(bytes: Uint8Array): boolean {
  for (const { type } of walkChunks(bytes)) {
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

function hasThreeColours(bytes: Uint8Array): boolean {
  for (const { marker, data } of readSegments(bytes)) if (isFrame(marker)) return data[5] === 3;
  return false;
}
