// Finds the image links in the tags of JSX, TSX, Svelte and Astro: code and markup that hold each other.
import { decodeHTMLStrict } from 'entities';
import { type ImageLink, linkOfTag } from './imageLink.ts';

type Dialect = 'jsx' | 'svelte' | 'astro';
type Attributes = Map<string, { value: string; start: number; end: number }>;

/** What is open at a place in the text. `braces`: how many of the code's own. `elements`: how many have to be closed. */
type Frame =
  | { kind: 'code'; braces: number; start: number; before: string }
  | { kind: 'template' }
  | { kind: 'text'; elements: number; isBase: boolean }
  | { kind: 'tag'; name: string; start: number; attributes: Attributes; attribute: string };

/** HTML's own, and the components that frameworks name after it. */
const IMAGE_TAG = /^(?:img|image|nuxt-?img|static-?image|v-img|amp-img|enhanced:img|\w+\.(?:img|Image))$/i;
/** Tags that hold nothing (HTML, 13.1.2): https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const NAME = /[A-Za-z_$][\w$.:-]*/y;
/** JSX takes no name with a blank, a quote or a brace: https://facebook.github.io/jsx/#sec-jsx-attributes */
const ATTRIBUTE = /[^\s=>/{}"']+/y;
const RAW_TEXT = /<(script|style)\b[^>]*>/iy;
/** In TSX a type parameter is told from a tag by its comma or its `extends`. */
const GENERIC = /<\s*[A-Za-z_$][\w$]*\s*(?:,|extends\b|=)/y;

/** In order; attributes whose value is an expression count only as a plain string or number. Never throws. */
export function findMarkupLinks(text: string, dialect: Dialect): ImageLink[] {
  return new MarkupScanner(text, dialect).scan();
}

class MarkupScanner {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #links: ImageLink[] = [];
  readonly #frames: Frame[] = [];
  #at = 0;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  scan(): ImageLink[] {
    this.#frames.push(this.#dialect === 'jsx' ? { kind: 'code', braces: 0, start: 0, before: '' } : { kind: 'text', elements: 0, isBase: true });
    // The head of an Astro file is code: https://docs.astro.build/en/basics/astro-components/#the-component-script
    if (this.#dialect === 'astro') this.#at = /^\s*---\r?\n[\s\S]*?\r?\n---/.exec(this.#text)?.[0].length ?? 0;
    while (this.#at < this.#text.length) {
      const frame = this.#frames.at(-1);
      if (!frame) break;
      if (frame.kind === 'code') this.#code(frame);
      else if (frame.kind === 'template') this.#template();
      else if (frame.kind === 'text') this.#markup(frame);
      else this.#tag(frame);
    }
    return this.#links;
  }

  #code(frame: Frame & { kind: 'code' }): void {
    const at = this.#at;
    const character = this.#text.charAt(at);
    if (/\s/.test(character)) this.#at++;
    else if (this.#text.startsWith('//', at)) this.#skipTo('\n', at);
    else if (this.#text.startsWith('/*', at)) this.#skipTo('*/', at + 2);
    else if (character === '"' || character === "'") this.#skipString(frame, character);
    else if (character === '`') {
      this.#at++;
      frame.before = '`';
      this.#frames.push({ kind: 'template' });
    } else if (character === '{') this.#step(frame, character, 1);
    else if (character === '}' && frame.braces > 0) this.#step(frame, character, -1);
    else if (character === '}' && this.#frames.length > 1) this.#endExpression(frame);
    else if (character === '<' && this.#startsValue(frame.before) && this.#opensTag()) frame.before = '>';
    else if (character === '/' && this.#startsValue(frame.before)) this.#skipRegex(frame);
    else {
      const word = this.#match(/[\w$]+/y);
      if (word !== undefined) frame.before = word;
      else this.#step(frame, character, 0);
    }
  }

  #step(frame: Frame & { kind: 'code' }, character: string, braces: number): void {
    frame.braces += braces;
    frame.before = character;
    this.#at++;
  }

  /** Whether a value may begin here, so that `<` is no comparison and `/` no division. */
  #startsValue(before: string): boolean {
    return !/^(?:[\w$]+|[)\]"'`])$/.test(before) || /^(?:return|default|case|await|yield|else|do|typeof|in|of)$/.test(before);
  }

  #skipString(frame: Frame & { kind: 'code' }, quote: string): void {
    this.#match(quote === '"' ? /"(?:[^"\\\n]|\\[\s\S])*"?/y : /'(?:[^'\\\n]|\\[\s\S])*'?/y);
    frame.before = quote;
  }

  #skipRegex(frame: Frame & { kind: 'code' }): void {
    if (this.#match(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,500}\/\w*/y) === undefined) this.#at++;
    frame.before = ')';
  }

  #endExpression(frame: Frame & { kind: 'code' }): void {
    this.#frames.pop();
    const tag = this.#frames.at(-1);
    if (tag?.kind === 'tag' && tag.attribute !== '') this.#setExpression(tag, frame.start, this.#at);
    this.#at++;
  }

  #setExpression(tag: Frame & { kind: 'tag' }, start: number, end: number): void {
    const written = this.#text.slice(start, end);
    const value = /^\s*(?:(\d+)|"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`)\s*$/.exec(written);
    const name = tag.attribute;
    tag.attribute = '';
    if (!value || tag.attributes.has(name)) return;
    const inner = value[1] ?? value[2] ?? value[3] ?? value[4] ?? '';
    const from = start + (/^\s*["'`]?/.exec(written)?.[0].length ?? 0);
    tag.attributes.set(name, { value: inner, start: from, end: from + inner.length });
  }

  #template(): void {
    const character = this.#text.charAt(this.#at);
    if (character === '\\') this.#at += 2;
    else if (character === '`') {
      this.#frames.pop();
      this.#at++;
    } else if (this.#text.startsWith('${', this.#at)) this.#openCode(2);
    else this.#at++;
  }

  #openCode(length: number): void {
    this.#at += length;
    this.#frames.push({ kind: 'code', braces: 0, start: this.#at, before: '' });
  }

  #markup(frame: Frame & { kind: 'text' }): void {
    if (this.#match(/[^<{]+/y) !== undefined) return;
    if (this.#text.charAt(this.#at) === '{') {
      // Svelte's own blocks: https://svelte.dev/docs/svelte/if
      this.#openCode(this.#dialect === 'svelte' && /[#/:@]/.test(this.#text.charAt(this.#at + 1)) && this.#text.charAt(this.#at + 2) !== '*' ? 2 : 1);
    } else if (this.#dialect !== 'jsx' && this.#text.startsWith('<!--', this.#at)) this.#skipTo('-->', this.#at + 4);
    else if (this.#text.startsWith('</', this.#at)) {
      this.#skipTo('>', this.#at);
      frame.elements--;
      if (frame.elements <= 0 && !frame.isBase) this.#frames.pop();
    } else if (this.#dialect !== 'jsx' && this.#match(RAW_TEXT) !== undefined) this.#match(/[\s\S]*?<\/(?:script|style)\s*>/iy);
    else if (!this.#opensTag()) this.#at++;
  }

  /** Takes the `<` and the name of a tag, if that is what stands here. */
  #opensTag(): boolean {
    const start = this.#at;
    if (this.#dialect === 'jsx' && this.#frames.at(-1)?.kind === 'code') {
      GENERIC.lastIndex = start;
      if (GENERIC.test(this.#text)) return false;
    }
    this.#at++;
    const name = this.#match(NAME) ?? '';
    if (name === '' && this.#text.charAt(this.#at) !== '>') {
      this.#at = start;
      return false;
    }
    this.#frames.push({ kind: 'tag', name, start, attributes: new Map(), attribute: '' });
    return true;
  }

  #tag(tag: Frame & { kind: 'tag' }): void {
    const character = this.#text.charAt(this.#at);
    if (character === '>' || this.#text.startsWith('/>', this.#at)) this.#endTag(tag, character !== '>');
    else if (this.#text.startsWith('/*', this.#at)) this.#skipTo('*/', this.#at + 2);
    else if (character === '{') {
      tag.attribute = '';
      this.#openCode(1);
    } else {
      const name = this.#match(ATTRIBUTE);
      if (name === undefined) this.#at++;
      else this.#attribute(tag, name.toLowerCase());
    }
  }

  #attribute(tag: Frame & { kind: 'tag' }, name: string): void {
    if (this.#match(/\s*=\s*/y) === undefined) return;
    const start = this.#at;
    const quote = this.#text.charAt(start);
    if (quote === '{') {
      tag.attribute = name;
      this.#openCode(1);
      return;
    }
    const isQuoted = quote === '"' || quote === "'";
    const written = this.#match(quote === '"' ? /"[^"]*"?/y : quote === "'" ? /'[^']*'?/y : /[^\s>{}"']+/y);
    if (written === undefined || tag.attributes.has(name)) return;
    const from = start + (isQuoted ? 1 : 0);
    const inner = isQuoted ? written.slice(1).replace(new RegExp(`${quote}$`), '') : written;
    tag.attributes.set(name, { value: decodeHTMLStrict(inner), start: from, end: from + inner.length });
  }

  #endTag({ name, start, attributes }: Frame & { kind: 'tag' }, isClosed: boolean): void {
    this.#frames.pop();
    this.#at += isClosed ? 2 : 1;
    if (IMAGE_TAG.test(name)) {
      const link = linkOfTag({ syntax: 'jsx', rawStart: start, rawEnd: this.#at, attributes });
      if (link) this.#links.push(link);
    }
    if (isClosed || (this.#dialect !== 'jsx' && VOID.test(name))) return;
    const parent = this.#frames.at(-1);
    if (parent?.kind === 'text') parent.elements++;
    else this.#frames.push({ kind: 'text', elements: 1, isBase: false });
  }

  #skipTo(end: string, from: number): void {
    const found = this.#text.indexOf(end, from);
    this.#at = found < 0 ? this.#text.length : found + end.length;
  }

  /** What `pattern` (sticky) takes from here, if anything. */
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#at += found.length;
    return found;
  }
}
