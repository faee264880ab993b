// Finds the image() calls of Typst, with the caption of the figure around them.
import { giveHeadings, type Heading, plainWords } from './headings.ts';
import { type ImageLink, withWords } from './imageLink.ts';

/** Comments and raw text: https://typst.app/docs/reference/syntax/ */
const OPAQUE = /\/\*[\s\S]*?(?:\*\/|$)|(?<!:)\/\/[^\n]*|(`{3,})[\s\S]*?(?:\1|$)|`[^`\n]*`/g;
/** https://typst.app/docs/reference/visualize/image/ */
const IMAGE = /(?<![\w.-])image\s*\(\s*"((?:[^"\\\n]|\\.)*)"/g;
/** How far behind an image the caption of its figure is looked for. */
const NEAR_CHARACTERS = 1500;

export function findTypstLinks(text: string): ImageLink[] {
  const seen = text.replace(OPAQUE, (hidden) => hidden.replace(/[^\n]/g, ' '));
  const links = [...seen.matchAll(IMAGE)].map(({ 0: raw, index, 1: written = '' }): ImageLink => {
    const path = unescape(written);
    const pathStart = index + raw.length - 1 - written.length;
    const close = closingOf(seen, index + raw.length, 1);
    const own = seen.slice(index + raw.length, close);
    return {
      alt: unescape(/(?<![\w-])alt:\s*"((?:[^"\\]|\\.)*)"/.exec(own)?.[1] ?? ''),
      ...withWords({ caption: captionOf(seen, index, close) }),
      url: path,
      path,
      rawStart: index,
      rawEnd: Math.min(close + 1, seen.length),
      pathStart,
      pathEnd: pathStart + written.length,
      syntax: 'typst',
    };
  });
  const headings = [...seen.matchAll(/^[ \t]*=+[ \t]+([^\n]*)/gm)].map(({ index, 1: words }): Heading => ({ offset: index, words: plainWords((words ?? '').replace(/<[\w:.-]+>\s*$/, '')) }));
  giveHeadings(links, headings);
  return links;
}

/** `caption: [words]` or `caption: "words"` of a figure that is open around the image. */
function captionOf(text: string, start: number, close: number): string | undefined {
  if (!/figure\s*\([^()]*$/.test(text.slice(Math.max(0, start - 300), start))) return undefined;
  const rest = text.slice(close + 1, closingOf(text, close + 1, 1));
  const found = /(?<![\w-])caption:\s*(?:\[((?:[^[\]]|\[[^[\]]*\])*)\]|"((?:[^"\\]|\\.)*)")/.exec(rest);
  return found ? plainWords(found[1] ?? unescape(found[2] ?? '')) : undefined;
}

/** Where the bracket that is open at `from` is closed, or as far as is looked. */
function closingOf(text: string, from: number, open: number): number {
  const end = Math.min(text.length, from + NEAR_CHARACTERS);
  let depth = open;
  for (let at = from; at < end; at++) {
    const character = text.charAt(at);
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) return at;
  }
  return end;
}

/** https://typst.app/docs/reference/foundations/str/#escapes */
function unescape(text: string): string {
  return text.replace(/\\(?:u\{([\da-f]{1,6})\}|(.))/gi, (_, code: string | undefined, character: string | undefined) => {
    if (code !== undefined) return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : '';
    return ({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[character ?? ''] ?? character ?? '';
  });
}
