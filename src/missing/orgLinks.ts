// Finds the images that Org shows: links to image files without a description, with their caption.
import { giveHeadings, type Heading, plainWords } from './headings.ts';
import { type ImageLink, sizeOf, withWords } from './imageLink.ts';

/** Links: https://orgmode.org/manual/Link-Format.html; images are those without a description: https://orgmode.org/manual/Images.html */
const LINK = /\[\[((?:[^[\]\\]|\\.)*)\](?:\[((?:[^\]\\]|\\.)*)\])?\]/g;
const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|xbm|xpm|pbm|pgm|ppm)$/i;

export function findOrgLinks(text: string): ImageLink[] {
  const links: ImageLink[] = [];
  const headings: Heading[] = [];
  let block: string | undefined;
  let keywords = new Map<string, string>();
  for (const { 0: whole, index, 1: line = '' } of text.matchAll(/([^\r\n]*)(?:\r?\n|\r|$)/g)) {
    if (whole === '') break;
    const begin = /^\s*#\+begin_(\S+)/i.exec(line)?.[1]?.toLowerCase();
    if (block !== undefined) {
      if (new RegExp(`^\\s*#\\+end_${block}\\s*$`, 'i').test(line)) block = undefined;
      continue;
    }
    // https://orgmode.org/manual/Literal-Examples.html
    if (begin !== undefined && /^(?:src|example|export|comment|verse)$/.test(begin)) block = begin;
    const keyword = /^\s*#\+(caption|attr_html|attr_org|attr_latex|name|title)(?:\[[^\]]*\])?:\s*(.*)$/i.exec(line);
    const heading = /^\*+\s+(?:TODO\s+|DONE\s+)?(.*?)(?:\s+:[\w@:]+:)?\s*$/.exec(line);
    if (heading) headings.push({ offset: index, words: plainWords(heading[1] ?? '') });
    if (keyword?.[1]?.toLowerCase() === 'title') headings.push({ offset: index, words: plainWords(keyword[2] ?? '') });
    if (keyword) keywords.set(keyword[1]?.toLowerCase() ?? '', `${keywords.get(keyword[1]?.toLowerCase() ?? '') ?? ''} ${keyword[2] ?? ''}`);
    if (block !== undefined || keyword || /^\s*(?:#(?:\s|$)|#\+|: )/.test(line)) continue;
    for (const found of line.matchAll(LINK)) links.push(...linkOf(found, index, keywords));
    keywords = new Map();
  }
  giveHeadings(links, headings);
  return links;
}

function linkOf({ 0: raw, index, 1: target = '', 2: description }: RegExpExecArray, lineStart: number, keywords: ReadonlyMap<string, string>): ImageLink[] {
  const isInDescription = description !== undefined;
  const written = (isInDescription ? description : target).replace(/^file:/, '');
  const isFile = isInDescription ? /^(?:file:|\.{0,2}\/)/.test(description) : /^(?:file:|\.{0,2}\/|https?:)/.test(target);
  const path = written.replace(/\\([[\]\\])/g, '$1').replace(/::.*$/, '');
  if (!isFile || (!IMAGE.test(path) && !/^https?:/.test(path))) return [];
  const rawStart = lineStart + index;
  const pathStart = rawStart + raw.lastIndexOf(written);
  const html = `${keywords.get('attr_html') ?? ''} ${keywords.get('attr_org') ?? ''}`;
  const option = (name: string): string | undefined => new RegExp(`:${name}\\s+(?:"([^"]*)"|(.*?))(?=\\s+:\\w|\\s*$)`).exec(html)?.slice(1).find((value) => value !== undefined);
  return [{
    alt: option('alt') ?? '',
    ...withWords({ caption: plainWords(keywords.get('caption') ?? ''), title: option('title') }),
    url: path,
    path,
    rawStart,
    rawEnd: rawStart + raw.length,
    pathStart,
    pathEnd: pathStart + written.length,
    ...sizeOf(option('width'), option('height')),
    syntax: 'org',
  }];
}
