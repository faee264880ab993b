// Turns a recipe into the texts that travel inside an image file, and reads our own form of them back.
import * as v from 'valibot';
import type { RequestFields } from '../prompt/json.ts';
import type { Recipe } from '../prompt/recipe.ts';

/** Extra fields that travel in files; no other does, for nobody knows what it holds. */
const TRAVELLING_FIELDS = ['seed', 'negative_prompt'] as const;

const fileRecipeSchema = v.object({
  version: v.literal(1),
  model: v.string(),
  prompt: v.string(),
  size: v.string(),
  watermark: v.boolean(),
  prompt_extend: v.boolean(),
  revised_prompt: v.optional(v.string()),
  seed: v.optional(v.union([v.number(), v.string()])),
  negative_prompt: v.optional(v.string()),
  date: v.string(),
});

/** The part of a recipe that a file of ours holds. */
export type FileRecipe = v.InferOutput<typeof fileRecipeSchema>;

/** What of a recipe may travel: no endpoint, no duration, no extra field but `seed` and `negative_prompt`. */
export function travellingPart({ model, prompt, size, watermark, promptExtend, revisedPrompt, fields, time }: Recipe): FileRecipe {
  const { seed, negative_prompt: negativePrompt } = fields;
  return {
    version: 1,
    model,
    prompt,
    size,
    watermark,
    prompt_extend: promptExtend,
    ...(revisedPrompt === undefined ? {} : { revised_prompt: revisedPrompt }),
    ...(typeof seed === 'number' || typeof seed === 'string' ? { seed } : {}),
    ...(typeof negativePrompt === 'string' ? { negative_prompt: negativePrompt } : {}),
    date: time,
  };
}

/** The recipe in a text that `JSON.stringify` made of a `FileRecipe`; undefined for anything else. */
export function parseFileRecipe(text: string): FileRecipe | undefined {
  try {
    const result = v.safeParse(fileRecipeSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** The extra request fields that the file remembers. */
export function fieldsOf(recipe: FileRecipe): RequestFields {
  const fields: RequestFields = {};
  for (const name of TRAVELLING_FIELDS) {
    const value = recipe[name];
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** The recipe for people and other tools: the lines of the `parameters` text that image generators write and show. */
export function writeParameters(recipe: FileRecipe): string {
  const onOff = (value: boolean): string => (value ? 'on' : 'off');
  const settings = [
    ...(recipe.seed === undefined ? [] : [`Seed: ${recipe.seed}`]),
    `Size: ${recipe.size}`,
    `Model: ${recipe.model}`,
    `Prompt extension: ${onOff(recipe.prompt_extend)}`,
    `Watermark: ${onOff(recipe.watermark)}`,
    `Date: ${recipe.date}`,
    // A line of its own would be read as a part of the prompt or of the negative one; quoted, as values with commas are.
    ...(recipe.revised_prompt ? [`Revised prompt: ${JSON.stringify(recipe.revised_prompt)}`] : []),
  ].join(', ');
  const negative = recipe.negative_prompt ? [`Negative prompt: ${recipe.negative_prompt}`] : [];
  return [recipe.prompt, ...negative, settings].join('\n');
}
