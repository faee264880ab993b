// Describes what the page may ask of the host: intents, never a command id, a path, HTML or a key.
import * as v from 'valibot';
import { LARGEST_FILE_BYTES } from './imageFile.ts';
import { draftSchema, insertChoiceSchema } from './snapshot.ts';

/** A prompt may be as long as the setting allows, which may be without limit; this only keeps nonsense out. */
const MAX_PROMPT = 500_000;
const text = v.pipe(v.string(), v.maxLength(20_000));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const imageIds = v.pipe(v.array(id), v.minLength(1), v.maxLength(10_000));
const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));

const draft = v.pipe(
  draftSchema,
  v.check((value) => value.prompt.length <= MAX_PROMPT && value.size.length <= 40),
  v.check((value) => Number.isInteger(value.count) && value.count >= 1 && value.count <= 8),
);

export const intentSchema = v.variant('type', [
  /** The page is there and wants the state. */
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('draft'), revision: wholeNumber, value: draft }),
  /** Ticks or unticks what the file of an image would send beside the draft. */
  v.strictObject({ type: v.literal('extras'), taken: v.boolean() }),
  /** `intentId` is one for each press: the host drops repeats. */
  v.strictObject({ type: v.literal('generate'), intentId: id, revision: wholeNumber, value: draft }),
  v.strictObject({ type: v.literal('cancel'), jobId: id }),
  v.strictObject({ type: v.literal('cancelAll') }),
  /** Takes an ended job off the list. */
  v.strictObject({ type: v.literal('dismiss'), jobId: id }),
  /** One of the actions that the job or the notice offered; `alsoJobIds` failed alike. */
  v.strictObject({ type: v.literal('jobAction'), intentId: id, jobId: id, alsoJobIds: v.optional(v.pipe(v.array(id), v.maxLength(1000))), action: id }),
  v.strictObject({ type: v.literal('noticeAction'), noticeId: wholeNumber, action: id }),
  /** A file that was dropped or pasted; without its bytes it was too large. */
  v.strictObject({ type: v.literal('imageFile'), name: v.pipe(v.string(), v.maxLength(200)), bytes: v.optional(v.pipe(v.instance(Uint8Array), v.check(({ length }) => length <= LARGEST_FILE_BYTES))) }),
  v.strictObject({ type: v.literal('setUp') }),
  v.strictObject({ type: v.literal('chooseService') }),
  v.strictObject({ type: v.literal('openSettings') }),
  v.strictObject({ type: v.literal('openHistoryFolder') }),
  v.strictObject({ type: v.literal('deleteUnstarred') }),
  /** Makes this image the one in the preview. */
  v.strictObject({ type: v.literal('show'), imageId: id }),
  /** With a choice, that is remembered; without one, the remembered one holds. */
  v.strictObject({ type: v.literal('insert'), intentId: id, imageIds, as: v.optional(insertChoiceSchema) }),
  /** Asks what the image would weigh in the formats that it can be inserted in. */
  v.strictObject({ type: v.literal('weigh'), imageId: id }),
  v.strictObject({ type: v.literal('save'), intentId: id, imageIds }),
  v.strictObject({ type: v.literal('delete'), imageIds }),
  v.strictObject({ type: v.literal('copy'), imageId: id }),
  v.strictObject({ type: v.literal('copyPrompt'), imageId: id }),
  /** The page put the image itself on the clipboard, or could not. */
  v.strictObject({ type: v.literal('copiedImage'), done: v.boolean() }),
  v.strictObject({ type: v.literal('usePrompt'), imageId: id }),
  v.strictObject({ type: v.literal('useRevisedPrompt'), imageId: id }),
  v.strictObject({ type: v.literal('makeAgain'), intentId: id, imageId: id }),
  v.strictObject({ type: v.literal('star'), imageId: id, starred: v.boolean() }),
  v.strictObject({ type: v.literal('openImage'), imageId: id }),
  v.strictObject({ type: v.literal('compare'), imageIds: v.pipe(v.array(id), v.length(2)) }),
  v.strictObject({ type: v.literal('reveal'), imageId: id }),
  /** Which part of the history the page draws. */
  v.strictObject({ type: v.literal('history'), offset: wholeNumber, count: v.pipe(wholeNumber, v.maxValue(200)), query: text, starredOnly: v.boolean() }),
]);

export type Intent = v.InferOutput<typeof intentSchema>;

/** The intent in a message from the page, or undefined for anything else. */
export function parseIntent(message: unknown): Intent | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
