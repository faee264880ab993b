// Finds in Typst what is not markup: expressions, formulas, raw text, comments, and the content in brackets within.

export interface TypstSpan {
  kind: 'code' | 'content' | 'math' | 'raw' | 'comment';
  start: number;
  end: number;
  /** Content whose first line is empty, so that it is written like a document. */
  isBlock: boolean;
  /** Content that ends its expression. */
  isLast: boolean;
}

const WORDS = /^#(?:let|set|show|import|include|if|for|while|return|context)\b/;

/** Outer ones first. Never throws: what is not closed ends with the text. Rules: https://typst.app/docs/reference/syntax/ */
export function readTypst(text: string): TypstSpan[] {
  const spans: TypstSpan[] = [];
  let at = 0;

  const open = (kind: TypstSpan['kind']): TypstSpan => {
    const span: TypstSpan = { kind, start: at, end: text.length, isBlock: false, isLast: false };
    spans.push(span);
    return span;
  };
  const close = (span: TypstSpan): void => {
    at = Math.min(at, text.length);
    span.end = at;
  };
  const skipTo = (mark: string, from: number): void => {
    const found = text.indexOf(mark, from);
    at = found < 0 ? text.length : found + mark.length;
  };

  const comment = (): boolean => {
    // The two slashes of an address begin none.
    if (text.startsWith('//', at) && text[at - 1] !== ':') {
      const span = open('comment');
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      close(span);
      return true;
    }
    if (!text.startsWith('/*', at)) return false;
    const span = open('comment');
    skipTo('*/', at + 2);
    close(span);
    return true;
  };

  const raw = (): void => {
    const span = open('raw');
    const fence = /^`+/.exec(text.slice(at))?.[0] ?? '`';
    if (fence.length === 2) at += 2;
    else skipTo(fence, at + fence.length);
    close(span);
  };

  const math = (): void => {
    const span = open('math');
    at++;
    while (at < text.length && text[at] !== '$') {
      if (text[at] === '\\') at += 2;
      else if (text[at] === '"') string();
      else at++;
    }
    at++;
    close(span);
  };

  const string = (): void => {
    at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at++;
  };

  const content = (): void => {
    const span = open('content');
    span.isBlock = /^\[[ \t]*\r?\n/.test(text.slice(at, at + 200));
    at++;
    markup(true);
    at++;
    close(span);
  };

  /** Code in brackets of some kind, up to the one that closes it; without, up to the end of the line. */
  const code = (closing: string): void => {
    while (at < text.length) {
      const character = text[at] ?? '';
      if (character === closing || (closing === '\n' && character === ';')) return;
      if (comment()) continue;
      if (character === '"') string();
      else if (character === '`') raw();
      else if (character === '$') math();
      else if (character === '[') content();
      else if (character === '(' || character === '{') {
        at++;
        code(character === '(' ? ')' : '}');
        at++;
      } else if (closing === '\n' && (character === ']' || character === '}' || character === ')')) return;
      else at++;
    }
  };

  const expression = (): void => {
    const span = open('code');
    if (WORDS.test(text.slice(at, at + 12))) {
      at++;
      code('\n');
      if (text[at] === ';') at++;
      return close(span);
    }
    at++;
    if (/[\p{L}_]/u.test(text[at] ?? '')) at += /^[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*/u.exec(text.slice(at, at + 300))?.[0].length ?? 0;
    else if (text[at] === '"') string();
    let last: TypstSpan | undefined;
    for (;;) {
      if (text[at] === '(' || text[at] === '{') {
        const closing = text[at] === '(' ? ')' : '}';
        at++;
        code(closing);
        at++;
        last = undefined;
      } else if (text[at] === '[') {
        const index = spans.length;
        content();
        last = spans[index];
      } else if (/^\.[\p{L}_]/u.test(text.slice(at, at + 3))) at += /^\.[\p{L}_][\p{L}\p{N}_-]*/u.exec(text.slice(at, at + 300))?.[0].length ?? 1;
      else break;
    }
    if (last) last.isLast = true;
    close(span);
  };

  const markup = (isInner: boolean): void => {
    while (at < text.length) {
      const character = text[at];
      if (character === '\\') at += 2;
      else if (comment()) continue;
      else if (character === '`') raw();
      else if (character === '$') math();
      else if (character === '#' && /[\p{L}_({["]/u.test(text[at + 1] ?? '')) expression();
      else if (character === '[') {
        // Brackets in markup pair up as text.
        at++;
        markup(true);
        at++;
      } else if (character === ']' && isInner) return;
      else at++;
    }
  };

  markup(false);
  return spans;
}
