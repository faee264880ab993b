// Finds where an image goes among blocks that stand under each other: in front of one, behind it, or on a line between.
import { indentAt, lineEnd, lineStart, nextLine, type ImageForm, type ImagePlace, type PlaceQuestion } from './place.ts';

/** A block of a document whose lines belong together. */
export interface Block {
  /** Start of its first line, and end of its last one without the break. */
  start: number;
  end: number;
  /** What every line of a further block beside it begins with. */
  prefix: string;
  /** What is written between it and a block behind it; an empty line by default. */
  joint?: string | undefined;
  /** An empty line between it and a block behind it would change what it is part of. */
  isTight?: boolean;
  /** It takes an image in its text. */
  inline?: boolean;
  /** What stands behind it belongs to it: nothing comes between. */
  isHead?: boolean;
  /** Nothing comes in front of it. */
  isFirst?: boolean;
}

export interface Line {
  start: number;
  end: number;
  text: string;
  isBlank: boolean;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start: number | undefined = 0; start !== undefined; start = nextLine(text, start)) {
    const end = lineEnd(text, start);
    const own = text.slice(start, end);
    lines.push({ start, end, text: own, isBlank: own.trim() === '' });
  }
  return lines;
}

/**
 * `blocks` in order. A cursor in the text of a block leads behind it, in front of its first letter before it; only a
 * block that is `inline` takes the image where the cursor is.
 */
export function placeAmong({ text, start, end, mode }: PlaceQuestion, blocks: readonly Block[], inline?: (offset: number) => ImagePlace): ImagePlace {
  const at = mode === 'behind' && end > start ? end - 1 : end;
  const index = blocks.findIndex((block) => block.start <= at && at <= block.end);
  const block = blocks[index];
  if (!block) return onBlankLine(text, at, blocks);
  const first = block.start + indentAt(text, block.start).length;
  const isBound = (each: Block | undefined): boolean => each?.joint !== undefined || each?.isTight === true;
  if (mode === 'cursor' && block.inline && inline && at > first) return inline(at);
  const before = blocks[index - 1];
  if (mode === 'cursor' && at <= first && !block.isFirst && !before?.isHead && !isBound(block) && !isBound(before)) return inFront(text, block, before);
  let last = index;
  while (blocks[last]?.isHead && blocks[last + 1]) last++;
  return behind(text, blocks[last] ?? block);
}

/** On the lines behind a block. */
function behind(text: string, { end, prefix, joint, isTight }: Block, form: ImageForm = 'block'): ImagePlace {
  const blank = prefix.trimEnd();
  const next = nextLine(text, end);
  const isLast = next === undefined || text.slice(next, lineEnd(text, next)).trim() === '';
  if (isTight) return { start: end, end, before: `\n${prefix}`, after: '', prefix, form, separator: '\n' };
  if (joint !== undefined) return { start: end, end, before: `\n${joint}\n${prefix}`, after: '', prefix, form, separator: `\n${joint}\n` };
  return { start: end, end, before: `\n${blank}\n${prefix}`, after: isLast ? '' : '\n', prefix, form, separator: '\n\n' };
}

function inFront(text: string, block: Block, before: Block | undefined): ImagePlace {
  const { start } = block;
  const prefix = indentAt(text, start);
  // Between two items of a list it would make two lists of it: it belongs to the first one, then.
  const isItem = ({ prefix: own }: Block): boolean => own.length > prefix.length;
  if (before && isItem(before) && isItem(block)) return behind(text, before);
  const isFree = start === 0 || text.slice(lineStart(text, start - 1), start).trim() === '';
  return { start, end: start, before: (isFree ? '' : '\n') + prefix, after: '\n\n', prefix, form: 'block', separator: '\n\n' };
}

/** Where nothing stands: the line is taken, with an empty one on either side. What it is part of follows the block before it. */
function onBlankLine(text: string, at: number, blocks: readonly Block[]): ImagePlace {
  const before = blocks.findLast((block) => block.end < at);
  const next = blocks.find((block) => block.start > at);
  // A block that hangs on the one before it would let go of it.
  if (before && next && (before.isHead || next.joint !== undefined || next.isFirst)) return behind(text, before.isHead ? next : before);
  if (!before && next?.isFirst) return behind(text, lastOfHead(blocks, next));
  const start = lineStart(text, at);
  const end = lineEnd(text, at);
  const isBlank = (line: number | undefined): boolean => line === undefined || text.slice(line, lineEnd(text, line)).trim() === '';
  const prefix = next && before && next.prefix === before.prefix && before.joint === undefined ? next.prefix : (text.slice(start, end).trim() === '' ? indentOfLine(text, start, end, before) : '');
  const isAfterBlank = start === 0 || isBlank(lineStart(text, start - 1));
  return { start, end, before: (isAfterBlank ? '' : '\n') + prefix, after: isBlank(nextLine(text, end)) ? '' : '\n', prefix, form: 'block', separator: '\n\n' };
}

/** Blanks that the person typed on the empty line say how deep the image should stand. */
function indentOfLine(text: string, start: number, end: number, before: Block | undefined): string {
  const typed = text.slice(start, end).replace(/\r$/, '');
  return before && typed !== '' && before.prefix.length > 0 && typed.length >= before.prefix.length ? before.prefix : '';
}

function lastOfHead(blocks: readonly Block[], first: Block): Block {
  let last = first;
  for (const block of blocks) if (block.isFirst) last = block;
  return last;
}
