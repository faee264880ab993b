// Finds the image macros of AsciiDoc, with the folder that the document says its images lie in.
import { giveHeadings, type Heading, plainWords } from './headings.ts';
import { type ImageLink, pathOfUrl, sizeOf, withWords } from './imageLink.ts';

/** Delimited blocks whose text is taken as it is: https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/ */
const VERBATIM = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3,}.*)$/;
const LISTING = /^\[(?:source|listing|literal|,|stem|latexmath|asciimath|plantuml|mermaid|ditaa|graphviz|pass)\b.*\]$|^\[,.*\]$/;
/** The image macros: https://docs.asciidoctor.org/asciidoc/latest/macros/images/ */
const MACRO = /(?<![\w\\+`:])image::?(?![:\s])([^[\]\n]*?)\[((?:[^\]\\\n]|\\.)*)\]/g;

export function findAsciidocLinks(text: string): ImageLink[] {
  const links: ImageLink[] = [];
  const headings: Heading[] = [];
  let fence: string | undefined;
  let isListing = false;
  let folder = '';
  let title = '';
  const attributes = new Map<string, string>();
  for (const { 0: whole, index, 1: line = '' } of text.matchAll(/([^\r\n]*)(?:\r?\n|\r|$)/g)) {
    if (whole === '') break;
    const trimmed = line.trimEnd();
    if (fence !== undefined) {
      if (trimmed === fence) fence = undefined;
      continue;
    }
    // The style of a listing holds for one paragraph, and an indented paragraph is one by itself.
    if (isListing && trimmed !== '' && !VERBATIM.test(trimmed)) continue;
    isListing = LISTING.test(trimmed) || (isListing && trimmed !== '');
    if (VERBATIM.test(trimmed)) fence = trimmed.startsWith('```') ? '```' : trimmed;
    const attribute = /^(?:if\w*::[^[]*\[)?:(!?)([\w-]+)(!?):\s*(.*?)\]?$/.exec(trimmed);
    const heading = /^(={1,6}|#{1,6})\s+(.*)$/.exec(trimmed);
    if (fence !== undefined || trimmed.startsWith('//')) continue;
    if (attribute) {
      const value = fill(attribute[4] ?? '', attributes);
      attributes.set(attribute[2] ?? '', value);
      if (attribute[2] === 'imagesdir') folder = attribute[1] || attribute[3] ? '' : value;
    }
    if (heading) headings.push({ offset: index, words: plainWords(heading[2] ?? '') });
    for (const macro of line.matchAll(MACRO)) links.push(...linkOf(macro, index, folder, title, attributes));
    if (/^\.[^.\s]/.test(trimmed)) title = plainWords(trimmed.slice(1));
    // Lines of attributes stand between a title and its block.
    else if (!/^\[.*\]$/.test(trimmed)) title = '';
  }
  giveHeadings(links, headings);
  return links;
}

function linkOf(macro: RegExpExecArray, lineStart: number, folder: string, title: string, attributes: ReadonlyMap<string, string>): ImageLink[] {
  const [raw, written = '', list = ''] = macro;
  const target = fill(written, attributes);
  if (target.trim() === '') return [];
  const rawStart = lineStart + macro.index;
  const pathStart = rawStart + raw.indexOf(written, 6);
  const { positional, named } = readAttributes(list);
  const isElsewhere = /^[a-z][\w+.-]*:|^\//i.test(folder) || /^[a-z][\w+.-]*:|^\//i.test(target);
  return [{
    alt: named.get('alt') ?? positional[0] ?? '',
    ...withWords({ caption: named.get('title') ?? title }),
    url: target,
    path: pathOfUrl(target),
    ...(folder === '' || isElsewhere ? {} : { folders: [folder] }),
    rawStart,
    rawEnd: rawStart + raw.length,
    pathStart,
    pathEnd: pathStart + written.length,
    ...sizeOf(named.get('width') ?? positional[1], named.get('height') ?? positional[2]),
    syntax: 'asciidoc',
  }];
}

/** `{name}` where the document itself says what it is. */
function fill(text: string, attributes: ReadonlyMap<string, string>): string {
  return text.replace(/\{([\w-]+)\}/g, (reference, name: string) => attributes.get(name) ?? reference);
}

/** The attribute list of a macro: https://docs.asciidoctor.org/asciidoc/latest/attributes/positional-and-named-attributes/ */
function readAttributes(list: string): { positional: string[]; named: Map<string, string> } {
  const positional: string[] = [];
  const named = new Map<string, string>();
  for (const [, name, double, single, plain = ''] of list.matchAll(/\s*(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^,]*))\s*(?:,|$)/g)) {
    const value = (double ?? single ?? plain.trim()).replace(/\\(["'\]])/g, '$1');
    if (name === undefined) positional.push(value);
    else named.set(name, value);
  }
  return { positional, named };
}
