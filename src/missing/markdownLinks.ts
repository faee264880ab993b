// Finds the image links of Markdown and MDX, raw HTML and JSX included, from the tokens of micromark.
import { parse, postprocess, preprocess } from 'micromark';
import { frontmatter } from 'micromark-extension-frontmatter';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { mdxMd } from 'micromark-extension-mdx-md';
import { decodeString } from 'micromark-util-decode-string';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { Event, Token } from 'micromark-util-types';
import { findHtmlLinks } from './htmlLinks.ts';
import { giveHeadings, type Heading, plainWords, tagHeadings } from './headings.ts';
import { type ImageLink, pathOfUrl, sizeOf, withWords } from './imageLink.ts';
import { findJsxLinks } from './jsxLinks.ts';
import { findNoteLinks } from './noteLinks.ts';

/** The links of CommonMark with front matter, in order; not those in code, comments and front matter. */
export function findMarkdownLinks(text: string): ImageLink[] {
  const events = tokenize(text, [frontmatter(['yaml', 'toml'])]);
  return finished(text, events, [...imagesOf(events), ...rawHtmlOf(text, events), ...findNoteLinks(text, events)]);
}

/**
 * The links of MDX, in order. JavaScript is skipped, not parsed: of JSX only tags that stand in the text are seen.
 * MDX that does not parse, as while it is typed, is read as Markdown.
 */
export function findMdxLinks(text: string): ImageLink[] {
  let events: Event[];
  try {
    events = tokenize(text, [frontmatter(['yaml', 'toml']), mdxJsx(), mdxMd(), mdxExpression()]);
  } catch {
    return findMarkdownLinks(text);
  }
  const scripts = events.filter(([kind, token]) => kind === 'enter' && token.type === 'paragraph' && /^(?:import|export)\s/.test(text.slice(token.start.offset, token.start.offset + 7)));
  const isInScript = (link: ImageLink): boolean => scripts.some(([, token]) => link.rawStart >= token.start.offset && link.rawEnd <= token.end.offset);
  return finished(text, events, [...imagesOf(events), ...findJsxLinks(events)].filter((link) => !isInScript(link)));
}

type Extensions = NonNullable<NonNullable<Parameters<typeof parse>[0]>['extensions']>;

/** Emphasis decides nothing about links, and takes the parser minutes for one long line of `*_`. */
const NO_EMPHASIS = { disable: { null: ['attention'] } };
/** The size that HackMD, Azure DevOps and others take behind the path: https://github.com/tatsy/markdown-it-imsize */
const SIZE_BEHIND_PATH = /(?<=\]\([^()\s]{1,500}(?:\s{1,9}"[^"\n]{0,200}")?)\s{1,9}=\d{0,5}%?x?\d{0,5}%?(?=\s{0,9}\))/g;

function tokenize(text: string, extensions: Extensions): Event[] {
  // A byte order mark would be dropped, and with it every offset moved.
  const kept = text.replace(/^\uFEFF/, ' ').replace(SIZE_BEHIND_PATH, (size) => ' '.repeat(size.length));
  return postprocess(parse({ extensions: [...extensions, NO_EMPHASIS] }).document().write(preprocess()(kept, undefined, true)));
}

/** In order, with the headings above them and the sizes written behind them. */
function finished(text: string, events: readonly Event[], links: ImageLink[]): ImageLink[] {
  giveHeadings(links, [...headingsOf(text, events), ...tagHeadings(text)]);
  for (const link of links) {
    if (link.syntax === 'markdown' || link.syntax === 'reference') Object.assign(link, sizeBehind(text, link));
  }
  return links.sort((one, other) => one.rawStart - other.rawStart);
}

/** `{width=300 height=200}` of Pandoc and kramdown, and ` =300x200` within the link. */
function sizeBehind(text: string, { pathEnd, rawEnd, syntax }: ImageLink): Partial<ImageLink> {
  const inside = syntax === 'markdown' ? /\s=(\d{1,5})?x(\d{1,5})?\s*\)$/.exec(text.slice(pathEnd, rawEnd)) : null;
  if (inside) return sizeOf(inside[1], inside[2]);
  const attributes = /^\{:?\s*([^{}\n]{0,300})\}/.exec(text.slice(rawEnd, rawEnd + 310))?.[1] ?? '';
  const option = (name: string): string | undefined => new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*["']?([\\w.%]+)`).exec(attributes)?.[1];
  return sizeOf(option('width'), option('height'));
}

/** The title of the front matter stands above all. */
function headingsOf(text: string, events: readonly Event[]): Heading[] {
  const headings: Heading[] = [];
  for (const [kind, token, context] of events) {
    if (kind !== 'exit') continue;
    const { type } = token as { type: string };
    if (type === 'atxHeadingText' || type === 'setextHeadingText') headings.push({ offset: token.start.offset, words: plainWords(decodeString(context.sliceSerialize(token))) });
    if (type !== 'yaml' && type !== 'toml') continue;
    const title = /^title\s*[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*))/m.exec(text.slice(token.start.offset, token.end.offset));
    if (title) headings.push({ offset: 0, words: plainWords(title[1] ?? title[2] ?? title[3] ?? '') });
  }
  return headings;
}

interface Destination {
  url: string;
  title?: string;
  start: number;
  end: number;
}

/** What is known of an image between its start and its end. */
interface OpenImage {
  alt: string;
  label: string;
  identifier: string;
  destination: Destination | undefined;
  isReference: boolean;
  title: string;
}

