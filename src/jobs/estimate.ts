// Turns how long past images took into how long the next one like them will.
import type { Recipe } from '../prompt/recipe.ts';

const SAMPLES = 15;
/** Fewer tell more of the moment than of the service. */
const LEAST_SAMPLES = 3;

/** What decides how long an image takes. `endpoint` is an origin. */
export type EstimatedKind = Pick<Recipe, 'endpoint' | 'model' | 'size' | 'promptExtend'>;

/** Remembers the newest durations by service, model, size and prompt extension. */
export class Estimates {
  readonly #durations = new Map<string, number[]>();

  /** Recipes in the order they were made, the newest last. Those with no duration are passed over. */
  note(recipe: EstimatedKind & Pick<Recipe, 'durationMs'>): void {
    if (!(recipe.durationMs > 0)) return;
    const key = keyOf(recipe);
    this.#durations.set(key, [...(this.#durations.get(key) ?? []), recipe.durationMs].slice(-SAMPLES));
  }

  /** The median in milliseconds, which one slow image does not move; undefined if too little is known. */
  estimateMs(what: EstimatedKind): number | undefined {
    const sorted = [...(this.#durations.get(keyOf(what)) ?? [])].sort((a, b) => a - b);
    if (sorted.length < LEAST_SAMPLES) return undefined;
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    return low === undefined || high === undefined ? undefined : (low + high) / 2;
  }
}

function keyOf({ endpoint, model, size, promptExtend }: EstimatedKind): string {
  return JSON.stringify([endpoint, model, size, promptExtend]);
}
