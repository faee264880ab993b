// Turns a prompt into the short name its image is filed under.
import { isReservedName } from './fileName.ts';

const LONGEST_CHARACTERS = 60;
const FALLBACK = 'image';

/**
 * Lower-case words of letters and digits of any script, joined by `-`, at most 60 code points, in NFC; `image` where
 * there are none. Cut between words, and inside a word (never inside a character) where words are long or not spaced.
 */
export function slugOf(prompt: string): string {
  const text = prompt.normalize('NFC').toLowerCase().normalize('NFC');
  const words = text.replace(/(?<=\p{L})['’](?=\p{L})/gu, '').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  let slug: string[] = [];
  for (const word of words) {
    const next = slug.length > 0 ? [...slug, '-', ...word] : [...word];
    if (next.length > LONGEST_CHARACTERS) {
      if (slug.length < LONGEST_CHARACTERS / 2) slug = cut(next);
      break;
    }
    slug = next;
  }
  const name = slug.join('').replace(/-+$/, '') || FALLBACK;
  return isReservedName(name) ? `${name}-${FALLBACK}` : name;
}

function cut(characters: string[]): string[] {
  let end = LONGEST_CHARACTERS;
  while (end > 0 && /^\p{M}/u.test(characters[end] ?? '')) end--;
  return characters.slice(0, end > 0 ? end : LONGEST_CHARACTERS);
}
