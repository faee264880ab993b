// Describes what is kept beside each image, its recipe, its star and what is known of the file, and reads it back.
import * as v from 'valibot';
import { extensionOf, readImageInfo, type ImageInfo } from '../image/imageInfo.ts';
import { recipeSchema, type Recipe } from '../prompt/recipe.ts';
import { parseImageId } from './imageId.ts';

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
  /** The same for images that were asked for together; absent for one on its own, and in older records. */
  group: v.optional(v.string()),
});

/** One kept image: `images/<id>.json`, whose image lies beside it under `file.name`. */
export type ImageRecord = v.InferOutput<typeof recordSchema>;

export function createRecord(id: string, recipe: Recipe, info: ImageInfo, sizeBytes: number, group?: string): ImageRecord {
  const { type, widthPx, heightPx } = info;
  const file = { name: `${id}.${extensionOf(type)}`, type, widthPx, heightPx, sizeBytes };
  return { version: RECORD_VERSION, id, recipe, file, starred: false, ...(group !== undefined && { group }) };
}

/**
 * The record in a file's bytes; `newer` if a later version of the product wrote it, `damaged` for anything else,
 * also if it names another file than its own.
 */
export function parseRecord(bytes: Uint8Array, id: string): ImageRecord | 'damaged' | 'newer' {
  const json = parseJson(bytes);
  const parsed = check(json);
  if (!parsed?.success) return isNewer(json) ? 'newer' : 'damaged';
  const record = parsed.output;
  const isOwn = record.id === id && record.file.name === `${id}.${extensionOf(record.file.type)}`;
  return isOwn ? record : 'damaged';
}

export function formatJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** The value in a JSON file, or undefined. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * A record for an image whose own cannot be read: what its bytes and its name tell. Undefined if the bytes are no image.
 * @param starred what nobody can read may have had its star.
 */
export function adoptImage(bytes: Uint8Array, id: string, starred: boolean): ImageRecord | undefined {
  const info = readImageInfo(bytes);
  return info && { ...createRecord(id, emptyRecipe(id, info), info, bytes.length), starred };
}

/** The same for an image that cannot be read either: there is something, and nobody knows what. */
export function describeUnreadable(id: string): ImageRecord {
  const info: ImageInfo = { type: 'png', widthPx: 0, heightPx: 0 };
  return { ...createRecord(id, emptyRecipe(id, info), info, 0), starred: true };
}

function emptyRecipe(id: string, info: ImageInfo): Recipe {
  return {
    model: '', prompt: '', size: `${info.widthPx}x${info.heightPx}`, watermark: false, promptExtend: false,
    fields: {}, endpoint: '', time: new Date(parseImageId(id)?.timeMs ?? 0).toISOString(), durationMs: 0,
  };
}

/** Undefined for what is nested so deep that looking at it fails. */
function check(json: unknown): v.SafeParseResult<typeof recordSchema> | undefined {
  try {
    return v.safeParse(recordSchema, json);
  } catch {
    return undefined;
  }
}

function isNewer(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'version' in json && Number(json.version) > RECORD_VERSION;
}
