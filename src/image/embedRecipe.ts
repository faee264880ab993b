// Writes the recipe into a PNG, beside the chunks that are there, without touching a pixel.
import type { Recipe } from '../prompt/recipe.ts';
import { FIRST_CHUNK, type PngChunk, readChunks } from './pngChunks.ts';
import { keywordOf, makeTextChunk, readText, XMP_KEYWORD } from './pngText.ts';
import { travellingPart, writeParameters } from './recipeText.ts';
import { isOurXmp, pointsToCredentials, writeXmp } from './xmp.ts';

/** Keyword of the text that holds our own form of the recipe, as JSON. */
export const RECIPE_KEYWORD = 'generate-image';
/** Keyword of the text that the common image generators write and show. */
export const PARAMETERS_KEYWORD = 'parameters';

/**
 * The PNG with up to three iTXt chunks before its first IDAT: our JSON, then `parameters`, then XMP. The last two are
 * left out where the file has its own already, for a second one is undefined. A recipe that was written before is
 * replaced. The same array comes back, unchanged, for what is no whole PNG or carries C2PA credentials.
 */
export function embedRecipe(png: Uint8Array, recipe: Recipe): Uint8Array {
  const chunks = readChunks(png);
  if (!chunks || chunks.some(isSigned)) return png;
  const others = withoutOurs(chunks);
  const keywords = new Set(others.map(keywordOf));
  const travelling = travellingPart(recipe);
  const ours = [makeTextChunk(RECIPE_KEYWORD, JSON.stringify(travelling))];
  if (!keywords.has(PARAMETERS_KEYWORD)) ours.push(makeTextChunk(PARAMETERS_KEYWORD, writeParameters(travelling)));
  if (!keywords.has(XMP_KEYWORD)) ours.push(makeTextChunk(XMP_KEYWORD, writeXmp(travelling)));

  const firstData = others.findIndex((chunk) => chunk.type === 'IDAT');
  const copy = ({ start, end }: PngChunk): Uint8Array => png.subarray(start, end);
  const afterEnd = png.subarray(chunks.at(-1)?.end);
  return concat([png.subarray(0, FIRST_CHUNK), ...others.slice(0, firstData).map(copy), ...ours, ...others.slice(firstData).map(copy), afterEnd]);
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

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
