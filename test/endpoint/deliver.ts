// Sends a complete answer, or ruins it in the way a planned fault says.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sentKey } from './contract.ts';
import { headersWithLength, type Exchange } from './exchange.ts';
import { refusal, type Whole } from './refusal.ts';
import type { Fault, RedirectStep } from './steps.ts';

const zipped = promisify<Uint8Array, Buffer>(gzip);
const BLOCK_BYTES = 8 * 1024 * 1024;

/** Where a redirect leads from one request. */
export type LocationOf = (step: RedirectStep) => string;

/** Sends `whole` as it is where there is no fault. Resolves when nothing more will be sent. */
export async function deliver(exchange: Exchange, fault: Fault | undefined, whole: Whole, locationOf: LocationOf): Promise<void> {
  const { status, headers, body } = whole;
  const promised = headersWithLength(whole);
  switch (fault?.kind) {
    case undefined:
      return exchange.send(whole);
    case 'error':
      return exchange.send(refusal(fault, sentKey(exchange.request.headers)));
    case 'raw': {
      const bytes = fault.base64 === undefined ? Buffer.from(fault.body ?? '') : Buffer.from(fault.base64, 'base64');
      return exchange.send({ status: fault.status ?? 200, headers: fault.headers ?? {}, body: bytes });
    }
    case 'redirect':
      return exchange.send({ status: fault.status ?? 307, headers: { location: locationOf(fault) }, body: Buffer.alloc(0) });
    case 'reset':
      return exchange.breakOff('reset');
    case 'hang':
      if (fault.when !== 'headers') exchange.head(status, promised);
      if (fault.when === 'midBody') await exchange.write(body.subarray(0, fault.afterBytes ?? body.length >> 1));
      return exchange.over;
    case 'cut':
      exchange.head(status, fault.chunked === true ? headers : promised);
      await exchange.write(body.subarray(0, fault.afterBytes ?? body.length >> 1));
      return exchange.breakOff(fault.how ?? 'close');
    case 'wrongLength':
      return sendWrongLength(exchange, fault.byBytes, whole);
    case 'drip':
      return drip(exchange, fault.bytes ?? 1, fault.everyMs ?? 10, whole);
    case 'endless':
      return sendEndlessly(exchange, whole);
    case 'gzipBomb':
      return sendBomb(exchange, fault.bytes, whole);
  }
}

async function sendWrongLength(exchange: Exchange, byBytes: number, { status, headers, body }: Whole): Promise<void> {
  exchange.head(status, { ...headers, 'content-length': Math.max(0, body.length + byBytes), connection: 'close' });
  await exchange.write(body);
  if (byBytes > 0) return exchange.breakOff('close');
  exchange.end();
}

async function drip(exchange: Exchange, bytes: number, everyMs: number, whole: Whole): Promise<void> {
  const { status, body } = whole;
  exchange.head(status, headersWithLength(whole));
  for (let at = 0; at < body.length; at += bytes) {
    if (at > 0) await exchange.sleep(everyMs);
    if (!(await exchange.write(body.subarray(at, at + bytes)))) return;
  }
  exchange.end();
}

async function sendEndlessly(exchange: Exchange, { status, headers, body }: Whole): Promise<void> {
  exchange.head(status, headers);
  // JSON stays open in a string that never ends; a file goes on after its last byte.
  const isJson = headers['content-type']?.includes('json') === true;
  let going = await exchange.write(isJson ? Buffer.from('{"created":1,"data":[{"url":"","b64_json":"') : body);
  const block = Buffer.alloc(256 * 1024, isJson ? 'A' : 0);
  while (going) going = await exchange.write(block);
}

async function sendBomb(exchange: Exchange, bytes: number, { status, headers, body }: Whole): Promise<void> {
  exchange.head(status, { ...headers, 'content-encoding': 'gzip' });
  const member = await zipped(Buffer.alloc(BLOCK_BYTES, ' '));
  for (let sent = 0; sent < bytes; sent += BLOCK_BYTES) {
    if (!(await exchange.write(member))) return;
  }
  await exchange.write(await zipped(body));
  exchange.end();
}

/** Streams `head`, then `bytes` times `filler`, then `tail`, as one JSON answer. */
export async function sendFilled(exchange: Exchange, parts: { head: string; filler: string; bytes: number; tail: string }): Promise<void> {
  exchange.head(200, { 'content-type': 'application/json' });
  const block = Buffer.alloc(256 * 1024, parts.filler);
  let going = await exchange.write(Buffer.from(parts.head));
  for (let left = parts.bytes; left > 0 && going; left -= block.length) {
    going = await exchange.write(block.subarray(0, Math.min(left, block.length)));
  }
  if (going) await exchange.write(Buffer.from(parts.tail));
  exchange.end();
}
