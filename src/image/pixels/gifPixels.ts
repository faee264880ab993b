// Turns the first image of a GIF into pixels.
import type { Pixels } from './pixels.ts';

/** No encoder writes so many: a file that does is there to keep its readers busy. */
const MOST_BLOCKS = 100_000;
const MOST_CODES = 4096;
/** Where each pass of an interlaced image starts, and how many rows lie between its rows. */
const PASSES = [[0, 8], [4, 8], [2, 4], [1, 2]] as const;

/** On the whole screen of the file, transparent beside the image. Undefined if no image is found. The caller has bounded the size. */
export function decodeGif(bytes: Uint8Array): Pixels | undefined {
  const word = (at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const [widthPx, heightPx] = [word(6), word(8)];
  let palette = bytes.subarray(13, 13 + tableBytes(bytes[10] ?? 0));
  let at = 13 + palette.length;
  let transparent = -1;
  for (let left = MOST_BLOCKS; left > 0 && at < bytes.length; left--) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xf9 && (bytes[at + 3] ?? 0) & 1) transparent = bytes[at + 6] ?? -1;
      at += 2;
      while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] ?? 0);
      at += 1;
      continue;
    }
    if (bytes[at] !== 0x2c) return undefined;
    const flags = bytes[at + 9] ?? 0;
    const own = bytes.subarray(at + 10, at + 10 + tableBytes(flags));
    if (own.length > 0) palette = own;
    const [left0, top, width, height] = [word(at + 1), word(at + 3), word(at + 5), word(at + 7)];
    const indexes = unpack(bytes, at + 10 + tableBytes(flags), width * height);
    if (!indexes) return undefined;
    const rgba = new Uint8Array(widthPx * heightPx * 4);
    const rows = flags & 0x40 ? interlacedRows(height) : undefined;
    for (let row = 0, from = 0; row < height; row++) {
      const y = top + (rows ? (rows[row] ?? 0) : row);
      for (let x = 0; x < width; x++, from++) {
        const index = indexes[from] ?? 0;
        if (index === transparent || y >= heightPx || left0 + x >= widthPx || from >= indexes.length) continue;
        const to = (y * widthPx + left0 + x) * 4;
        for (let colour = 0; colour < 3; colour++) rgba[to + colour] = palette[index * 3 + colour] ?? 0;
        rgba[to + 3] = 255;
      }
    }
    return { widthPx, heightPx, rgba };
  }
  return undefined;
}

/** Whether a second image follows: what moves is more than its first image. Looks at block lengths only. */
export function isAnimatedGif(bytes: Uint8Array): boolean {
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  let images = 0;
  for (let left = MOST_BLOCKS; left > 0 && at < bytes.length && images < 2; left--) {
    if (bytes[at] === 0x21) at += 2;
    else if (bytes[at] === 0x2c) {
      images++;
      at += 11 + tableBytes(bytes[at + 9] ?? 0);
    } else break;
    for (; (bytes[at] ?? 0) > 0 && left > 0; left--) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return images > 1;
}

/** LZW as GIF89a has it, appendix F; what is missing at the end is left out. Undefined for an image without a pixel. */
function unpack(bytes: Uint8Array, start: number, count: number): Uint8Array | undefined {
  const smallest = bytes[start] ?? 0;
  if (smallest < 1 || smallest > 11 || count === 0) return undefined;
  const out = new Uint8Array(count);
  const [prefixes, lasts, lengths] = [new Uint16Array(MOST_CODES), new Uint8Array(MOST_CODES), new Uint16Array(MOST_CODES)];
  const clear = 1 << smallest;
  for (let code = 0; code < clear; code++) [lasts[code], lengths[code]] = [code, 1];
  let [size, next, previous, to, bits, bitCount] = [smallest + 1, clear + 2, -1, 0, 0, 0];
  for (let at = start + 1, left = bytes[at] ?? 0; left > 0 && to < count; ) {
    at++;
    bits |= (bytes[at] ?? 0) << bitCount;
    bitCount += 8;
    if (--left === 0) left = bytes[++at] ?? 0;
    while (bitCount >= size && to < count) {
      const code = bits & ((1 << size) - 1);
      bits >>>= size;
      bitCount -= size;
      if (code === clear) {
        [size, next, previous] = [smallest + 1, clear + 2, -1];
        continue;
      }
      if (code === clear + 1 || code > next || (previous < 0 && code >= clear)) return out.subarray(0, to);
      // A code that is just being made is the previous one with its own first pixel behind it.
      const isNew = code === next;
      let from = isNew ? previous : code;
      const length = lengths[from] ?? 0;
      for (let place = to + length - 1; place >= to; place--, from = prefixes[from] ?? 0) if (place < count) out[place] = lasts[from] ?? 0;
      const first = out[to] ?? 0;
      if (isNew && to + length < count) out[to + length] = first;
      to += length + (isNew ? 1 : 0);
      if (previous >= 0 && next < MOST_CODES) {
        prefixes[next] = previous;
        lasts[next] = first;
        lengths[next] = (lengths[previous] ?? 0) + 1;
        if (++next === 1 << size && size < 12) size++;
      }
      previous = code;
    }
  }
  return to > 0 ? out.subarray(0, Math.min(to, count)) : undefined;
}

function interlacedRows(height: number): number[] {
  return PASSES.flatMap(([first, step]) => Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, index) => first + index * step));
}
