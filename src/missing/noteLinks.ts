// Finds the image links that tools add to Markdown: Obsidian's embeds and Hugo's figures.
import type { Event } from 'micromark-util-types';
import { type ImageLink, pathOfUrl, sizeOf, withWords } from './imageLink.ts';

/** https://help.obsidian.md/embeds: a path of the vault, and behind a bar words or a size; in a table the bar is escaped. */
const EMBED = /!\[\[([^[\]|#\n\\]+\.(?:png|jpe?g|webp|gif|svg|avif|bmp)[ \t]*)(?:#[^[\]|\n\\]*)?((?:\\?\|[^[\]\n]*)?)\]\]/gi;
/** https://gohugo.io/shortcodes/figure/ */
const FIGURE = /\{\{([<%])\s*figure\s((?:[^"`{}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*?)\/?\s*[>%]\}\}/g;
const PARAMETER = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|([^\s"`>]+))/g;
/** Their text is no Markdown. */
const OPAQUE = new Set<string>(['codeFenced', 'codeIndented', 'codeText', 'htmlFlow', 'htmlText', 'yaml', 'toml']);

export function findNoteLinks(text: string, events: readonly Event[]): ImageLink[] {
  const embeds = [...text.matchAll(EMBED)];
  const figures = [...text.matchAll(FIGURE)];
  if (embeds.length + figures.length === 0) return [];
  const opaque = events.flatMap(([kind, { type, start, end }]) => (kind === 'enter' && OPAQUE.has(type) ? [[start.offset, end.offset] as const] : []));
  const links = [...embeds.map(linkOfEmbed), ...figures.flatMap(linkOfFigure)];
  return links.filter(({ rawStart }) => !opaque.some(([start, end]) => start <= rawStart && rawStart < end));
}

function linkOfEmbed({ 0: raw, index, 1: written = '', 2: behind = '' }: RegExpExecArray): ImageLink {
  const path = written.trim();
  const pathStart = index + raw.indexOf(path);
  const words = behind.replace(/^\\?\|/, '').replaceAll('\\|', '|');
  const size = /^(?:.*\|)?\s*(\d{1,5})\s*x\s*(\d{1,5})\s*$/.exec(words);
  return { alt: words, url: path, path, rawStart: index, rawEnd: index + raw.length, pathStart, pathEnd: pathStart + path.length, ...sizeOf(size?.[1], size?.[2]), syntax: 'wiki' };
}

function linkOfFigure({ 0: raw, index, 2: list = '' }: RegExpExecArray): ImageLink[] {
  const values = new Map<string, { value: string; start: number; length: number }>();
  const listStart = index + raw.indexOf(list, 3);
  for (const { 0: whole, index: at, 1: name = '', 2: quoted, 3: plain, 4: bare } of list.matchAll(PARAMETER)) {
    const written = quoted ?? plain ?? bare ?? '';
    const start = listStart + at + whole.length - written.length - (bare === undefined ? 1 : 0);
    if (!values.has(name)) values.set(name, { value: quoted === undefined ? written : written.replace(/\\(.)/g, '$1'), start, length: written.length });
  }
  const source = values.get('src');
  if (!source || source.value.trim() === '') return [];
  const valueOf = (name: string): string | undefined => values.get(name)?.value;
  return [{
    alt: valueOf('alt') ?? '',
    ...withWords({ caption: valueOf('caption'), title: valueOf('title') }),
    url: source.value,
    path: pathOfUrl(source.value),
    rawStart: index,
    rawEnd: index + raw.length,
    pathStart: source.start,
    pathEnd: source.start + source.length,
    ...sizeOf(valueOf('width'), valueOf('height')),
    syntax: 'markdown',
  }];
}
