// Turns a data: URL, or base64 text with or without such a prefix, into bytes.
import { decodeBase64, runAtOnce, type Sliced } from './base64.ts';

const COMMA = 0x2c;
const LONGEST_PREFIX = 256;

/**
 * The bytes of base64 text (ASCII codes, JSON escapes allowed) after its `data:…,` prefix, if it has one. Undefined
 * when it cannot be decoded or is empty.
 */
export function* decodeImageText(text: Uint8Array): Sliced<Uint8Array | undefined> {
  const start = skipBlanks(text);
  if (!hasDataPrefix(text.subarray(start, start + 5))) return yield* decodeBase64(text, start);
  const comma = text.subarray(0, start + LONGEST_PREFIX).indexOf(COMMA, start);
  if (comma === -1) return undefined;
  const prefix = asciiOf(text.subarray(start, comma));
  return /;\s*base64\s*$/i.test(prefix) ? yield* decodeBase64(text, comma + 1) : decodePercent(text.subarray(comma + 1));
}

/** The bytes of a `data:` URL; undefined when it cannot be decoded or is empty. */
export function decodeDataUrl(url: string): Uint8Array | undefined {
  // A URL may also write base64's own characters as %2B, %2F and %3D.
  const text = /;\s*base64\s*,/i.test(url.slice(0, LONGEST_PREFIX)) ? url.replace(/%(2B|2F|3D|0A|0D|20)/gi, (code) => decodeURIComponent(code)) : url;
  return runAtOnce(decodeImageText(new TextEncoder().encode(text)));
}

export function hasDataPrefix(text: Uint8Array): boolean {
  return asciiOf(text.subarray(0, 5)).toLowerCase() === 'data:';
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

function skipBlanks(text: Uint8Array): number {
  let at = 0;
  while (at < text.length && text[at]! <= 0x20) at++;
  return at;
}

function asciiOf(text: Uint8Array): string {
  return String.fromCharCode(...text);
}
