// Turns base64 text into bytes, straight from the bytes of the JSON that holds it.

const BACKSLASH = 0x5c;
const PAD = 0x3d;
const NOTHING = 64;
const BLANK = 65;

/** By character code: the six bits, or NOTHING, or BLANK. Both alphabets of RFC 4648. */
const SYMBOLS = makeSymbols();

/** Characters decoded at a time: some milliseconds of work. */
const SLICE = 1024 * 1024;

/** Work in slices: whoever runs it may let others have the thread at each `yield`. */
export type Sliced<T> = Generator<void, T, void>;

/**
 * Decodes `text[start, end)`, ASCII codes as they stand in a JSON string: its escapes (`\/`, `\n`, `\u002b`) are undone,
 * blanks skipped, both alphabets read, missing padding forgiven. Undefined when it is no base64 or stands for no byte.
 */
export function* decodeBase64(text: Uint8Array, start = 0, end = text.length): Sliced<Uint8Array | undefined> {
  const state: State = { text, at: start, end, out: new Uint8Array(bytesAtMost(text, start, end)), length: 0, bits: 0, symbols: 0, padded: false };
  for (let until = start + SLICE; state.at < end; until += SLICE) {
    if (!decodeSlice(state, Math.min(until, end))) return undefined;
    if (state.at < end) yield;
  }
  return finish(state);
}

interface State {
  text: Uint8Array;
  at: number;
  end: number;
  out: Uint8Array;
  length: number;
  /** What has been read of a group of four that is not complete. */
  bits: number;
  symbols: number;
  padded: boolean;
}

/** False where the text is no base64. */
function decodeSlice(state: State, until: number): boolean {
  const { text, out } = state;
  while (state.at < until) {
    if (state.symbols === 0 && !state.padded) decodeGroups(state, until);
    if (state.at >= until) break;
    let code = text[state.at++]!;
    if (code === BACKSLASH) {
      const escape = readEscape(text, state.at, state.end);
      if (!escape) return false;
      [code, state.at] = escape;
    }
    const symbol = SYMBOLS[code] ?? NOTHING;
    if (symbol === BLANK) continue;
    if (code === PAD) {
      state.padded = true;
      continue;
    }
    if (symbol === NOTHING || state.padded) return false;
    state.bits = (state.bits << 6) | symbol;
    if (++state.symbols === 4) {
      out[state.length++] = state.bits >> 16;
      out[state.length++] = state.bits >> 8;
      out[state.length++] = state.bits;
      state.bits = state.symbols = 0;
    }
  }
  return true;
}

/** The fast way, as long as four symbols stand side by side. */
function decodeGroups(state: State, until: number): void {
  const { text, out } = state;
  let { at, length } = state;
  while (at + 4 <= until) {
    const a = SYMBOLS[text[at]!]!;
    const b = SYMBOLS[text[at + 1]!]!;
    const c = SYMBOLS[text[at + 2]!]!;
    const d = SYMBOLS[text[at + 3]!]!;
    if ((a | b | c | d) >= NOTHING) break;
    out[length++] = (a << 2) | (b >> 4);
    out[length++] = (b << 4) | (c >> 2);
    out[length++] = (c << 6) | d;
    at += 4;
  }
  state.at = at;
  state.length = length;
}

function finish(state: State): Uint8Array | undefined {
  const { out, bits, symbols } = state;
  if (symbols === 1) return undefined;
  if (symbols === 2) out[state.length++] = bits >> 4;
  if (symbols === 3) {
    out[state.length++] = bits >> 10;
    out[state.length++] = bits >> 2;
  }
  if (state.length === 0) return undefined;
  if (state.length === out.length) return out;
  // A few bytes too many, as line breaks leave them, are not worth a second copy of an image.
  return out.length - state.length > out.length / 8 ? out.slice(0, state.length) : out.subarray(0, state.length);
}

/** Does all of it at once. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Exact for text without blanks and escapes, so that the usual image is never copied. */
function bytesAtMost(text: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && end - last < 2 && text[last - 1] === PAD) last--;
  return Math.floor(((last - start) * 3) / 4);
}

/** The character code after a backslash and where the text goes on. */
function readEscape(text: Uint8Array, at: number, end: number): [code: number, next: number] | undefined {
  if (at >= end) return undefined;
  const letter = String.fromCharCode(text[at]!);
  if (letter === '/') return [0x2f, at + 1];
  if ('bfnrt'.includes(letter)) return [0x20, at + 1];
  const hex = String.fromCharCode(...text.subarray(at + 1, Math.min(at + 5, end)));
  return letter === 'u' && /^[0-9a-f]{4}$/i.test(hex) ? [parseInt(hex, 16), at + 5] : undefined;
}

function makeSymbols(): Uint8Array {
  const table = new Uint8Array(256).fill(NOTHING);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < 64; value++) table[letters.charCodeAt(value)] = value;
  table['-'.charCodeAt(0)] = 62;
  table['_'.charCodeAt(0)] = 63;
  for (const blank of ' \t\r\n\f') table[blank.charCodeAt(0)] = BLANK;
  return table;
}
