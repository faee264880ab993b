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

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where the first chunk of every PNG starts. */
export const FIRST_CHUNK = SIGNATURE.length;

const CRC_TABLE: Readonly<Uint32Array> = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= FIRST_CHUNK && SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * The chunks from IHDR to IEND; undefined for bytes that are no PNG, are cut short, or break the order that the PNG
 * specification asks for. Checksums are left to decoders.
 */
export function readChunks(bytes: Uint8Array): PngChunk[] | undefined {
  if (!isPng(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let hasPixels = false;
  for (let start = FIRST_CHUNK; start + 12 <= bytes.length; ) {
    const end = start + 12 + view.getUint32(start);
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return undefined;
    if ((chunks.length === 0) !== (type === 'IHDR')) return undefined;
    chunks.push({ type, data: bytes.subarray(start + 8, end - 4), start, end });
    hasPixels ||= type === 'IDAT';
    if (type === 'IEND') return hasPixels ? chunks : undefined;
    start = end;
  }
  return undefined;
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
