// Turns the bytes of the endpoint's answer into image items, or names why there is none.
import { findItems, type RawItem, type RawItems } from './answerItems.ts';
import { parseAnswerJson } from './answerJson.ts';
import { decodeImageText, hasDataPrefix, type Breathe } from './base64.ts';
import { eventTexts } from './events.ts';
import { imageAddress, ON_SERVER } from './imageAddress.ts';
import { taskOf } from './task.ts';
import { readErrorWords } from '../failures/errorWords.ts';
import { Failure } from '../failures/failure.ts';
import { cutSecrets } from '../failures/cutSecrets.ts';
import { failureOfWords, type RefusalFacts } from '../failures/failureOf.ts';
import { plainLine } from '../failures/plainLine.ts';

/**
 * One image of an answer: either its bytes, or the signed URL they are fetched from (a secret: never logged). One that
 * `holdsKey` must not be written anywhere.
 */
export type AnswerItem = ({ kind: 'bytes'; bytes: Uint8Array } | { kind: 'url'; url: string; holdsKey?: true }) & {
  revisedPrompt?: string;
};

export interface Answer {
  /** Every item of `data` that holds an image, in order; at least one. */
  items: AnswerItem[];
}

/** What only the caller knows about an answer; the status is 200 if nothing is said. */
export interface AnswerContext extends Partial<RefusalFacts> {
  /** The address that was asked: relative URLs of images start there. */
  address?: string;
  /** Awaited after each slice of long work, so that others have the thread; must not be left out on a thread that others wait for. */
  breathe?: Breathe;
}

const LONGEST_REVISED_PROMPT = 8000;

/** A URL that was long enough to be left in the body. */
const LONGEST_URL = 32_768;

/**
 * Reads every shape that servers of this path answer with: in each item non-empty `b64_json` first (a `data:` prefix is
 * stripped), then `url` (`https:`, `http:`, `data:`, relative, in a list of one); in `data`, `images` or a wrapper
 * `{ code, msg, data: { data } }`; in server-sent events. `created` is of no use and may be anything. An answer that
 * holds an image is never refused for what else it says.
 *
 * Throws `SyntaxError` for what is no JSON. Throws `Failure`: what the endpoint's own error means, also at HTTP 200;
 * `takenAsTask` for an image that comes later and elsewhere; `fileOnServer` for one that only the server can read;
 * `answerUnreadable` when what should be an image cannot be decoded or the JSON is no object; else `noImageInAnswer`.
 */
export async function readAnswer(body: Uint8Array, context: AnswerContext = {}): Promise<Answer> {
  const events = eventTexts(body);
  if (events.length === 0) return readJson(parseAnswerJson(body), body, context);
  let failure: unknown;
  for (const text of events) {
    try {
      return await readJson(parseAnswerJson(text), text, context);
    } catch (error) {
      // The last event that says something is the one to tell of: a stream ends with its error.
      if (!(failure instanceof Failure)) failure = error;
    }
  }
  throw failure;
}

async function readJson(json: unknown, body: Uint8Array, context: AnswerContext): Promise<Answer> {
  const facts: RefusalFacts = { ...context, status: context.status ?? 200, secrets: context.secrets ?? [] };
  const found = findItems(json, body);
  const items: AnswerItem[] = [];
  let spoilt = false;
  let onServer: string | undefined;
  for (const raw of found.items) {
    const item = await readItem(raw, context, facts.secrets);
    if (item === 'spoilt') spoilt = true;
    else if ('path' in item) onServer ??= item.path;
    else items.push(withRevisedPrompt(item, raw, found, facts.secrets));
  }
  if (items.length > 0) return { items };
  throw failureWithout(json, facts, spoilt, onServer);
}

function failureWithout(json: unknown, facts: RefusalFacts, spoilt: boolean, onServer: string | undefined): Failure {
  const { status, secrets } = facts;
  const tell = (detail: string): { status: number; detail?: string } => ({ status, ...(detail && { detail: plainLine(detail, secrets) }) });
  if (onServer !== undefined) return new Failure('fileOnServer', tell(onServer));
  const taskId = taskOf(json);
  if (taskId !== undefined) return new Failure('takenAsTask', { status, ...(taskId !== '' && { taskId: plainLine(taskId, secrets) }) });
  const words = readErrorWords(json);
  const failure = failureOfWords(words, facts);
  // Words that name something known count, whatever a wrapper calls the answer.
  const isNamed = failure.reason !== 'serviceFailed';
  // 202 says "accepted": an image may be in the making, so nothing must ask for a second one.
  if (status === 202 && !isNamed) return new Failure('takenAsTask', tell(words.message));
  if (words.isError || isNamed) return failure;
  const isObject = typeof json === 'object' && json !== null;
  return new Failure(spoilt || !isObject ? 'answerUnreadable' : 'noImageInAnswer', tell(words.message));
}

async function readItem(raw: RawItem, { address, breathe = () => Promise.resolve() }: AnswerContext, secrets: readonly string[]): Promise<AnswerItem | 'spoilt' | { path: string }> {
  const bytes = raw.base64.length > 0 ? await decodeImageText(raw.base64, breathe) : undefined;
  if (bytes) return { kind: 'bytes', bytes };
  if (hasDataPrefix(raw.url)) {
    const inline = await decodeImageText(raw.url, breathe);
    return inline ? { kind: 'bytes', bytes: inline } : 'spoilt';
  }
  if (raw.url.length === 0 || raw.url.length > LONGEST_URL) return 'spoilt';
  const text = new TextDecoder().decode(raw.url);
  const url = imageAddress(text, address);
  if (url === ON_SERVER) return { path: text };
  return url === undefined ? 'spoilt' : { kind: 'url', url, ...(cutSecrets(url, secrets) !== url && { holdsKey: true }) };
}

/** It is kept, shown and written into files: a server that puts the key into it shall not have its way. */
function withRevisedPrompt(item: AnswerItem, raw: RawItem, found: RawItems, secrets: readonly string[]): AnswerItem {
  const said = raw.revisedPrompt || found.revisedPrompt;
  return said.trim() !== '' && said.length <= LONGEST_REVISED_PROMPT ? { ...item, revisedPrompt: cutSecrets(said, secrets) } : item;
}
