// Gives each image link the words of the heading above it.
import type { ImageLink } from './imageLink.ts';

export interface Heading {
  /** Where it stands in the text. */
  offset: number;
  words: string;
}

/** Changes `links` in place; both lists may come in any order. */
export function giveHeadings(links: readonly ImageLink[], headings: readonly Heading[]): void {
  const inOrder = headings.filter(({ words }) => words !== '').sort((one, other) => one.offset - other.offset);
  let next = 0;
  for (const link of [...links].sort((one, other) => one.rawStart - other.rawStart)) {
    while ((inOrder[next]?.offset ?? Infinity) <= link.rawStart) next++;
    const heading = inOrder[next - 1]?.words;
    if (heading !== undefined) link.heading ??= heading;
  }
}

/** Without the tags and marks that only shape it, in one line. */
export function plainWords(text: string): string {
  return text
    .replace(/<[^<>]*>|\{[#.:][^{}]*\}|[*`]/g, '')
    .replace(/!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])?/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/\s+#+$/, '')
    .trim();
}

/** Headings of HTML and of what is written like it, and the title. */
export function tagHeadings(text: string): Heading[] {
  return [...text.matchAll(/<(h[1-6]|title)\b[^<>]{0,300}>([\s\S]{1,300}?)<\/\1\s*>/gi)].map(({ index, 2: inner }) => ({ offset: index, words: plainWords(inner ?? '') }));
}

/** The words of `<figcaption>` behind an image, in the same figure. */
export function captionBehind(text: string, rawEnd: number): string | undefined {
  const rest = text.slice(rawEnd, rawEnd + 1000);
  const found = /<figcaption\b[^<>]*>([\s\S]{1,500}?)<\/figcaption/i.exec(rest);
  if (!found || /<\/figure|<img/i.test(rest.slice(0, found.index))) return undefined;
  return plainWords(found[1] ?? '');
}
