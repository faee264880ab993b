// Turns a PNG into its chunks, and a chunk's content into the bytes that stand in the file.

export interface PngChunk {
  /** Four letters, such as `IDAT`. */
  type: string;
  /** The content, without length, type and checksum; a view, not a copy. */
  data: Uint8Array;
  /** Where the whole chunk stands in the file. */
  start: number;
  end: number;
}

export const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where the first chunk of every PNG starts. */
export const FIRST_CHUNK = PNG_SIGNATURE.length;

const CRC_TABLE: Readonly<Uint32Array> = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= FIRST_CHUNK && PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** No encoder writes so many: a file that does is there to keep its readers busy. */
const MOST_CHUNKS = 65_536;

/** The chunks that fit into the bytes, one after the other, with the last one that bears a chunk's name; `MOST_CHUNKS` at most. */
export function* walkChunks(bytes: Uint8Array): Generator<PngChunk, void> {
  if (!isPng(bytes)) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = FIRST_CHUNK, count = 0; start + 12 <= bytes.length && count < MOST_CHUNKS; count++) {
    const end = start + 12 + view.getUint32(start);
    const type = String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0, bytes[start + 6] ?? 0, bytes[start + 7] ?? 0);
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return;
    yield { type, data: bytes.subarray(start + 8, end - 4), start, end };
    if (type === 'IEND') return;
    start = end;
  }
}

/**
 * The chunks from IHDR to IEND; undefined for bytes that are no PNG, are cut short, break the order that the PNG
 * specification asks for, or hold more chunks than any encoder writes. Checksums are left to decoders.
 */
export function readChunks(bytes: Uint8Array): PngChunk[] | undefined {
  const chunks = [...walkChunks(bytes)];
  const isWhole = chunks[0]?.type === 'IHDR' && chunks.at(-1)?.type === 'IEND'
    && chunks.filter(({ type }) => type === 'IHDR').length === 1 && chunks.some(({ type }) => type === 'IDAT');
  return isWhole ? chunks : undefined;
}

/** False when the end is plainly missing. Nothing is stored; of more chunks than any encoder writes the rest is taken on trust. */
export function arePngChunksWhole(bytes: Uint8Array): boolean {
  let [count, hasPixels, last] = [0, false, ''];
  for (const { type } of walkChunks(bytes)) {
    if ((count === 0) !== (type === 'IHDR')) return false;
    count++;
    hasPixels ||= type === 'IDAT';
    last = type;
  }
  return count === MOST_CHUNKS || (last === 'IEND' && hasPixels);
}

/** A whole chunk with its length and checksum. */
export function makeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) chunk[4 + index] = type.charCodeAt(index);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
