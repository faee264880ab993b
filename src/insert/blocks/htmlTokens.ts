// Parts HTML, Vue, Svelte, Astro and PHP into tags and into stretches that no tag can stand in.

export interface HtmlToken {
  /** `sealed` is a comment, code, or an expression of a template. */
  kind: 'open' | 'close' | 'empty' | 'sealed';
  /** In lower case; `''` for what is sealed. */
  name: string;
  start: number;
  end: number;
}

/** Their content is text: https://html.spec.whatwg.org/multipage/syntax.html#elements-2 */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr', 'param']);
const WITH_EMPTY = new Set(['vue', 'svelte', 'astro']);
const OPENER = /<!--|<!\[CDATA\[|<![a-z]|<\?|<\/?[a-z]|\{\{|\{%|\{/gi;

/** In order; what is between them is text. */
export function tokensOf(text: string, languageId: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  const seal = (start: number, end: number): number => {
    tokens.push({ kind: 'sealed', name: '', start, end });
    return end;
  };
  let at = 0;
  const fence = languageId === 'astro' ? /^\s*---\r?\n[\s\S]*?\n---(?=\r?\n|$)/.exec(text) : null;
  if (fence) at = seal(0, fence[0].length);
  for (;;) {
    OPENER.lastIndex = at;
    const found = OPENER.exec(text);
    if (!found) return tokens;
    const { index: start, 0: opener } = found;
    if (opener === '<!--') at = seal(start, endOf(text, '-->', start + 4));
    else if (opener === '<![CDATA[') at = seal(start, endOf(text, ']]>', start));
    else if (opener === '<?') at = seal(start, endOfPhp(text, start));
    else if (opener === '{{') at = seal(start, endOf(text, '}}', start));
    else if (opener === '{%') at = seal(start, endOf(text, '%}', start));
    else if (opener === '{') at = languageId === 'svelte' || languageId === 'astro' ? seal(start, endOfBraces(text, start)) : start + 1;
    else if (opener.startsWith('<!')) at = seal(start, endOf(text, '>', start));
    else at = readTag(text, start, languageId, tokens);
  }
}

function readTag(text: string, start: number, languageId: string, tokens: HtmlToken[]): number {
  const end = endOfTag(text, start, languageId);
  const name = /^<\/?([^\s/>]+)/.exec(text.slice(start, end))?.[1]?.toLowerCase() ?? '';
  if (text[start + 1] === '/') {
    tokens.push({ kind: 'close', name, start, end });
    return end;
  }
  const isEmpty = VOID.has(name) || (text[end - 2] === '/' && (WITH_EMPTY.has(languageId) || name.includes('-')));
  const isPug = name === 'template' && /\slang\s*=/.test(text.slice(start, end));
  if (isEmpty || !(RAW.has(name) || isPug)) {
    tokens.push({ kind: isEmpty ? 'empty' : 'open', name, start, end });
    return end;
  }
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  close.lastIndex = end;
  const found = close.exec(text);
  const whole = found ? endOf(text, '>', found.index) : text.length;
  tokens.push({ kind: 'sealed', name, start, end: whole });
  return whole;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** Attributes may hold `>` in quotes, and in braces where these are expressions. */
function endOfTag(text: string, start: number, languageId: string): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '>') return at + 1;
    if ((character === '"' || character === "'") && /=\s*$/.test(text.slice(Math.max(start, at - 20), at))) {
      at = endOfValue(text, at, languageId);
      if (at >= text.length) return text.length;
    } else if (character === '{' && (languageId === 'svelte' || languageId === 'astro')) at = endOfBraces(text, at) - 1;
    else if (text.startsWith('<?', at) && at > start) at = endOfPhp(text, at) - 1;
  }
  return text.length;
}

/** Offset of the quote that ends a value; what a server fills in may hold quotes of its own. */
function endOfValue(text: string, start: number, languageId: string): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (text.startsWith('<?', at)) at = endOfPhp(text, at) - 1;
    else if (languageId === 'html' && /^(?:\{\{|\{%|<%)/.test(text.slice(at, at + 2))) {
      const filled = /^(?:\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|<%[^\n]*?%>)/.exec(text.slice(at, at + 500))?.[0];
      at += (filled?.length ?? 1) - 1;
    }
  }
  return text.length;
}

/** Offset behind the brace that closes the one at `start`; strings, templates and comments of JavaScript are passed. */
export function endOfBraces(text: string, start: number): number {
  let depth = 0;
  const part = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|[{}]/g;
  part.lastIndex = start;
  for (let found = part.exec(text); found; found = part.exec(text)) {
    if (found[0] === '{') depth++;
    else if (found[0] === '}' && --depth === 0) return found.index + 1;
  }
  return text.length;
}

/** `?>` ends PHP also in a comment of one line, not in a string: https://www.php.net/manual/en/language.basic-syntax.comments.php */
function endOfPhp(text: string, start: number): number {
  const part = /\?>|\/\*[\s\S]*?(?:\*\/|$)|(?:\/\/|#(?!\[))(?:(?!\?>)[^\n])*|"(?:\\[\s\S]|[^"\\])*(?:"|$)|'(?:\\[\s\S]|[^'\\])*(?:'|$)|<<<[ \t]*(["']?)(\w+)\1[^\n]*\n[\s\S]*?\n[ \t]*\2\b/g;
  part.lastIndex = start;
  for (let found = part.exec(text); found; found = part.exec(text)) if (found[0] === '?>') return found.index + 2;
  return text.length;
}
