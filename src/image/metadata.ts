// Reads what an image's file says beside its pixels: EXIF, XMP, colour profile, signature.
import { concatBytes } from './concatBytes.ts';
import { EXIF_NAME, readOrientation } from './exif.ts';
import { type ImageType, readImageInfo } from './imageInfo.ts';
import { isNamed, readSegments } from './jpegSegments.ts';
import { isRgbProfile, readProfile } from './pixels/pngColours.ts';
import { walkChunks } from './pngChunks.ts';
import { keywordOf, readText, XMP_KEYWORD } from './pngText.ts';
import { walkWebpChunks } from './webpChunks.ts';
import { pointsToCredentials } from './xmp.ts';

export interface Metadata {
  /** Without `Exif\0\0`. */
  exif?: Uint8Array | undefined;
  xmp?: string | undefined;
  /** ICC, for red, green and blue. */
  profile?: Uint8Array | undefined;
  /** By which browsers turn the image: 1 to 8. */
  orientation: number;
  /** C2PA credentials are inside, or the XMP points to them: any change would void the signature. */
  isSigned: boolean;
}

/** XMP in a JPEG's APP1 segment (XMP specification, part 3, 1.1.3). */
export const JPEG_XMP_NAME = 'http://ns.adobe.com/xap/1.0/\0';
/** ICC.1, annex B.4: name, then number and count of the part. */
export const JPEG_PROFILE_NAME = 'ICC_PROFILE\0';
const MAX_XMP_BYTES = 1024 * 1024;

export function readMetadata(bytes: Uint8Array): Metadata {
  const found: Metadata = { orientation: 1, isSigned: false };
  const type = readImageInfo(bytes)?.type;
  if (type !== undefined) READERS[type]?.(bytes, found);
  if (found.xmp !== undefined) found.isSigned ||= pointsToCredentials(found.xmp);
  return found;
}

const READERS: Partial<Record<ImageType, (bytes: Uint8Array, found: Metadata) => void>> = { png: readPng, jpeg: readJpeg, webp: readWebp };

function readPng(bytes: Uint8Array, found: Metadata): void {
  let isBehindPixels = false;
  // Only the first of each is unpacked: thousands that fail would keep the reader busy for minutes.
  const isFirst = firstOfEach();
  for (const chunk of walkChunks(bytes)) {
    isBehindPixels ||= chunk.type === 'IDAT';
    if (chunk.type === 'caBX') found.isSigned = true;
    if (chunk.type === 'eXIf' && !found.exif) {
      found.exif = chunk.data;
      if (!isBehindPixels) found.orientation = readOrientation(chunk.data);
    }
    if (keywordOf(chunk) === XMP_KEYWORD && isFirst('xmp')) found.xmp = readText(chunk)?.text;
    if (chunk.type === 'iCCP' && isFirst('profile')) found.profile = onlyRgb(readProfile(chunk));
  }
}

function readJpeg(bytes: Uint8Array, found: Metadata): void {
  const parts: Uint8Array[] = [];
  for (const { marker, data } of readSegments(bytes)) {
    if (marker === 0xe1 && isNamed(data, EXIF_NAME) && !found.exif) {
      found.exif = data.subarray(EXIF_NAME.length);
      found.orientation = readOrientation(found.exif);
    }
    if (marker === 0xe1 && isNamed(data, JPEG_XMP_NAME)) found.xmp ??= decodeXmp(data.subarray(JPEG_XMP_NAME.length));
    if (marker === 0xe2 && isNamed(data, JPEG_PROFILE_NAME)) parts[data[JPEG_PROFILE_NAME.length] ?? 0] = data.subarray(JPEG_PROFILE_NAME.length + 2);
    // JUMBF boxes (ISO/IEC 19566-5) of the type that C2PA has.
    if (marker === 0xeb && isNamed(data, 'JP') && holds(data.subarray(0, 64), 'c2pa')) found.isSigned = true;
  }
  if (parts.length > 0) found.profile = onlyRgb(concatBytes(parts.filter(Boolean)));
}

function readWebp(bytes: Uint8Array, found: Metadata): void {
  for (const { type, data } of walkWebpChunks(bytes)) {
    if (type === 'ICCP') found.profile ??= onlyRgb(data);
    if (type === 'EXIF') found.exif ??= isNamed(data, EXIF_NAME) ? data.subarray(EXIF_NAME.length) : data;
    if (type === 'XMP ') found.xmp ??= decodeXmp(data);
    if (type === 'C2PA') found.isSigned = true;
  }
}

/** True for a name that it was not asked about before. */
function firstOfEach(): (name: string) => boolean {
  const seen = new Set<string>();
  return (name) => seen.size < seen.add(name).size;
}

function onlyRgb(profile: Uint8Array | undefined): Uint8Array | undefined {
  return profile && isRgbProfile(profile) ? profile : undefined;
}

function decodeXmp(data: Uint8Array): string | undefined {
  return data.length > MAX_XMP_BYTES ? undefined : new TextDecoder().decode(data);
}

function holds(data: Uint8Array, word: string): boolean {
  return String.fromCharCode(...data).includes(word);
}
