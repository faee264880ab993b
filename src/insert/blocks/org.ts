// Finds where an image goes in Org: behind the element, within its item or block, or in the cell of a table.
import { type Block, type Line, linesOf, placeAmong } from './flow.ts';
import { beforeBackslashes, inLine, type ImagePlace, type PlaceQuestion } from './place.ts';

// https://orgmode.org/worg/org-syntax.html
const ITEM = /^([ \t]*(?:[-+]|\d+[.)]|[a-zA-Z][.)])|[ \t]+\*)(?:[ \t]+|$)/;
const BEGIN = /^[ \t]*#\+begin(?:_(\S+)|:)/i;
/** Blocks whose content is elements. */
const GREATER = /^(?:quote|center|note|tip|warning|important|caution|abstract|details|summary|sidebar)$/i;
const AFFILIATED = /^[ \t]*#\+(?:caption|name|header|headers|plot|results|attr_\w+)(?:\[.*\])?:/i;
const DRAWER = /^[ \t]*:[\w-]+:[ \t]*$/;
const PLANNING = /^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):/;

export function placeInOrg(question: PlaceQuestion): ImagePlace {
  const { text, end, mode, block } = question;
  const lines = linesOf(text);
  const line = lines.find((each) => each.start <= end && end <= each.end);
  if (mode === 'cursor' && !block && line && isRow(line.text) && isInTable(lines, line)) {
    const [first, last] = [line.text.indexOf('|'), line.text.lastIndexOf('|')];
    const column = end - line.start;
    if (first < column && column <= last) return inLine(beforeBackslashes(text, end));
  }
  return placeAmong(question, blocksOf(lines));
}

function isRow(text: string): boolean {
  return /^[ \t]*\|(?!-)/.test(text);
}

/** Not within a block of source or an example. */
function isInTable(lines: readonly Line[], line: Line): boolean {
  return blocksOf(lines).some(({ start, end }) => start <= line.start && line.end <= end && /^[ \t]*\|/.test(lines.find((each) => each.start === start)?.text ?? ''));
}

function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let item: { depth: number; prefix: string } | undefined;
  let blanks = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    if (line.isBlank) {
      // Two empty lines end a list.
      if (++blanks > 1) item = undefined;
      continue;
    }
    blanks = 0;
    const depth = line.text.search(/\S/);
    if (item && depth <= item.depth && !ITEM.test(line.text)) item = undefined;
    const marker = ITEM.exec(line.text);
    if (marker) item = { depth, prefix: ' '.repeat(depth + 2 + Math.max(0, (marker[1]?.trim().length ?? 1) - 1)) };
    const last = elementEnd(lines, index, marker !== null);
    blocks.push({ start: line.start, end: lines[last]?.end ?? line.end, prefix: item?.prefix ?? '', isHead: AFFILIATED.test(line.text) && last === index });
    index = last;
  }
  return blocks;
}

function elementEnd(lines: readonly Line[], index: number, isItem: boolean): number {
  const text = lines[index]?.text ?? '';
  if (/^\*+[ \t]/.test(text)) return headlineEnd(lines, index);
  const begin = BEGIN.exec(text);
  const end = begin && !GREATER.test(begin[1] ?? '') ? closing(lines, index, begin[1] === undefined ? /^[ \t]*#\+end:/i : new RegExp(`^[ \\t]*#\\+end_${begin[1].replace(/[^\w-]/g, '.')}[ \\t]*$`, 'i')) : index;
  if (end > index) return end;
  if (GREATER.test(begin?.[1] ?? /^[ \t]*#\+end_(\S+)/i.exec(text)?.[1] ?? '')) return index;
  if (DRAWER.test(text) && !/^[ \t]*:end:/i.test(text)) return closing(lines, index, /^[ \t]*:end:[ \t]*$/i);
  const environment = /^[ \t]*\\begin\{([^}]+)\}/.exec(text);
  if (environment) return closing(lines, index, new RegExp(`\\\\end\\{${(environment[1] ?? '').replace(/[^\w]/g, '.')}\\}`));
  if (/^[ \t]*\|/.test(text)) return runEnd(lines, index, /^[ \t]*(?:\||#\+tblfm:)/i);
  if (/^[ \t]*:(?: |$)/.test(text)) return runEnd(lines, index, /^[ \t]*:(?: |$)/);
  if (/^[ \t]*#(?: |$)/.test(text)) return runEnd(lines, index, /^[ \t]*#(?: |$)/);
  if (/^[ \t]*#\+\S*:/.test(text)) return AFFILIATED.test(text) ? index : runEnd(lines, index, /^[ \t]*#\+(?!begin|end|caption|name|attr_)/i);
  let last = index;
  for (let next = index + 1; next < lines.length; next++) {
    const below = lines[next];
    if (!below || below.isBlank || /^\*+[ \t]|^[ \t]*(?:\||#(?:\+| |$)|:(?: |$)|\[fn:)/.test(below.text) || ITEM.test(below.text) || DRAWER.test(below.text) || /^[ \t]*\\begin\{/.test(below.text)) break;
    if (isItem && below.text.search(/\S/) <= (lines[index]?.text.search(/\S/) ?? 0)) break;
    last = next;
  }
  return last;
}

/** A headline's planning and its properties stand right below it. */
function headlineEnd(lines: readonly Line[], index: number): number {
  let last = index;
  if (PLANNING.test(lines[last + 1]?.text ?? '')) last++;
  if (/^[ \t]*:(?:properties|logbook):[ \t]*$/i.test(lines[last + 1]?.text ?? '')) last = closing(lines, last + 1, /^[ \t]*:end:[ \t]*$/i);
  return last;
}

function closing(lines: readonly Line[], index: number, end: RegExp): number {
  const found = lines.findIndex(({ text }, other) => other > index && (end.test(text) || /^\*+[ \t]/.test(text)));
  // Without its end, which a headline takes away, it is a line of text.
  return found < 0 || !end.test(lines[found]?.text ?? '') ? index : found;
}

function runEnd(lines: readonly Line[], index: number, row: RegExp): number {
  let last = index;
  while (lines[last + 1] && row.test(lines[last + 1]?.text ?? '')) last++;
  return last;
}
