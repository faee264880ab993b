// Turns a scan of a JPEG into coefficients, those of a progressive one bit by bit.
import type { HuffmanTable, JpegBits } from './jpegBits.ts';
import type { JpegComponent, JpegFrame } from './jpegFrame.ts';

/** Where the numbers of a block stand, in the order of the data (ITU-T T.81, figure A.6). */
export const ZIGZAG: Readonly<Uint8Array> = new Uint8Array([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45,
  38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]);

export interface ScanComponent {
  component: JpegComponent;
  dc: HuffmanTable | undefined;
  ac: HuffmanTable | undefined;
}

export interface JpegScan {
  components: ScanComponent[];
  /** Units between restart markers; 0 without. */
  restartUnits: number;
  spectralStart: number;
  spectralEnd: number;
  /** Bits that earlier scans left for this one and later ones. */
  high: number;
  low: number;
}

/** Fills the blocks of the scan's components. Broken or missing data leaves them as they are from there on. */
export function decodeScan(bits: JpegBits, frame: JpegFrame, scan: JpegScan): void {
  const reader = new BlockReader(bits, frame.isProgressive, scan);
  const [only, second] = scan.components;
  if (!only) return;
  let units = 0;
  const isStopped = (): boolean => {
    if (scan.restartUnits > 0 && units === scan.restartUnits) {
      units = 1;
      reader.restart();
      return !bits.restart();
    }
    units++;
    return scan.restartUnits === 0 && bits.isDry;
  };
  if (!second) {
    const { blocksAcross, blocksDown, blocksPerRow } = only.component;
    for (let y = 0; y < blocksDown; y++) {
      for (let x = 0; x < blocksAcross; x++) {
        if (isStopped()) return;
        reader.read(only, 0, (y * blocksPerRow + x) * 64);
      }
    }
    return;
  }
  for (let unitY = 0; unitY < frame.unitsDown; unitY++) {
    for (let unitX = 0; unitX < frame.unitsAcross; unitX++) {
      if (isStopped()) return;
      for (let index = 0; index < scan.components.length; index++) {
        const part = scan.components[index]!;
        const { across, down, blocksPerRow } = part.component;
        for (let y = 0; y < down; y++) for (let x = 0; x < across; x++) reader.read(part, index, ((unitY * down + y) * blocksPerRow + unitX * across + x) * 64);
      }
    }
  }
}

class BlockReader {
  readonly read: (part: ScanComponent, index: number, at: number) => void;
  readonly #bits: JpegBits;
  readonly #scan: JpegScan;
  readonly #predictions = new Int32Array(4);
  /** Blocks that follow without a new coefficient. */
  #emptyBlocks = 0;

  constructor(bits: JpegBits, isProgressive: boolean, scan: JpegScan) {
    this.#bits = bits;
    this.#scan = scan;
    if (!isProgressive) this.read = (part, index, at) => this.#readWhole(part, index, at);
    else if (scan.spectralStart === 0) this.read = scan.high === 0 ? (part, index, at) => this.#readDc(part, index, at) : (part, _, at) => this.#refineDc(part, at);
    else this.read = scan.high === 0 ? (part, _, at) => this.#readAc(part, at) : (part, _, at) => this.#refineAc(part, at);
  }

  restart(): void {
    this.#predictions.fill(0);
    this.#emptyBlocks = 0;
  }

  #readWhole({ component: { blocks }, dc, ac }: ScanComponent, index: number, at: number): void {
    if (!dc || !ac) return;
    const bits = this.#bits;
    this.#predictions[index]! += bits.readSigned(bits.decode(dc) & 15);
    blocks[at] = this.#predictions[index]!;
    for (let k = 1; k < 64; k++) {
      const symbol = bits.decode(ac);
      const size = symbol & 15;
      k += symbol >> 4;
      if (size === 0) {
        if (symbol < 0xf0) return;
        continue;
      }
      const value = bits.readSigned(size);
      if (k < 64) blocks[at + ZIGZAG[k]!] = value;
    }
  }

  #readDc({ component: { blocks }, dc }: ScanComponent, index: number, at: number): void {
    if (!dc) return;
    this.#predictions[index]! += this.#bits.readSigned(this.#bits.decode(dc) & 15);
    blocks[at] = this.#predictions[index]! << this.#scan.low;
  }

  #refineDc({ component: { blocks } }: ScanComponent, at: number): void {
    if (this.#bits.read(1)) blocks[at] = blocks[at]! | (1 << this.#scan.low);
  }

  #readAc({ component: { blocks }, ac }: ScanComponent, at: number): void {
    if (this.#emptyBlocks > 0) return void this.#emptyBlocks--;
    if (!ac) return;
    const { spectralStart, spectralEnd, low } = this.#scan;
    for (let k = spectralStart; k <= spectralEnd; k++) {
      const symbol = this.#bits.decode(ac);
      const [run, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && run < 15) {
        this.#emptyBlocks = (1 << run) + this.#bits.read(run) - 1;
        return;
      }
      k += run;
      if (size === 0) continue;
      const value = this.#bits.readSigned(size) * (1 << low);
      if (k < 64) blocks[at + ZIGZAG[k]!] = value;
    }
  }

  /** T.81, G.1.2.3: one more bit for what is there, and new coefficients between. */
  #refineAc({ component: { blocks }, ac }: ScanComponent, at: number): void {
    if (!ac) return;
    const bits = this.#bits;
    const { spectralStart, spectralEnd, low } = this.#scan;
    const bit = 1 << low;
    const refine = (place: number): void => {
      const value = blocks[place]!;
      if (bits.read(1) && (Math.abs(value) & bit) === 0) blocks[place] = value + (value > 0 ? bit : -bit);
    };
    let k = spectralStart;
    for (; this.#emptyBlocks === 0 && k <= spectralEnd; k++) {
      const symbol = bits.decode(ac);
      let run = symbol >> 4;
      let value = 0;
      if ((symbol & 15) === 0) {
        if (run < 15) {
          this.#emptyBlocks = (1 << run) + bits.read(run);
          break;
        }
      } else {
        value = bits.read(1) ? bit : -bit;
      }
      for (; k <= spectralEnd; k++) {
        const place = at + ZIGZAG[k]!;
        if (blocks[place] !== 0) refine(place);
        else if (run-- === 0) {
          if (value !== 0) blocks[place] = value;
          break;
        }
      }
    }
    if (this.#emptyBlocks === 0) return;
    for (; k <= spectralEnd; k++) if (blocks[at + ZIGZAG[k]!] !== 0) refine(at + ZIGZAG[k]!);
    this.#emptyBlocks--;
  }
}
