// Finds where an image goes in CSS, SCSS and Less: in a value, in a rule, or in a rule of its own.
import { indentAt, inLine, lineEnd, type ImagePlace, type PlaceQuestion } from './place.ts';

type Part = { kind: 'comment' | 'string' | 'url'; start: number; end: number };

/** A value takes `url()` as it is; elsewhere a declaration carries it. Source: https://drafts.csswg.org/css-syntax/ */
export function placeInCss({ text, start, end, languageId, mode }: PlaceQuestion): ImagePlace {
  const parts = partsOf(text, languageId !== 'css');
  const wanted = mode === 'behind' && end > start ? end - 1 : end;
  const part = parts.find((each) => each.start < wanted && (wanted < each.end || (each.kind === 'comment' && text.startsWith('//', each.start) && wanted === each.end)));
  const at = part && part.kind !== 'comment' ? part.end : wanted;
  const code = mask(text, parts);
  const rule = ruleAt(code, at);
  if (!rule) {
    const next = part?.kind === 'comment' ? /^\s*[^{}@;]+\{/.exec(code.slice(part.end)) : null;
    if (part && next) return inRule(text, part.end + next[0].length);
    return ownRule(text, topLevelEnd(code, part ? part.end : at));
  }
  const from = Math.max(code.lastIndexOf(';', at - 1), code.lastIndexOf('{', at - 1), code.lastIndexOf('}', at - 1)) + 1;
  const isValue = mode === 'cursor' && part?.kind !== 'comment' && /^\s*[-\w$@]+\s*:(?!\S*\{)/.test(code.slice(from, at)) && !/^[^;}]*\{/.test(code.slice(at));
  if (isValue) return inValue(text, at);
  const stop = /[;{}]/.exec(code.slice(part ? part.end : at));
  const behind = (part ? part.end : at) + (stop?.index ?? 0);
  if (code[behind] === ';') return declaration(text, behind + 1);
  if (code[behind] === '{') return inRule(text, behind + 1);
  return declaration(text, behind - (code.slice(0, behind).length - code.slice(0, behind).trimEnd().length), needsSemicolon(code, behind));
}

/** Between two words of a value. */
function inValue(text: string, at: number): ImagePlace {
  const word = at + (/^[-\w%.#$@!]*/.exec(text.slice(at))?.[0].length ?? 0);
  // A backslash would escape the link's first letter in place of what stands there.
  const offset = text[word - 1] === '\\' ? word + 1 : word;
  const head = text.slice(0, offset);
  // A blank behind a number of a character belongs to that: https://drafts.csswg.org/css-syntax/#consume-escaped-code-point
  const before = /\\[\da-f]{1,6}$/i.test(head) ? '  ' : /(?:[-\w%.#)"']|\\.)$/.test(head) ? ' ' : '';
  return { ...inLine(offset), before, after: /^[^\s;},)]/.test(text.slice(offset)) ? ' ' : '' };
}

function partsOf(text: string, hasLineComments: boolean): Part[] {
  const pattern = hasLineComments ? /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|url\([^)]*\)?/gi : /\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|url\([^)]*\)?/gi;
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ kind: found.startsWith('/') ? 'comment' : /^["']/.test(found) ? 'string' : 'url', start: index, end: index + found.length }));
}

/** The text with everything that no rule is read from made blank; a value stays one. */
function mask(text: string, parts: readonly Part[]): string {
  let code = '';
  let at = 0;
  for (const { kind, start, end } of parts) {
    code += text.slice(at, start) + (kind === 'comment' ? ' ' : 'x').repeat(end - start);
    at = end;
  }
  return code + text.slice(at);
}

/** Offset of the brace that is open at `at`. */
function ruleAt(code: string, at: number): number | undefined {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    if (code[index] === '}') depth++;
    else if (code[index] === '{' && depth-- === 0) return /@(?:media|supports|layer|container|keyframes|font-feature-values)\b[^{};]*$/i.test(code.slice(0, index)) ? undefined : index;
  }
  return undefined;
}

/** Behind the rules that are open at the offset. */
function topLevelEnd(code: string, from: number): number {
  let depth = 0;
  for (let index = 0; index < code.length; index++) {
    const character = code[index];
    if (index >= from && depth === 0 && !/[^\s]/.test(code.slice(statementStart(code, index), index))) return index;
    if (character === '{') depth++;
    else if (character === '}') depth = Math.max(0, depth - 1);
  }
  return code.trimEnd().length;
}

function statementStart(code: string, index: number): number {
  return Math.max(code.lastIndexOf(';', index - 1), code.lastIndexOf('}', index - 1), code.lastIndexOf('{', index - 1)) + 1;
}

function needsSemicolon(code: string, at: number): boolean {
  return /[^\s;{}]/.test(code.slice(statementStart(code, at), at));
}

function declaration(text: string, offset: number, semicolon = false): ImagePlace {
  const indent = indentAt(text, offset);
  const rest = text.slice(offset, lineEnd(text, offset)).trim();
  return { start: offset, end: offset, before: `${semicolon ? ';' : ''}\n${indent}`, after: rest === '' ? '' : `\n${indent}`, prefix: indent, form: 'declaration', separator: '\n' };
}

function inRule(text: string, offset: number): ImagePlace {
  const indent = `${indentAt(text, offset)}  `;
  const rest = text.slice(offset, lineEnd(text, offset)).trim();
  return { start: offset, end: offset, before: `\n${indent}`, after: rest === '' ? '' : `\n${indent}`, prefix: indent, form: 'declaration', separator: '\n' };
}

/** A custom property of the root changes nothing by itself. */
function ownRule(text: string, offset: number): ImagePlace {
  const isStart = text.slice(0, offset).trim() === '';
  return { start: offset, end: offset, before: `${isStart ? '' : '\n\n'}:root {\n  --image: `, after: `;\n}${text.slice(offset).trim() === '' ? '' : '\n\n'}`, prefix: '  ', form: 'inline', separator: ', ' };
}
