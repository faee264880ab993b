// Turns a JPEG into pixels as browsers show it, but for its orientation: ten bytes a pixel, twelve for CMYK.
import { isFrame, isNamed, readSegments } from '../jpegSegments.ts';
import { HuffmanTable, JpegBits } from './jpegBits.ts';
import { coloursOf, paintJpeg } from './jpegColours.ts';
import { type JpegFrame, readFrame } from './jpegFrame.ts';
import { decodeScan, type JpegScan, type ScanComponent, ZIGZAG } from './jpegScan.ts';
import { transformBlocks } from './jpegTransform.ts';
import type { Pixels } from './pixels.ts';

/** No encoder writes so many: a file that does is there to keep its readers busy. */
const MOST_SCANS = 128;

interface Tables {
  quantization: Int32Array[];
  dc: HuffmanTable[];
  ac: HuffmanTable[];
  restartUnits: number;
  adobeTransform: number | undefined;
  hasJfif: boolean;
}

/** Broken or missing data leaves the image grey from there on. Undefined without a frame that browsers decode, or without any scan. */
export function decodeJpeg(bytes: Uint8Array): Pixels | undefined {
  const tables: Tables = { quantization: [], dc: [], ac: [], restartUnits: 0, adobeTransform: undefined, hasJfif: false };
  let frame: JpegFrame | undefined;
  let from: number | undefined = 2;
  let scans = 0;
  while (from !== undefined && scans < MOST_SCANS) {
    let next: number | undefined;
    for (const { marker, data, end } of readSegments(bytes, from)) {
      if (isFrame(marker)) {
        frame ??= readFrame(marker, data);
        if (!frame) return undefined;
      } else if (marker === 0xda) {
        const scan = frame && readScan(data, frame, tables);
        if (!frame || !scan) return undefined;
        const bits = new JpegBits(bytes, end);
        decodeScan(bits, frame, scan);
        scans++;
        next = bits.position;
      } else {
        readTable(marker, data, tables);
      }
    }
    from = next;
  }
  if (!frame || scans === 0) return undefined;
  for (const { blocks, quantization } of frame.components) transformBlocks(blocks, tables.quantization[quantization] ?? new Int32Array(64).fill(1));
  return { widthPx: frame.widthPx, heightPx: frame.heightPx, rgba: paintJpeg(frame, coloursOf(frame, tables.adobeTransform, tables.hasJfif)) };
}

function readTable(marker: number, data: Uint8Array, tables: Tables): void {
  if (marker === 0xdb) readQuantization(data, tables);
  else if (marker === 0xc4) readHuffman(data, tables);
  else if (marker === 0xdd && data.length >= 2) tables.restartUnits = (data[0]! << 8) | data[1]!;
  else if (marker === 0xe0 && isNamed(data, 'JFIF\0')) tables.hasJfif = true;
  else if (marker === 0xee && isNamed(data, 'Adobe') && data.length >= 12) tables.adobeTransform = data[11];
}

function readQuantization(data: Uint8Array, { quantization }: Tables): void {
  for (let at = 0; at < data.length; ) {
    const [isWide, id] = [data[at]! >> 4 !== 0, data[at]! & 3];
    if (at + 1 + (isWide ? 128 : 64) > data.length) return;
    const table = new Int32Array(64);
    for (let k = 0; k < 64; k++) table[ZIGZAG[k]!] = isWide ? (data[at + 1 + 2 * k]! << 8) | data[at + 2 + 2 * k]! : data[at + 1 + k]!;
    quantization[id] = table;
    at += 1 + (isWide ? 128 : 64);
  }
}

function readHuffman(data: Uint8Array, { dc, ac }: Tables): void {
  for (let at = 0; at + 17 <= data.length; ) {
    const [isAc, id] = [data[at]! >> 4 !== 0, data[at]! & 3];
    const counts = data.subarray(at + 1, at + 17);
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
    (isAc ? ac : dc)[id] = new HuffmanTable(counts, data.subarray(at + 17, end));
    at = end;
  }
}

function readScan(data: Uint8Array, frame: JpegFrame, { dc, ac, restartUnits }: Tables): JpegScan | undefined {
  const count = data[0] ?? 0;
  if (count < 1 || count > 4 || data.length < 4 + count * 2) return undefined;
  const components: ScanComponent[] = [];
  for (let index = 0; index < count; index++) {
    const [id, selectors] = [data[1 + index * 2]!, data[2 + index * 2]!];
    const component = frame.components.find((candidate) => candidate.id === id);
    if (!component) return undefined;
    components.push({ component, dc: dc[selectors >> 4], ac: ac[selectors & 15] });
  }
  const at = 1 + count * 2;
  const [spectralStart, spectralEnd] = frame.isProgressive ? [data[at]!, Math.min(63, data[at + 1]!)] : [0, 63];
  return { components, restartUnits, spectralStart, spectralEnd, high: data[at + 2]! >> 4, low: data[at + 2]! & 15 };
}
