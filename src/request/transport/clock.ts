// Describes time as it is handed to pure code, so that tests can hold it.

export interface Clock {
  /** Milliseconds since 1970, the wall clock. */
  now(): number;
  /** Milliseconds that never jump back, for durations. */
  monotonicMs(): number;
  /** Calls `callback` once after `ms`; the returned function calls it off. */
  after(ms: number, callback: () => void): () => void;
}
