// Turns a WebP into pixels by a decoder that is handed in: the first image of one that moves.
import { joinWebpChunks, walkWebpChunks, WEBP_FLAGS, type WebpChunk } from '../webpChunks.ts';
import type { Pixels } from './pixels.ts';
import { isRgbProfile } from './pngColours.ts';

/** What libwebp does, loaded when first needed. */
export interface WebpCodec {
  /** Undefined for bytes that it cannot decode. Knows no animation. */
  decode(webp: Uint8Array): Promise<Pixels | undefined>;
  /** Rejects for more than 16383 pixels a side. @param quality 1 to 100 */
  encode(pixels: Pixels, quality: number): Promise<Uint8Array>;
}

export async function decodeWebp(bytes: Uint8Array, codec: WebpCodec): Promise<Pixels | undefined> {
  let frame: WebpChunk | undefined;
  let canvas: { widthPx: number; heightPx: number } | undefined;
  let profile: Uint8Array | undefined;
  for (const { type, data } of walkWebpChunks(bytes)) {
    if (type === 'VP8X' && data.length >= 10) canvas = { widthPx: uint24(data, 4) + 1, heightPx: uint24(data, 7) + 1 };
    else if (type === 'ICCP') profile ??= isRgbProfile(data) ? data : undefined;
    else if (type === 'ANMF' || type === 'VP8 ' || type === 'VP8L') {
      if (type === 'ANMF') frame = { type, data };
      break;
    }
  }
  const pixels = frame && canvas ? await decodeFirstFrame(frame.data, canvas, codec) : await codec.decode(bytes);
  return pixels && profile ? { ...pixels, profile } : pixels;
}

export function isAnimatedWebp(bytes: Uint8Array): boolean {
  for (const { type, data } of walkWebpChunks(bytes)) return type === 'VP8X' && ((data[0] ?? 0) & WEBP_FLAGS.animation) !== 0;
  return false;
}

/** An ANMF chunk holds its place on the canvas, then the chunks of a still image (RFC 9649, 2.7.1.1). */
async function decodeFirstFrame(data: Uint8Array, canvas: { widthPx: number; heightPx: number }, codec: WebpCodec): Promise<Pixels | undefined> {
  const chunks = [...walkWebpChunks(data, 16)].slice(0, 2);
  const hasAlpha = chunks[0]?.type === 'ALPH';
  const extended = data.slice(2, 12);
  extended.fill(0, 0, 4);
  extended[0] = WEBP_FLAGS.alpha;
  const still = joinWebpChunks(hasAlpha ? [{ type: 'VP8X', data: extended }, ...chunks] : chunks.slice(0, 1));
  const image = await codec.decode(still);
  if (!image) return undefined;
  const [left, top] = [uint24(data, 0) * 2, uint24(data, 3) * 2];
  if (left === 0 && top === 0 && image.widthPx === canvas.widthPx && image.heightPx === canvas.heightPx) return image;
  const rgba = new Uint8Array(canvas.widthPx * canvas.heightPx * 4);
  const width = Math.min(image.widthPx, canvas.widthPx - left);
  for (let y = 0; y < image.heightPx && top + y < canvas.heightPx && width > 0; y++) {
    rgba.set(image.rgba.subarray(y * image.widthPx * 4, (y * image.widthPx + width) * 4), ((top + y) * canvas.widthPx + left) * 4);
  }
  return { ...canvas, rgba };
}

function uint24(data: Uint8Array, at: number): number {
  return (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
}
