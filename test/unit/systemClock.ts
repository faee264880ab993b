// The machine's own time for unit tests, and one whose hands a test moves.
import type { Clock } from '../../src/request/transport/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** A clock that runs `factor` times as fast as the machine's: ten minutes pass in a moment, in the right order. */
export function makeFastClock(factor: number): Clock & { openTimers: () => number } {
  let open = 0;
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * factor,
    monotonicMs: () => performance.now() * factor,
    openTimers: () => open,
    after(ms, callback) {
      open++;
      let running = true;
      const stop = (): void => {
        if (running) open--;
        running = false;
      };
      const timer = setTimeout(() => {
        stop();
        callback();
      }, ms / factor);
      return () => {
        stop();
        clearTimeout(timer);
      };
    },
  };
}
