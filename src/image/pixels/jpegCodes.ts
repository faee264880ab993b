// Turns the blocks of a JPEG into its image data, with the Huffman codes that suit them best.
import type { EncodedComponent } from './jpegBlocks.ts';
import { ZIGZAG } from './jpegScan.ts';

/** As a DHT segment holds it: how many codes there are of 1 to 16 bits, and their symbols. */
export interface Codes {
  counts: Uint8Array;
  symbols: Uint8Array;
}

const LONGEST_CODE = 16;

/** Called with each symbol of the data, the table that it belongs to (0 luminance, 1 chrominance; 2 and 3 their AC) and the bits behind it. */
type Emit = (table: number, symbol: number, bits: number, bitCount: number) => void;

/** The codes of the tables that are used, by number, and the data with them. */
export function encodeBlocks(components: readonly EncodedComponent[]): { codes: (Codes | undefined)[]; data: Uint8Array } {
  const frequencies = Array.from({ length: 4 }, () => new Uint32Array(257));
  walk(components, (table, symbol) => {
    frequencies[table]![symbol]!++;
  });
  const codes = frequencies.map((table) => (table.some((count) => count > 0) ? bestCodes(table) : undefined));
  const words = codes.map((table) => table && wordsOf(table));
  const writer = new BitWriter();
  walk(components, (table, symbol, bits, bitCount) => {
    const word = words[table]![symbol]!;
    writer.write(word >>> 8, word & 0xff);
    if (bitCount > 0) writer.write(bits, bitCount);
  });
  return { codes, data: writer.end() };
}

function walk(components: readonly EncodedComponent[], emit: Emit): void {
  const [first] = components;
  if (!first) return;
  const unitsAcross = first.blocksPerRow / first.factor;
  const unitsDown = first.blocksDown / first.factor;
  const predictions = new Int32Array(components.length);
  for (let unitY = 0; unitY < unitsDown; unitY++) {
    for (let unitX = 0; unitX < unitsAcross; unitX++) {
      for (let index = 0; index < components.length; index++) {
        const { factor, blocksPerRow, blocks, isChroma } = components[index]!;
        for (let y = 0; y < factor; y++) {
          for (let x = 0; x < factor; x++) {
            const at = ((unitY * factor + y) * blocksPerRow + unitX * factor + x) * 64;
            const dc = blocks[at]!;
            emitValue(isChroma ? 1 : 0, 0, dc - predictions[index]!, emit);
            predictions[index] = dc;
            walkBlock(blocks, at, isChroma ? 3 : 2, emit);
          }
        }
      }
    }
  }
}

function walkBlock(blocks: Int16Array, at: number, table: number, emit: Emit): void {
  let run = 0;
  for (let k = 1; k < 64; k++) {
    const value = blocks[at + ZIGZAG[k]!]!;
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) emit(table, 0xf0, 0, 0);
    emitValue(table, run << 4, value, emit);
    run = 0;
  }
  if (run > 0) emit(table, 0, 0, 0);
}

function emitValue(table: number, run: number, value: number, emit: Emit): void {
  const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
  emit(table, run | size, value < 0 ? value + (1 << size) - 1 : value, size);
}

/** ITU-T T.81, annex K.2: the shortest codes for these frequencies, none longer than 16 bits and none of ones only. */
function bestCodes(frequencies: Uint32Array): Codes {
  const weights = Float64Array.from(frequencies);
  // A symbol that never occurs takes the code of ones only.
  weights[256] = 1;
  const lengths = new Uint8Array(257);
  const next = new Int32Array(257).fill(-1);
  for (;;) {
    const [one, other] = [rarest(weights, -1), -1];
    const second = one < 0 ? other : rarest(weights, one);
    if (one < 0 || second < 0) break;
    weights[one]! += weights[second]!;
    weights[second] = 0;
    let tail = one;
    for (lengths[tail]!++; next[tail]! >= 0; lengths[tail]!++) tail = next[tail]!;
    next[tail] = second;
    for (tail = second; tail >= 0; tail = next[tail]!) lengths[tail]!++;
  }
  const counts = new Int32Array(258);
  for (const length of lengths) if (length > 0) counts[length]!++;
  for (let length = 257; length > LONGEST_CODE; length--) {
    while (counts[length]! > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter--;
      counts[length]! -= 2;
      counts[length - 1]!++;
      counts[shorter + 1]! += 2;
      counts[shorter]!--;
    }
  }
  let longest = LONGEST_CODE;
  while (counts[longest] === 0) longest--;
  counts[longest]!--;
  const symbols = Array.from({ length: 256 }, (_, symbol) => symbol).filter((symbol) => lengths[symbol]! > 0).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { counts: Uint8Array.from(counts.subarray(1, 17)), symbols: Uint8Array.from(symbols) };
}

/** Of equal weights the highest symbol, so that the one that never occurs ends up last. */
function rarest(weights: Float64Array, but: number): number {
  let found = -1;
  for (let symbol = 0; symbol < weights.length; symbol++) {
    if (weights[symbol]! > 0 && symbol !== but && (found < 0 || weights[symbol]! <= weights[found]!)) found = symbol;
  }
  return found;
}

/** Word << 8 | length of each symbol. */
function wordsOf({ counts, symbols }: Codes): Uint32Array {
  const words = new Uint32Array(256);
  let [word, index] = [0, 0];
  for (let length = 1; length <= LONGEST_CODE; length++, word <<= 1) {
    for (let left = counts[length - 1]!; left > 0; left--) words[symbols[index++]!] = (word++ << 8) | length;
  }
  return words;
}

class BitWriter {
  #bytes = new Uint8Array(65_536);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** 16 bits at most. */
  write(bits: number, count: number): void {
    this.#bits = (this.#bits << count) | bits;
    this.#count += count;
    for (; this.#count >= 8; this.#count -= 8) this.#put((this.#bits >>> (this.#count - 8)) & 0xff);
    this.#bits &= (1 << this.#count) - 1;
  }

  /** The bytes, the last one filled up with ones. */
  end(): Uint8Array {
    if (this.#count > 0) this.write((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }

  #put(byte: number): void {
    if (this.#length + 2 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
    if (byte === 0xff) this.#bytes[this.#length++] = 0;
  }
}
