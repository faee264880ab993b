// Turns screenshots into one WebP that moves: each later frame holds only the part that changed.
import { decode } from 'fast-png';
import type { Pixels } from '../../src/image/pixels/pixels.ts';
import { EXTENDED, joinWebpChunks, walkWebpChunks, WEBP_FLAGS, type WebpChunk } from '../../src/image/webpChunks.ts';
import { codec } from '../unit/image/codec.ts';

interface Frame {
  left: number;
  top: number;
  pixels: Pixels;
  durationMs: number;
}

/** Without a memory of what lies below: the frame's pixels as they are. */
const DO_NOT_BLEND = 0x02;

export class MovingWebp {
  readonly #frames: Frame[] = [];
  #last: Pixels | undefined;

  /** @param png one whole picture of the window, always of one size */
  add(png: Uint8Array, durationMs: number): void {
    const pixels = pixelsOf(png);
    const changed = this.#last ? changedPart(this.#last, pixels) : { left: 0, top: 0, right: pixels.widthPx, bottom: pixels.heightPx };
    this.#last = pixels;
    const previous = this.#frames.at(-1);
    if (!changed && previous) previous.durationMs += durationMs;
    else if (changed) this.#frames.push({ left: changed.left, top: changed.top, pixels: cut(pixels, changed), durationMs });
  }

  /** @param quality 1 to 100 */
  async finish(quality: number): Promise<Uint8Array> {
    const [first] = this.#frames;
    if (!first) throw new Error('There is no frame.');
    const canvas = new Uint8Array(10);
    canvas[0] = WEBP_FLAGS.animation;
    canvas.set([...uint24(first.pixels.widthPx - 1), ...uint24(first.pixels.heightPx - 1)], 4);
    const chunks: WebpChunk[] = [{ type: EXTENDED, data: canvas }, { type: 'ANIM', data: new Uint8Array(6) }];
    for (const { left, top, pixels, durationMs } of this.#frames) {
      const image = [...walkWebpChunks(await codec.encode(pixels, quality))].filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
      const header = new Uint8Array([...uint24(left / 2), ...uint24(top / 2), ...uint24(pixels.widthPx - 1), ...uint24(pixels.heightPx - 1), ...uint24(durationMs), DO_NOT_BLEND]);
      // The chunks of a frame lie in it as they would in a file.
      chunks.push({ type: 'ANMF', data: new Uint8Array([...header, ...joinWebpChunks(image).subarray(12)]) });
    }
    return joinWebpChunks(chunks);
  }
}

interface Part { left: number; top: number; right: number; bottom: number }

/** What differs, begun at even pixels, as the format wants it; undefined if nothing does. */
function changedPart(before: Pixels, after: Pixels): Part | undefined {
  const { widthPx, heightPx } = after;
  const [one, other] = [before.rgba, after.rgba].map((rgba) => new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4));
  const part = { left: widthPx, top: heightPx, right: 0, bottom: 0 };
  for (let at = 0; at < widthPx * heightPx; at++) {
    if (one?.[at] === other?.[at]) continue;
    const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
    [part.left, part.top, part.right, part.bottom] = [Math.min(part.left, x), Math.min(part.top, y), Math.max(part.right, x + 1), Math.max(part.bottom, y + 1)];
  }
  return part.right === 0 ? undefined : { ...part, left: part.left & ~1, top: part.top & ~1 };
}

function cut({ widthPx, rgba }: Pixels, { left, top, right, bottom }: Part): Pixels {
  const width = right - left;
  const part = new Uint8Array(width * (bottom - top) * 4);
  for (let y = top; y < bottom; y++) part.set(rgba.subarray((y * widthPx + left) * 4, (y * widthPx + right) * 4), (y - top) * width * 4);
  return { widthPx: width, heightPx: bottom - top, rgba: part };
}

function pixelsOf(png: Uint8Array): Pixels {
  const { width, height, channels, data } = decode(png);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) for (let channel = 0; channel < 3; channel++) rgba[at * 4 + channel] = data[at * channels + channel] ?? 0;
  return { widthPx: width, heightPx: height, rgba };
}

function uint24(value: number): [number, number, number] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255];
}
