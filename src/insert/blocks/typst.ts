// Finds where an image goes in Typst: behind the paragraph or the expression, or in a box within content in brackets.
import { type Block, type Line, linesOf, placeAmong } from './flow.ts';
import { beforeBackslashes, inLine, type ImagePlace, type PlaceQuestion } from './place.ts';
import { type TypstSpan, readTypst } from './typstSpans.ts';

// https://typst.app/docs/reference/syntax/
const ITEM = /^[ \t]*(?:[-+]|\d+\.)[ \t]+\S|^[ \t]*\/[ \t]+[^:\n]+:/;

export function placeInTypst(question: PlaceQuestion): ImagePlace {
  const { text, end, mode, block } = question;
  const spans = readTypst(text);
  if (mode === 'cursor' && !block) {
    const inner = spans.filter((span) => span.start < end && end < span.end).at(-1);
    // On lines of its own content is laid out like the document.
    if (inner?.kind === 'content' && !inner.isBlock) return inLine(beforeBackslashes(text, end));
  }
  return placeAmong(question, blocksOf(linesOf(text), spans.filter((span) => !isOpen(span, spans))));
}

/** Whether the lines within are read on their own: content on lines of its own, and what holds it. */
function isOpen(span: TypstSpan, spans: readonly TypstSpan[]): boolean {
  if (span.kind === 'content') return true;
  return span.kind === 'code' && spans.some((inner) => inner.kind === 'content' && inner.isBlock && inner.isLast && inner.start > span.start && inner.end === span.end);
}

function blocksOf(lines: readonly Line[], spans: readonly TypstSpan[]): Block[] {
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line || (line.isBlank && !isWithin(line.start, spans))) continue;
    const isItem = ITEM.test(line.text);
    let last = extend(lines, index, spans);
    const isAlone = (at: number): boolean => {
      const text = lines[at]?.text ?? '';
      return /^[ \t]*(?:=+[ \t]|\])/.test(text) || /\[[ \t]*$/.test(text) || /^[ \t]*#(?:let|set|show|import|include)\b/.test(text);
    };
    while (!isAlone(last) && !isAlone(last + 1) && lines[last + 1]?.isBlank === false && !ITEM.test(lines[last + 1]?.text ?? '')) last = extend(lines, last + 1, spans);
    const indent = /^[ \t]*/.exec(line.text)?.[0] ?? '';
    const opens = /\[[ \t]*$/.test(lines[last]?.text ?? '') && !isWithin((lines[last]?.end ?? 0), spans);
    const prefix = isItem || opens ? `${indent}  ` : indent;
    blocks.push({ start: line.start, end: lines[last]?.end ?? line.end, prefix, isTight: isItem });
    index = last;
  }
  return blocks;
}

function extend(lines: readonly Line[], index: number, spans: readonly TypstSpan[]): number {
  let last = index;
  while (last + 1 < lines.length && isWithin(lines[last]?.end ?? 0, spans)) last++;
  return last;
}

function isWithin(offset: number, spans: readonly TypstSpan[]): boolean {
  return spans.some(({ start, end }) => start < offset && offset < end);
}
