// Finds where an image goes in HTML and in what is written like it: Vue, Svelte, Astro and PHP.
import { type HtmlToken, tokensOf } from './htmlTokens.ts';
import { indentAt, inLine, lineEnd, type ImagePlace, type PlaceQuestion } from './place.ts';

/** An image in them is lost, ends them, or stands in for them: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody */
const CLOSED = new Set(['head', 'svg', 'math', 'select', 'datalist', 'picture', 'video', 'audio', 'object']);
/** They take rows and cells only: an image would be put in front of the table. */
const TABLE_PARTS = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup']);
const CELLS = new Set(['td', 'th', 'caption']);
/** They take items only. */
const LISTS = new Set(['ul', 'ol', 'dl', 'menu']);
/** A text of one paragraph: the image goes behind it. */
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'summary', 'figcaption', 'dt', 'address', 'legend', 'hgroup']);
const BLOCKS = new Set([...PARAGRAPHS, ...CELLS, ...TABLE_PARTS, ...LISTS, 'li', 'dd', 'div', 'section', 'article', 'main', 'aside', 'nav', 'header', 'footer', 'body', 'html', 'template', 'slot', 'form', 'fieldset', 'blockquote', 'figure', 'details', 'hr', 'dialog', 'search', 'center', 'noscript']);

/** Inside the same element where that takes an image, else behind the nearest one around it that does. */
export function placeInHtml(question: PlaceQuestion): ImagePlace {
  const { text, languageId, start, end, mode } = question;
  const tokens = tokensOf(text, languageId);
  const last = tokens.at(-1);
  const at = mode === 'behind' && end > start ? end - 1 : end;
  const isOpenCode = last?.kind === 'sealed' && last.end === text.length && text.startsWith('<?', last.start) && !text.endsWith('?>');
  if (isOpenCode && at > last.start) {
    // A file of code alone needs no end mark, and markup may follow one: https://www.php.net/manual/en/language.basic-syntax.phptags.php
    const from = text.trimEnd().length;
    return { start: from, end: text.length, before: '\n?>\n', after: '\n', prefix: '', form: 'block', separator: '\n' };
  }
  let offset = mode === 'cursor' ? outside(tokens, end, text, languageId) : behindBlock(tokens, outside(tokens, at, text, languageId), end, text);
  offset = outside(tokens, offset, text, languageId);
  if (mode === 'cursor' && !question.block) return inLine(offset);
  return ownLine(text, offset);
}

/** The offset itself, or the end of what an image cannot stand in. */
function outside(tokens: readonly HtmlToken[], wanted: number, text: string, languageId: string): number {
  let offset = wanted;
  for (let tries = 0; tries < 50; tries++) {
    const next = stepOut(tokens, offset, text, languageId);
    if (next === offset) return languageId === 'astro' ? behindFence(tokens, offset, text) : offset;
    offset = next;
  }
  return offset;
}

/** A fence is a line of its own. */
function behindFence([first]: readonly HtmlToken[], offset: number, text: string): number {
  const isFence = first?.kind === 'sealed' && first.end === offset && /^\s*---/.test(text.slice(0, first.end));
  return offset + (isFence ? (/^\r?\n/.exec(text.slice(offset))?.[0].length ?? 0) : 0);
}

function stepOut(tokens: readonly HtmlToken[], offset: number, text: string, languageId: string): number {
  const inside = tokens.find(({ start, end }) => start < offset && offset < end);
  if (inside) return inside.end;
  const open = openAt(tokens, offset);
  const closed = open.find(({ name }) => CLOSED.has(name));
  if (closed) return closeOf(tokens, closed, text);
  const cell = open.findLastIndex(({ name }) => CELLS.has(name));
  const table = open.findLastIndex(({ name }) => TABLE_PARTS.has(name));
  if (table > cell) {
    const whole = open.findLast(({ name }) => name === 'table') ?? open[table];
    return whole ? closeOf(tokens, whole, text) : offset;
  }
  const top = open.at(-1);
  if (top && LISTS.has(top.name)) return closeOf(tokens, top, text);
  return insideBody(tokens, offset, open, languageId, text);
}

/** What is in a page's head, though no tag says so: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead */
const UNWRITTEN_HEAD = /^(?:\s|<!doctype[^>]*>|<!--[\s\S]*?-->|<(?:meta|link|base)\b[^>]*>|<(title|style|script|noscript|template)\b[^>]*>[\s\S]*?<\/\1\s*>)*/i;

