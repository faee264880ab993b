// Turns a WebP into its chunks, and chunks into a WebP.
import { concatBytes } from './concatBytes.ts';

export interface WebpChunk {
  /** Four letters, such as `VP8X`, `VP8 ` or `EXIF`. */
  type: string;
  /** The content, without header and padding; a view, not a copy. */
  data: Uint8Array;
}

/** The chunk that says which others there are (RFC 9649, 2.7). */
export const EXTENDED = 'VP8X';
export const WEBP_FLAGS = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04, animation: 0x02 } as const;

const HEADER_BYTES = 12;
/** An animation has two for each of its images; a file with more is there to keep its readers busy. */
const MOST_CHUNKS = 65_536;

export function isWebp(bytes: Uint8Array): boolean {
  const text = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  return bytes.length >= HEADER_BYTES && text(0) === 'RIFF' && text(8) === 'WEBP';
}

/** The chunks that begin in the bytes, a cut last one included; of an ANMF's content if `from` is past its header. */
export function* walkWebpChunks(bytes: Uint8Array, from = HEADER_BYTES): Generator<WebpChunk, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from, count = 0; at + 8 <= bytes.length && count < MOST_CHUNKS; count++) {
    const length = view.getUint32(at + 4, true);
    const type = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0);
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length & 1);
  }
}

export function joinWebpChunks(chunks: readonly WebpChunk[]): Uint8Array {
  const parts = chunks.flatMap(({ type, data }) => [headerOf(type, data.length), data, ...(data.length & 1 ? [new Uint8Array(1)] : [])]);
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return concatBytes([headerOf('RIFF', length), new TextEncoder().encode('WEBP'), ...parts]);
}

function headerOf(type: string, length: number): Uint8Array {
  const header = new Uint8Array(8);
  for (let index = 0; index < 4; index++) header[index] = type.charCodeAt(index);
  new DataView(header.buffer).setUint32(4, length, true);
  return header;
}
