// Finds where an image goes in AsciiDoc: behind the block, attached to the list item, or within the cell of a table.
import { type Block, type Line, linesOf, placeAmong } from './flow.ts';
import { beforeBackslashes, inLine, type ImagePlace, type PlaceQuestion } from './place.ts';

// https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/
const VERBATIM = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|```.*)$/;
const COMPOUND = /^(?:={4,}|\*{4,}|_{4,}|--|~{4,})$/;
const TABLE = /^[|,:!]={3,}$/;
// https://docs.asciidoctor.org/asciidoc/latest/lists/continuation/
const ITEM = /^[ \t]*(?:-|\*{1,5}|\.{1,5}|\d+\.|[a-zA-Z]\.|[ivxIVX]+\)|<(?:\d+|\.)>)[ \t]+\S|^[ \t]*(?!\/\/)\S.*?(?::{2,4}|;;)(?:[ \t]|$)/;
const MACRO = /^[a-z]\w*::\S*\[.*\]$/;

export function placeInAsciidoc(question: PlaceQuestion): ImagePlace {
  const blocks = blocksOf(linesOf(question.text));
  const { text, end, mode } = question;
  if (mode === 'cursor') {
    const table = blocks.find((block) => block.inline && block.start < end && end < block.end);
    const cell = table && cellEnd(text, table, end);
    if (cell !== undefined) return inLine(beforeBackslashes(text, cell));
  }
  return placeAmong(question, blocks.map((block) => ({ ...block, inline: false })));
}

/** The offset, if it lies in the text of a cell: behind the first separator, on a line that has one in front of it or is text. */
function cellEnd(text: string, { start, end }: Block, at: number): number | undefined {
  const first = text.indexOf('\n', start) + 1;
  const last = text.lastIndexOf('\n', end - 1);
  if (at <= first || at > last) return undefined;
  if (!text.slice(first, at).includes('|')) return undefined;
  // In a cell's specification, such as `2+a|`, an image would undo it.
  const specification = /^[\w.+*^<>]*\|/.exec(text.slice(at, text.indexOf('\n', at)));
  return specification && /[\s|][\w.+*^<>]*$/.test(text.slice(first, at)) && !/\|[ \t]*$|[ \t]$/.test(text.slice(first, at)) ? undefined : at;
}

function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let index = headEnd(lines, blocks);
  let isAttached = false;
  const open: { mark: string; hangs: boolean }[] = [];
  let isInItem = false;
  while (index < lines.length) {
    const line = lines[index];
    if (!line) break;
    const text = line.text.trimEnd();
    if (line.isBlank) {
      index++;
      continue;
    }
    if (COMPOUND.test(text) && !isVerse(lines, index)) {
      const hung = open.at(-1)?.mark === text ? open.pop()?.hangs : undefined;
      if (hung === undefined) open.push({ mark: text, hangs: isInItem && isAttached });
      // What is in it begins anew; behind its end its list goes on if it is attached to an item.
      isInItem = hung === true;
      isAttached = false;
      blocks.push({ start: line.start, end: line.end, prefix: '', joint: hung ? '+' : undefined, isHead: hung === undefined });
      index++;
      continue;
    }
    if (text === '+') {
      isAttached = true;
      index++;
      continue;
    }
    const first = index;
    const isItem = ITEM.test(text) && !MACRO.test(text);
    const kind = VERBATIM.test(text) || isVerse(lines, index) ? 'verbatim' : TABLE.test(text) ? 'table' : 'text';
    if (kind !== 'text') index = closing(lines, index);
    else if (/^={1,6}[ \t]+\S|^:!?[\w-]+!?:/.test(text) || MACRO.test(text)) while (index + 1 < lines.length && /[ \t]\\$/.test(lines[index]?.text ?? '')) index++;
    else if (!isMeta(text)) index = paragraphEnd(lines, index, isItem || (isInItem && !isAttached));
    if (isItem) isInItem = true;
    else if (kind === 'text' && !isAttached && first > 0 && lines[first - 1]?.isBlank && !/^[ \t]/.test(line.text)) isInItem = false;
    const hangs = isItem || (isInItem && isAttached);
    blocks.push({ start: line.start, end: lines[index]?.end ?? line.end, prefix: '', joint: hangs ? '+' : undefined, inline: kind === 'table' && hasBars(lines, first), isHead: kind === 'text' && isMeta(text) });
    if (!isMeta(text)) isAttached = false;
    index++;
  }
  return blocks;
}

/** The title, its author, revision and attributes take nothing between them: https://docs.asciidoctor.org/asciidoc/latest/document/header/ */
function headEnd(lines: readonly Line[], blocks: Block[]): number {
  let index = 0;
  while (index < lines.length && (lines[index]?.isBlank || /^\/\/(?!\/)/.test(lines[index]?.text ?? ''))) index++;
  const start = lines[index];
  if (!start || !/^(?:=[ \t]+\S|:!?[\w-]+!?:)/.test(start.text)) return 0;
  while (index + 1 < lines.length && !lines[index + 1]?.isBlank) index++;
  blocks.push({ start: lines[0]?.start ?? 0, end: lines[index]?.end ?? start.end, prefix: '', isFirst: true });
  return index + 1;
}

/** A title, attributes or an anchor belong to the block behind them. */
function isMeta(text: string): boolean {
  return /^\[(?!\[.*\]\]\S)[^\]]*\].*$/.test(text) && /\]$/.test(text) ? true : /^\.(?![\s.])\S/.test(text);
}

/** Cells that anything else parts are no place for a link, which may hold it: https://docs.asciidoctor.org/asciidoc/latest/tables/data-format/ */
function hasBars(lines: readonly Line[], index: number): boolean {
  if (!/^[|!]/.test(lines[index]?.text ?? '')) return false;
  for (let above = index - 1; isMeta(lines[above]?.text.trimEnd() ?? ''); above--) if (/\b(?:format|separator)[ \t]*=/.test(lines[above]?.text ?? '')) return false;
  return true;
}

/** A quote in which line breaks count is no place for blocks. */
function isVerse(lines: readonly Line[], index: number): boolean {
  return /^_{4,}$/.test(lines[index]?.text ?? '') && /^\[verse/.test(lines[index - 1]?.text ?? '');
}

function closing(lines: readonly Line[], index: number): number {
  const mark = (lines[index]?.text ?? '').trimEnd().replace(/^```.*/, '```');
  const found = lines.findIndex(({ text }, other) => other > index && text.trimEnd() === mark);
  return found < 0 ? lines.length - 1 : found;
}

function paragraphEnd(lines: readonly Line[], index: number, isItem: boolean): number {
  let last = index;
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next];
    const text = line?.text.trimEnd() ?? '';
    if (!line || line.isBlank || text === '+' || VERBATIM.test(text) || COMPOUND.test(text) || TABLE.test(text)) break;
    if (isItem && (ITEM.test(text) || isMeta(text))) break;
    if (/^\[(?:\[|[^\]]*\]$)/.test(text) && isMeta(text)) break;
    last = next;
  }
  return last;
}

