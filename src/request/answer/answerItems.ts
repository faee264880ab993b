// Finds in an answer's JSON what stands for an image, under whatever names a service puts it.
import { longTextOf } from './answerJson.ts';
import { isWaiting } from './task.ts';

/** What one item of an answer says of its image: texts as bytes, still with the JSON escapes of a long one. */
export interface RawItem {
  /** Base64, with or without a `data:` prefix; empty if there is none. */
  base64: Uint8Array;
  /** An address, or a `data:` URL; empty if there is none. */
  url: Uint8Array;
  revisedPrompt: string;
}

export interface RawItems {
  items: RawItem[];
  /** What stands beside the list rather than in it. */
  revisedPrompt: string;
}

/** A request asks for one image; more than this from one answer is an attack. */
const MOST_ITEMS = 8;
const DEEPEST = 4;

/** Where services put the list of images, or the object that holds it; the contract's own name first. */
const LISTS = ['data', 'images', 'output', 'result', 'results', 'output_images', 'image_urls', 'artifacts', 'predictions'];
const BASE64 = ['b64_json', 'b64', 'base64', 'image_base64', 'bytesBase64Encoded'];
const URLS = ['url', 'image_url', 'urls', 'image'];

const NOTHING = new Uint8Array();

/** The first list that holds an image, eight at most; partial images of a stream are none. */
export function findItems(json: unknown, body: Uint8Array, depth = 0): RawItems {
  if (Array.isArray(json)) {
    const items = json.slice(0, 64).flatMap((value) => itemOf(value, body) ?? []);
    return { items: items.slice(0, MOST_ITEMS), revisedPrompt: '' };
  }
  const alone = bytesOf(json, body);
  if (alone.length > 0) return { items: hasScheme(alone) || !looksLikeAddress(alone) ? [itemOf(json, body)!] : [], revisedPrompt: '' };
  if (typeof json !== 'object' || json === null || depth > DEEPEST) return { items: [], revisedPrompt: '' };
  const fields = json as Record<string, unknown>;
  if (isPartial(fields['type'])) return { items: [], revisedPrompt: '' };
  const revisedPrompt = stringOf(fields['revised_prompt']);
  const own = itemOf(json, body);
  if (own) return { items: [own], revisedPrompt };
  for (const name of LISTS) {
    if (!Object.hasOwn(fields, name)) continue;
    const found = findItems(fields[name], body, depth + 1);
    if (found.items.length > 0) return { items: found.items, revisedPrompt: found.revisedPrompt || revisedPrompt };
  }
  return { items: [], revisedPrompt };
}

function itemOf(value: unknown, body: Uint8Array): RawItem | undefined {
  const alone = bytesOf(value, body);
  if (alone.length > 0) return looksLikeAddress(alone) ? { base64: NOTHING, url: alone, revisedPrompt: '' } : { base64: alone, url: NOTHING, revisedPrompt: '' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  // The address of a task that is not done is where to ask for it, and no image.
  if (isWaiting(fields)) return undefined;
  const inBase64 = firstOf(BASE64, fields, body);
  const inUrl = firstOf(URLS, fields, body);
  if (inBase64.length === 0 && inUrl.length === 0) return undefined;
  const revisedPrompt = stringOf(fields['revised_prompt']);
  if (inBase64.length === 0 && !looksLikeAddress(inUrl)) return { base64: inUrl, url: NOTHING, revisedPrompt };
  // Some put an address where base64 belongs.
  if (inUrl.length === 0 && /^https?:/i.test(startOf(inBase64))) return { base64: NOTHING, url: inBase64, revisedPrompt };
  return { base64: inBase64, url: inUrl, revisedPrompt };
}

function firstOf(names: readonly string[], fields: Record<string, unknown>, body: Uint8Array): Uint8Array {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    // `"url": ["https://…"]` and `"image_url": {"url": "https://…"}`.
    const inner = Array.isArray(value) ? (value as unknown[])[0] : value;
    const bytes = bytesOf(inner, body);
    if (bytes.length > 0) return bytes;
    const nested = typeof inner === 'object' && inner !== null && 'url' in inner ? bytesOf(inner.url, body) : NOTHING;
    if (nested.length > 0) return nested;
  }
  return NOTHING;
}

function bytesOf(value: unknown, body: Uint8Array): Uint8Array {
  if (typeof value !== 'string') return longTextOf(value, body) ?? NOTHING;
  return value.trim() === '' ? NOTHING : new TextEncoder().encode(value.trim());
}

/** A long text without a scheme, a dot or a blank is base64, under whatever name it stands. */
function looksLikeAddress(text: Uint8Array): boolean {
  return hasScheme(text) || text.length < 100 || !/^[\w+/=\s\\-]+$/.test(startOf(text));
}

function hasScheme(text: Uint8Array): boolean {
  return /^(https?|data):/i.test(startOf(text));
}

function startOf(text: Uint8Array): string {
  return new TextDecoder().decode(text.subarray(0, 400));
}

function isPartial(type: unknown): boolean {
  return typeof type === 'string' && /partial/i.test(type);
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
