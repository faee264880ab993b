// Sends a job's request once, or again if the service plainly did no work, with the journal written first.
import type { JournalFile } from '../history/journal.ts';
import type { Journals } from '../history/journals.ts';
import { imageIdOf } from '../history/imageId.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Answer } from '../request/answer/answer.ts';
import { LONGEST_DOWNLOAD_MS } from '../request/download/download.ts';
import type { Connection } from '../request/send/client.ts';
import type { Clock } from '../request/transport/clock.ts';
import { Failure } from '../request/failures/failure.ts';
import { asFailure } from './asFailure.ts';
import type { JobEntry } from './jobEntry.ts';
import type { Job } from './job.ts';
import type { Pauses } from './pauses.ts';
import { LONGEST_PATIENCE_MS, type RateLimits } from './rateLimits.ts';
import type { Service } from './service.ts';

/** Pauses before the first and the second time that a request is sent again which did no work. */
const RESEND_PAUSES_MS = [1000, 4000];
/** Whatever the service says, and however often other jobs succeed meanwhile. */
const MOST_POSTS = 6;
/** More than the eight that a person may ask for at once is more than anybody wants of one request. */
const MOST_IMAGES = 8;

export interface SendParts {
  journals: Journals;
  service: Service;
  clock: Clock;
  pauses: Pauses;
  limits: RateLimits;
  mayPost?: ((job: Job, post: number) => boolean | Promise<boolean>) | undefined;
  log: (message: string, cause?: unknown) => void;
  connectionFor: (request: ImageRequest) => Promise<Connection>;
  removeJournal: (entry: JobEntry) => Promise<void>;
}

/**
 * True once `entry.items` holds the answer; false if the job waits for a pause to end. The journal is there after a
 * failure that may have cost something, so that it is removed only after the failure was told.
 * @throws Failure
 */
export async function sendRequest(entry: JobEntry, parts: SendParts): Promise<boolean> {
  for (;;) {
    const connection = await connect(entry, parts);
    throwIfCancelled(entry);
    const { origin } = connection.endpoint;
    if (waitForPause(entry, origin, parts)) return false;
    const given = parts.limits.endFor(origin, entry.createdMs);
    if (given) throw given;
    await askToPost(entry, parts);
    const refusal = await post(entry, connection, parts);
    if (!refusal) return true;
    entry.refusal = refusal;
    await parts.removeJournal(entry);
    throwIfCancelled(entry);
    if (isRateLimit(refusal)) {
      if (waitForPause(entry, origin, parts)) return false;
      continue;
    }
    await rest(entry, resendPauseMs(refusal, entry.resends++) ?? 0, refusal.facts.detail, parts.clock);
  }
}

/** Each time it is sent counts; the first time was counted by whoever asked. */
async function askToPost(entry: JobEntry, { mayPost }: SendParts): Promise<void> {
  const isAllowed = (await mayPost?.(entry, entry.posts + 1)) ?? true;
  throwIfCancelled(entry);
  if (!isAllowed) throw entry.refusal ?? new Failure('cancelled', { billed: 'no' });
}

/** Undefined with the answer in `entry.items`, or the failure after which the request may be sent again. @throws Failure that ends the job */
async function post(entry: JobEntry, connection: Connection, parts: SendParts): Promise<Failure | undefined> {
  const { clock, limits, service } = parts;
  const { origin, host } = connection.endpoint;
  entry.change({ phase: 'requesting', sinceMs: clock.now() });
  entry.journal = await openJournal(entry, connection, parts);
  throwIfCancelled(entry);
  const sentMs = clock.monotonicMs();
  const round = limits.round(origin);
  entry.posts++;
  entry.endpoint = connection.endpoint.imagesUrl;
  try {
    const answer = await service.request(entry.request, connection, { signal: entry.signal });
    entry.answerMs = clock.monotonicMs() - sentMs;
    limits.succeeded(origin);
    takeAnswer(entry, answer, parts);
    return undefined;
  } catch (error) {
    const failure = asFailure(error, 'maybe').with({ asked: { host, model: entry.request.model, timeoutMs: connection.timeoutMs } });
    if (entry.signal.aborted) throw failure;
    const isWaitedFor = isRateLimit(failure)
      ? !limits.endFor(origin, entry.createdMs) && limits.refused(origin, round, failure)
      : resendPauseMs(failure, entry.resends) !== undefined;
    if (!isWaitedFor || entry.posts >= MOST_POSTS) throw failure;
    return failure;
  }
}

async function connect(entry: JobEntry, { connectionFor }: SendParts): Promise<Connection> {
  try {
    return await connectionFor(entry.request);
  } catch (error) {
    throw asFailure(error, 'no');
  }
}

/**
 * A job whose journal cannot be written is not sent, although an image could still be shown from memory: a window that
 * dies would lose it, and nobody would know of the charge. Refused, it has cost nothing.
 */
async function openJournal(entry: JobEntry, { endpoint, timeoutMs }: Connection, { journals, clock }: SendParts): Promise<JournalFile> {
  const startedMs = clock.now();
  try {
    return await journals.create({
      id: entry.id, request: entry.request, endpoint: endpoint.origin, startedMs,
      busyUntilMs: startedMs + timeoutMs + LONGEST_DOWNLOAD_MS, phase: 'sent', items: [], ...(entry.group !== undefined && { group: entry.group }),
    });
  } catch (error) {
    throw new Failure('notWritten', { billed: 'no', cause: error });
  }
}

function waitForPause(entry: JobEntry, origin: string, { pauses, limits }: SendParts): boolean {
  const untilMs = pauses.untilMs(origin);
  if (untilMs === undefined) return false;
  entry.waitsFor = origin;
  entry.wait(untilMs, limits.words(origin));
  return true;
}

function takeAnswer(entry: JobEntry, { items }: Answer, { log }: SendParts): void {
  if (items.length > MOST_IMAGES) log(`The answer held ${items.length} images; ${MOST_IMAGES} are taken.`);
  entry.items = items.slice(0, MOST_IMAGES).map((item, index) => ({
    imageId: imageIdOf(entry.id, index),
    revisedPrompt: item.revisedPrompt,
    ...(item.kind === 'url' ? { url: item.url, holdsKey: item.holdsKey } : { bytes: item.bytes }),
  }));
}

/** Only the status says so for sure; what words say is no reason to send anything again. */
function isRateLimit({ reason, facts }: Failure): boolean {
  return reason === 'rateLimited' && facts.status === 429;
}

/** Undefined if the request must not be sent again: whatever may have cost something is never repeated. */
function resendPauseMs({ reason, facts }: Failure, resends: number): number | undefined {
  const pauseMs = RESEND_PAUSES_MS[resends];
  if (!facts.unsent || pauseMs === undefined) return undefined;
  if (reason === 'unreachable') return pauseMs;
  const askedMs = facts.retryAfterMs ?? pauseMs;
  return reason === 'serviceBusy' && facts.status === 503 && askedMs <= LONGEST_PATIENCE_MS ? askedMs : undefined;
}

/** Only if nothing is under way that could cost something. */
function throwIfCancelled({ signal }: JobEntry): void {
  if (signal.aborted) throw new Failure('cancelled', { billed: 'no' });
}

/** Resolves after `ms`, or throws `cancelled`. */
async function rest(entry: JobEntry, ms: number, words: string | undefined, clock: Clock): Promise<void> {
  entry.wait(clock.now() + ms, words);
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      callOff();
      entry.signal.removeEventListener('abort', finish);
      resolve();
    };
    const callOff = clock.after(ms, finish);
    entry.signal.addEventListener('abort', finish);
  });
  throwIfCancelled(entry);
}
