// Turns a JPEG into the segments before its image data.

export interface JpegSegment {
  /** The byte after 0xFF: 0xC0 to 0xCF are frames, 0xE1 is APP1, 0xDA starts the image data. */
  marker: number;
  /** The content, without marker and length; a view, not a copy. */
  data: Uint8Array;
  end: number;
}

export const START_OF_SCAN = 0xda;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The segments up to and with the first start of scan; it ends early where the bytes are cut short or make no sense. */
export function* readSegments(bytes: Uint8Array): Generator<JpegSegment> {
  if (!isJpeg(bytes)) return;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0) return;
    // A marker may be padded with any number of 0xFF (ITU-T T.81, B.1.1.2).
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, data: bytes.subarray(at + 4, end), end };
    if (marker === START_OF_SCAN) return;
    at = end;
  }
}

/** Start of frame, in any of the coding processes: 0xC0 to 0xCF without the three that are tables. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
