// Turns a PNG's text chunks into keywords and texts, and a text into an iTXt chunk.
import { Unzlib } from 'fflate';
import { concatBytes } from './concatBytes.ts';
import { makeChunk, type PngChunk } from './pngChunks.ts';

export interface PngText {
  keyword: string;
  text: string;
}

export const XMP_KEYWORD = 'XML:com.adobe.xmp';

/** Longer texts, packed or not, are passed over. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** Deflate grows data at most 1032 times, so one such slice stays below 5 MiB. */
const INFLATE_SLICE_BYTES = 4096;

/** What a tEXt, zTXt or iTXt chunk says; undefined for other chunks, for texts over 1 MiB and for broken ones. */
export function readText(chunk: PngChunk): PngText | undefined {
  const keyword = keywordOf(chunk);
  if (keyword === undefined) return undefined;
  const rest = chunk.data.subarray(keyword.length + 1);
  if (chunk.type === 'tEXt') return rest.length > MAX_TEXT_BYTES ? undefined : { keyword, text: decodeText(rest) };
  if (chunk.type === 'zTXt') {
    const packed = rest[0] === 0 ? inflate(rest.subarray(1)) : undefined;
    return packed && { keyword, text: decodeText(packed) };
  }
  return readInternational(keyword, rest);
}

/** The PNG specification says Latin-1, but many tools write UTF-8: what is valid as UTF-8 is hardly ever anything else. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** The keyword of a tEXt, zTXt or iTXt chunk, 1 to 79 bytes; undefined for other chunks. Nothing is unpacked. */
export function keywordOf({ type, data }: PngChunk): string | undefined {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return undefined;
  const end = data.subarray(0, 80).indexOf(0);
  return end > 0 ? String.fromCharCode(...data.subarray(0, end)) : undefined;
}

/** An uncompressed iTXt chunk; what a text must not hold (NUL, lone surrogates) is replaced by U+FFFD. */
export function makeTextChunk(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  const head = encoder.encode(`${keyword}\0\0\0\0\0`);
  const body = encoder.encode(text.replaceAll('\0', '\uFFFD'));
  const data = new Uint8Array(head.length + body.length);
  data.set(head);
  data.set(body, head.length);
  return makeChunk('iTXt', data);
}

/** iTXt after its keyword: compression flag and method, language tag, translated keyword, text (PNG, 11.3.3.4). */
function readInternational(keyword: string, rest: Uint8Array): PngText | undefined {
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const body = rest.subarray(translated + 1);
  if (rest[0] === 0) return body.length > MAX_TEXT_BYTES ? undefined : { keyword, text: new TextDecoder().decode(body) };
  const unpacked = rest[0] === 1 && rest[1] === 0 ? inflate(body) : undefined;
  return unpacked && { keyword, text: new TextDecoder().decode(unpacked) };
}

function inflate(packed: Uint8Array): Uint8Array | undefined {
  return packed.length > MAX_TEXT_BYTES ? undefined : inflateZlib(packed, MAX_TEXT_BYTES);
}

/** Unpacks zlib data; undefined for broken data, and for more than `maxBytes`, of which little more is ever unpacked. */
export function inflateZlib(packed: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let total = 0;
  let isWhole = false;
  const unzlib = new Unzlib((part, final) => {
    parts.push(part);
    total += part.length;
    isWhole = final;
  });
  try {
    for (let at = 0; at < packed.length && total <= maxBytes && !isWhole; at += INFLATE_SLICE_BYTES) {
      unzlib.push(packed.slice(at, at + INFLATE_SLICE_BYTES), at + INFLATE_SLICE_BYTES >= packed.length);
    }
  } catch {
    return undefined;
  }
  return total > maxBytes ? undefined : concatBytes(parts);
}
