// Writes the recipe into a PNG, JPEG or WebP, beside what is there, without touching a pixel.
import type { Recipe } from '../prompt/recipe.ts';
import { concatBytes } from './concatBytes.ts';
import { isComplete, readImageInfo } from './imageInfo.ts';
import { isJpeg } from './jpegSegments.ts';
import { readMetadata } from './metadata.ts';
import { FIRST_CHUNK, isPng, type PngChunk, readChunks } from './pngChunks.ts';
import { keywordOf, makeTextChunk, readText, XMP_KEYWORD } from './pngText.ts';
import { type FileRecipe, travellingPart, writeParameters } from './recipeText.ts';
import { isWebp } from './webpChunks.ts';
import { writeJpegMetadata, writeWebpMetadata } from './writeMetadata.ts';
import { isOurXmp, joinXmp, pointsToCredentials, writeXmp } from './xmp.ts';

/** Keyword of the text that holds our own form of the recipe, as JSON. */
export const RECIPE_KEYWORD = 'generate-image';
/** Keyword of the text that the common image generators write and show. */
export const PARAMETERS_KEYWORD = 'parameters';

/** JPEG has no room for more in one segment, and no reader puts several together. */
const MAX_XMP_BYTES = 64_000;

/** The file with its whole recipe, see `embedFileRecipe`. @public */
export function embedRecipe(bytes: Uint8Array, recipe: Recipe): Uint8Array {
  return embedFileRecipe(bytes, travellingPart(recipe));
}

/**
 * In a PNG up to three iTXt chunks before its first IDAT: our JSON, then `parameters`, then XMP; in a JPEG or WebP the
 * XMP, which holds our JSON too. What the file has of its own stays: a foreign XMP packet takes our JSON in. A recipe
 * that was written before is replaced. The same array comes back, unchanged, for other and broken files and for those
 * that carry C2PA credentials.
 */
export function embedFileRecipe(bytes: Uint8Array, recipe: FileRecipe): Uint8Array {
  if (isPng(bytes)) return embedInPng(bytes, recipe);
  const info = readImageInfo(bytes);
  if (!info || !isComplete(bytes, info)) return bytes;
  const write = isJpeg(bytes) ? writeJpegMetadata : isWebp(bytes) ? writeWebpMetadata : undefined;
  const { xmp: foreign, isSigned } = readMetadata(bytes);
  const xmp = joinXmp(foreign, recipe);
  return write && !isSigned && xmp !== undefined && new TextEncoder().encode(xmp).length <= MAX_XMP_BYTES ? write(bytes, { xmp }) : bytes;
}

const MOST_PACKETS = 8;

function embedInPng(png: Uint8Array, travelling: FileRecipe): Uint8Array {
  const chunks = readChunks(png);
  // One XMP packet is all that a file may have; each of very many would have to be unpacked.
  if (!chunks || chunks.filter((chunk) => keywordOf(chunk) === XMP_KEYWORD).length > MOST_PACKETS || chunks.some(isSigned)) return png;
  const others = withoutOurs(chunks);
  const keywords = new Set(others.map(keywordOf));
  const ours = [makeTextChunk(RECIPE_KEYWORD, JSON.stringify(travelling))];
  if (!keywords.has(PARAMETERS_KEYWORD)) ours.push(makeTextChunk(PARAMETERS_KEYWORD, writeParameters(travelling)));
  if (!keywords.has(XMP_KEYWORD)) ours.push(makeTextChunk(XMP_KEYWORD, writeXmp(travelling)));

  const firstData = others.findIndex((chunk) => chunk.type === 'IDAT');
  const copy = ({ start, end }: PngChunk): Uint8Array => png.subarray(start, end);
  const afterEnd = png.subarray(chunks.at(-1)?.end);
  return concatBytes([png.subarray(0, FIRST_CHUNK), ...others.slice(0, firstData).map(copy), ...ours, ...others.slice(firstData).map(copy), afterEnd]);
}

/** A C2PA manifest inside the file, or a pointer to one elsewhere: any change would void the signature. */
function isSigned(chunk: PngChunk): boolean {
  if (chunk.type === 'caBX') return true;
  return keywordOf(chunk) === XMP_KEYWORD && pointsToCredentials(readText(chunk)?.text ?? '');
}

/** `parameters` has no mark of its own, so it counts as ours only right behind our JSON, where we put it. */
function withoutOurs(chunks: readonly PngChunk[]): PngChunk[] {
  let isBehindOurs = false;
  return chunks.filter((chunk) => {
    const keyword = chunk.type === 'iTXt' ? keywordOf(chunk) : undefined;
    const isOurs = keyword === RECIPE_KEYWORD
      || (isBehindOurs && keyword === PARAMETERS_KEYWORD)
      || (keyword === XMP_KEYWORD && isOurXmp(readText(chunk)?.text ?? ''));
    isBehindOurs = keyword === RECIPE_KEYWORD;
    return !isOurs;
  });
}
