// Finds where an image goes in reStructuredText: behind the block that stands as deep as its lines.
import { type Block, type Line, linesOf, placeAmong } from './flow.ts';
import { type ImagePlace, indentAt, type PlaceQuestion } from './place.ts';

// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
const ADORNMENT = /^([!-/:-@[-`{-~])\1*[ \t]*$/;
const BULLET = /^[ \t]*(?:[-*+•‣⁃]|\(?(?:\d+|[a-zA-Z]|[ivxlcdmIVXLCDM]+|#)[.)])(?:[ \t]+|$)/;
const FIELD = /^[ \t]*:(?![: ])(?:\\.|[^:\\])*?(?<! ):(?:[ \t]+|$)/;
const OPTION = /^[ \t]*(?:-\w|--\w[\w-]*|\/\w)(?:[ =]\S+)?(?:, (?:-\w|--\w[\w-]*)(?:[ =]\S+)?)*(?: {2,}|$)/;
const EXPLICIT = /^[ \t]*\.\.(?:[ \t]+|$)/;
const DIRECTIVE = /^[ \t]*\.\.[ \t]+(?:\|[^|]+\|[ \t]+)?([\w.+:-]+?)::(?:[ \t]|$)/;
/** Directives whose content is text of the document; the content of any other is its own. */
const BODIES = /^(?:admonition|attention|caution|danger|error|hint|important|note|tip|warning|seealso|versionadded|versionchanged|deprecated|topic|sidebar|container|compound|epigraph|highlights|pull-quote|class|rst-class|only|tab-item|tab-set|dropdown|card|grid|grid-item|collapse|todo)$/;

export function placeInRest(question: PlaceQuestion): ImagePlace {
  const blocks = blocksOf(linesOf(question.text));
  markHead(question.text, blocks);
  // What stands deeper than an image right behind it would be taken for the image's own content.
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    if (next && indentAt(question.text, next.start).length > block.prefix.length) block.isHead = true;
  }
  return placeAmong(question, blocks);
}

/** The document's title, subtitle and data are that only as long as nothing is between them: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#document-structure */
function markHead(text: string, blocks: readonly Block[]): void {
  const isTitle = ({ start, end }: Block): boolean => /^(?:[^\s].*\r?\n)?(?![ \t]).*\r?\n([!-/:-@[-`{-~])\1+[ \t]*$/.test(text.slice(start, end)) && !EXPLICIT.test(text.slice(start, end));
  const first = blocks.findIndex(({ start }) => !EXPLICIT.test(text.slice(start, start + 3)));
  const title = blocks[first];
  if (!title || !isTitle(title)) return;
  title.isFirst = true;
  let last = title;
  for (const block of blocks.slice(first + 1)) {
    if (!(isTitle(block) && last === title) && !FIELD.test(text.slice(block.start, block.end))) break;
    [last.isHead, block.isFirst, last] = [true, true, block];
  }
}

function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let index = 0;
  /** Set while the text before ended in `::`: what stands deeper is literal. */
  let literal: number | undefined;
  while (index < lines.length) {
    const line = lines[index];
    if (!line || line.isBlank) {
      index++;
      continue;
    }
    const depth = depthOf(line.text);
    const block = readBlock(lines, index, depth, literal, lines[index - 1], blocks.at(-1));
    blocks.push(block.block);
    literal = block.endsInColons ? block.block.prefix.length : undefined;
    if (block.endsInColons) block.block.isHead = true;
    index = block.next;
  }
  return blocks;
}

interface Read {
  block: Block;
  next: number;
  endsInColons: boolean;
}

