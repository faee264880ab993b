// Turns the unpacked bytes of a PNG's rows into pixels: filters, bit depths, palettes, transparent colours, interlacing.

export interface PngHeader {
  widthPx: number;
  heightPx: number;
  depth: number;
  /** 0 grey, 2 colours, 3 palette, 4 grey with opacity, 6 colours with opacity. */
  colour: number;
  isInterlaced: boolean;
}

interface PngTables {
  palette: Uint8Array | undefined;
  /** The content of tRNS: opacities of the palette, or the one grey or colour that is transparent. */
  transparent: Uint8Array | undefined;
}

/** Where each pass of Adam7 starts and how far its pixels lie apart (PNG, 8.2): x, y, step in x, step in y. */
const ADAM7: readonly Pass[] = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
const WHOLE: readonly Pass[] = [[0, 0, 1, 1]];
type Pass = readonly [left: number, top: number, stepX: number, stepY: number];

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

/** The header in IHDR; undefined if the PNG specification does not allow it. */
export function readPngHeader(data: Uint8Array): PngHeader | undefined {
  if (data.length !== 13) return undefined;
  const view = new DataView(data.buffer, data.byteOffset);
  const [widthPx, heightPx, depth, colour, interlace] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  const isKnown = widthPx > 0 && heightPx > 0 && DEPTHS[colour]?.includes(depth) === true && interlace <= 1;
  return isKnown ? { widthPx, heightPx, depth, colour, isInterlaced: interlace === 1 } : undefined;
}

/** Takes unpacked bytes as they come and paints each row when it is complete. */
export class PngRows {
  readonly rgba: Uint8Array;
  /** Rows painted so far, those of all passes. */
  painted = 0;
  isDone = false;
  readonly #header: PngHeader;
  readonly #paint: (row: Uint8Array, start: number, step: number, count: number) => void;
  readonly #passes: readonly Pass[];
  readonly #bytesPerPixel: number;
  #pass = -1;
  #y = 0;
  #count = 0;
  #row = new Uint8Array(0);
  #above = new Uint8Array(0);
  /** Bytes of the current row that have come; the first of a row is its filter. */
  #filled = 0;
  #filter = 0;

  constructor(header: PngHeader, tables: PngTables) {
    const { widthPx, heightPx, depth, colour, isInterlaced } = header;
    this.#header = header;
    this.rgba = new Uint8Array(widthPx * heightPx * 4);
    this.#paint = painter(header, tables, this.rgba);
    this.#passes = isInterlaced ? ADAM7 : WHOLE;
    this.#bytesPerPixel = Math.max(1, ((SAMPLES[colour] ?? 1) * depth) >> 3);
    this.#nextPass();
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.isDone; ) {
      if (this.#filled === 0) {
        this.#filter = bytes[at++] ?? 0;
        this.#filled = 1;
        if (at === bytes.length) return;
      }
      const part = bytes.subarray(at, at + this.#row.length + 1 - this.#filled);
      this.#row.set(part, this.#filled - 1);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#row.length + 1) this.#endRow();
    }
  }

