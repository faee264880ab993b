// Finds where an image goes in JSX and TSX: among the children of the same element, or beside it in a fragment.
import { type JsxElement, type JsxTree, readJsx } from './jsxElements.ts';
import { indentAt, inLine, lineEnd, type ImagePlace, type PlaceQuestion } from './place.ts';

/** A text of one paragraph, and what takes only rows or items: the image goes behind it. */
const PARAGRAPHS = /^(?:p|h[1-6]|pre|summary|figcaption|dt|legend|address)$/;
const CLOSED = /^(?:table|thead|tbody|tfoot|tr|colgroup|ul|ol|dl|menu|select|option|optgroup|datalist|svg|picture|video|audio|object|head|title|style|script|textarea)$/;
const INLINE = /^(?:a|abbr|b|bdi|bdo|cite|code|data|dfn|em|i|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)$/;

export function placeInJsx({ text, start, end, mode }: PlaceQuestion): ImagePlace {
  const tree = readJsx(text);
  const at = mode === 'behind' && end > start ? end - 1 : end;
  const spot = spotAt(tree, at);
  if (!spot) return inCode(text, tree, end, mode);
  const { element, behind } = spot;
  const { name, children, parent } = element;
  const isClosed = tree.elements.some((each) => CLOSED.test(each.name) && holds(each, at, element));
  if (behind !== undefined || !children || isClosed) {
    if (isClosed || behind === undefined) return beside(text, outermost(element));
    return ownLine(text, behind);
  }
  if (mode === 'cursor') return inLine(at);
  if (PARAGRAPHS.test(name) && parent?.children) return ownLine(text, element.end);
  // A selection may end with the first letter of a tag.
  const from = tree.elements.some((each) => each.start === at) ? at : Math.min(Math.max(at, end), children.end);
  return ownLine(text, endOfRun(tree, element, from, text));
}

/** The innermost element among whose children the offset lies; `behind` where a tag or an expression is in the way. */
function spotAt(tree: JsxTree, at: number): { element: JsxElement; behind: number | undefined } | undefined {
  const within = tree.elements.filter(({ start, end }) => start < at && at < end).sort((one, other) => other.start - one.start);
  const [inner] = within;
  if (!inner) return undefined;
  const expression = tree.expressions.filter(({ start, end }) => start < at && at < end).sort((one, other) => other.start - one.start)[0];
  if (expression && expression.start > inner.start) return { element: expression.parent, behind: expression.end };
  const { children, parent } = inner;
  if (children && children.start <= at && at <= children.end) return { element: inner, behind: undefined };
  // In one of its tags.
  if (parent?.children) return { element: parent, behind: inner.end };
  return children ? { element: inner, behind: children.end } : { element: inner, behind: undefined };
}

function holds(outer: JsxElement, at: number, inner: JsxElement): boolean {
  if (!(outer.start < at && at < outer.end)) return false;
  // A cell takes what its row does not.
  for (let each: JsxElement | undefined = inner; each && each !== outer; each = each.parent) if (/^(?:td|th|caption|li|dd|dt|foreignObject)$/.test(each.name)) return false;
  return outer === inner || outer.start < inner.start;
}

/** The element itself, or the outermost around it that takes no image. */
function outermost(element: JsxElement): JsxElement {
  let found = element;
  for (let each: JsxElement | undefined = element; each; each = each.parent) if (CLOSED.test(each.name)) found = each;
  return found;
}

/** Behind an element: a fragment holds both where it stands alone in an expression. */
function beside(text: string, element: JsxElement): ImagePlace {
  if (element.parent?.children) return ownLine(text, element.end);
  const indent = indentAt(text, element.start);
  const own = text.slice(element.start, element.end);
  return { start: element.start, end: element.end, before: `<>\n${indent}${own}\n${indent}`, after: `\n${indent}</>`, prefix: indent, form: 'inline', separator: '\n' };
}

/** Up to the next element that is no part of the text, or the end of the children. */
function endOfRun({ elements, expressions }: JsxTree, element: JsxElement, from: number, text: string): number {
  let holder = element;
  while (INLINE.test(holder.name) && holder.parent?.children) holder = holder.parent;
  if (PARAGRAPHS.test(holder.name) && holder.parent?.children) return holder.end;
  const start = holder === element ? from : Math.max(from, childOf(holder, element).end);
  const next = elements.filter((each) => each.parent === holder && each.start >= start && !INLINE.test(each.name)).map((each) => each.start);
  const stop = Math.min(holder.children?.end ?? text.length, ...next);
  const last = Math.max(start, ...[...elements, ...expressions].filter((each) => each.parent === holder && each.end <= stop).map((each) => each.end));
  return Math.max(last, start + text.slice(start, stop).trimEnd().length);
}

function childOf(holder: JsxElement, element: JsxElement): JsxElement {
  let child = element;
  while (child.parent && child.parent !== holder) child = child.parent;
  return child;
}

/** In code: where a value is awaited, there; else in the next element that is rendered, or the last one. */
function inCode(text: string, { elements, literals }: JsxTree, at: number, mode: PlaceQuestion['mode']): ImagePlace {
  const isLiteral = literals.some(({ start, end, isComment }) => start < at && (at < end || (isComment && at === end && !text.startsWith('*/', at - 2))));
  const isAwaited = /(?:\breturn|=>|[(=?:[,]|&&|\|\|)[^\S\n]*$/.test(text.slice(Math.max(0, at - 40), at)) && /^\s*(?:[);,\]}]|$)/.test(text.slice(at));
  // Those of a function's parameters are no value.
  const isParameter = /^[^()]*\)\s*(?:=>|\{|:[^=;{]*(?:=>|\{))/.test(text.slice(at, at + 200));
  if (mode === 'cursor' && isAwaited && !isLiteral && !isParameter) return inLine(at);
  const roots = elements.filter(({ parent }) => !parent);
  const root = roots.find(({ start }) => start >= at) ?? roots.at(-1);
  if (!root) {
    const end = text.trimEnd().length;
    return { start: end, end, before: end === 0 ? '' : '\n', after: ';', prefix: '', form: 'inline', separator: ';\n' };
  }
  if (root.children && !CLOSED.test(root.name)) return ownLine(text, root.children.start + text.slice(root.children.start, root.children.end).trimEnd().length);
  return beside(text, root);
}

/** JSX drops blanks that hold a line break. */
function ownLine(text: string, offset: number): ImagePlace {
  const indent = indentAt(text, offset);
  const rest = text.slice(offset, lineEnd(text, offset)).trim();
  return { start: offset, end: offset, before: `\n${indent}`, after: rest === '' ? '' : `\n${indent}`, prefix: indent, form: 'inline', separator: '\n' };
}
