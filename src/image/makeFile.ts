// Turns a kept image into the file that a site can ship: its format, size and weight, with what the original says of itself.
import { embedFileRecipe } from './embedRecipe.ts';
import { uprightExif } from './exif.ts';
import { type ImageInfo, type ImageType, readImageInfo } from './imageInfo.ts';
import { type Metadata, readMetadata } from './metadata.ts';
import { type DecodeProblem, decodePixels, isAnimated } from './pixels/decodePixels.ts';
import { encodeJpeg } from './pixels/encodeJpeg.ts';
import { encodePng } from './pixels/encodePng.ts';
import { isTransparent, type Pixels } from './pixels/pixels.ts';
import { cropFor, type Focus, resize } from './pixels/resize.ts';
import type { WebpCodec } from './pixels/webpPixels.ts';
import type { FileRecipe } from './recipeText.ts';
import { writeJpegMetadata, writePngMetadata, writeWebpMetadata } from './writeMetadata.ts';

export type WrittenType = 'png' | 'jpeg' | 'webp';

export interface FileWish {
  /** `original` is the type that the bytes have. */
  type: WrittenType | 'original';
  /** The type is asked for by name: a file that grows by it, and the loss of a signature, are accepted. */
  isTypeDemanded: boolean;
  /** A JPEG becomes a PNG if the image lets something shine through. */
  mayBecomePng?: boolean;
  /** 1 to 100, for WebP and JPEG. */
  quality: number;
  /** Exactly this size: scaled and cropped. */
  size?: { widthPx: number; heightPx: number; focus?: Focus | undefined } | undefined;
  /** Wider images are scaled down to it; 0 is never. */
  maxWidthPx: number;
  /** Quality, then width, go down until the file is no larger; 0 is no limit. */
  maxBytes: number;
  /** Written into the file; without one, a recipe that the original holds in its XMP still goes along. */
  recipe?: FileRecipe | undefined;
}

export interface MadeFile {
  bytes: Uint8Array;
  type: ImageType;
  widthPx: number;
  heightPx: number;
  /** The pixels are those of the original, byte for byte. */
  isOriginal: boolean;
  /** The original was signed with C2PA, and this file no longer is. */
  lostSignature: boolean;
}

export type MakeProblem = DecodeProblem
  /** Only the first of its images would be left. */
  | 'animated'
  /** WebP has no more than 16383 pixels a side. */
  | 'tooWide';

export const MAX_WEBP_SIDE_PX = 16_383;
const LEAST_QUALITY = 50;
/** Where the size is fixed, nothing but the quality can go down. */
const LEAST_QUALITY_AT_EXACT_SIZE = 10;
const QUALITY_STEP = 10;
const MOST_TRIES = 16;

/**
 * Where nothing demands a new file by name, one that is no smaller than the original, and an original that cannot be
 * decoded, are left as they are; else the problem is told. For a thread of its own.
 */
export async function makeFile(bytes: Uint8Array, wish: FileWish, codec: WebpCodec): Promise<MadeFile | MakeProblem> {
  const info = readImageInfo(bytes);
  if (!info) return 'unreadable';
  const metadata = readMetadata(bytes);
  const original = (): MadeFile => ({ bytes: wish.recipe ? embedFileRecipe(bytes, wish.recipe) : bytes, ...info, isOriginal: true, lostSignature: false });
  const isDemanded = wish.size !== undefined || (wish.isTypeDemanded && wish.type !== 'original' && wish.type !== info.type);
  if (!needsRecoding(bytes, info, wish)) return original();
  const mayRecode = !metadata.isSigned || isDemanded || typeOf(wish, info) !== info.type;
  if (!mayRecode) return original();
  const problem = isAnimated(bytes) ? 'animated' : undefined;
  const made = problem ?? (await recode(bytes, info, metadata, wish, codec));
  if (typeof made === 'string') return isDemanded ? made : original();
  return !isDemanded && made.bytes.length >= bytes.length ? original() : made;
}

/** Endings that no encoder is there for become PNG as soon as pixels change. */
function typeOf({ type }: FileWish, info: ImageInfo): WrittenType {
  if (type !== 'original') return type;
  return info.type === 'gif' || info.type === 'avif' ? 'png' : info.type;
}

