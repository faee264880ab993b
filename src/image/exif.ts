// Reads and resets the orientation in an EXIF block.

/** How EXIF blocks begin in a JPEG's APP1 segment; PNG and WebP hold them without it. */
export const EXIF_NAME = 'Exif\0\0';

/** CIPA DC-008, 4.6.5: the tag of the orientation in the first directory. */
const ORIENTATION = 0x0112;
const SHORT = 3;
/** A directory with more entries is there to keep its readers busy. */
const MOST_ENTRIES = 1024;

/** 1 to 8, as EXIF counts: 1 is upright, 5 to 8 swap width and height; 1 if the block says nothing or makes no sense. */
export function readOrientation(tiff: Uint8Array): number {
  const place = orientationPlace(tiff);
  const value = place ? new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength).getUint16(place.at, place.littleEndian) : 1;
  return value >= 1 && value <= 8 ? value : 1;
}

/** The block for pixels that were turned upright: a copy, or the same bytes if they say so already. */
export function uprightExif(tiff: Uint8Array): Uint8Array {
  const place = orientationPlace(tiff);
  if (!place || readOrientation(tiff) === 1) return tiff;
  const copy = tiff.slice();
  new DataView(copy.buffer).setUint16(place.at, 1, place.littleEndian);
  return copy;
}

/** Whether an orientation lays the image on its side. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5;
}

function orientationPlace(tiff: Uint8Array): { at: number; littleEndian: boolean } | undefined {
  if (tiff.length < 14) return undefined;
  const order = String.fromCharCode(tiff[0] ?? 0, tiff[1] ?? 0);
  if (order !== 'II' && order !== 'MM') return undefined;
  const littleEndian = order === 'II';
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const directory = view.getUint32(4, littleEndian);
  if (view.getUint16(2, littleEndian) !== 42 || directory + 2 > tiff.length) return undefined;
  const count = Math.min(view.getUint16(directory, littleEndian), MOST_ENTRIES);
  for (let at = directory + 2, left = count; left > 0 && at + 12 <= tiff.length; at += 12, left--) {
    if (view.getUint16(at, littleEndian) === ORIENTATION && view.getUint16(at + 2, littleEndian) === SHORT) return { at: at + 8, littleEndian };
  }
  return undefined;
}
