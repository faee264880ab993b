// Gathers the chunks of a body into one piece of memory, of little more than its size.

const SMALLEST_ROOM = 64 * 1024;
/** What outgrows this gets all the room there may be: the system gives memory only where it is written to. */
const LARGEST_COPIED = 1024 * 1024;

/** The body is, or says it is, larger than the limit. */
export class TooLarge extends Error {}

/** Bytes received so far. Chunks are copied: a million chunks of one byte cost a megabyte, not a million objects. */
export class ByteGatherer {
  readonly #limit: number;
  #room: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** `expected`: the length that was announced, if any; then there is exactly that much room. Throws `TooLarge`. */
  constructor(limit: number, expected?: number) {
    if (expected !== undefined && expected > limit) throw new TooLarge();
    this.#limit = limit;
    this.#room = new Uint8Array(expected ?? Math.min(SMALLEST_ROOM, limit));
  }

  get length(): number {
    return this.#length;
  }

  /** Throws `TooLarge` once the limit is passed. */
  add(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#limit) throw new TooLarge();
    if (length > this.#room.length) this.#makeRoom(length);
    this.#room.set(chunk, this.#length);
    this.#length = length;
  }

  /** All of it in one array, which may be a view of a larger buffer. Nothing may be added afterwards. */
  take(): Uint8Array {
    if (this.#length === this.#room.length) return this.#room;
    return this.#length > LARGEST_COPIED ? this.#room.subarray(0, this.#length) : this.#room.slice(0, this.#length);
  }

  #makeRoom(length: number): void {
    const wanted = length > LARGEST_COPIED ? this.#limit : Math.min(2 * Math.max(length, SMALLEST_ROOM), this.#limit);
    const old = this.#room;
    this.#room = new Uint8Array(wanted);
    this.#room.set(old.subarray(0, this.#length));
    // Given back now, not when the garbage collector comes.
    old.buffer.transfer(0);
  }
}