function needsRecoding(bytes: Uint8Array, info: ImageInfo, { type, size, maxWidthPx, maxBytes }: FileWish): boolean {
  if (type !== 'original' && type !== info.type) return true;
  if (size) return size.widthPx !== info.widthPx || size.heightPx !== info.heightPx;
  return (maxWidthPx > 0 && info.widthPx > maxWidthPx) || (maxBytes > 0 && bytes.length > maxBytes);
}

async function recode(bytes: Uint8Array, info: ImageInfo, metadata: Metadata, wish: FileWish, codec: WebpCodec): Promise<MadeFile | MakeProblem> {
  const decoded = await decodePixels(bytes, codec);
  if (typeof decoded === 'string') return decoded;
  const asked = typeOf(wish, info);
  const type = asked === 'jpeg' && wish.mayBecomePng && isTransparent(decoded) ? 'png' : asked;
  const pixels = scaleTo(decoded, wish);
  if (type === 'webp' && Math.max(pixels.widthPx, pixels.heightPx) > MAX_WEBP_SIDE_PX) return 'tooWide';
  const exif = metadata.exif && uprightExif(metadata.exif);
  const write = async (image: Pixels, quality: number): Promise<Uint8Array> => {
    const encoded = await encode(image, type, quality, codec);
    const described = WRITERS[type](encoded, { exif, xmp: metadata.isSigned ? undefined : metadata.xmp, profile: image.profile });
    return wish.recipe ? embedFileRecipe(described, wish.recipe) : described;
  };
  const made = await fit(pixels, type, wish, write);
  return { bytes: made.bytes, type, widthPx: made.pixels.widthPx, heightPx: made.pixels.heightPx, isOriginal: false, lostSignature: metadata.isSigned };
}

function scaleTo(pixels: Pixels, { size, maxWidthPx }: FileWish): Pixels {
  if (size) {
    const isThere = size.widthPx === pixels.widthPx && size.heightPx === pixels.heightPx;
    return isThere ? pixels : resize(pixels, size, cropFor(pixels, size, size.focus));
  }
  return maxWidthPx > 0 && pixels.widthPx > maxWidthPx ? toWidth(pixels, maxWidthPx) : pixels;
}

function toWidth(pixels: Pixels, widthPx: number): Pixels {
  return resize(pixels, { widthPx, heightPx: Math.max(1, Math.round((pixels.heightPx * widthPx) / pixels.widthPx)) });
}

const WRITERS = { png: writePngMetadata, jpeg: writeJpegMetadata, webp: writeWebpMetadata } as const;

async function encode(pixels: Pixels, type: WrittenType, quality: number, codec: WebpCodec): Promise<Uint8Array> {
  switch (type) {
    case 'png':
      return encodePng(pixels);
    case 'jpeg':
      return encodeJpeg(pixels, quality);
    case 'webp':
      return codec.encode(pixels, quality);
  }
}

async function fit(pixels: Pixels, type: WrittenType, { quality, maxBytes, size }: FileWish, write: (image: Pixels, quality: number) => Promise<Uint8Array>): Promise<{ bytes: Uint8Array; pixels: Pixels }> {
  let made = { bytes: await write(pixels, quality), pixels };
  const least = Math.min(quality, size ? LEAST_QUALITY_AT_EXACT_SIZE : LEAST_QUALITY);
  for (let now = quality, tries = 1; maxBytes > 0 && made.bytes.length > maxBytes && tries < MOST_TRIES; tries++) {
    if (type !== 'png' && now > least) {
      now = Math.max(least, now - QUALITY_STEP * (made.bytes.length > 2 * maxBytes ? 3 : 1));
    } else {
      if (size || made.pixels.widthPx === 1) break;
      // Bytes grow about as the area does.
      const share = Math.min(0.95, Math.max(0.3, Math.sqrt(maxBytes / made.bytes.length) * 0.97));
      made.pixels = toWidth(pixels, Math.max(1, Math.floor(made.pixels.widthPx * share)));
    }
    made = { bytes: await write(made.pixels, now), pixels: made.pixels };
  }
  return made;
}
