// Counts down the rests that a service asked for: one countdown for each origin, however many jobs wait for it.
import type { Clock } from '../request/transport/clock.ts';

/** How soon a set clock or a machine that slept is noticed. */
const TICK_MS = 1000;
/** A service that asks for no time at all would be asked without end. */
const SHORTEST_MS = 1000;
/** What a wall clock may differ from the countdown before people are told another time. */
const NOTICEABLE_MS = 1500;

interface Pause {
  startMs: number;
  startMonotonicMs: number;
  lengthMs: number;
  untilMs: number;
  callOff: () => void;
}

export class Pauses {
  readonly #clock: Clock;
  readonly #onChange: (origin: string) => void;
  readonly #pauses = new Map<string, Pause>();

  /** @param onChange called when a pause ended, and when its `untilMs` is another because the clock was set. */
  constructor(clock: Clock, onChange: (origin: string) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Wall-clock time until which nothing should be sent there; undefined if nothing is known against it. */
  untilMs(origin: string): number | undefined {
    return this.#pauses.get(origin)?.untilMs;
  }

  /** Begins a rest, or lengthens the one that runs; never shortens it. */
  begin(origin: string, askedMs: number): void {
    const lengthMs = Math.max(SHORTEST_MS, askedMs);
    const running = this.#pauses.get(origin);
    if (running && this.#leftMs(running) >= lengthMs) return;
    running?.callOff();
    const startMs = this.#clock.now();
    const pause: Pause = { startMs, startMonotonicMs: this.#clock.monotonicMs(), lengthMs, untilMs: startMs + lengthMs, callOff: () => undefined };
    this.#pauses.set(origin, pause);
    this.#schedule(origin, pause);
    this.#onChange(origin);
  }

  /** Ends the rest that runs, if one does. */
  end(origin: string): void {
    const running = this.#pauses.get(origin);
    if (!running) return;
    running.callOff();
    this.#pauses.delete(origin);
    this.#onChange(origin);
  }

  dispose(): void {
    for (const pause of this.#pauses.values()) pause.callOff();
    this.#pauses.clear();
  }

  #schedule(origin: string, pause: Pause): void {
    pause.callOff = this.#clock.after(Math.min(TICK_MS, this.#leftMs(pause)), () => {
      const leftMs = this.#leftMs(pause);
      const untilMs = this.#clock.now() + leftMs;
      const wasSet = Math.abs(untilMs - pause.untilMs) > NOTICEABLE_MS;
      if (wasSet) pause.untilMs = untilMs;
      if (leftMs > 0) this.#schedule(origin, pause);
      else this.#pauses.delete(origin);
      if (leftMs <= 0 || wasSet) this.#onChange(origin);
    });
  }

  /**
   * The clock that never jumps stands still on some systems while the machine sleeps, and the wall clock can be set
   * back: what has passed is what either of them says. Ending too early costs nothing but another refusal.
   */
  #leftMs(pause: Pause): number {
    const passedMs = Math.max(this.#clock.now() - pause.startMs, this.#clock.monotonicMs() - pause.startMonotonicMs);
    return Math.max(0, pause.lengthMs - passedMs);
  }
}
