// Turns the text of an image, base64 or a data: URL, into bytes, straight from the bytes of the JSON that holds it.

/** Lets others have the thread; awaited after each slice of work. */
export type Breathe = () => Promise<void>;

/** Decoded at a time, in bytes of text: some milliseconds of work. */
const SLICE = 512 * 1024;
const LONGEST_PREFIX = 256;
/** The longest JSON escape but one byte, `\u002`: a slice never ends within one. */
const LONGEST_ESCAPE = 5;
const PAD = 0x3d;
const COMMA = 0x2c;
const BLANKS = /[ \t\r\n\f]+/g;

/**
 * The bytes of base64 text after its `data:…,` prefix, if it has one. `text` holds ASCII codes as they stand in a JSON
 * string: its escapes (`\/`, `\n`, `\u002b`) are undone, blanks skipped, both alphabets of RFC 4648 read, missing
 * padding forgiven. Undefined when it cannot be decoded or stands for no byte.
 */
export async function decodeImageText(text: Uint8Array, breathe: Breathe): Promise<Uint8Array | undefined> {
  const start = Math.max(0, text.subarray(0, LONGEST_PREFIX).findIndex((code) => code > 0x20));
  if (!hasDataPrefix(text.subarray(start))) return decodeBase64(text.subarray(start), breathe);
  const comma = text.subarray(start, start + LONGEST_PREFIX).indexOf(COMMA);
  if (comma === -1) return undefined;
  const data = text.subarray(start + comma + 1);
  return /;\s*base64\s*$/i.test(asciiOf(text.subarray(start, start + comma))) ? decodeBase64(data, breathe) : decodePercent(data);
}

export function hasDataPrefix(text: Uint8Array): boolean {
  return /^\s*data:/i.test(asciiOf(text.subarray(0, 16)));
}

async function decodeBase64(text: Uint8Array, breathe: Breathe): Promise<Uint8Array | undefined> {
  const end = endWithoutPadding(text);
  const out = new Uint8Array(Math.floor((end * 3) / 4));
  let length = 0;
  // What is left of a slice beside its groups of four.
  let rest = '';
  for (let at = 0; at < end; ) {
    if (at > 0) await breathe();
    const until = at + SLICE < end ? sliceEnd(text, at + SLICE) : end;
    const symbols = readSymbols(asciiOf(text.subarray(at, until)));
    if (symbols === undefined) return undefined;
    const ready = rest + symbols;
    const whole = until === end ? ready.length : ready.length - (ready.length % 4);
    rest = ready.slice(whole);
    const group = ready.slice(0, whole);
    const bytes = decodeSymbols(until === end ? group.replace(/=+$/, '') : group);
    if (bytes === undefined) return undefined;
    for (let from = 0; from < bytes.length; from++) out[length++] = bytes.charCodeAt(from);
    at = until;
  }
  if (length === 0) return undefined;
  // A few bytes too many, as line breaks leave them, are not worth a second copy of an image.
  return out.length - length > out.length / 8 ? out.slice(0, length) : out.subarray(0, length);
}

/** The platform's decoder, one character a byte; undefined for what is no base64. */
function decodeSymbols(symbols: string): string | undefined {
  try {
    return atob(symbols);
  } catch {
    return undefined;
  }
}

/** The text in the usual alphabet, without escapes and blanks. */
function readSymbols(slice: string): string | undefined {
  let symbols = slice.replace(BLANKS, '');
  if (symbols.includes('\\')) {
    try {
      symbols = String(JSON.parse(`"${symbols}"`)).replace(BLANKS, '');
    } catch {
      return undefined;
    }
  }
  // A URL may also write base64's own characters as %2B, %2F and %3D.
  if (symbols.includes('%')) symbols = symbols.replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '=').replace(/%(0a|0d|20)/gi, '');
  return /[-_]/.test(symbols) ? symbols.replaceAll('-', '+').replaceAll('_', '/') : symbols;
}

/** Before an escape that would be cut in two. */
function sliceEnd(text: Uint8Array, end: number): number {
  for (let back = 1; back <= LONGEST_ESCAPE; back++) {
    const code = text[end - back];
    if (code === 0x5c || code === 0x25) return end - back;
  }
  return end;
}

/** Exact for text without blanks and escapes, so that the usual image is never copied. */
function endWithoutPadding(text: Uint8Array): number {
  let end = text.length;
  while (end > 0 && text.length - end < 2 && text[end - 1] === PAD) end--;
  return end;
}

function decodePercent(text: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const hex = text[at] === 0x25 ? asciiOf(text.subarray(at + 1, at + 3)) : '';
    const escaped = /^[0-9a-f]{2}$/i.test(hex);
    out[length++] = escaped ? parseInt(hex, 16) : text[at]!;
    if (escaped) at += 2;
  }
  return length === 0 ? undefined : out.slice(0, length);
}

/** What is no ASCII becomes something that no base64 holds. */
function asciiOf(text: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);
}
