// Turns an image into a smaller JPEG for lists.
import { decodePixels } from './pixels/decodePixels.ts';
import { encodeJpeg } from './pixels/encodeJpeg.ts';
import { resize } from './pixels/resize.ts';
import { flattenOnWhite } from './pixels/pixels.ts';
import type { WebpCodec } from './pixels/webpPixels.ts';
import { writeJpegMetadata } from './writeMetadata.ts';

export interface Jpeg {
  jpeg: Uint8Array;
  widthPx: number;
  heightPx: number;
}

const THUMBNAIL_QUALITY = 80;
/** A larger profile weighs more than the thumbnail that it belongs to. */
const MAX_PROFILE_BYTES = 16_384;

/**
 * A JPEG whose longer side is at most `maxSidePx`, never larger than the image, with the profile of its colours.
 * Undefined if the image cannot be decoded, see `decodePixels`. For a thread of its own.
 */
export async function makeThumbnail(bytes: Uint8Array, { maxSidePx, quality = THUMBNAIL_QUALITY }: { maxSidePx: number; quality?: number }, codec: WebpCodec): Promise<Jpeg | undefined> {
  const pixels = await decodePixels(bytes, codec);
  if (typeof pixels === 'string') return undefined;
  flattenOnWhite(pixels);
  const scale = Math.min(1, maxSidePx / Math.max(pixels.widthPx, pixels.heightPx));
  const side = (px: number): number => Math.max(1, Math.round(px * scale));
  const small = scale === 1 ? pixels : resize(pixels, { widthPx: side(pixels.widthPx), heightPx: side(pixels.heightPx) });
  const { widthPx, heightPx, profile } = small;
  const jpeg = encodeJpeg(small, quality);
  return { jpeg: profile && profile.length <= MAX_PROFILE_BYTES ? writeJpegMetadata(jpeg, { profile }) : jpeg, widthPx, heightPx };
}
