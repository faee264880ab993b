// Turns base64 text into bytes, straight from the bytes of the JSON that holds it.

const BACKSLASH = 0x5c;
const PAD = 0x3d;
const NOTHING = 64;
const BLANK = 65;

/** By character code: the six bits, or NOTHING, or BLANK. Both alphabets of RFC 4648. */
const SYMBOLS = makeSymbols();

/**
 * Decodes `text[start, end)`, ASCII codes as they stand in a JSON string: its escapes (`\/`, `\n`, `\u002b`) are undone,
 * blanks skipped, both alphabets read, missing padding forgiven. Undefined when it is no base64 or stands for no byte.
 */
export function decodeBase64(text: Uint8Array, start = 0, end = text.length): Uint8Array | undefined {
  const out = new Uint8Array(bytesAtMost(text, start, end));
  let length = 0;
  let bits = 0;
  let symbols = 0;
  let padded = false;
  let at = start;
  while (at < end) {
    if (symbols === 0 && !padded) {
      while (at + 4 <= end) {
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
      if (at >= end) break;
    }
    let code = text[at++]!;
    if (code === BACKSLASH) {
      const escape = readEscape(text, at, end);
      if (!escape) return undefined;
      [code, at] = escape;
    }
    const symbol = SYMBOLS[code] ?? NOTHING;
    if (symbol === BLANK) continue;
    if (code === PAD) {
      padded = true;
      continue;
    }
    if (symbol === NOTHING || padded) return undefined;
    bits = (bits << 6) | symbol;
    if (++symbols === 4) {
      out[length++] = bits >> 16;
      out[length++] = bits >> 8;
      out[length++] = bits;
      bits = symbols = 0;
    }
  }
  if (symbols === 1) return undefined;
  if (symbols === 2) out[length++] = bits >> 4;
  if (symbols === 3) {
    out[length++] = bits >> 10;
    out[length++] = bits >> 2;
  }
  if (length === 0) return undefined;
  return length === out.length ? out : out.slice(0, length);
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
