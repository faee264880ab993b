// Finds the elements of JSX in JavaScript and TypeScript: where each begins, ends, and holds its children.

export interface JsxElement {
  name: string;
  start: number;
  end: number;
  /** Between the tags; undefined for an element that closes itself. */
  children: { start: number; end: number } | undefined;
  /** The element of whose children this is one; undefined in an expression. */
  parent: JsxElement | undefined;
}

export interface JsxTree {
  elements: JsxElement[];
  /** `{…}` among the children of an element. */
  expressions: { start: number; end: number; parent: JsxElement }[];
  /** Strings, comments, templates and regular expressions of the code. */
  literals: { start: number; end: number; isComment: boolean }[];
}

const LITERAL = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/y;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const TAG_NAME = /<(?:([A-Za-z_$][\w$.:-]*)(?=[\s/>])|(?=>))/y;

/** Never throws: what is not closed ends with the text. Source of the grammar: https://facebook.github.io/jsx/ */
export function readJsx(text: string): JsxTree {
  const tree: JsxTree = { elements: [], expressions: [], literals: [] };
  let at = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const literal = (): boolean => {
    const found = match(LITERAL);
    if (!found) return false;
    tree.literals.push({ start: at, end: at + found[0].length, isComment: found[0].startsWith('/') });
    at += found[0].length;
    return true;
  };

  /** Code up to the brace that closes it, or the end. */
  const code = (from: number): void => {
    let depth = 0;
    // What stood last tells an operand from an operator.
    let last = '';
    while (at < text.length) {
      const character = text[at] ?? '';
      if (/\s/.test(character)) at++;
      else if (literal()) last = text[at - 1] === '/' || text.slice(at - 2, at) === '*/' ? last : 'x';
      else if (character === '`') {
        template();
        last = 'x';
      } else if (character === '<' && startsOperand(last) && match(TAG_NAME)) {
        element(undefined);
        last = 'x';
      } else if (character === '/' && startsOperand(last) && match(REGEX)) {
        at += match(REGEX)?.[0].length ?? 1;
        last = 'x';
      } else if (/[\w$]/.test(character)) {
        last = /[\w$]+/y.exec(text.slice(at, at + 100))?.[0] ?? character;
        at += last.length;
      } else {
        if (character === '{') depth++;
        if (character === '}' && depth-- === 0 && from > 0) return;
        last = character === '>' && text[at - 1] === '=' ? '=>' : character;
        at++;
      }
    }
  };

  const template = (): void => {
    const start = at++;
    while (at < text.length && text[at] !== '`') {
      if (text[at] === '\\') at += 2;
      else if (text.startsWith('${', at)) {
        at += 2;
        code(at);
        at++;
      } else at++;
    }
    at++;
    tree.literals.push({ start, end: at, isComment: false });
  };

  const element = (parent: JsxElement | undefined): void => {
    const made: JsxElement = { name: match(TAG_NAME)?.[1] ?? '', start: at, end: text.length, children: undefined, parent };
    tree.elements.push(made);
    at += 1 + made.name.length;
    while (at < text.length && text[at] !== '>') {
      if (text.startsWith('/>', at)) {
        at += 2;
        made.end = at;
        return;
      }
      if (text[at] === '{') {
        at++;
        code(at);
        at++;
      } else if (text[at] === '"' || text[at] === "'") {
        const close = text.indexOf(text[at] ?? '"', at + 1);
        at = close < 0 ? text.length : close + 1;
      } else if (text.startsWith('/*', at) || text.startsWith('//', at)) literal();
      else at++;
    }
    made.children = { start: ++at, end: text.length };
    while (at < text.length) {
      if (text.startsWith('</', at)) {
        made.children.end = at;
        const close = text.indexOf('>', at);
        at = close < 0 ? text.length : close + 1;
        made.end = at;
        return;
      }
      if (text[at] === '{') {
        const start = at++;
        code(at);
        at++;
        tree.expressions.push({ start, end: Math.min(at, text.length), parent: made });
      } else if (match(TAG_NAME)) element(made);
      else at++;
    }
  };

  while (at < text.length) {
    code(0);
    at++;
  }
  return tree;
}

/** Whether a value begins behind this, rather than an operator. */
function startsOperand(last: string): boolean {
  return last === '' || last === '=>' || /^[([{,;=:?!&|+\-*%~^}]$/.test(last) || /^(?:return|default|yield|await|case|typeof|void|delete|in|of|else|do)$/.test(last);
}
