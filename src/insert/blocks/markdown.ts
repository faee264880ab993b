// Finds where an image goes in Markdown and MDX: places are tried, nearest first, until the document reads as before.
import type { Event, Token } from 'micromark-util-types';
import { placeInHtml } from './html.ts';
import { compileTokens, compileWithout, readTokens, TRIAL } from './markdownTree.ts';
import { behindLine, beforeLine, inLine, lineEnd, lineStart, nextLine, putImages, type ImagePlace, type PlaceQuestion } from './place.ts';

/** Each try reads the whole document. */
const MOST_TRIES = 16;

/** Blocks that hold text, code or nothing; what is in them is theirs. */
const LEAVES = new Set<string>([
  'paragraph', 'atxHeading', 'setextHeading', 'codeFenced', 'codeIndented', 'htmlFlow', 'thematicBreak', 'definition', 'yaml', 'toml', 'table', 'mathFlow',
  'directiveLeaf', 'directiveContainerFence', 'mdxJsxFlowTag', 'mdxFlowExpression',
]);
const CONTAINERS = new Set<string>(['blockQuote', 'listOrdered', 'listUnordered', 'gfmFootnoteDefinition', 'directiveContainer']);

interface Stretch {
  type: string;
  start: number;
  end: number;
}

/**
 * The first place in which micromark reads the same document and one image more. What VS Code's preview and the site
 * generators read is read: CommonMark, front matter, tables, footnotes, mathematics, directives; JSX and expressions in MDX.
 */
export function placeInMarkdown(question: PlaceQuestion): ImagePlace {
  const { text } = question;
  let isMdx = question.languageId === 'mdx';
  let events: Event[];
  try {
    events = readTokens(text, isMdx);
  } catch {
    isMdx = false;
    events = readTokens(text, false);
  }
  const wanted = compileTokens(events);
  const candidates = candidatesFor(question, stretchesOf(events));
  for (const place of candidates.slice(0, MOST_TRIES)) {
    const trial = putImages(text, place, [place.form === 'html' ? TRIAL.html : TRIAL.markdown]);
    try {
      if (compileWithout(readTokens(trial, isMdx)) === wanted) return place;
    } catch {
      // In MDX a wrong place is an error.
    }
  }
  return atEnd(text);
}

function stretchesOf(events: readonly Event[]): Stretch[] {
  return events.flatMap(([kind, { type, start, end }]: [string, Token, unknown]) => (kind === 'enter' ? [{ type, start: start.offset, end: end.offset }] : []));
}

/** The nearest first. */
function candidatesFor({ text, start, end, mode, block }: PlaceQuestion, stretches: readonly Stretch[]): ImagePlace[] {
  const at = mode === 'behind' && end > start ? end - 1 : end;
  const holds = (stretch: Stretch): boolean => stretch.start <= at && at <= stretch.end && (mode === 'cursor' || at < stretch.end || stretch.end === text.length);
  const leaf = stretches.filter((stretch) => LEAVES.has(stretch.type) && holds(stretch)).at(-1);
  const containers = stretches.filter((stretch) => CONTAINERS.has(stretch.type) && holds(stretch));
  return [
    ...(mode === 'cursor' && !block ? inLineCandidates(text, at, leaf, stretches) : []),
    ...(mode === 'cursor' ? atCursorCandidates(text, at, leaf) : []),
    ...(leaf ? behindCandidates(text, leaf, block) : mode === 'behind' ? [behindLine(text, at, prefixOf(text, at))] : []),
    ...containers.reverse().map(({ start: from, end: to }) => behindLine(text, lastLine(text, from, to), prefixOf(text, from))),
    ...(leaf ? [behindLine(text, lastLine(text, leaf.start, leaf.end)), beforeLine(text, leaf.start, prefixOf(text, leaf.start))] : []),
    atEnd(text),
  ];
}

