// Turns a few words into the images that were made from a description like it, best first.

/** Something that can be found: its description, and a name that people gave it. */
export interface Findable {
  readonly prompt: string;
  /** File name or path. */
  readonly name?: string;
  readonly id?: string;
}

/**
 * Every image that holds at least half of the query's words, best first, in the given order if equally good. Words
 * count wherever they stand; scripts that write no spaces are compared by pairs of characters. An id finds its image.
 */
export function matchImages<T extends Findable>(query: string, images: readonly T[]): T[] {
  const wanted = query.trim();
  const byId = images.filter(({ id }) => id !== undefined && id === wanted);
  if (byId.length > 0) return byId;
  const words = [...new Set(wordsOf(wanted))];
  if (words.length === 0) return [];
  return images
    .map((image) => ({ image, score: scoreOf(words, image) }))
    .filter(({ score }) => score >= words.length / 2)
    .sort((a, b) => b.score - a.score)
    .map(({ image }) => image);
}

function scoreOf(words: readonly string[], { prompt, name = '' }: Findable): number {
  const text = fold(`${prompt} ${name}`);
  const own = new Set(wordsOf(text));
  let score = 0;
  // A word that only stands inside of another one counts less than the word itself.
  for (const word of words) score += own.has(word) ? 1 : text.includes(word) ? 0.75 : 0;
  return score;
}

function wordsOf(text: string): string[] {
  const runs = fold(text).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+|[\p{L}\p{N}]+/gu) ?? [];
  return runs.flatMap((run) => (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run) ? pairsOf(run) : [run]));
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.length < 2 ? characters : characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
