// Gathers the chunks of a body into one piece of memory, no more than about twice its size at any time.

const SMALLEST_BLOCK = 64 * 1024;
const LARGEST_BLOCK = 1024 * 1024;

/** The body is, or says it is, larger than the limit. */
export class TooLarge extends Error {}

/** Bytes received so far. Chunks are copied: a million chunks of one byte cost a megabyte, not a million objects. */
export class ByteGatherer {
  readonly #limit: number;
  readonly #full: Uint8Array[] = [];
  #block: Uint8Array;
  #used = 0;
  #length = 0;

  /** `expected`: the length that was announced, if any; it saves the copy at the end. Throws `TooLarge`. */
  constructor(limit: number, expected?: number) {
    if (expected !== undefined && expected > limit) throw new TooLarge();
    this.#limit = limit;
    this.#block = new Uint8Array(expected ?? SMALLEST_BLOCK);
  }

  get length(): number {
    return this.#length;
  }

  /** Throws `TooLarge` once the limit is passed. */
  add(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#limit) throw new TooLarge();
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#used === this.#block.length) this.#openBlock();
      const part = rest.subarray(0, this.#block.length - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.length;
      rest = rest.subarray(part.length);
    }
    this.#length += chunk.length;
  }

  /** All of it in one array, which owns its buffer. Nothing may be added afterwards. */
  take(): Uint8Array {
    if (this.#full.length === 0 && this.#used === this.#block.length) return this.#block;
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const block of [...this.#full, this.#block.subarray(0, this.#used)]) {
      whole.set(block, at);
      at += block.length;
    }
    return whole;
  }

  #openBlock(): void {
    if (this.#used > 0) this.#full.push(this.#block);
    this.#block = new Uint8Array(Math.min(Math.max(this.#length, SMALLEST_BLOCK), LARGEST_BLOCK));
    this.#used = 0;
  }
}