/** In the text itself: at the cursor, beside what cannot be parted, behind the span that the cursor is in. */
function inLineCandidates(text: string, at: number, leaf: Stretch | undefined, stretches: readonly Stretch[]): ImagePlace[] {
  const formula = leaf && formulaAt(text, leaf, at);
  const isScript = leaf?.type === 'paragraph' && /^(?:import|export)\s/.test(text.slice(leaf.start, leaf.start + 7));
  if (isScript) return [];
  const offsets: number[] = [];
  if (formula === undefined) {
    offsets.push(at);
    if (text[at - 1] === '\\') offsets.push(at - 1);
    const blanks = /[ \t]+$/.exec(text.slice(lineStart(text, at), at))?.[0] ?? '';
    if (blanks !== '' && at === lineEnd(text, at)) offsets.push(at - blanks.length);
  } else offsets.push(formula);
  if (leaf?.type === 'htmlFlow') {
    const place = placeInHtml({ languageId: 'html', text: text.slice(leaf.start, leaf.end), start: at - leaf.start, end: at - leaf.start, mode: 'cursor', block: false });
    if (place.before === '' && place.start < leaf.end - leaf.start) return [inLine(place.start + leaf.start, 'html')];
    return [];
  }
  const around = leaf ? stretches.filter(({ start, end }) => start >= leaf.start && end <= leaf.end && start < at && at < end).map(({ end }) => end) : [];
  return [...offsets, ...[...new Set(around)].sort((one, other) => one - other)].map((offset) => inLine(offset));
}

/** pandoc's rule for a formula in a line: no blank inside the two signs, no digit behind the second. Offset behind it. */
function formulaAt(text: string, leaf: Stretch, at: number): number | undefined {
  // https://pandoc.org/MANUAL.html#extension-tex_math_dollars
  if (leaf.type !== 'paragraph' && leaf.type !== 'table' && !leaf.type.endsWith('Heading')) return undefined;
  for (const { index, 0: { length } } of text.slice(leaf.start, leaf.end).matchAll(/(?<![\\$])\$(?![\s$])[^$\n]*?(?<![\s\\])\$(?![\d$])/g)) {
    const start = leaf.start + index;
    if (start < at && at < start + length) return start + length;
  }
  return undefined;
}

/** On the cursor's own line, with empty lines as they are needed. */
function atCursorCandidates(text: string, at: number, leaf: Stretch | undefined): ImagePlace[] {
  const from = lineStart(text, at);
  const head = text.slice(from, at);
  const isEmpty = /^[\s>]*$/.test(text.slice(from, lineEnd(text, at)));
  if (isEmpty) {
    const prefix = head;
    const blank = prefix.trimEnd();
    const isFirst = from === 0 || /^[\s>]*$/.test(text.slice(lineStart(text, from - 1), from));
    const next = nextLine(text, at);
    const isLast = next === undefined || /^[\s>]*$/.test(text.slice(next, lineEnd(text, next)));
    return [{ start: at, end: at, before: isFirst ? '' : `\n${prefix}`, after: isLast ? '' : `\n${blank}`, prefix, form: 'block', separator: '\n\n' }];
  }
  // In front of a block, as the cursor is.
  if (leaf && at <= leaf.start) return [beforeLine(text, at, prefixOf(text, leaf.start))];
  return [];
}

function behindCandidates(text: string, { type, start, end }: Stretch, block: boolean): ImagePlace[] {
  const prefix = prefixOf(text, start);
  const last = lastLine(text, start, end);
  const own = behindLine(text, last, prefix);
  if (type !== 'paragraph' || block) return [own];
  // In a list whose items are one line each, a paragraph of its own would put blanks between all of them.
  const lineBelow: ImagePlace = { ...own, before: `\n${prefix}`, after: '', form: 'inline', separator: '\n' };
  return [own, lineBelow];
}

/** An offset in the last line of a block. */
function lastLine(text: string, start: number, end: number): number {
  return end > start && text[end - 1] === '\n' ? Math.max(start, end - 1) : end;
}

/** What the lines of a block begin with that starts at `offset`: marks of quotes stay, those of items become blanks. */
function prefixOf(text: string, offset: number): string {
  // https://github.github.com/gfm/ and remark: a footnote's further paragraphs are indented by four.
  const head = text.slice(lineStart(text, offset), offset).replace(/^\uFEFF/, '').replace(/\[\^[^\]]+\]:[ \t]*/g, '    ');
  return head.replace(/[^\s>]/gu, ' ');
}

function atEnd(text: string): ImagePlace {
  const end = text.trimEnd().length;
  return { start: end, end, before: end === 0 ? '' : '\n\n', after: '', prefix: '', form: 'block', separator: '\n\n' };
}
