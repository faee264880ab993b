// Turns a JPEG into the segments before its image data.

export interface JpegSegment {
  /** The byte after 0xFF: 0xC0 to 0xCF are frames, 0xE1 is APP1, 0xDA starts the image data. */
  marker: number;
  /** The content, without marker and length; a view, not a copy. */
  data: Uint8Array;
  /** Where the marker's 0xFF stands. */
  start: number;
  end: number;
}

export const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** No encoder writes so many: a file that does is there to keep its readers busy. */
const MOST_SEGMENTS = 8192;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * The segments from `from` on, up to and with the next start of scan; it ends early if the bytes are cut short, at
 * the end of the image and after `MOST_SEGMENTS`. Stray bytes between segments are passed over, as decoders do.
 */
export function* readSegments(bytes: Uint8Array, from = 2): Generator<JpegSegment, void> {
  if (!isJpeg(bytes)) return;
  // Every step counts, for fill bytes and bare markers can be as many as segments.
  for (let at = from, steps = 0; steps < MOST_SEGMENTS; steps++) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 4 > bytes.length) return;
    const marker = bytes[at + 1] ?? 0;
    if (marker === END_OF_IMAGE) return;
    // Fill bytes (ITU-T T.81, B.1.1.2), a stuffed 0xFF, and the markers without a length.
    if (marker === 0xff || marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, data: bytes.subarray(at + 4, end), start: at, end };
    if (marker === START_OF_SCAN) return;
    at = end;
  }
}

/** Start of frame, in any of the coding processes: 0xC0 to 0xCF without the three that are tables. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Whether a segment's content begins with a name such as `Exif\0\0`. */
export function isNamed(data: Uint8Array, name: string): boolean {
  if (data.length < name.length) return false;
  for (let index = 0; index < name.length; index++) if (data[index] !== name.charCodeAt(index)) return false;
  return true;
}
