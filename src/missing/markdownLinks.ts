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
import { type ImageLink, pathOfUrl } from './imageLink.ts';
import { findJsxLinks } from './jsxLinks.ts';

/** The links of CommonMark with front matter, in order; not those in code, comments and front matter. */
export function findMarkdownLinks(text: string): ImageLink[] {
  const events = tokenize(text, [frontmatter(['yaml', 'toml'])]);
  return inOrder([...imagesOf(events), ...rawHtmlOf(text, events)]);
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
  return inOrder([...imagesOf(events), ...findJsxLinks(events)].filter((link) => !isInScript(link)));
}

type Extensions = NonNullable<NonNullable<Parameters<typeof parse>[0]>['extensions']>;

function tokenize(text: string, extensions: Extensions): Event[] {
  // A byte order mark would be dropped, and with it every offset moved.
  const kept = text.replace(/^\uFEFF/, ' ');
  return postprocess(parse({ extensions }).document().write(preprocess()(kept, undefined, true)));
}

function inOrder(links: ImageLink[]): ImageLink[] {
  return links.sort((one, other) => one.rawStart - other.rawStart);
}

interface Destination {
  url: string;
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
      if (kind === 'enter' && depth === 1) image = { alt: '', label: '', identifier: '', destination: undefined, isReference: true };
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
      if (type === 'resourceDestinationString') image.destination = destinationOf(token, context.sliceSerialize(token));
    }
  }
  return links;
}

function linkOf(token: Token, { alt, isReference }: OpenImage, { url, start, end }: Destination): ImageLink {
  return {
    alt,
    url,
    path: pathOfUrl(url),
    rawStart: token.start.offset,
    rawEnd: token.end.offset,
    pathStart: start,
    pathEnd: end,
    syntax: isReference ? 'reference' : 'markdown',
  };
}

/** What a token adds to an alternative text. */
function altPart(type: Token['type'], text: () => string): string {
  switch (type) {
    case 'data':
    case 'characterEscapeValue':
    case 'codeTextData':
    case 'autolinkProtocol':
    case 'autolinkEmail':
      return text();
    case 'characterReference':
      return decodeString(text());
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
  for (const [kind, token, context] of events) {
    if (kind !== 'exit') continue;
    if (token.type === 'definitionLabelString') identifier = normalizeIdentifier(context.sliceSerialize(token));
    if (token.type === 'definitionDestinationString' && !definitions.has(identifier)) {
      definitions.set(identifier, destinationOf(token, context.sliceSerialize(token)));
    }
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
