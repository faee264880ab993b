// Decides for each origin how often a service that limits requests is asked again, and when waiting makes no sense any more.
import type { Clock } from '../request/transport/clock.ts';
import type { Failure } from '../request/failures/failure.ts';
import type { Pauses } from './pauses.ts';

/** How often the waiting jobs of an origin go on to be refused again, without one success. */
const MOST_ROUNDS = 5;
/** A longer rest is no rest: a quota of a day, a paused model. */
export const LONGEST_PATIENCE_MS = 15 * 60_000;
/** The pause for a rate limit that names none. */
const USUAL_PAUSE_MS = 60_000;

/** From the first refusal to the next success, or to the end of patience. */
interface Spell {
  rounds: number;
  /** By the clock that never jumps: a machine that sleeps asks nobody. */
  sinceMs: number;
  words: string | undefined;
}

export class RateLimits {
  readonly #clock: Clock;
  readonly #pauses: Pauses;
  readonly #spells = new Map<string, Spell>();
  readonly #ends = new Map<string, { atMs: number; failure: Failure }>();

  constructor(clock: Clock, pauses: Pauses) {
    this.#clock = clock;
    this.#pauses = pauses;
  }

  /** To be noted as a request is sent, and handed to {@link refused}: those sent side by side are refused in one round. */
  round(origin: string): number {
    return this.#spells.get(origin)?.rounds ?? 0;
  }

  /** The service's own words with the refusal that is waited for. */
  words(origin: string): string | undefined {
    return this.#spells.get(origin)?.words;
  }

  /** An image came from there. */
  succeeded(origin: string): void {
    this.#spells.delete(origin);
    this.#ends.delete(origin);
  }

  /**
   * A request that was sent in `round` met a rate limit: a pause begins, or patience ends for every job that is there.
   * False: they end with this failure.
   */
  refused(origin: string, round: number, failure: Failure): boolean {
    const nowMs = this.#clock.monotonicMs();
    const spell = this.#spells.get(origin) ?? { rounds: 0, sinceMs: nowMs, words: undefined };
    this.#spells.set(origin, spell);
    spell.words = failure.facts.detail ?? spell.words;
    if (round >= spell.rounds) spell.rounds++;
    const pauseMs = failure.facts.retryAfterMs ?? USUAL_PAUSE_MS;
    if (spell.rounds <= MOST_ROUNDS && nowMs - spell.sinceMs + pauseMs <= LONGEST_PATIENCE_MS) {
      this.#pauses.begin(origin, pauseMs);
      return true;
    }
    this.#spells.delete(origin);
    this.#ends.set(origin, { atMs: this.#clock.now(), failure: spell.words === undefined ? failure : failure.with({ detail: spell.words }) });
    this.#pauses.end(origin);
    return false;
  }

  /** How a job ends that was there when patience ended; one that was asked for later is a new question to the service. */
  endFor(origin: string, createdMs: number): Failure | undefined {
    const end = this.#ends.get(origin);
    return end && createdMs <= end.atMs ? end.failure : undefined;
  }
}
