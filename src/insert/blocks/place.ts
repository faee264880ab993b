// Says what is asked about a place for an image in a document, and what the answer is.

export interface PlaceQuestion {
  /** One of ours, see `linkLanguages.ts`. */
  languageId: string;
  /** The whole document; line breaks may be of either kind. */
  text: string;
  /** The selection, or the cursor twice. UTF-16 units. */
  start: number;
  end: number;
  /** `cursor`: at `end`, if the language takes an image there. `behind`: after the block that holds the selection. */
  mode: 'cursor' | 'behind';
  /** The link wants lines of its own: a person's own template with line breaks, or the only form of the language. */
  block: boolean;
}

/**
 * `block` stands on lines of its own and `inline` in a line of text. The others are for places with rules of their own:
 * `html` a tag in Markdown, `code` an expression of Typst, `declaration` a line of a CSS rule.
 */
export type ImageForm = 'block' | 'inline' | 'html' | 'code' | 'declaration';

/** Where the image goes: the text from `start` to `end` (blanks at most) makes room for `before`, the link, and `after`. */
export interface ImagePlace {
  start: number;
  end: number;
  /** Line breaks are `\n`, each with what its line begins with already behind it. */
  before: string;
  after: string;
  /** What every further line of the link begins with, such as `> ` or blanks. */
  prefix: string;
  form: ImageForm;
  /** Stands between several images, each of which is a link: it is followed by `prefix` if it holds a line break. */
  separator: string;
}

/** The document with the links of the images at that place. */
export function putImages(text: string, place: ImagePlace, links: readonly string[]): string {
  return text.slice(0, place.start) + textOf(place, links, '\n') + text.slice(place.end);
}

/** What stands in the place afterwards, with the line breaks of the document. */
export function textOf({ before, after, prefix, separator }: ImagePlace, links: readonly string[], eol: string): string {
  const own = links.join(separator).replace(/\r\n|\r|\n/g, () => `\n${prefix}`).replace(/[^\S\n]+(?=\n)/g, '');
  return (before + own + after).replace(/\n/g, () => eol);
}

/** In a line of text, as it stands. */
export function inLine(offset: number, form: ImageForm = 'inline'): ImagePlace {
  return { start: offset, end: offset, before: '', after: '', prefix: '', form, separator: ' ' };
}

/**
 * On lines of its own behind the line in which `offset` lies, an empty one on either side.
 * @param prefix what each line begins with there
 */
export function behindLine(text: string, offset: number, prefix = '', form: ImageForm = 'block'): ImagePlace {
  const end = lineEnd(text, offset);
  const blank = prefix.trimEnd();
  const after = isBlankLine(text, nextLine(text, end)) ? '' : `\n${blank}`;
  return { start: end, end, before: `\n${blank}\n${prefix}`, after, prefix, form, separator: '\n\n' };
}

/** The same in front of the line in which `offset` lies. */
export function beforeLine(text: string, offset: number, prefix = '', form: ImageForm = 'block'): ImagePlace {
  const start = lineStart(text, offset);
  const blank = prefix.trimEnd();
  const before = start === 0 || isBlankLine(text, lineStart(text, start - 1)) ? prefix : `${blank}\n${prefix}`;
  return { start, end: start, before, after: `\n${blank}\n`, prefix, form, separator: '\n\n' };
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset in front of the line's break. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  return end > 0 && end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Start of the line behind the one that ends at `end`; undefined behind the last. */
export function nextLine(text: string, end: number): number | undefined {
  const found = text.indexOf('\n', end);
  return found < 0 ? undefined : found + 1;
}

/** True for no line at all, and for one with blanks and the marks of block quotes only. */
function isBlankLine(text: string, start: number | undefined): boolean {
  return start === undefined || /^[\s>]*$/.test(text.slice(start, lineEnd(text, start)));
}

/** The offset, in front of the backslashes before it if there are any: they would escape a link. */
export function beforeBackslashes(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === '\\') at--;
  return at;
}

/** The blanks that a line begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? '';
}

/** Of a language that we don't know, only lines are: at the cursor, or on the line behind the selected ones. */
export function placeInAny({ text, end, mode }: PlaceQuestion): ImagePlace {
  if (mode === 'cursor') return { ...inLine(end), prefix: indentAt(text, end), separator: '\n' };
  const indent = indentAt(text, end);
  const at = lineEnd(text, end);
  return { start: at, end: at, before: `\n${indent}`, after: '', prefix: indent, form: 'block', separator: '\n' };
}
