// Sends one request to the endpoint and turns what comes back into an answer or a named failure.
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import { readAnswer, type Answer, type AnswerContext } from '../answer/answer.ts';
import type { Clock } from '../transport/clock.ts';
import { Deadline, Ended, pause } from '../transport/deadline.ts';
import { mayCarryKey, type Endpoint } from './endpointUrl.ts';
import { withCharge } from '../failures/charge.ts';
import { Failure } from '../failures/failure.ts';
import { failureOf, type RefusalFacts } from '../failures/failureOf.ts';
import type { Fetch, FetchResponse } from '../transport/fetch.ts';
import { ByteGatherer, TooLarge } from '../transport/gatherBytes.ts';
import { networkFailure } from '../failures/networkFailure.ts';
import { isMarkup, plainLine } from '../failures/plainLine.ts';
import { textsOf } from '../failures/sentTexts.ts';
import { announcedLength, LARGEST_BODY, readBody } from '../transport/readBody.ts';
import { redirectRefused } from './redirect.ts';
import { buildRequestBody } from './requestBody.ts';
import { readRetryAfterMs } from '../transport/retryAfter.ts';

export interface Connection {
  endpoint: Endpoint;
  /** Undefined: no Authorization header is sent. */
  key: string | undefined;
  /** From sending the POST to the end of its answer, in milliseconds. */
  timeoutMs: number;
}

export interface Transport {
  fetch: Fetch;
  clock: Clock;
}

/** An error's words are at its start; the rest of a huge one is left unread. In bytes. */
const LARGEST_ERROR_BODY = 256 * 1024;

/**
 * Sends the POST exactly once; whether to send it again is for the caller to judge by `failure.facts.unsent` and
 * `retryAfterMs`. Throws only `Failure`; none holds the key, whatever the server echoes. Aborting `signal` closes the
 * socket in every phase and throws `cancelled` (`billed` is 'no' if it was aborted before anything was sent).
 */
export async function requestImages(request: ImageRequest, connection: Connection, transport: Transport, options: { signal: AbortSignal }): Promise<Answer> {
  const { endpoint, timeoutMs } = connection;
  const key = keyFor(connection);
  if (options.signal.aborted) throw new Failure('cancelled', { billed: 'no' });
  const sent = buildRequestBody(request);
  const body = JSON.stringify(sent);
  const deadline = new Deadline(transport.clock, timeoutMs, options.signal);
  let isAnswered = false;
  const sentMs = transport.clock.monotonicMs();
  try {
    const headers: Record<string, string> = { 'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Encoding': 'identity' };
    if (key !== undefined) headers['Authorization'] = `Bearer ${key}`;
    const response = await deadline.wait(transport.fetch(endpoint.imagesUrl, { method: 'POST', headers, body, signal: deadline.signal, redirect: 'manual' }));
    isAnswered = true;
    const facts: RefusalFacts = {
      status: response.status,
      secrets: key === undefined ? [] : [key],
      retryAfterMs: readRetryAfterMs(response.headers, transport.clock.now()),
      sentFields: Object.keys(sent),
      sentTexts: textsOf(sent),
      sentKey: key !== undefined,
    };
    if (response.status >= 300 && response.status < 400) throw redirectRefused(response.headers.get('location') ?? '', endpoint, facts);
    const sinceSent = (): number => transport.clock.monotonicMs() - sentMs;
    if (response.status >= 400) throw await readRefusal(response, deadline, facts, sinceSent());
    return await readImages(response, deadline, { ...facts, address: endpoint.imagesUrl, breathe: () => pause(transport.clock, 0, deadline) }, sinceSent);
  } catch (error) {
    throw nameError(error, isAnswered);
  } finally {
    deadline.close();
  }
}

/** The key as it may be sent, or undefined. Throws `keyRefused` for one that no header can hold. */
export function keyFor({ endpoint, key }: Pick<Connection, 'endpoint' | 'key'>): string | undefined {
  if (key === undefined || !mayCarryKey(endpoint)) return undefined;
  if (!/^[\x21-\x7e]+$/.test(key)) throw new Failure('keyRefused', { unsent: true });
  return key;
}

/** Any error of sending and reading as a failure; `isAnswered` if the answer had begun. */
export function nameError(error: unknown, isAnswered = false): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Ended) return new Failure(error.by);
  return error instanceof TooLarge ? new Failure('answerTooLarge') : networkFailure(error, isAnswered);
}

async function readImages(response: FetchResponse, deadline: Deadline, context: RefusalFacts & AnswerContext, sinceSent: () => number): Promise<Answer> {
  const announced = announcedLength(response);
  const gatherer = new ByteGatherer(LARGEST_BODY, announced);
  await readBody(response, gatherer, deadline);
  if (announced !== undefined && gatherer.length !== announced) throw new Failure('connectionLost', { status: response.status });
  const body = gatherer.take();
  const answerMs = sinceSent();
  try {
    return await readAnswer(body, context);
  } catch (error) {
    const text = decodeText(body.subarray(0, LARGEST_ERROR_BODY), response);
    if (error instanceof SyntaxError) throw unreadable(text, context);
    // A refusal under a status that says success: gateways that send 200 first, and the rest when the work is over.
    throw error instanceof Failure ? withCharge(error, text, context, answerMs) : error;
  }
}

function unreadable(text: string, facts: RefusalFacts): Failure {
  if (isMarkup(text)) return failureOf(text, facts);
  // 202 says "accepted": an image may be in the making, so nothing must ask for a second one.
  const reason = facts.status === 202 ? 'takenAsTask' : text.trim() === '' ? 'noImageInAnswer' : 'answerUnreadable';
  const detail = plainLine(text, facts.secrets);
  return new Failure(reason, { status: facts.status, ...(detail && { detail }) });
}

/** The status alone names the failure well enough if the rest of the body does not come; a cancel stays one. */
async function readRefusal(response: FetchResponse, deadline: Deadline, facts: RefusalFacts, answerMs: number): Promise<Failure> {
  const gatherer = new ByteGatherer(LARGEST_ERROR_BODY);
  try {
    await readBody(response, gatherer, deadline);
  } catch (error) {
    if (deadline.endedBy === 'cancelled') return nameError(error, true);
  }
  const text = decodeText(gatherer.take(), response);
  return withCharge(failureOf(text, facts), text, facts, answerMs);
}

/** The text in the charset that the header names; UTF-8 if it names none or one that is unknown. */
function decodeText(bytes: Uint8Array, response: FetchResponse): string {
  const charset = /charset\s*=\s*"?([\w-]{1,40})/i.exec(response.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