function readBlock(lines: readonly Line[], index: number, depth: number, literal: number | undefined, before: Line | undefined, previous: Block | undefined): Read {
  const line = lines[index];
  if (!line) return { block: { start: 0, end: 0, prefix: '' }, next: index + 1, endsInColons: false };
  const made = (last: number, prefix: string, more: Partial<Block> = {}): Read => ({ block: { start: line.start, end: lines[last]?.end ?? line.end, prefix, ...more }, next: last + 1, endsInColons: false });
  const indent = line.text.slice(0, line.text.length - line.text.trimStart().length);
  if (literal !== undefined && depth > literal) return made(deeperEnd(lines, index, literal), ' '.repeat(literal));
  if (literal !== undefined && depth === literal && /^[ \t]*[!-/:-@[-`{-~]/.test(line.text) && before?.isBlank && isQuotedLiteral(lines, index)) return made(sameEnd(lines, index), indent);
  const isFirst = index === 0 || lines.slice(0, index).every(({ isBlank }) => isBlank);
  // Title with lines above and below, or below only; a transition.
  if (depth === 0 && ADORNMENT.test(line.text) && line.text.trim().length > 1) {
    const isTitle = lines[index + 1]?.isBlank === false && ADORNMENT.test(lines[index + 2]?.text ?? '') && !lines[index + 2]?.isBlank;
    return made(isTitle ? index + 2 : index, '');
  }
  if (lines[index + 1]?.isBlank === false && depth === 0 && ADORNMENT.test(lines[index + 1]?.text ?? '') && (lines[index + 1]?.text.trim().length ?? 0) >= Math.min(4, line.text.trim().length) && !BULLET.test(lines[index + 1]?.text.concat(' x') ?? '')) return made(index + 1, '');
  // Grid and simple tables.
  if (/^[ \t]*\+[-=+]+\+[ \t]*$/.test(line.text)) return made(tableEnd(lines, index, /^[ \t]*[+|]/), indent);
  if (/^[ \t]*=+(?:[ \t]+=+)+[ \t]*$/.test(line.text)) return made(simpleTableEnd(lines, index), indent);
  if (EXPLICIT.test(line.text)) return explicitBlock(lines, index, depth, indent, made);
  if (/^[ \t]*__(?:[ \t]|$)|^>>> /.test(line.text)) return made(sameEnd(lines, index), indent);
  const marker = BULLET.exec(line.text) ?? FIELD.exec(line.text) ?? OPTION.exec(line.text);
  if (marker && (before?.isBlank !== false || isAfterItem(previous, line))) return item(lines, index, marker[0], isFirst, made);
  // A term and its definition.
  const below = lines[index + 1];
  const isTerm = below && !below.isBlank && depthOf(below.text) > depth;
  const last = isTerm ? index : sameEnd(lines, index);
  const read = made(last, indent, isTerm ? { isHead: true } : {});
  read.endsInColons = /::[ \t]*$/.test(lines[last]?.text ?? '');
  return read;
}

type Make = (last: number, prefix: string, more?: Partial<Block>) => Read;

/** Comments, targets, footnotes and directives: see "Explicit Markup Blocks". */
function explicitBlock(lines: readonly Line[], index: number, depth: number, indent: string, made: Make): Read {
  const text = lines[index]?.text ?? '';
  const name = DIRECTIVE.exec(text)?.[1];
  const footnote = /^[ \t]*\.\.[ \t]+\[[^\]]+\][ \t]+/.exec(text);
  if (footnote) return made(Math.max(index, paragraphEnd(lines, index, depth)), `${indent}   `);
  if (name === undefined || !BODIES.test(name)) return made(deeperEnd(lines, index, depth), indent);
  // Its arguments and options; the content follows as blocks of their own.
  let last = index;
  while (lines[last + 1]?.isBlank === false && FIELD.test(lines[last + 1]?.text ?? '') && depthOf(lines[last + 1]?.text ?? '') > depth) last++;
  const hasText = /::[ \t]+\S/.test(text);
  if (last === index && hasText) last = paragraphEnd(lines, index, depth);
  const content = lines.slice(last + 1).find(({ isBlank }) => !isBlank);
  const hasContent = content !== undefined && depthOf(content.text) > depth;
  // The first line of a note is its text as well.
  if (!hasContent) return made(last, hasText ? `${indent}   ` : indent);
  return made(last, ' '.repeat(depthOf(content.text)), { isHead: true });
}

function item(lines: readonly Line[], index: number, marker: string, isFirst: boolean, made: Make): Read {
  const depth = depthOf(lines[index]?.text ?? '');
  const last = paragraphEnd(lines, index, depth);
  const second = lines[index + 1];
  const isBody = second && !second.isBlank && depthOf(second.text) > depth;
  const isField = FIELD.test(lines[index]?.text ?? '');
  // Fields at the top are the document's own data, which take no image.
  if (isFirst && isField) {
    let end = last;
    while (lines[end + 1]?.isBlank === false) end++;
    return made(end, '', { isFirst: true });
  }
  const prefix = isBody ? ' '.repeat(depthOf(second.text)) : isField ? `${' '.repeat(depth)}   ` : marker.replace(/\S/g, ' ');
  const read = made(last, prefix);
  read.endsInColons = /::[ \t]*$/.test(lines[last]?.text ?? '');
  return read;
}

function isAfterItem(previous: Block | undefined, line: Line): boolean {
  return previous !== undefined && previous.end + 2 >= line.start;
}

function depthOf(text: string): number {
  return text.replace(/\t/g, '        ').search(/\S|$/);
}

/** Last line of the paragraph that begins here: its lines stand deeper than `depth`, or as deep. */
function paragraphEnd(lines: readonly Line[], index: number, depth: number): number {
  let last = index;
  while (lines[last + 1]?.isBlank === false && depthOf(lines[last + 1]?.text ?? '') > depth && !BULLET.test(lines[last + 1]?.text ?? '')) last++;
  return last;
}

function sameEnd(lines: readonly Line[], index: number): number {
  let last = index;
  while (lines[last + 1]?.isBlank === false) last++;
  return last;
}

/** Last line of what stands deeper than `depth`, with the empty lines in between. */
function deeperEnd(lines: readonly Line[], index: number, depth: number): number {
  let last = index;
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next];
    if (!line || line.isBlank) continue;
    if (depthOf(line.text) <= depth) break;
    last = next;
  }
  return last;
}

function isQuotedLiteral(lines: readonly Line[], index: number): boolean {
  const mark = lines[index]?.text.trim()[0];
  return lines.slice(index, sameEnd(lines, index) + 1).every(({ text }) => text.trim()[0] === mark);
}

function tableEnd(lines: readonly Line[], index: number, row: RegExp): number {
  let last = index;
  while (row.test(lines[last + 1]?.text ?? '')) last++;
  return last;
}

/** A simple table ends with its last border; one in the middle is followed by a row. */
function simpleTableEnd(lines: readonly Line[], index: number): number {
  let last = index;
  for (let next = index + 1; next < lines.length; next++) {
    if (!/^[ \t]*=+(?:[ \t]+=+)*[ \t]*$/.test(lines[next]?.text ?? '')) continue;
    last = next;
    if (lines[next + 1]?.isBlank !== false) return last;
  }
  return last;
}
