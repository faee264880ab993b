// Turns how long past images took into how long the next one of that model and size will.
import type { Recipe } from '../prompt/recipe.ts';

const SAMPLES = 15;

/** Remembers the newest durations by model and size. */
export class Estimates {
  readonly #durations = new Map<string, number[]>();

  /** Recipes in the order they were made, the newest last. Those with no duration are passed over. */
  note(recipe: Pick<Recipe, 'model' | 'size' | 'durationMs'>): void {
    if (!(recipe.durationMs > 0)) return;
    const key = keyOf(recipe);
    this.#durations.set(key, [...(this.#durations.get(key) ?? []), recipe.durationMs].slice(-SAMPLES));
  }

  /** The median in milliseconds, which one slow image does not move; undefined where nothing is known. */
  estimateMs(what: Pick<Recipe, 'model' | 'size'>): number | undefined {
    const sorted = [...(this.#durations.get(keyOf(what)) ?? [])].sort((a, b) => a - b);
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    return low === undefined || high === undefined ? undefined : (low + high) / 2;
  }
}

function keyOf({ model, size }: Pick<Recipe, 'model' | 'size'>): string {
  return `${size} ${model}`;
}
