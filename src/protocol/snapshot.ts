// Describes the whole state that the host sends to the page; the page draws it and nothing else.
import * as v from 'valibot';

const imageSchema = v.object({
  id: v.string(),
  prompt: v.string(),
  /** Webview URI of the image; the page appends nothing to it. */
  uri: v.string(),
  /** Webview URI of the thumbnail, if one is made already. */
  thumbnailUri: v.optional(v.string()),
  size: v.string(),
  widthPx: v.number(),
  heightPx: v.number(),
  sizeBytes: v.number(),
  starred: v.boolean(),
  /** ISO 8601. */
  time: v.string(),
  model: v.string(),
  durationMs: v.number(),
  revisedPrompt: v.optional(v.string()),
  /** The same for images that were asked for together. */
  group: v.optional(v.string()),
});

const pixelsSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384));
const shareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** How a file is inserted: in which format, and exactly how large; `settings` leaves it to these. */
export const insertChoiceSchema = v.object({
  format: v.picklist(['settings', 'original', 'webp', 'jpeg']),
  size: v.optional(v.object({ widthPx: pixelsSchema, heightPx: pixelsSchema })),
  /** What stays in view if the size crops, from 0 (left, top) to 1; the middle without it. */
  focus: v.optional(v.object({ x: shareSchema, y: shareSchema })),
});

const actionSchema = v.object({ id: v.string(), label: v.string() });

const jobSchema = v.object({
  id: v.string(),
  prompt: v.string(),
  size: v.string(),
  /** When its request was first sent, by the host's wall clock: the page counts the seconds from there. */
  startedMs: v.optional(v.number()),
  state: v.variant('phase', [
    v.object({ phase: v.literal('queued') }),
    v.object({ phase: v.literal('waiting'), untilMs: v.number(), words: v.optional(v.string()) }),
    v.object({ phase: v.literal('requesting'), sinceMs: v.number() }),
    v.object({ phase: v.literal('downloading'), receivedBytes: v.number(), totalBytes: v.optional(v.number()) }),
    v.object({ phase: v.literal('writing') }),
    v.object({ phase: v.literal('failed'), sentence: v.string(), actions: v.array(actionSchema) }),
    v.object({ phase: v.literal('cancelled'), sentence: v.string(), actions: v.array(actionSchema) }),
  ]),
  /** What such a job usually takes, from past ones like it; absent if too little is known. */
  estimateMs: v.optional(v.number()),
  /** A public page says so; past ones are too few. */
  isDocumented: v.optional(v.boolean()),
  /** Which code asked for it, in words; absent for what a person asked for. */
  askedBy: v.optional(v.string()),
  /** What made it fail has changed since, so that another try may go through. */
  mended: v.optional(v.boolean()),
});

export const draftSchema = v.object({
  prompt: v.string(),
  size: v.string(),
  promptExtend: v.boolean(),
  watermark: v.boolean(),
  /** Images to make, 1 to 8. */
  count: v.number(),
});

export const snapshotSchema = v.object({
  type: v.literal('snapshot'),
  /** Grows by one with each push of this window's host. */
  revision: v.number(),
  /** Host's wall clock at the push, so that the page can count on with its own. */
  nowMs: v.number(),
  needsSetUp: v.boolean(),
  draft: v.object({
    /** The page takes the draft only when this is greater than the last one that it has seen or sent. */
    revision: v.number(),
    value: draftSchema,
  }),
  /** What the file of an image would send beside the draft, in words; only if it is ticked. */
  extras: v.optional(v.nullable(v.object({ text: v.string(), taken: v.boolean() }))),
  /** What makes the next images; absent while no endpoint can be used. */
  service: v.optional(v.object({
    model: v.string(),
    host: v.string(),
    /** List price of one image, such as `US$ 0.08`, and the day on which it was read. */
    price: v.optional(v.object({ text: v.string(), read: v.string() })),
  })),
  /** Sizes offered, with the ratio people know them by. */
  sizes: v.array(v.object({ value: v.string(), ratio: v.string() })),
  /** 0: no limit. */
  maxPromptCharacters: v.number(),
  styles: v.array(v.object({ label: v.string(), text: v.string() })),
  recentPrompts: v.array(v.string()),
  /** What one image usually takes from the service and the model set, if enough is known of such ones or a public page says it. */
  estimates: v.optional(v.array(v.object({ size: v.string(), promptExtend: v.boolean(), durationMs: v.number(), isDocumented: v.optional(v.boolean()) }))),
  /** Jobs in flight at once; with the estimates it tells how long several images take. */
  concurrency: v.optional(v.number()),
  jobs: v.array(jobSchema),
  /** The images last asked for together by this window, in their order; each is a job until its image is there. */
  group: v.optional(v.nullable(v.object({ id: v.string(), members: v.array(v.object({ jobId: v.string(), image: v.optional(imageSchema) })) }))),
  current: v.nullable(imageSchema),
  /** How the button Insert inserts, and what the current image would weigh in each format, as far as that is known. */
  insertAs: v.optional(v.object({
    choice: insertChoiceSchema,
    weights: v.optional(v.object({ imageId: v.string(), webpBytes: v.optional(v.number()), jpegBytes: v.optional(v.number()) })),
  })),
  /** Images that this window asked for. */
  askedCount: v.number(),
  /** Jobs of this window that ended with their image kept: what the page says aloud. */
  doneCount: v.number(),
  /** One sentence for the status line of the page, such as "Deleted."; with an undo if there is one. */
  notice: v.nullable(v.object({ id: v.number(), text: v.string(), actions: v.array(actionSchema) })),
  history: v.object({
    /** Grows when the list itself changed. */
    revision: v.number(),
    /** Images that fit the query, and all that are kept. */
    total: v.number(),
    keptTotal: v.number(),
    sizeBytes: v.number(),
    query: v.string(),
    starredOnly: v.boolean(),
    /**
     * How many of the images that fit were made on each day, newest first, by the person's own calendar:
     * `2026-11-22`, or `2026-10` for a whole older month. Without it the page shows one group.
     */
    days: v.optional(v.array(v.object({ day: v.string(), count: v.number() }))),
    /** The range that the page asked for. */
    offset: v.number(),
    items: v.array(imageSchema),
  }),
});

export type Snapshot = v.InferOutput<typeof snapshotSchema>;
export type SnapshotImage = v.InferOutput<typeof imageSchema>;
export type SnapshotJob = v.InferOutput<typeof jobSchema>;
export type SnapshotAction = v.InferOutput<typeof actionSchema>;
export type Draft = v.InferOutput<typeof draftSchema>;
export type InsertChoice = v.InferOutput<typeof insertChoiceSchema>;

/** The snapshot in a message from the host, or undefined for anything else. */
export function parseSnapshot(message: unknown): Snapshot | undefined {
  const result = v.safeParse(snapshotSchema, message);
  return result.success ? result.output : undefined;
}
