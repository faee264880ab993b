// Turns an AVIF file into its boxes, and these into the pixel size of the image that it shows.

interface Box {
  type: string;
  /** The content, without the box's own header; a view, not a copy. */
  data: Uint8Array;
  /** The box says that it is longer than the bytes there are. */
  isCut: boolean;
}

const META_HEADER = 4;
/** No encoder writes so many side by side: a file that does is there to keep its readers busy. */
const MOST_BOXES = 4096;

/** True for a file whose `ftyp` box names AVIF as its brand or among the compatible ones. */
export function isAvif(bytes: Uint8Array): boolean {
  const [first] = readBoxes(bytes.subarray(0, 512));
  if (first?.type !== 'ftyp') return false;
  const brands = text(first.data);
  for (let at = 0; at + 4 <= brands.length; at += 4) {
    // The second four letters are a version number, no brand.
    if (at !== 4 && /^avi[fs]$/.test(brands.slice(at, at + 4))) return true;
  }
  return false;
}

/** Pixel size of the primary item, turned as its `irot` says; undefined if there is none. May throw a RangeError on broken bytes. */
export function avifSize(bytes: Uint8Array): { widthPx: number; heightPx: number } | undefined {
  const meta = find(bytes, 'meta')?.subarray(META_HEADER);
  const properties = meta && find(meta, 'iprp');
  const container = properties && find(properties, 'ipco');
  if (!meta || !container) return undefined;
  const used = primaryProperties(meta, properties);
  let index = 0;
  let extent: Uint8Array | undefined;
  let rotation: Uint8Array | undefined;
  for (const { type, data } of readBoxes(container)) {
    index++;
    if (used && !used.has(index)) continue;
    if (type === 'ispe') extent ??= data;
    if (type === 'irot') rotation ??= data;
  }
  if (!extent) return undefined;
  const [widthPx, heightPx] = [view(extent).getUint32(4), view(extent).getUint32(8)];
  const turns = (rotation?.[0] ?? 0) & 3;
  return turns % 2 === 1 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}

/** True when every box fits into the bytes and the one with the image data is there; boxes past `MOST_BOXES` are taken on trust. */
export function areBoxesWhole(bytes: Uint8Array): boolean {
  let hasData = false;
  let hasMeta = false;
  let count = 0;
  for (const box of readBoxes(bytes)) {
    if (box.isCut) return false;
    count++;
    // A file has one `meta` (ISO/IEC 14496-12, 8.11.1); boxes within each of very many would be walked without end.
    hasData ||= box.type === 'mdat' || (box.type === 'meta' && !hasMeta && find(box.data.subarray(META_HEADER), 'idat') !== undefined);
    hasMeta ||= box.type === 'meta';
  }
  return hasData || count === MOST_BOXES;
}

/** Numbers, from 1, of the properties of the item that `pitm` names (ISO/IEC 23008-12, 9.3); undefined if it is not said. */
function primaryProperties(meta: Uint8Array, properties: Uint8Array): Set<number> | undefined {
  const primary = find(meta, 'pitm');
  const associations = find(properties, 'ipma');
  if (!primary || !associations) return undefined;
  const wanted = primary[0] === 0 ? view(primary).getUint16(4) : view(primary).getUint32(4);
  const data = view(associations);
  const [wideIds, wideIndexes] = [associations[0] !== 0, ((associations[3] ?? 0) & 1) === 1];
  let at = 8;
  for (let left = Math.min(data.getUint32(4), MOST_BOXES); left > 0; left--) {
    const id = wideIds ? data.getUint32(at) : data.getUint16(at);
    at += wideIds ? 4 : 2;
    const number = data.getUint8(at++);
    const width = wideIndexes ? 2 : 1;
    if (id === wanted) {
      return new Set(Array.from({ length: number }, (_, index) => (wideIndexes ? data.getUint16(at + index * width) & 0x7fff : data.getUint8(at + index * width) & 0x7f)));
    }
    at += number * width;
  }
  return undefined;
}

function find(bytes: Uint8Array, type: string): Uint8Array | undefined {
  for (const box of readBoxes(bytes)) if (box.type === type) return box.data;
  return undefined;
}

function* readBoxes(bytes: Uint8Array): Generator<Box, void> {
  for (let at = 0, count = 0; at < bytes.length && count < MOST_BOXES; count++) {
    if (at + 8 > bytes.length) return void (yield { type: '', data: bytes.subarray(at), isCut: true });
    let length = view(bytes).getUint32(at);
    let header = 8;
    if (length === 1 && at + 16 <= bytes.length) {
      length = view(bytes).getUint32(at + 8) * 2 ** 32 + view(bytes).getUint32(at + 12);
      header = 16;
    } else if (length === 0) {
      length = bytes.length - at;
    }
    if (length < header) return void (yield { type: '', data: bytes.subarray(at), isCut: true });
    yield { type: text(bytes.subarray(at + 4, at + 8)), data: bytes.subarray(at + header, at + length), isCut: at + length > bytes.length };
    at += length;
  }
}

/** The bytes as numbers of several. */
export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
