// Turns rows of pixels into a PNG file and, for tests, a PNG made here back into pixels and chunks.
import { promisify } from 'node:util';
import { crc32, deflate, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const deflated = promisify<Buffer, { level: number }, Buffer>(deflate);

export interface PngText {
  keyword: string;
  text: string;
  /** `tEXt` is Latin-1; `iTXt` (the default) any Unicode text. */
  chunk?: 'tEXt' | 'iTXt';
}

export interface PngSource {
  widthPx: number;
  heightPx: number;
  /** By `pack`: one filter byte, then the row's bytes, for every row. */
  packed: Promise<Buffer>;
  /** 3 bytes a colour: the rows then hold 1 bit a pixel. Without it they hold 8-bit RGB. */
  palette?: Buffer;
  texts?: readonly PngText[];
  /** Bytes of a private chunk that no reader needs: makes a file as large as a test wants. */
  paddingBytes?: number;
}

/** One chunk: length, name, data, checksum. */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(name, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8);
  return chunk;
}

/** Rows of pixels as a PNG file holds them. */
export function pack(scanlines: Buffer): Promise<Buffer> {
  return deflated(scanlines, { level: 6 });
}

/** A complete PNG file. */
export async function encodePng(source: PngSource): Promise<Buffer> {
  const chunks = [SIGNATURE, pngHeader(source.widthPx, source.heightPx, source.palette !== undefined)];
  if (source.palette !== undefined) chunks.push(pngChunk('PLTE', source.palette));
  for (const text of source.texts ?? []) chunks.push(textChunk(text));
  if (source.paddingBytes !== undefined) chunks.push(pngChunk('paDd', Buffer.alloc(source.paddingBytes, 'padding ')));
  chunks.push(pngChunk('IDAT', await source.packed), pngChunk('IEND', Buffer.alloc(0)));
  return Buffer.concat(chunks);
}

/** A PNG whose header claims a size that its few pixels do not have. */
export function claimingPng(widthPx: number, heightPx: number): Buffer {
  const idat = Buffer.from('789c63000000010001', 'hex');
  return Buffer.concat([SIGNATURE, pngHeader(widthPx, heightPx, false), pngChunk('IDAT', idat), pngChunk('IEND', Buffer.alloc(0))]);
}

function pngHeader(widthPx: number, heightPx: number, indexed: boolean): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header[8] = indexed ? 1 : 8;
  header[9] = indexed ? 3 : 2;
  return pngChunk('IHDR', header);
}

function textChunk({ keyword, text, chunk }: PngText): Buffer {
  if (chunk === 'tEXt') return pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
  return pngChunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]));
}

export interface ReadPng {
  widthPx: number;
  heightPx: number;
  /** Names and data in file order. */
  chunks: { name: string; data: Buffer }[];
  /** Red, green, blue of one pixel. */
  pixel(x: number, y: number): [number, number, number];
}

/** Reads what `encodePng` writes (8-bit RGB or 1-bit palette, any row filter). Throws on a wrong checksum. */
export function readPng(bytes: Uint8Array): ReadPng {
  const chunks = readChunks(Buffer.from(bytes));
  const header = chunks[0]?.data;
  if (chunks[0]?.name !== 'IHDR' || header === undefined) throw new Error('not a PNG');
  const widthPx = header.readUInt32BE(0);
  const heightPx = header.readUInt32BE(4);
  const indexed = header[9] === 3;
  const rowBytes = indexed ? Math.ceil(widthPx / 8) : widthPx * 3;
  const idat = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data));
  const rows = unfilter(inflateSync(idat), rowBytes, heightPx, indexed ? 1 : 3);
  const palette = chunks.find(({ name }) => name === 'PLTE')?.data;
  return {
    widthPx,
    heightPx,
    chunks,
    pixel: (x, y) => {
      if (palette !== undefined) {
        const bit = ((rows[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
        return [...palette.subarray(bit * 3, bit * 3 + 3)] as [number, number, number];
      }
      return [...rows.subarray(y * rowBytes + x * 3, y * rowBytes + x * 3 + 3)] as [number, number, number];
    },
  };
}

function readChunks(file: Buffer): ReadPng['chunks'] {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('not a PNG');
  const chunks: ReadPng['chunks'] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const checked = file.subarray(at + 4, at + 8 + length);
    if (crc32(checked) !== file.readUInt32BE(at + 8 + length)) throw new Error('wrong checksum');
    chunks.push({ name: checked.toString('latin1', 0, 4), data: checked.subarray(4) });
    at += length + 12;
  }
  return chunks;
}

function unfilter(raw: Buffer, rowBytes: number, heightPx: number, pixelBytes: number): Buffer {
  const rows = Buffer.alloc(rowBytes * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const filter = raw[y * (rowBytes + 1)];
    for (let i = 0; i < rowBytes; i++) {
      const at = y * rowBytes + i;
      const left = i >= pixelBytes ? (rows[at - pixelBytes] ?? 0) : 0;
      const up = y > 0 ? (rows[at - rowBytes] ?? 0) : 0;
      const corner = y > 0 && i >= pixelBytes ? (rows[at - rowBytes - pixelBytes] ?? 0) : 0;
      rows[at] = (raw[y * (rowBytes + 1) + 1 + i] ?? 0) + predict(filter, left, up, corner);
    }
  }
  return rows;
}

function predict(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
