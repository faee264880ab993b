// Writes EXIF, XMP and a colour profile into a PNG, JPEG or WebP, without touching a pixel.
import { zlibSync } from 'fflate';
import { concatBytes } from './concatBytes.ts';
import { EXIF_NAME } from './exif.ts';
import { isNamed, readSegments } from './jpegSegments.ts';
import { JPEG_PROFILE_NAME, JPEG_XMP_NAME } from './metadata.ts';
import { FIRST_CHUNK, makeChunk, readChunks } from './pngChunks.ts';
import { keywordOf, makeTextChunk, XMP_KEYWORD } from './pngText.ts';
import { EXTENDED, isWebp, joinWebpChunks, walkWebpChunks, WEBP_FLAGS, type WebpChunk } from './webpChunks.ts';

/** What is undefined stays as the file has it. */
export interface NewMetadata {
  /** Without `Exif\0\0`. */
  exif?: Uint8Array | undefined;
  xmp?: string | undefined;
  profile?: Uint8Array | undefined;
}

/** A segment's length has 16 bits. */
const MAX_SEGMENT_BYTES = 65_533;

/** Before the first IDAT. The same bytes come back for what is no whole PNG. */
export function writePngMetadata(png: Uint8Array, { exif, xmp, profile }: NewMetadata): Uint8Array {
  const chunks = readChunks(png);
  const added = [
    ...(profile ? [makeChunk('iCCP', concatBytes([new TextEncoder().encode('ICC\0\0'), zlibSync(profile)]))] : []),
    ...(exif ? [makeChunk('eXIf', exif)] : []),
    ...(xmp === undefined ? [] : [makeTextChunk(XMP_KEYWORD, xmp)]),
  ];
  const [header] = chunks ?? [];
  if (!chunks || !header || added.length === 0) return png;
  const kept = chunks.slice(1).filter((chunk) => !(exif && chunk.type === 'eXIf') && !(profile && chunk.type === 'iCCP') && !(xmp !== undefined && keywordOf(chunk) === XMP_KEYWORD));
  return concatBytes([png.subarray(0, FIRST_CHUNK), png.subarray(header.start, header.end), ...added, ...kept.map(({ start, end }) => png.subarray(start, end)), png.subarray(chunks.at(-1)?.end)]);
}

/** Behind JFIF's segment and in front of all others; EXIF first, as its specification asks. What is too long for a segment is left out. */
export function writeJpegMetadata(jpeg: Uint8Array, { exif, xmp, profile }: NewMetadata): Uint8Array {
  const encoder = new TextEncoder();
  const exifData = exif && concatBytes([encoder.encode(EXIF_NAME), exif]);
  const xmpData = xmp === undefined ? undefined : concatBytes([encoder.encode(JPEG_XMP_NAME), encoder.encode(xmp)]);
  const fits = (data: Uint8Array | undefined): data is Uint8Array => data !== undefined && data.length <= MAX_SEGMENT_BYTES;
  const added = [...(fits(exifData) ? [segment(0xe1, exifData)] : []), ...(fits(xmpData) ? [segment(0xe1, xmpData)] : []), ...(profile ? profileSegments(profile) : [])];
  if (added.length === 0) return jpeg;
  const start: Uint8Array[] = [jpeg.subarray(0, 2)];
  const kept: Uint8Array[] = [];
  let end = 2;
  for (const { marker, data, start: from, end: to } of readSegments(jpeg)) {
    const isReplaced = (marker === 0xe1 && ((fits(exifData) && isNamed(data, EXIF_NAME)) || (fits(xmpData) && isNamed(data, JPEG_XMP_NAME)))) || (marker === 0xe2 && profile !== undefined && isNamed(data, JPEG_PROFILE_NAME));
    const isFirst = marker === 0xe0 || (marker === 0xe1 && isNamed(data, EXIF_NAME));
    // From the first table on nothing of this kind comes any more.
    if (marker < 0xe0 || marker > 0xef) break;
    if (!isReplaced) (isFirst ? start : kept).push(jpeg.subarray(from, to));
    end = to;
  }
  return concatBytes([...start, ...added, ...kept, jpeg.subarray(end)]);
}

/** In the extended form, whose header says what is inside (RFC 9649, 2.7). The same bytes come back for what is no WebP of a known size. */
export function writeWebpMetadata(webp: Uint8Array, { exif, xmp, profile }: NewMetadata): Uint8Array {
  if (!isWebp(webp)) return webp;
  const chunks = [...walkWebpChunks(webp)];
  const header = extendedHeader(chunks);
  if (!header) return webp;
  const encoder = new TextEncoder();
  const find = (type: string): WebpChunk | undefined => chunks.find((chunk) => chunk.type === type);
  const own = (type: string, data: Uint8Array | undefined): WebpChunk | undefined => (data ? { type, data } : find(type));
  const [iccp, exifChunk, xmpChunk] = [own('ICCP', profile), own('EXIF', exif), own('XMP ', xmp === undefined ? undefined : encoder.encode(xmp))];
  header[0] = ((header[0] ?? 0) & ~(WEBP_FLAGS.profile | WEBP_FLAGS.exif | WEBP_FLAGS.xmp)) | (iccp ? WEBP_FLAGS.profile : 0) | (exifChunk ? WEBP_FLAGS.exif : 0) | (xmpChunk ? WEBP_FLAGS.xmp : 0);
  const rest = chunks.filter(({ type }) => ![EXTENDED, 'ICCP', 'EXIF', 'XMP '].includes(type));
  return joinWebpChunks([{ type: EXTENDED, data: header }, ...(iccp ? [iccp] : []), ...rest, ...(exifChunk ? [exifChunk] : []), ...(xmpChunk ? [xmpChunk] : [])]);
}

/** A copy of the header that is there, or a new one for a simple file. */
function extendedHeader(chunks: readonly WebpChunk[]): Uint8Array | undefined {
  const [first] = chunks;
  if (first?.type === EXTENDED) return first.data.length >= 10 ? first.data.slice() : undefined;
  if (!first || first.data.length < 10) return undefined;
  const view = new DataView(first.data.buffer, first.data.byteOffset, first.data.byteLength);
  const header = new Uint8Array(10);
  const size = (widthPx: number, heightPx: number): Uint8Array => {
    for (let byte = 0; byte < 3; byte++) [header[4 + byte], header[7 + byte]] = [((widthPx - 1) >> (8 * byte)) & 255, ((heightPx - 1) >> (8 * byte)) & 255];
    return header;
  };
  if (first.type === 'VP8 ') return size(view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff);
  if (first.type !== 'VP8L') return undefined;
  const bits = view.getUint32(1, true);
  if ((bits >>> 28) & 1) header[0] = WEBP_FLAGS.alpha;
  return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
}

function profileSegments(profile: Uint8Array): Uint8Array[] {
  const room = MAX_SEGMENT_BYTES - JPEG_PROFILE_NAME.length - 2;
  const count = Math.ceil(profile.length / room);
  if (count > 255) return [];
  const name = new TextEncoder().encode(JPEG_PROFILE_NAME);
  return Array.from({ length: count }, (_, index) => segment(0xe2, concatBytes([name, new Uint8Array([index + 1, count]), profile.subarray(index * room, (index + 1) * room)])));
}

function segment(marker: number, data: Uint8Array): Uint8Array {
  const length = data.length + 2;
  return concatBytes([new Uint8Array([0xff, marker, length >> 8, length & 255]), data]);
}
