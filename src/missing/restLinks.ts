// Finds the image and figure directives of reStructuredText, with what their options and captions say.
import { giveHeadings, type Heading, plainWords } from './headings.ts';
import { type ImageLink, sizeOf, withWords } from './imageLink.ts';

/** https://docutils.sourceforge.io/docs/ref/rst/directives.html#images */
const DIRECTIVE = /^(\s*(?:[*+-] |\d+\. |\| )*)\.\.\s+(?:\|[^|]+\|\s+)?(image|figure|thumbnail)::\s*(.*)$/i;
/** An explicit block of another kind, or the mark of a literal one: what is indented below is not ours to read. */
const OPAQUE = /^\s*\.\.\s+(?:code|code-block|sourcecode|literalinclude|parsed-literal|highlight|prompt|raw|math|graphviz|doctest|testcode)::|^\s*\.\.(?:\s+(?![\w:+-]+::|\||\[|_).*)?$|^(?!\s*\.\.\s).*::\s*$/i;
/** Sections are underlined: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections */
const UNDERLINE = /^([!-/:-@[-`{-~])\1{2,}\s*$/;

interface Line {
  text: string;
  start: number;
}

export function findRestLinks(text: string): ImageLink[] {
  const lines = [...text.matchAll(/([^\r\n]*)(?:\r?\n|\r|$)/g)].map(({ index, 1: line = '' }): Line => ({ text: line, start: index }));
  const links: ImageLink[] = [];
  const headings: Heading[] = [];
  let opaqueIndent = -1;
  for (const [number, line] of lines.entries()) {
    const indent = indentOf(line.text);
    if (opaqueIndent >= 0 && (line.text.trim() === '' || indent > opaqueIndent)) continue;
    opaqueIndent = -1;
    const directive = DIRECTIVE.exec(line.text);
    if (directive) links.push(...linkOf(directive, line, lines, number));
    else if (OPAQUE.test(line.text)) opaqueIndent = indent;
    const below = lines[number + 1]?.text ?? '';
    if (UNDERLINE.test(below) && line.text.trim() !== '' && !UNDERLINE.test(line.text) && below.trim().length >= line.text.trim().length) {
      headings.push({ offset: line.start, words: plainWords(line.text) });
    }
  }
  giveHeadings(links, headings);
  return links;
}

function linkOf([whole, before = '', kind = '', written = '']: RegExpExecArray, line: Line, lines: readonly Line[], number: number): ImageLink[] {
  const path = written.trim();
  if (path === '') return [];
  const pathStart = line.start + whole.length - written.length;
  const body = bodyOf(lines, number, indentOf(before));
  const options = new Map(body.flatMap(({ text }) => {
    const option = /^\s*:([\w-]+):\s*(.*)$/.exec(text);
    return option ? [[option[1]?.toLowerCase() ?? '', option[2] ?? ''] as const] : [];
  }));
  const url = path.replace(/\\(.)/g, '$1');
  const anyEnding = /\.\*$/.test(url);
  return [{
    alt: options.get('alt') ?? '',
    ...(kind.toLowerCase() === 'figure' ? withWords({ caption: captionOf(body) }) : {}),
    url: anyEnding ? url.replace(/\*$/, 'png') : url,
    path: anyEnding ? url.replace(/\*$/, 'png') : url,
    // Sphinx takes what its builder shows: https://www.sphinx-doc.org/en/master/usage/restructuredtext/basics.html#images
    ...(anyEnding ? { otherPaths: ['svg', 'jpg', 'jpeg', 'gif', 'pdf', 'webp'].map((ending) => url.replace(/\*$/, ending)) } : {}),
    rawStart: line.start + indentOf(before),
    rawEnd: line.start + whole.trimEnd().length,
    pathStart,
    pathEnd: pathStart + path.length,
    ...sizeOf(options.get('width'), options.get('height')),
    syntax: 'rest',
  }];
}

/** The indented lines below. */
function bodyOf(lines: readonly Line[], number: number, indent: number): Line[] {
  const body: Line[] = [];
  for (const line of lines.slice(number + 1, number + 40)) {
    if (line.text.trim() !== '' && indentOf(line.text) <= indent) break;
    body.push(line);
  }
  return body;
}

/** The first paragraph behind the options. */
function captionOf(body: readonly Line[]): string {
  const first = body.findIndex(({ text }, index) => text.trim() !== '' && index > 0 && body[index - 1]?.text.trim() === '');
  if (first < 0) return '';
  const rest = body.slice(first).map(({ text }) => text.trim());
  const end = rest.indexOf('');
  const words = rest.slice(0, end < 0 ? undefined : end).join(' ');
  return words.startsWith('..') ? '' : plainWords(words.replace(/:\w+:`([^`<]*)(?:<[^`>]*>)?`/g, '$1'));
}

function indentOf(text: string): number {
  return /^\s*/.exec(text)?.[0].length ?? 0;
}
