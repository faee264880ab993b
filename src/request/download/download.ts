// Fetches the bytes of a result from its URL: free to repeat, so repeated until they are all there.
import { nameError, type Transport } from '../send/client.ts';
import { decodeImageText } from '../answer/base64.ts';
import { Deadline, pause } from '../transport/deadline.ts';
import { runTry, type Received, type TryResult } from './downloadTry.ts';
import type { Endpoint } from '../send/endpointUrl.ts';
import { Failure } from '../failures/failure.ts';
import { urlExpiresMs } from './resultUrl.ts';

export interface DownloadOptions {
  signal: AbortSignal;
  /** Bytes so far of how many; the total is undefined if the server does not say. Falls back to 0 at a fresh start. */
  onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

/** All tries together. */
export const LONGEST_DOWNLOAD_MS = 600_000;

const TRIES = 5;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60 * 1000;

/**
 * The image's bytes, from an `https:` or `data:` URL, or over `http:` from the endpoint's own host name when the
 * endpoint is http. No key is sent. Five tries, each ended by 60 s without a byte, all of them by ten minutes; a try
 * goes on where the last one broke off only if the same server vouches (strong ETag, Content-Range) for the same bytes.
 *
 * Throws only `Failure`, without the URL in it: `downloadFailed`, `linkExpired`, `downloadRefused`, `imageTooLarge`,
 * `cancelled`. The image is paid for in each case, and may be downloaded again while the link lives.
 */
export async function downloadImage(url: string, endpoint: Pick<Endpoint, 'origin'>, transport: Transport, options: DownloadOptions): Promise<Uint8Array> {
  if (options.signal.aborted) throw new Failure('cancelled', { billed: 'yes' });
  if (/^\s*data:/i.test(url)) {
    const bytes = await decodeImageText(new TextEncoder().encode(url), () => Promise.resolve());
    if (!bytes) throw new Failure('downloadFailed');
    return bytes;
  }
  const all = new Deadline(transport.clock, LONGEST_DOWNLOAD_MS, options.signal);
  try {
    return await tryUntilComplete(url, endpoint, transport, options, all);
  } catch (error) {
    if (options.signal.aborted) throw new Failure('cancelled', { billed: 'yes' });
    throw error instanceof Failure ? error : new Failure('downloadFailed', { cause: nameError(error).cause });
  } finally {
    all.close();
  }
}

async function tryUntilComplete(url: string, endpoint: Pick<Endpoint, 'origin'>, transport: Transport, options: DownloadOptions, all: Deadline): Promise<Uint8Array> {
  const report = options.onProgress ?? ((): void => undefined);
  let received: Received | undefined;
  let last: TryResult | undefined;
  for (let number = 1; number <= TRIES; number++) {
    if (last) await pause(transport.clock, pauseMs(number, last), all);
    last = await runTry({ url, endpoint, transport, all, report, received });
    if ('bytes' in last) return last.bytes;
    if (last.final) throw nameFinal(url, last, transport);
    received = last.received;
  }
  throw new Failure('downloadFailed', factsOf(last));
}

/** Doubles from one second; a server that asks for more patience gets it, up to a minute. */
function pauseMs(number: number, last: TryResult): number {
  const asked = 'bytes' in last ? 0 : (last.retryAfterMs ?? 0);
  return Math.max(FIRST_PAUSE_MS * 2 ** (number - 2), Math.min(asked, LONGEST_PAUSE_MS));
}

function nameFinal(url: string, last: Exclude<TryResult, { bytes: Uint8Array }>, transport: Transport): Failure {
  if (last.final !== 'refusedByServer') return new Failure(last.final ?? 'downloadFailed', factsOf(last));
  const expired = [url, last.url].some((each) => (urlExpiresMs(each ?? '') ?? Infinity) <= transport.clock.now());
  const gone = last.saysExpired === true || (expired && [401, 403, 404, 410].includes(last.status ?? 0));
  return new Failure(gone ? 'linkExpired' : 'downloadFailed', factsOf(last));
}

function factsOf(last: TryResult | undefined): { status?: number; cause?: unknown } {
  if (!last || 'bytes' in last) return {};
  return { ...(last.status !== undefined && { status: last.status }), ...(last.cause !== undefined && { cause: last.cause }) };
}
