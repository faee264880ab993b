// Describes what is noted of a job before its request is sent, so that whoever comes after a crash can finish it.
import * as v from 'valibot';
import { requestFieldsSchema } from '../prompt/json.ts';
import type { Recipe } from '../prompt/recipe.ts';

export const JOURNAL_VERSION = 1;

const itemSchema = v.object({
  imageId: v.string(),
  /** The signed URL, a secret: it is written here and nowhere else. Absent if the bytes came in the answer. */
  url: v.optional(v.string()),
  /** There was a URL, and the key stood in it: it is not kept, so nobody can finish this but the window that has it in memory. */
  urlHeldKey: v.optional(v.literal(true)),
  revisedPrompt: v.optional(v.string()),
  /** True once image and record are on disk. */
  kept: v.boolean(),
});

export const journalSchema = v.object({
  version: v.literal(JOURNAL_VERSION),
  id: v.string(),
  /** Id of the window that works on it, see `Liveness`. A claimed file's name says better. */
  owner: v.string(),
  request: v.object({
    model: v.string(), prompt: v.string(), size: v.string(),
    watermark: v.boolean(), promptExtend: v.boolean(), fields: requestFieldsSchema,
  }),
  /** What it was asked for together with. */
  group: v.optional(v.string()),
  /** Origin of the endpoint; never a path, a query or a key. */
  endpoint: v.string(),
  /** Wall clock, when the request was sent. */
  startedMs: v.number(),
  /** Wall clock: until then its owner may be at work even if nobody can tell whether it lives. */
  busyUntilMs: v.number(),
  /** From sending the request to its answer; absent before. */
  answerMs: v.optional(v.number()),
  phase: v.picklist(['sent', 'answered']),
  /** How often a window set out to download and read the images and was not heard of again; 0 once it was. */
  tries: v.optional(v.number()),
  /** Empty before the answer. */
  items: v.array(itemSchema),
});

export type Journal = v.InferOutput<typeof journalSchema>;
export type JournalItem = Journal['items'][number];

/** An image that ended this many windows is not read again unless a person asks for it. */
export const MOST_TRIES = 2;

/** One file of `unfinished/`, and what is in it. */
export interface JournalFile {
  readonly name: string;
  journal: Journal;
}

/** What makes the image again, as far as the journal tells. `durationMs` counts from sending the request. */
export function recipeFrom(journal: Journal, item: JournalItem | undefined, durationMs: number): Recipe {
  return {
    ...journal.request,
    endpoint: journal.endpoint,
    time: new Date(journal.startedMs).toISOString(),
    durationMs,
    ...(item?.revisedPrompt !== undefined && { revisedPrompt: item.revisedPrompt }),
  };
}
