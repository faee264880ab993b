// Sends a job's request once, or again where the service plainly did no work, with the journal written first.
import type { JournalFile } from '../history/journal.ts';
import type { Journals } from '../history/journals.ts';
import { imageIdOf } from '../history/imageId.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Answer } from '../request/answer/answer.ts';
import type { Connection } from '../request/send/client.ts';
import type { Clock } from '../request/transport/clock.ts';
import { Failure } from '../request/failures/failure.ts';
import { asFailure } from './asFailure.ts';
import type { JobEntry } from './jobEntry.ts';
import type { Pauses } from './pauses.ts';
import type { Service } from './service.ts';

/** Pauses before the first and the second time that a request is sent again. */
const RESEND_PAUSES_MS = [1000, 4000];
/** The pause for a rate limit that names none. */
const RATE_LIMIT_MS = 60_000;
/** What a download takes at most, see `downloadImage`. */
export const LONGEST_DOWNLOAD_MS = 600_000;

export interface SendParts {
  journals: Journals;
  service: Service;
  clock: Clock;
  pauses: Pauses;
  connectionFor: (request: ImageRequest) => Promise<Connection>;
  removeJournal: (entry: JobEntry) => Promise<void>;
}

/**
 * True once `entry.items` holds the answer; false where the job waits for a pause to end. The journal is there after a
 * failure that may have cost something, so that it is removed only after the failure was told.
 * @throws Failure
 */
export async function sendRequest(entry: JobEntry, parts: SendParts): Promise<boolean> {
  for (;;) {
    const connection = await connect(entry, parts);
    throwIfCancelled(entry);
    const { origin } = connection.endpoint;
    if (waitForPause(entry, origin, parts)) return false;
    entry.change({ phase: 'requesting', sinceMs: parts.clock.now() });
    entry.journal = await openJournal(entry, connection, parts);
    throwIfCancelled(entry);
    const sentMs = parts.clock.monotonicMs();
    try {
      const answer = await parts.service.request(entry.request, connection, { signal: entry.signal });
      entry.answerMs = parts.clock.monotonicMs() - sentMs;
      takeAnswer(entry, answer);
      return true;
    } catch (error) {
      const failure = asFailure(error, 'maybe').with({ asked: { host: connection.endpoint.host, model: entry.request.model, timeoutMs: connection.timeoutMs } });
      if (entry.signal.aborted) throw failure;
      if (failure.reason === 'rateLimited') {
        await parts.removeJournal(entry);
        parts.pauses.begin(origin, failure.facts.retryAfterMs ?? RATE_LIMIT_MS);
        throwIfCancelled(entry);
        if (waitForPause(entry, origin, parts)) return false;
        continue;
      }
      const pauseMs = resendPauseMs(failure, entry.resends);
      if (pauseMs === undefined) throw failure;
      await parts.removeJournal(entry);
      throwIfCancelled(entry);
      entry.resends++;
      entry.change({ phase: 'waiting', untilMs: parts.clock.now() + pauseMs });
      await sleep(parts.clock, pauseMs, entry.signal);
      throwIfCancelled(entry);
    }
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
      busyUntilMs: startedMs + timeoutMs + LONGEST_DOWNLOAD_MS, phase: 'sent', items: [],
    });
  } catch (error) {
    throw new Failure('notWritten', { billed: 'no', cause: error });
  }
}

function waitForPause(entry: JobEntry, origin: string, { pauses }: SendParts): boolean {
  const untilMs = pauses.untilMs(origin);
  if (untilMs === undefined) return false;
  entry.waitsFor = origin;
  entry.change({ phase: 'waiting', untilMs });
  return true;
}

function takeAnswer(entry: JobEntry, { items }: Answer): void {
  entry.items = items.map((item, index) => ({
    imageId: imageIdOf(entry.id, index),
    revisedPrompt: item.revisedPrompt,
    ...(item.kind === 'url' ? { url: item.url } : { bytes: item.bytes }),
  }));
}

/** Undefined where the request must not be sent again: whatever may have cost something is never repeated. */
function resendPauseMs({ reason, facts }: Failure, resends: number): number | undefined {
  if (!facts.unsent) return undefined;
  if (reason === 'serviceBusy') return resends < RESEND_PAUSES_MS.length ? (facts.retryAfterMs ?? RESEND_PAUSES_MS[resends]) : undefined;
  return reason === 'unreachable' ? RESEND_PAUSES_MS[resends] : undefined;
}

/** Only where nothing is under way that could cost something. */
function throwIfCancelled({ signal }: JobEntry): void {
  if (signal.aborted) throw new Failure('cancelled', { billed: 'no' });
}

/** Resolves after `ms`, or at once when aborted. */
function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      callOff();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const callOff = clock.after(ms, finish);
    signal.addEventListener('abort', finish);
  });
}
