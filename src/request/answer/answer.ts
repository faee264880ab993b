// Turns the endpoint's JSON answer into image items, or names why there is none.
import * as v from 'valibot';
import { longText } from './answerJson.ts';
import { runAtOnce, type Sliced } from './base64.ts';
import { decodeImageText, hasDataPrefix } from './dataUrl.ts';
import { readErrorWords } from '../failures/errorWords.ts';
import { Failure } from '../failures/failure.ts';
import { failureOfWords, type RefusalFacts } from '../failures/failureOf.ts';
import { plainLine } from '../failures/plainLine.ts';

/** One image of an answer: either its bytes, or the signed URL they are fetched from (a secret: never logged). */
export type AnswerItem = ({ kind: 'bytes'; bytes: Uint8Array } | { kind: 'url'; url: string }) & {
  revisedPrompt?: string;
};

export interface Answer {
  /** Every item of `data` that holds an image, in order; at least one. */
  items: AnswerItem[];
}

/** What only the caller knows about an answer; the status is 200 where nothing is said. */
export interface AnswerContext extends Partial<RefusalFacts> {
  /** The bytes that `json` was parsed from by `parseAnswerJson`: its long texts are still there. */
  body?: Uint8Array;
}

/** More than anybody asks for; a longer list is an attack. */
const MOST_ITEMS = 64;
const LONGEST_REVISED_PROMPT = 8000;

const text = v.fallback(v.optional(v.string(), ''), '');
const itemSchema = v.object({ url: text, b64_json: text, revised_prompt: text });
const envelopeSchema = v.object({ data: v.optional(v.unknown()), revised_prompt: text });
type RawItem = v.InferOutput<typeof itemSchema>;

/**
 * Reads every shape that servers of this path answer with: in each item non-empty `b64_json` first (a `data:` prefix is
 * stripped), then `url` (`https:`, `http:`, `data:`); also inside a wrapper `{ code, msg, data: { data } }`. `created`
 * is of no use and may be anything. An answer that holds an image is never refused for what else it says.
 *
 * Throws `Failure`: what the endpoint's own error means, also at HTTP 200; `answerUnreadable` when what should be an
 * image cannot be decoded or the JSON is no object; `noImageInAnswer` when nothing is there.
 */
export function readAnswer(json: unknown, context: AnswerContext = {}): Answer {
  return runAtOnce(readAnswerSliced(json, context));
}

/** The same with a pause after each megabyte of base64, for a thread that others wait for. */
export function* readAnswerSliced(json: unknown, context: AnswerContext): Sliced<Answer> {
  const facts: RefusalFacts = { ...context, status: context.status ?? 200, secrets: context.secrets ?? [] };
  const found = findItems(json);
  const items: AnswerItem[] = [];
  let spoilt = false;
  for (const raw of found.items) {
    const item = yield* readItem(raw, context.body);
    if (item === 'spoilt') spoilt = true;
    else if (item) items.push(withRevisedPrompt(item, raw.revised_prompt || found.revisedPrompt));
  }
  if (items.length > 0) return { items };
  const words = readErrorWords(json);
  if (words.isError) throw failureOfWords(words, facts);
  const detail = plainLine(words.message, facts.secrets);
  const isObject = typeof json === 'object' && json !== null;
  throw new Failure(spoilt || !isObject ? 'answerUnreadable' : 'noImageInAnswer', { status: facts.status, ...(detail && { detail }) });
}

function findItems(json: unknown): { items: RawItem[]; revisedPrompt: string } {
  let level: unknown = json;
  let revisedPrompt = '';
  for (let depth = 0; depth < 3; depth++) {
    if (Array.isArray(level)) return { items: level.slice(0, MOST_ITEMS).flatMap(parseItem), revisedPrompt };
    const envelope = v.safeParse(envelopeSchema, level);
    if (!envelope.success) break;
    revisedPrompt ||= envelope.output.revised_prompt;
    const here = parseItem(level).filter((item) => item.url !== '' || item.b64_json !== '');
    if (here.length > 0) return { items: here, revisedPrompt };
    level = envelope.output.data;
  }
  return { items: Array.isArray(level) ? level.slice(0, MOST_ITEMS).flatMap(parseItem) : [], revisedPrompt };
}

function parseItem(value: unknown): RawItem[] {
  const item = v.safeParse(itemSchema, value);
  return item.success ? [item.output] : [];
}

function* readItem(raw: RawItem, body: Uint8Array | undefined): Sliced<AnswerItem | 'spoilt' | undefined> {
  const base64 = bytesOf(raw.b64_json, body);
  const bytes = base64.length > 0 ? yield* decodeImageText(base64) : undefined;
  if (bytes) return { kind: 'bytes', bytes };
  const url = bytesOf(raw.url.trim(), body);
  if (hasDataPrefix(url)) {
    const inline = yield* decodeImageText(url);
    return inline ? { kind: 'bytes', bytes: inline } : 'spoilt';
  }
  const address = raw.url.trim();
  if (URL.canParse(address)) return { kind: 'url', url: address };
  return address !== '' || !isBlank(base64) ? 'spoilt' : undefined;
}

/** The text as ASCII codes: where it stands in the body if it was long, else a copy. */
function bytesOf(value: string, body: Uint8Array | undefined): Uint8Array {
  const range = body && longText(value, body);
  return range ? body.subarray(range.start, range.end) : new TextEncoder().encode(value);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((code) => code <= 0x20);
}

function withRevisedPrompt(item: AnswerItem, revisedPrompt: string): AnswerItem {
  const usable = revisedPrompt.trim() !== '' && revisedPrompt.length <= LONGEST_REVISED_PROMPT && !revisedPrompt.startsWith('\u0000');
  return usable ? { ...item, revisedPrompt } : item;
}
