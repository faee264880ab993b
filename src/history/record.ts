// Describes what is kept beside each image: its recipe, its star and what is known of the file.
import * as v from 'valibot';
import { recipeSchema } from '../prompt/recipe.ts';

export const RECORD_VERSION = 1;

export const recordSchema = v.object({
  version: v.literal(RECORD_VERSION),
  /** Starts with a sortable UTC time and ends random: a folder listing is the order. */
  id: v.string(),
  recipe: recipeSchema,
  file: v.object({
    /** File name inside `images/`, such as `<id>.png`. */
    name: v.string(),
    type: v.picklist(['png', 'jpeg', 'webp', 'gif', 'avif']),
    widthPx: v.number(),
    heightPx: v.number(),
    sizeBytes: v.number(),
  }),
  starred: v.boolean(),
});

/** One kept image: `images/<id>.json`, whose picture lies beside it under `file.name`. */
export type ImageRecord = v.InferOutput<typeof recordSchema>;