function imagesOf(events: readonly Event[]): ImageLink[] {
  const definitions = definitionsOf(events);
  const links: ImageLink[] = [];
  let image: OpenImage | undefined;
  // Links and images inside an alternative text give it their words only.
  let depth = 0;
  let asideDepth = 0;
  for (const [kind, token, context] of events) {
    const { type } = token;
    if (type === 'image') {
      depth += kind === 'enter' ? 1 : -1;
      if (kind === 'enter' && depth === 1) image = { alt: '', label: '', identifier: '', destination: undefined, isReference: true, title: '' };
      if (kind === 'exit' && depth === 0 && image) {
        const destination = image.isReference ? definitions.get(normalizeIdentifier(image.identifier || image.label)) : image.destination;
        if (destination) links.push(linkOf(token, image, destination));
        image = undefined;
      }
    } else if (type === 'resource' || type === 'reference') {
      asideDepth += kind === 'enter' ? 1 : -1;
      if (image && depth === 1 && type === 'resource') image.isReference = false;
    } else if (image && kind === 'exit') {
      if (asideDepth === 0) image.alt += altPart(type, () => context.sliceSerialize(token));
      if (depth !== 1) continue;
      if (type === 'labelText') image.label = context.sliceSerialize(token);
      if (type === 'referenceString') image.identifier = context.sliceSerialize(token);
      if (type === 'resourceTitleString') image.title = decodeString(context.sliceSerialize(token));
      if (type === 'resourceDestinationString') image.destination = destinationOf(token, context.sliceSerialize(token));
    }
  }
  return links;
}

function linkOf(token: Token, { alt, isReference, title }: OpenImage, { url, start, end, title: definedTitle }: Destination): ImageLink {
  return {
    alt: withoutEmphasis(alt),
    ...withWords({ title: isReference ? definedTitle : title }),
    url,
    path: pathOfUrl(url),
    rawStart: token.start.offset,
    rawEnd: token.end.offset,
    pathStart: start,
    pathEnd: end,
    syntax: isReference ? 'reference' : 'markdown',
  };
}

/** Stand in for the marks of emphasis that are meant literally. */
const LITERAL_MARKS: readonly (readonly [mark: string, standIn: string])[] = [['*', '\uE000'], ['_', '\uE001']];
const END = '\uE002';
const LONGEST_ALT_CHARACTERS = 2000;
const ONLY_EMPHASIS = { disable: { null: ['autolink', 'characterEscape', 'characterReference', 'codeText', 'hardBreakEscape', 'htmlText', 'labelEnd', 'labelStartImage', 'labelStartLink'] } };

/** The words between the marks of emphasis, as readers get them. */
function withoutEmphasis(alt: string): string {
  let words = alt;
  if (/[*_]/.test(alt) && alt.length <= LONGEST_ALT_CHARACTERS) {
    // Blanks at the end of a text would be dropped.
    const events = postprocess(parse({ extensions: [ONLY_EMPHASIS] }).text().write(preprocess()(`${alt}${END}`, undefined, true)));
    words = events.map(([kind, token, context]) => (kind === 'exit' ? altPart(token.type, () => context.sliceSerialize(token)) : '')).join('').replace(END, '');
  }
  for (const [mark, standIn] of LITERAL_MARKS) words = words.replaceAll(standIn, mark);
  return words;
}

function literal(text: string): string {
  let kept = text;
  for (const [mark, standIn] of LITERAL_MARKS) kept = kept.replaceAll(mark, standIn);
  return kept;
}

/** What a token adds to an alternative text. */
function altPart(type: Token['type'], text: () => string): string {
  switch (type) {
    case 'data':
      return text();
    case 'characterEscapeValue':
    case 'codeTextData':
    case 'autolinkProtocol':
    case 'autolinkEmail':
      return literal(text());
    case 'characterReference':
      return literal(decodeString(text()));
    case 'lineEnding':
      return ' ';
    default:
      return '';
  }
}

/** By normalised identifier; the first of each counts (CommonMark, 4.7). */
function definitionsOf(events: readonly Event[]): Map<string, Destination> {
  const definitions = new Map<string, Destination>();
  let identifier = '';
  let last: Destination | undefined;
  for (const [kind, token, context] of events) {
    if (kind !== 'exit') continue;
    if (token.type === 'definitionLabelString') identifier = normalizeIdentifier(context.sliceSerialize(token));
    if (token.type === 'definitionDestinationString' && !definitions.has(identifier)) {
      last = destinationOf(token, context.sliceSerialize(token));
      definitions.set(identifier, last);
    }
    if (token.type === 'definitionTitleString' && last) last.title = decodeString(context.sliceSerialize(token));
    if (token.type === 'definition') last = undefined;
  }
  return definitions;
}

function destinationOf(token: Token, written: string): Destination {
  return { url: decodeString(written), start: token.start.offset, end: token.end.offset };
}

/** Links of each stretch of raw HTML, read with all that is not HTML in it (such as `> ` of a quote) blanked out. */
function rawHtmlOf(text: string, events: readonly Event[]): ImageLink[] {
  const links: ImageLink[] = [];
  let html = '';
  let start = 0;
  for (const [kind, token] of events) {
    const { type } = token;
    if (kind === 'enter' && (type === 'htmlFlow' || type === 'htmlText')) [html, start] = ['', token.start.offset];
    else if (kind === 'exit' && (type === 'htmlFlowData' || type === 'htmlTextData')) {
      html = html.padEnd(token.start.offset - start) + text.slice(token.start.offset, token.end.offset);
    } else if (kind === 'exit' && (type === 'htmlFlow' || type === 'htmlText')) links.push(...findHtmlLinks(html, start));
  }
  return links;
}
