// Describes the recipe: what makes an image again, and where and when it was made.
import * as v from 'valibot';
import type { ImageRequest } from './imageRequest.ts';
import { requestFieldsSchema } from './json.ts';

export const recipeSchema = v.object({
  model: v.string(),
  prompt: v.string(),
  size: v.string(),
  watermark: v.boolean(),
  promptExtend: v.boolean(),
  fields: requestFieldsSchema,
  /** Origin of the endpoint, such as `https://api.example.com`; never a path, a query or a key. */
  endpoint: v.string(),
  /** When it was asked for, ISO 8601 in UTC. */
  time: v.string(),
  /** From sending the request to the end of the download, in milliseconds. */
  durationMs: v.number(),
  /** The prompt as the service rewrote it, if it says so. */
  revisedPrompt: v.optional(v.string()),
});

export type Recipe = v.InferOutput<typeof recipeSchema>;

/** The request that a recipe asks for again. */
export function requestOf(recipe: Recipe): ImageRequest {
  const { model, prompt, size, watermark, promptExtend, fields } = recipe;
  return { model, prompt, size, watermark, promptExtend, fields };
}