  #endRow(): void {
    unfilter(this.#filter, this.#row, this.#above, this.#bytesPerPixel);
    const [left, , stepX] = this.#passes[this.#pass] ?? [0, 0, 1, 1];
    this.#paint(this.#row, (this.#y * this.#header.widthPx + left) * 4, stepX * 4, this.#count);
    this.painted++;
    [this.#row, this.#above] = [this.#above, this.#row];
    this.#filled = 0;
    this.#y += this.#passes[this.#pass]?.[3] ?? 1;
    if (this.#y >= this.#header.heightPx) this.#nextPass();
  }

  /** Passes without a pixel are not in the data. */
  #nextPass(): void {
    const { widthPx, heightPx, depth, colour } = this.#header;
    for (this.#pass++; this.#pass < this.#passes.length; this.#pass++) {
      const [left, top, stepX] = this.#passes[this.#pass] ?? [0, 0, 1, 1];
      this.#count = Math.ceil((widthPx - left) / stepX);
      this.#y = top;
      if (this.#count <= 0 || top >= heightPx) continue;
      const rowBytes = Math.ceil((this.#count * (SAMPLES[colour] ?? 1) * depth) / 8);
      [this.#row, this.#above] = [new Uint8Array(rowBytes), new Uint8Array(rowBytes)];
      return;
    }
    this.isDone = true;
  }
}

/** PNG, 9.2; `pixel` is how many bytes lie between a byte and the one to its left. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, pixel: number): void {
  switch (filter) {
    case 1:
      for (let at = pixel; at < row.length; at++) row[at] = row[at]! + row[at - pixel]!;
      return;
    case 2:
      for (let at = 0; at < row.length; at++) row[at] = row[at]! + above[at]!;
      return;
    case 3:
      for (let at = 0; at < row.length; at++) row[at] = row[at]! + (((at < pixel ? 0 : row[at - pixel]!) + above[at]!) >> 1);
      return;
    case 4:
      for (let at = 0; at < row.length; at++) {
        const left = at < pixel ? 0 : row[at - pixel]!;
        const up = above[at]!;
        const corner = at < pixel ? 0 : above[at - pixel]!;
        const toLeft = Math.abs(up - corner);
        const toUp = Math.abs(left - corner);
        const toCorner = Math.abs(left + up - 2 * corner);
        row[at] = row[at]! + (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
      }
  }
}

/** What writes one row's pixels from `start` of `rgba` on, `step` bytes apart. Of 16 bits the upper eight are taken. */
function painter({ depth, colour }: PngHeader, { palette, transparent }: PngTables, rgba: Uint8Array): (row: Uint8Array, start: number, step: number, count: number) => void {
  const wide = depth === 16 ? 2 : 1;
  const samples = SAMPLES[colour] ?? 1;
  const [isGrey, hasAlpha] = [colour === 0 || colour === 4, colour >= 4];
  if (depth < 8 || colour === 3) {
    const table = paletteOf(depth, colour === 3 ? palette : undefined, transparent);
    const mask = 2 ** depth - 1;
    return (row, start, step, count) => {
      for (let index = 0, to = start; index < count; index++, to += step) {
        const bit = index * depth;
        const from = ((row[bit >> 3]! >> (8 - depth - (bit & 7))) & mask) * 4;
        for (let part = 0; part < 4; part++) rgba[to + part] = table[from + part]!;
      }
    };
  }
  const key = hasAlpha || transparent?.length !== (isGrey ? 2 : 6) ? undefined : transparent;
  return (row, start, step, count) => {
    for (let index = 0, to = start, from = 0; index < count; index++, to += step, from += samples * wide) {
      rgba[to] = row[from]!;
      rgba[to + 1] = row[isGrey ? from : from + wide]!;
      rgba[to + 2] = row[isGrey ? from : from + 2 * wide]!;
      rgba[to + 3] = hasAlpha ? row[from + (samples - 1) * wide]! : key && isKey(row, from, wide, key) ? 0 : 255;
    }
  };
}

/** tRNS holds two bytes for each sample, whatever the depth. */
function isKey(row: Uint8Array, from: number, wide: number, key: Uint8Array): boolean {
  for (let sample = 0; sample * 2 < key.length; sample++) {
    const at = from + sample * wide;
    const value = wide === 2 ? (row[at]! << 8) | row[at + 1]! : row[at]!;
    if (value !== ((key[sample * 2]! << 8) | key[sample * 2 + 1]!)) return false;
  }
  return true;
}

/** The pixel for each value: of the palette, or the greys of fewer than eight bits. */
function paletteOf(depth: number, palette: Uint8Array | undefined, transparent: Uint8Array | undefined): Uint8Array {
  const size = 2 ** depth;
  const table = new Uint8Array(size * 4);
  const key = transparent?.length === 2 ? (transparent[0]! << 8) | transparent[1]! : -1;
  for (let value = 0; value < size; value++) {
    const grey = (value * 255) / (size - 1);
    const colours = palette ? [palette[value * 3] ?? 0, palette[value * 3 + 1] ?? 0, palette[value * 3 + 2] ?? 0] : [grey, grey, grey];
    table.set([...colours, palette ? (transparent?.[value] ?? 255) : value === key ? 0 : 255], value * 4);
  }
  return table;
}
