// Keeps the time of the jobs: the host's clock, since when each is known here, and the tick while there is something to time.
import type { Snapshot } from '../../protocol/snapshot.ts';
import { isActive } from './announcements.ts';

/** Work that ends sooner is not worth a flash of progress. */
const PROGRESS_AFTER_MS = 250;
const TICK_MS = 1000;

export class JobTimes {
  readonly #redraw: () => void;
  readonly #firstSeen = new Map<string, number>();
  #clockOffsetMs = 0;
  #tick = 0;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** The host's wall clock. */
  get nowMs(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** `isFirst`: what is under way when the page opens is no flash. */
  receive({ nowMs, jobs }: Snapshot, isFirst: boolean): void {
    this.#clockOffsetMs = nowMs - Date.now();
    const fresh = jobs.filter(({ id }) => !this.#firstSeen.has(id));
    for (const { id } of fresh) this.#firstSeen.set(id, isFirst ? -PROGRESS_AFTER_MS : performance.now());
    if (fresh.length > 0 && !isFirst) window.setTimeout(this.#redraw, PROGRESS_AFTER_MS + 10);
  }

  /** A job that has only begun is not drawn yet, so that a quick one does not flash. One that is not known here has ended before. */
  readonly isDue = (jobId: string): boolean => performance.now() - (this.#firstSeen.get(jobId) ?? -PROGRESS_AFTER_MS) >= PROGRESS_AFTER_MS;

  /** The clock runs only while there is something to time and someone to see it. */
  keepTime(snapshot: Snapshot | undefined): void {
    const mustTick = document.visibilityState === 'visible' && snapshot?.jobs.some(isActive) === true;
    if (mustTick && this.#tick === 0) this.#tick = window.setInterval(this.#redraw, TICK_MS);
    if (mustTick || this.#tick === 0) return;
    window.clearInterval(this.#tick);
    this.#tick = 0;
  }
}
