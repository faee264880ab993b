// Describes time as it is handed to pure code, so that tests can hold it.

/** Timers of the platforms hold 31 bits of milliseconds; a longer one would fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Clock {
  /** Milliseconds since 1970, the wall clock. */
  now(): number;
  /** Milliseconds that never jump back, for durations. */
  monotonicMs(): number;
  /** Calls `callback` once after `ms`; the returned function calls it off. */
  after(ms: number, callback: () => void): () => void;
}
