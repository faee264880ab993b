// One try at a download: follows redirects within the rules, then reads the body, from where the last try broke off.
import type { Transport } from '../send/client.ts';
import { Deadline, Ended } from '../transport/deadline.ts';
import type { Endpoint } from '../send/endpointUrl.ts';
import type { FetchResponse } from '../transport/fetch.ts';
import { ByteGatherer, TooLarge } from '../transport/gatherBytes.ts';
import { networkFailure } from '../failures/networkFailure.ts';
import { announcedLength, isPacked, LARGEST_BODY, readBody } from '../transport/readBody.ts';
import { allowedUrl } from './resultUrl.ts';
import { readRetryAfterMs } from '../transport/retryAfter.ts';

/** What a broken try leaves behind for the next one to go on from. */
export interface Received {
  gatherer: ByteGatherer;
  /** Strong: it vouches for every byte. */
  etag: string;
  totalBytes: number;
  /** Server and path that sent it; nobody else may send the rest. */
  from: string;
}

export interface BrokenTry {
  /** Set if another try is no use. */
  final?: 'downloadRefused' | 'imageTooLarge' | 'downloadFailed' | 'refusedByServer';
  /** Where there is something to go on from. */
  received?: Received | undefined;
  status?: number;
  retryAfterMs?: number | undefined;
  /** The server's own words say that the link is over. */
  saysExpired?: boolean;
  /** The URL that answered last: a secret. */
  url?: string;
  cause?: unknown;
}

export type TryResult = { bytes: Uint8Array } | BrokenTry;

export interface Try {
  url: string;
  endpoint: Pick<Endpoint, 'origin'>;
  transport: Transport;
  /** Bounds all tries; its end is thrown as `Ended`. */
  all: Deadline;
  report: (receivedBytes: number, totalBytes: number | undefined) => void;
  received: Received | undefined;
}

const SILENCE_MS = 60 * 1000;
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Answers below 500 that ask for another try. */
const PASSING = [408, 425, 429];

/** Throws `Ended` only when all tries are over or were cancelled; everything else is a result. */
export async function runTry(attempt: Try): Promise<TryResult> {
  let silence = listen(attempt);
  try {
    let url = allowedUrl(attempt.url, attempt.endpoint);
    for (let redirects = 0; url && redirects <= MOST_REDIRECTS; redirects++) {
      const response = await silence.wait(ask(attempt, url, silence));
      if (!REDIRECTS.includes(response.status)) {
        const result = await readResponse(attempt, url, response, silence);
        return result === 'startOver' ? await runTry({ ...attempt, received: undefined }) : result;
      }
      silence.close();
      silence = listen(attempt);
      url = allowedUrl(response.headers.get('location') ?? 'none:', attempt.endpoint, url);
    }
    return { final: 'downloadRefused' };
  } catch (error) {
    return nameBreak(attempt, error, attempt.received);
  } finally {
    silence.close();
  }
}

function listen({ transport, all }: Try): Deadline {
  return new Deadline(transport.clock, SILENCE_MS, all.signal);
}

/** No key, no cookie, no referrer: the image's host learns nothing but the URL it made itself. */
function ask({ transport, received }: Try, url: URL, silence: Deadline): Promise<FetchResponse> {
  const headers: Record<string, string> = { Accept: 'image/*,*/*;q=0.8', 'Accept-Encoding': 'identity' };
  if (received && received.from === originAndPath(url)) {
    headers['Range'] = `bytes=${received.gatherer.length}-`;
    headers['If-Range'] = received.etag;
  }
  return transport.fetch(url.href, { method: 'GET', headers, signal: silence.signal, redirect: 'manual' });
}

async function readResponse(attempt: Try, url: URL, response: FetchResponse, silence: Deadline): Promise<TryResult | 'startOver'> {
  const { status } = response;
  const asked = attempt.received && attempt.received.from === originAndPath(url) ? attempt.received : undefined;
  if (asked && (status === 416 || (status === 206 && !goesOn(response, asked)))) return 'startOver';
  if (status === 206 && asked) return readImage(attempt, asked.gatherer, asked.totalBytes, asked, response, silence);
  if (status === 200 || status === 203) {
    const totalBytes = announcedLength(response);
    const gatherer = new ByteGatherer(LARGEST_BODY, totalBytes);
    const etag = response.headers.get('etag')?.trim() ?? '';
    const resumable = totalBytes !== undefined && /^"[^"]*"$/.test(etag) && !isPacked(response);
    return readImage(attempt, gatherer, totalBytes, resumable ? { gatherer, etag, totalBytes, from: originAndPath(url) } : undefined, response, silence);
  }
  const retryAfterMs = readRetryAfterMs(response.headers, attempt.transport.clock.now());
  if (status < 400 || status >= 500 || PASSING.includes(status)) return { status, retryAfterMs, received: attempt.received };
  return { final: 'refusedByServer', status, url: url.href, saysExpired: await saysExpired(response, silence) };
}

async function readImage(
  attempt: Try, gatherer: ByteGatherer, totalBytes: number | undefined, resumable: Received | undefined, response: FetchResponse, silence: Deadline,
): Promise<TryResult> {
  try {
    attempt.report(gatherer.length, totalBytes);
    await readBody(response, gatherer, silence, () => {
      silence.restart(SILENCE_MS);
      attempt.report(gatherer.length, totalBytes);
    });
  } catch (error) {
    return nameBreak(attempt, error, resumable);
  }
  const complete = gatherer.length > 0 && (totalBytes === undefined || gatherer.length === totalBytes);
  return complete ? { bytes: gatherer.take() } : { status: response.status, received: fitting(resumable) };
}

/** Whether a partial answer is the rest of exactly what was received. */
function goesOn(response: FetchResponse, { gatherer, etag, totalBytes }: Received): boolean {
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(response.headers.get('content-range')?.trim() ?? '');
  const length = announcedLength(response);
  const rest = totalBytes - gatherer.length;
  return (
    range !== null && Number(range[1]) === gatherer.length && Number(range[2]) === totalBytes - 1 && Number(range[3]) === totalBytes &&
    response.headers.get('etag')?.trim() === etag && !isPacked(response) && (length === undefined || length === rest)
  );
}

function nameBreak({ all }: Try, error: unknown, received: Received | undefined): BrokenTry {
  if (all.endedBy) throw new Ended(all.endedBy);
  if (error instanceof TooLarge) return { final: 'imageTooLarge' };
  if (error instanceof Ended) return { received: fitting(received) };
  const { reason, facts } = networkFailure(error);
  return { received: fitting(received), cause: facts.cause, ...(reason === 'certificateRefused' && { final: 'downloadFailed' }) };
}

/** What a try left is worth keeping only while some of it is there and some is missing. */
function fitting(received: Received | undefined): Received | undefined {
  return received && received.gatherer.length > 0 && received.gatherer.length < received.totalBytes ? received : undefined;
}

/** Object storage says so in its XML: "Request has expired", "Signature not valid in the specified time frame". */
async function saysExpired(response: FetchResponse, silence: Deadline): Promise<boolean> {
  const gatherer = new ByteGatherer(16 * 1024);
  try {
    await readBody(response, gatherer, silence);
  } catch {
    // What came is enough.
  }
  const text = new TextDecoder().decode(gatherer.take());
  // A page of a network that wants a sign-in again says that something has expired, too, and lets the link live.
  return /expired|not valid in the specified time/i.test(text) && !/<(!doctype html|html|head|body)\b/i.test(text);
}

function originAndPath(url: URL): string {
  return url.origin + url.pathname;
}
