// Reads bits and Huffman codes from a JPEG's image data.

const FAST_BITS = 9;

/** One table of codes: for short codes looked up at once, longer ones by their length (ITU-T T.81, annex F.2.2.3). */
export class HuffmanTable {
  /** Length << 8 | symbol for each `FAST_BITS` bits; 0 if the code is longer. */
  readonly fast = new Uint16Array(2 ** FAST_BITS);
  readonly #symbols: Uint8Array;
  /** By length: the first code past those of that length, at 16 bits; and what leads from a code to its symbol. */
  readonly #ends = new Int32Array(18);
  readonly #offsets = new Int32Array(18);

  /** @param counts how many codes there are of 1 to 16 bits */
  constructor(counts: Uint8Array, symbols: Uint8Array) {
    this.#symbols = symbols;
    for (let length = 1, code = 0, index = 0; length <= 16; length++, code <<= 1) {
      this.#offsets[length] = index - code;
      for (let left = counts[length - 1] ?? 0; left > 0; left--, code++, index++) {
        if (length > FAST_BITS) continue;
        const first = code << (FAST_BITS - length);
        this.fast.fill((length << 8) | (symbols[index] ?? 0), first, first + 2 ** (FAST_BITS - length));
      }
      this.#ends[length] = code << (16 - length);
    }
  }

  /** Length << 8 | symbol of the code that 16 bits begin with; 0 if none does. */
  find(bits: number): number {
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      if (bits < (this.#ends[length] ?? 0)) return (length << 8) | (this.#symbols[(bits >> (16 - length)) + (this.#offsets[length] ?? 0)] ?? 0);
    }
    return 0;
  }
}

/** The bits from `position` on; past a marker and past the end they are all 0. */
export class JpegBits {
  position: number;
  readonly #bytes: Uint8Array;
  #bits = 0;
  #count = 0;
  /** Bits made up since the data ended. */
  #missing = 0;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  /** The data ended before what was read of it. */
  get isDry(): boolean {
    return this.#missing > this.#count;
  }

  /** 0 for 0 bits; 16 at most. */
  read(count: number): number {
    if (count === 0) return 0;
    if (this.#count < count) this.#fill();
    this.#count -= count;
    return (this.#bits >>> this.#count) & ((1 << count) - 1);
  }

  /** A number of so many bits, as T.81 writes negative ones (F.2.2.1, EXTEND). */
  readSigned(count: number): number {
    const value = this.read(count);
    return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
  }

  /** The symbol of the next code. */
  decode(table: HuffmanTable): number {
    if (this.#count < 16) this.#fill();
    const bits = (this.#bits >>> (this.#count - 16)) & 0xffff;
    const found = table.fast[bits >> (16 - FAST_BITS)]! || table.find(bits);
    // A code that is none skips bits, so that broken data comes to an end.
    this.#count -= found >> 8 || 16;
    return found & 0xff;
  }

  /** Goes on behind the restart marker that comes next; false if another marker or the end comes. */
  restart(): boolean {
    this.#bits = this.#count = this.#missing = 0;
    for (let at = this.position; at + 1 < this.#bytes.length; at++) {
      const next = this.#bytes[at + 1]!;
      if (this.#bytes[at] !== 0xff || next === 0 || next === 0xff) continue;
      if (next < 0xd0 || next > 0xd7) return false;
      this.position = at + 2;
      return true;
    }
    return false;
  }

  #fill(): void {
    while (this.#count <= 16) {
      let byte = this.#bytes[this.position] ?? -1;
      if (byte === 0xff) {
        let next = this.position + 1;
        while (this.#bytes[next] === 0xff) next++;
        if (this.#bytes[next] === 0) this.position = next + 1;
        else byte = -1;
      } else if (byte >= 0) {
        this.position++;
      }
      if (byte < 0) {
        this.#missing += 8;
        byte = 0;
      }
      this.#bits = (this.#bits << 8) | byte;
      this.#count += 8;
    }
  }
}
