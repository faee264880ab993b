// Turns a GET of a result URL into the file as object storage would send it, or as the next planned step says.
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { deliver } from './deliver.ts';
import type { Exchange } from './exchange.ts';
import { answerHop, leadAway } from './redirects.ts';
import { refusal, type Whole } from './refusal.ts';
import type { StoredResult } from './results.ts';
import type { State } from './state.ts';
import type { DownloadStep, FileManner } from './steps.ts';

const zipped = promisify<Uint8Array, Buffer>(gzip);

interface Range { from: number; to: number }

/** Signed links take no key: a request that carries one is refused, and recorded with it. */
export async function answerDownload(exchange: Exchange, state: State): Promise<void> {
  const { request } = exchange;
  const path = new URL(request.url ?? '/', 'http://files');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(exchange, 405, 'MethodNotAllowed', { allow: 'GET, HEAD' });
  if (request.headers.authorization !== undefined) return refuse(exchange, 400, 'InvalidArgument');
  if (path.pathname.startsWith('/hop/')) return answerHop(exchange, path);
  const result = state.results.get(path.pathname);
  if (result === undefined) return refuse(exchange, 404, 'NoSuchKey');
  if (!path.search.slice(1).startsWith(result.query)) return refuse(exchange, 403, 'SignatureDoesNotMatch');
  if (result.expiresAtSeconds * 1000 <= Date.now()) return refuse(exchange, 403, 'AccessDenied', {}, 'Request has expired.');
  const planned = request.method === 'GET' && !path.searchParams.has('led') ? state.downloads.shift() : undefined;
  exchange.startStep(planned?.kind);
  await follow(exchange, state, result, planned ?? { kind: 'ok' });
}

async function follow(exchange: Exchange, state: State, result: StoredResult, step: DownloadStep): Promise<void> {
  const { gate } = state;
  await exchange.sleep(step.delayMs ?? 0);
  if (step.held === true) await gate.pass(exchange.over);
  const { headers } = exchange.request;
  switch (step.kind) {
    case 'ok':
      return exchange.send(await cutOut(headers, result, step));
    case 'changed':
      state.results.replace(result, await state.images.make(result.request, state.settings.image, {}, result.version + 1));
      return exchange.send(await cutOut(headers, result, step, { trusting: step.force === true }));
    case 'wrongRange':
      return exchange.send(await cutOut(headers, result, step, { shiftBytes: step.shiftBytes }));
    case 'image': {
      const file = await state.images.make(result.request, step.image);
      return exchange.send(await cutOut(headers, { ...result, file }, step));
    }
    default:
      return deliver(exchange, step, await cutOut(headers, result, step), (redirect) => leadAway(exchange.request, state, redirect));
  }
}

/** The whole file, or the range that was asked for. `trusting` gives the range whatever `If-Range` says. */
async function cutOut(asked: IncomingHttpHeaders, result: StoredResult, manner: FileManner, odd: { trusting?: boolean; shiftBytes?: number } = {}): Promise<Whole> {
  const { bytes, contentType } = result.file;
  const etag = { strong: result.etag, weak: `W/${result.etag}`, none: undefined }[manner.etag ?? 'strong'];
  const honoured = manner.ranges !== 'ignored';
  const headers = {
    'content-type': manner.contentType ?? contentType,
    ...(etag === undefined ? {} : { etag }),
    ...(honoured ? { 'accept-ranges': 'bytes' } : {}),
    ...(manner.length === 'absent' ? { 'transfer-encoding': 'chunked' } : {}),
    ...manner.headers,
  };
  const same = odd.trusting === true || asked['if-range'] === undefined || asked['if-range'] === etag;
  const range = honoured && same && asked.range !== undefined ? parseRange(asked.range, bytes.length) : undefined;
  if (range === 'beyond') {
    const refused = refusal({ shape: 'xml', status: 416, code: 'InvalidRange', message: 'The requested range cannot be satisfied.' });
    return { ...refused, headers: { ...refused.headers, 'content-range': `bytes */${bytes.length}` } };
  }
  if (range === undefined) return squeeze(manner, { status: 200, headers, body: bytes });
  const from = Math.max(0, Math.min(bytes.length - 1, range.from + (odd.shiftBytes ?? 0)));
  const contentRange = `bytes ${from}-${range.to}/${bytes.length}`;
  return squeeze(manner, { status: 206, headers: { ...headers, 'content-range': contentRange }, body: bytes.subarray(from, range.to + 1) });
}

async function squeeze({ gzip: wanted }: FileManner, whole: Whole): Promise<Whole> {
  if (wanted !== true) return whole;
  return { ...whole, headers: { ...whole.headers, 'content-encoding': 'gzip' }, body: await zipped(whole.body) };
}

/** One byte range; undefined for what a server may ignore (no range, several, another unit). */
function parseRange(text: string, length: number): Range | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (from >= length || (first === '' && Number(last) === 0)) return 'beyond';
  return to < from ? undefined : { from, to };
}

function refuse(exchange: Exchange, status: number, code: string, headers: Record<string, string> = {}, message = 'The request was refused.'): Promise<void> {
  return exchange.send(refusal({ shape: 'xml', status, code, message, headers }));
}
