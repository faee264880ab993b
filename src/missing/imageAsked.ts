// Tells which image links ask for an image, with which words, in which size, and how their text changes.
import { toUrlPath } from '../insert/escapePath.ts';
import { splitEnding } from '../insert/posixPath.ts';
import { nearestSize } from '../prompt/size.ts';
import type { ImageLink } from './imageLink.ts';
import { type Placeholder, placeholderOf } from './placeholder.ts';
import { promptOf, sizeInWords } from './promptWords.ts';

export interface ImageAsked {
  /** What the image is to show, in one line. */
  prompt: string;
  /**
   * All but `other` are written under the very path that the link names, by conversion if need be; `other` needs the
   * link changed to `.png` first, see `newEnding`.
   */
  target: 'png' | 'jpeg' | 'webp' | 'other';
  /** The link leads to a stand-in, so it is changed whether or not something is there. */
  placeholder?: Placeholder;
}

/** A change of a document's text. */
export interface TextChange {
  start: number;
  end: number;
  text: string;
}

const OTHER_ENDINGS = /\.(?:gif|avif|svg|bmp|tiff?|ico|apng|jfif|heic)$/i;
/** Schemes, other hosts, fragments, and Windows' own separators. */
const NOT_A_PATH = /^[a-z][a-z0-9+.-]*:|^\/\/|^#|^www\.|\\/i;
/** Names that a bundler or a framework resolves: `@site/`, `@/`, `~/`, `~@/`, `#/`, `$lib/`. */
const ALIAS = /^(?:@[\w.-]*|~[\w@-]*|#[\w-]*|\$[\w-]+)\//;
/** Templates, variables, patterns, and what only stands for a path. */
const NO_PLAIN_PATH = /[{}<>|*"]|\$[({]|(?:^|\/)\$\w|%[A-Z_]{2,}%|\[\[|(?:^|\/)path\/to(?:\/|$)|(?:^|\/)\.{3,}(?:\/|$)|…\//i;
const UNWRITABLE = /[\0-\x1f\x7f]/;

/** What a link asks for if its file is missing; undefined if nothing says what it shows, or it names no image's path. @public */
export function asksForImage(link: ImageLink): ImageAsked | undefined {
  const asked = imageNamed(link);
  return asked && asked.prompt !== '' ? asked : undefined;
}

/** The same, with an empty prompt where nothing says what the image shows. */
export function imageNamed(link: ImageLink): ImageAsked | undefined {
  const placeholder = placeholderOf(link);
  const prompt = promptOf(placeholder?.words !== undefined && link.alt.trim() === '' ? { ...link, alt: placeholder.words } : link) ?? '';
  if (placeholder?.kind === 'address') return { prompt, target: 'png', placeholder };
  // What a URL has to encode may well be a part of a name: `%231` is no parameter of a macro.
  if (!isPath(link.url) || NOT_A_PATH.test(link.path) || UNWRITABLE.test(link.path)) return undefined;
  if (link.syntax === 'latex' && /#\d/.test(link.url)) return undefined;
  const target = targetOf(link.path);
  return target && { prompt, target, ...(placeholder ? { placeholder } : {}) };
}

/** Whether a destination is a path in the file system, as far as its text tells. */
export function isPath(text: string): boolean {
  return !NOT_A_PATH.test(text) && !ALIAS.test(text) && !NO_PLAIN_PATH.test(text) && !UNWRITABLE.test(text);
}

/** Width and height that the document wants the image to have, in pixels; either may be unknown. */
export function wantedSize(link: ImageLink): { widthPx?: number; heightPx?: number } {
  const placeholder = placeholderOf(link);
  const { widthPx = placeholder?.widthPx, heightPx = placeholder?.heightPx } = { ...sizeInWords(link.alt), ...sizeInWords(link.title ?? ''), ...sizesOf(link) };
  return { ...(widthPx === undefined ? {} : { widthPx }), ...(heightPx === undefined ? {} : { heightPx }) };
}

/** The size to ask for: by the ratio of the wanted width and height, else `defaultSize`. */
export function sizeFor({ widthPx, heightPx }: { widthPx?: number; heightPx?: number }, sizes: readonly string[], defaultSize: string): string {
  if (widthPx === undefined || heightPx === undefined) return defaultSize;
  return nearestSize({ widthPx, heightPx }, sizes) ?? defaultSize;
}

/** The same, but a wanted size that is offered is kept as it is: two of `sizes` may have one ratio. */
export function offeredSizeFor(wanted: { widthPx?: number; heightPx?: number }, sizes: readonly string[], defaultSize: string): string {
  const exact = `${wanted.widthPx}x${wanted.heightPx}`;
  return sizes.includes(exact) ? exact : sizeFor(wanted, sizes, defaultSize);
}

/** The change that makes a link's path end in `ending`, such as `.png` or `-1.png`; undefined where it is not written in plain letters. */
export function newEnding(link: ImageLink, text: string, ending: string): TextChange | undefined {
  const path = writtenPath(link, text);
  const old = OTHER_ENDINGS.exec(path)?.[0];
  if (old === undefined) return undefined;
  const end = link.pathStart + path.length;
  return { start: end - old.length, end, text: ending };
}

/** The change of the file's name alone; undefined where the last part of the path is not written as it is read. */
export function newName(link: ImageLink, text: string, name: string): TextChange | undefined {
  const path = writtenPath(link, text);
  const written = /[^/]+$/.exec(path)?.[0] ?? '';
  const [stem] = splitEnding(written);
  if (stem === '' || !/^[\w .%-]+$/.test(written)) return undefined;
  const end = link.pathStart + path.length;
  const isUrl = link.syntax !== 'latex' && link.syntax !== 'typst' && link.syntax !== 'rest' && link.syntax !== 'org' && link.syntax !== 'wiki';
  return { start: end - written.length, end, text: isUrl ? toUrlPath(name) : name };
}

/** The path as it is written, without query, fragment and the blanks behind it. */
function writtenPath(link: ImageLink, text: string): string {
  return /^[^?#]*?(?=\s*(?:[?#]|$))/.exec(text.slice(link.pathStart, link.pathEnd))?.[0] ?? '';
}

function sizesOf({ widthPx, heightPx }: ImageLink): { widthPx?: number; heightPx?: number } {
  return { ...(widthPx === undefined ? {} : { widthPx }), ...(heightPx === undefined ? {} : { heightPx }) };
}

function targetOf(path: string): ImageAsked['target'] | undefined {
  if (/[^/]\.png$/i.test(path)) return 'png';
  if (/[^/]\.jpe?g$/i.test(path)) return 'jpeg';
  if (/[^/]\.webp$/i.test(path)) return 'webp';
  return /[^/]/.test(path) && OTHER_ENDINGS.test(path) ? 'other' : undefined;
}
