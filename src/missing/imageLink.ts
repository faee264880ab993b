// Describes an image link as a document of any language holds it, and makes one from what its parser found.
import { type ImageLinkLanguage, LANGUAGE_MARKS } from './documentLanguage.ts';

export interface ImageLink {
  /** The alternative text as readers get it: escapes and references decoded, markup dropped. */
  alt: string;
  /** What else the document says of the image, where it says it. */
  caption?: string;
  title?: string;
  /** The words of the nearest heading above. */
  heading?: string;
  /** The destination with the language's own escapes decoded, but not its percent signs: `images/a%20cat.png?v=1`. */
  url: string;
  /** The path in the destination as the document means it: `images/a cat.png`. */
  path: string;
  /** Other paths that the language takes instead, as LaTeX tries endings. */
  otherPaths?: readonly string[];
  /** Folders that the document says its images lie in, relative to it: AsciiDoc's `imagesdir`, LaTeX's `\graphicspath`. */
  folders?: readonly string[];
  /** The whole link in the text, in UTF-16 code units, as all offsets here. */
  rawStart: number;
  rawEnd: number;
  /** The destination as it is written, without quotes or angle brackets. For a reference it stands in the definition. */
  pathStart: number;
  pathEnd: number;
  /** From attributes, where they are plain numbers. */
  widthPx?: number;
  heightPx?: number;
  syntax: 'markdown' | 'reference' | 'wiki' | 'html' | 'jsx' | 'css' | 'asciidoc' | 'rest' | 'latex' | 'typst' | 'org';
}

/** What a tag of HTML or JSX says of its image. */
export interface ImageTag {
  syntax: 'html' | 'jsx';
  rawStart: number;
  rawEnd: number;
  /** By lower-case name; the first of each. */
  attributes: ReadonlyMap<string, { value: string; start: number; end: number }>;
}

/** False for text without any image link, by a glance at it: most documents hold no image and need no parser. */
export function mayHoldLinks(text: string, language: ImageLinkLanguage): boolean {
  return LANGUAGE_MARKS[language].test(text);
}

/** The path of a destination: without query and fragment, percent signs decoded; as it is where they make no sense. */
export function pathOfUrl(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The link of an `<img>`; undefined without a `src`. */
export function linkOfTag({ syntax, rawStart, rawEnd, attributes }: ImageTag): ImageLink | undefined {
  const source = attributes.get('src');
  const url = source?.value.trim();
  if (!source || !url) return undefined;
  const valueOf = (name: string): string | undefined => attributes.get(name)?.value;
  return {
    alt: valueOf('alt') ?? '',
    ...withWords({ title: valueOf('title'), caption: valueOf('caption') }),
    url,
    path: pathOfUrl(url),
    rawStart,
    rawEnd,
    pathStart: source.start,
    pathEnd: source.end,
    ...sizeOf(valueOf('width'), valueOf('height')),
    syntax,
  };
}

/** The words that are there, in one line each. */
export function withWords(words: { title?: string | undefined; caption?: string | undefined }): Partial<Pick<ImageLink, 'title' | 'caption'>> {
  const entries = Object.entries(words).flatMap(([name, text]) => {
    const line = text?.replace(/\s+/g, ' ').trim() ?? '';
    return line === '' ? [] : [[name, line] as const];
  });
  return Object.fromEntries(entries);
}

/** Width and height where they are plain numbers of pixels. */
export function sizeOf(width: string | undefined, height: string | undefined): Partial<Pick<ImageLink, 'widthPx' | 'heightPx'>> {
  const [widthPx, heightPx] = [pixels(width), pixels(height)];
  return { ...(widthPx === undefined ? {} : { widthPx }), ...(heightPx === undefined ? {} : { heightPx }) };
}

function pixels(text: string | undefined): number | undefined {
  const number = Number(/^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/i.exec(text ?? '')?.[1]);
  return number > 0 ? number : undefined;
}
