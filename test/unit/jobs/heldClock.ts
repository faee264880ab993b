// A clock whose hands a test moves; the wall can be set apart from the time that passes.
import type { Clock } from '../../../src/request/transport/clock.ts';

export class HeldClock implements Clock {
  #wallMs = Date.UTC(2026, 10, 22);
  #monotonicMs = 1000;
  readonly #timers = new Map<object, { atMs: number; callback: () => void }>();

  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#wallMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = {};
    this.#timers.set(timer, { atMs: this.#monotonicMs + Math.max(0, ms), callback });
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass, and calls what became due on the way. */
  pass(ms: number): void {
    const end = this.#monotonicMs + ms;
    for (;;) {
      const [next] = [...this.#timers].sort(([, a], [, b]) => a.atMs - b.atMs);
      const stop = next && next[1].atMs <= end ? next[1].atMs : end;
      this.#wallMs += stop - this.#monotonicMs;
      this.#monotonicMs = stop;
      if (!next || next[1].atMs > end) return;
      this.#timers.delete(next[0]);
      next[1].callback();
    }
  }

  /** Sets the wall clock, or lets the machine sleep: timers and the monotonic time stand still. */
  setWall(byMs: number): void {
    this.#wallMs += byMs;
  }
}
