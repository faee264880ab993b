// Keeps the parts of the history that the host sent, and says which part to ask for next.
import type { Snapshot, SnapshotImage } from '../../protocol/snapshot.ts';

/** Most images in one range (the host's limit). */
export const MOST_PER_RANGE = 200;
const STEP = 50;
const MOST_KEPT = 800;

export interface HistoryRange {
  offset: number;
  count: number;
}

/** Images by their place in the list; those of an older revision are dropped. */
export class HistoryPages {
  #items = new Map<number, SnapshotImage>();
  #stamp = '';

  receive(history: Snapshot['history']): void {
    const stamp = JSON.stringify([history.revision, history.query, history.starredOnly]);
    if (stamp !== this.#stamp) this.#items = new Map();
    this.#stamp = stamp;
    history.items.forEach((image, place) => {
      const index = history.offset + place;
      // Put last again, so that the oldest ones are the first to go.
      this.#items.delete(index);
      this.#items.set(index, image);
    });
    for (const index of this.#items.keys()) {
      if (this.#items.size <= MOST_KEPT) break;
      this.#items.delete(index);
    }
  }

  at(index: number): SnapshotImage | undefined {
    return this.#items.get(index);
  }

  indexOf(imageId: string): number | undefined {
    for (const [index, image] of this.#items) if (image.id === imageId) return index;
    return undefined;
  }

  /** The range to ask for so that `first` to `end` (exclusive) can be drawn, or undefined when all are here. */
  missingRange(first: number, end: number): HistoryRange | undefined {
    let isMissing = false;
    for (let index = first; index < end && !isMissing; index++) isMissing = !this.#items.has(index);
    if (!isMissing) return undefined;
    const offset = Math.floor(first / STEP) * STEP;
    return { offset, count: Math.min(MOST_PER_RANGE, Math.ceil((end - offset) / STEP) * STEP) };
  }
}