/** A page's images are in its body, a component's in its template. */
function insideBody(tokens: readonly HtmlToken[], offset: number, open: readonly HtmlToken[], languageId: string, text: string): number {
  if (languageId === 'vue') {
    const template = tokens.find(({ kind, name }) => kind === 'open' && name === 'template');
    if (!template || open.some(({ start }) => start === template.start)) return offset;
    return tokens.findLast(({ kind, name }) => kind === 'close' && name === 'template')?.start ?? template.end;
  }
  const [prologue] = tokens.filter(({ start, end }, index) => index === 0 && /^\s*(?:<!doctype|---)/i.test(text.slice(start, end)));
  const body = tokens.find(({ kind, name }) => kind === 'open' && name === 'body');
  const end = tokens.find(({ kind, name }) => kind === 'close' && name === 'body') ?? tokens.find(({ kind, name }) => kind === 'close' && name === 'html');
  const closedHead = tokens.find(({ kind, name }) => kind === 'close' && name === 'head');
  const html = tokens.find(({ kind, name }) => kind === 'open' && name === 'html');
  const first = body ?? closedHead ?? html;
  if (first && offset < first.end) return first.end;
  if (end && offset > end.start) return end.start;
  const head = first || (languageId !== 'html' && languageId !== 'php') ? 0 : (UNWRITTEN_HEAD.exec(text)?.[0].trimEnd().length ?? 0);
  if (offset < head && /<(?:meta|link|base|title|style|script)\b/i.test(text.slice(0, head))) return head;
  // In front of its doctype a page would be read in another mode, in front of its fence a component as text.
  return prologue && offset <= prologue.start ? prologue.end : offset;
}

/** The elements that are open at the offset, outermost first. */
function openAt(tokens: readonly HtmlToken[], offset: number): HtmlToken[] {
  const open: HtmlToken[] = [];
  for (const token of tokens) {
    if (token.end > offset) break;
    if (token.kind === 'open') {
      const closes = IMPLIED[token.name];
      // An end tag that may be left out: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
      const previous = closes ? open.findLastIndex(({ name }) => closes.includes(name)) : -1;
      const wall = open.findLastIndex(({ name }) => WALLS.has(name));
      if (previous > wall) open.splice(previous);
      open.push(token);
    } else if (token.kind === 'close') {
      const index = open.findLastIndex(({ name }) => name === token.name);
      if (index >= 0) open.splice(index);
    }
  }
  return open;
}

const WALLS = new Set(['table', 'ul', 'ol', 'dl', 'template']);
const P_ENDERS = ['div', 'section', 'article', 'table', 'ul', 'ol', 'dl', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'figure', 'form', 'hr', 'main', 'nav', 'aside', 'header', 'footer', 'details', 'fieldset', 'address'];
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  tr: ['tr', 'td', 'th'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  ...Object.fromEntries(P_ENDERS.map((name) => [name, ['p']])),
};

/** Behind the end tag of an element; where it has none, at the end of the text. */
function closeOf(tokens: readonly HtmlToken[], element: HtmlToken, text: string): number {
  let depth = 0;
  for (const { kind, name, start, end } of tokens) {
    if (start < element.start || name !== element.name) continue;
    if (kind === 'open') depth++;
    else if (kind === 'close' && --depth === 0) return end;
  }
  return text.length;
}

/** Behind the text that the selection is part of, and behind its paragraph where that is one. */
function behindBlock(tokens: readonly HtmlToken[], at: number, selectionEnd: number, text: string): number {
  const from = Math.max(at, selectionEnd);
  for (const { kind, name, start, end } of tokens) {
    if (start < from || kind === 'sealed' || !BLOCKS.has(name)) continue;
    if (kind === 'close' && PARAGRAPHS.has(name)) return end;
    return from + text.slice(from, start).trimEnd().length;
  }
  return from + text.slice(from).trimEnd().length;
}

function ownLine(text: string, offset: number): ImagePlace {
  const indent = indentAt(text, offset);
  const rest = text.slice(offset, lineEnd(text, offset)).trim();
  return { start: offset, end: offset, before: offset === 0 ? '' : `\n${indent}`, after: rest === '' ? (offset === 0 ? '\n' : '') : `\n${indent}`, prefix: indent, form: 'inline', separator: '\n' };
}
