// Whatever a server says, a request ends in an answer or a named failure, and never says the key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { requestImages, type Transport } from '../../../../src/request/send/client.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import type { Fetch } from '../../../../src/request/transport/fetch.ts';
import { makeFastClock } from '../../systemClock.ts';
import { connectionTo, KEY, REQUEST, serveRaw, spoken, transport } from '../loopback.ts';

const word = fc.oneof(
  fc.constantFrom('', 'InvalidApiKey', 'Throttling.RateQuota', 'model_not_found', 'data_inspection_failed', 'unknown_parameter', 'watermark', 'https://a.example/x?sig=1', 'data:image/png;base64,iVBORw0KGgo=', 'iVBORw0KGgo=', '\u00000,9', `Bearer ${KEY}`, KEY),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer(), fc.boolean(), fc.constant(null), fc.double(),
);
const NAMES = ['error', 'code', 'message', 'msg', 'type', 'param', 'data', 'detail', 'url', 'b64_json', 'revised_prompt', 'created', 'errors', 'loc', 'output', 'status', 'success', '__proto__', 'toString'];
const { json } = fc.letrec<{ json: unknown; list: unknown; object: unknown }>((tie) => ({
  json: fc.oneof({ maxDepth: 5, withCrossShrink: true }, word, tie('object'), tie('list')),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('json')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
}));
const asBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const structured = json.map((value) => asBytes(JSON.stringify(value)));
const body = fc.oneof(
  structured,
  fc.uint8Array({ maxLength: 200 }),
  fc.tuple(structured, fc.nat(300)).map(([bytes, end]) => bytes.subarray(0, end)),
  fc.string({ unit: 'binary', maxLength: 100 }).map((text) => asBytes(`<html>${text}${KEY}`)),
);
const header = fc.dictionary(
  fc.constantFrom('content-type', 'content-length', 'content-encoding', 'retry-after', 'retry-after-ms', 'location'),
  fc.constantFrom('text/html; charset=gbk', 'x; charset=nonsense', '7', '-1', '1e9', 'identity', '5, 5', 'Thu, 01 Jan 1970', 'file:///x', 'https://[', KEY, `https://h.example/${encodeURIComponent(KEY)}`),
);
const status = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(200, 201, 400, 401, 403, 404, 422, 429, 500, 503) }, { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) });
const REASONS = /^[a-z][A-Za-z]+$/;

async function endOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

function judge(end: unknown): void {
  if (end instanceof Failure) {
    assert.match(end.reason, REASONS);
    const said = spoken(end);
    assert.ok(!said.includes(KEY) && !said.includes(encodeURIComponent(KEY)), said);
    assert.ok([...(end.facts.detail ?? '')].length <= 300);
    return assert.doesNotMatch(end.facts.detail ?? '', /[\p{Cc}\p{Cf}\u2028\u2029]/u);
  }
  const { items } = end as { items?: { kind: string; url?: string; bytes?: Uint8Array }[] };
  assert.ok(items && items.length > 0, String(end));
  for (const item of items) assert.ok(item.kind === 'url' ? URL.canParse(item.url!) : item.bytes!.length > 0);
}

test('any status, headers and body end in an answer or a failure', async () => {
  const clock = makeFastClock(1);
  await fc.assert(
    fc.asyncProperty(status, header, body, fc.integer({ min: 1, max: 50 }), fc.boolean(), async (code, headers, bytes, size, breaks) => {
      const fetch: Fetch = () => Promise.resolve({ status: code, headers: readHeaders(headers), body: chunksOf(bytes, size, breaks) });
      const { signal } = new AbortController();
      judge(await endOf(requestImages(REQUEST, connectionTo('https://api.example.com'), { fetch, clock }, { signal })));
      assert.deepEqual([clock.openTimers(), getEventListeners(signal, 'abort').length], [0, 0]);
    }),
    { numRuns: 800 },
  );
});

function readHeaders(headers: Record<string, string>): { get(name: string): string | null } {
  return { get: (name) => headers[name] ?? null };
}

async function* chunksOf(bytes: Uint8Array, size: number, breaks: boolean): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) {
    if (breaks && at > size) throw Object.assign(new Error(`aborted https://h.example/?${KEY}`), { code: 'ECONNRESET' });
    yield bytes.subarray(at, at + size);
  }
}

test('any bytes on the wire end in an answer or a failure, and nothing is left unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): unknown => unhandled.push(error);
  process.on('unhandledRejection', note);
  const piece = fc.constantFrom('HTTP/1.1 ', '200 OK\r\n', '503 No\r\n', 'Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n', 'Content-Encoding: gzip\r\n', 'Location: x\r\n', '\r\n', '5\r\nhello\r\n', '0\r\n\r\n', '{"data":[]}', '\0', 'é');
  const wire = fc.array(piece, { maxLength: 9 }).map((pieces) => `HTTP/1.1 200 OK\r\n${pieces.join('')}`);
  await fc.assert(
    fc.asyncProperty(wire, async (text) => {
      const server = await serveRaw(text);
      judge(await endOf(requestImages(REQUEST, connectionTo(server.origin), transport, { signal: AbortSignal.timeout(3000) })));
      await server.close();
    }),
    { numRuns: 100 },
  );
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
});

test('a transport that throws anything at all, at once or late, is named too', async () => {
  const hangs: Transport['fetch'] = () => new Promise(() => undefined);
  const throws: Transport['fetch'] = () => {
    throw new TypeError(`Invalid header Bearer ${KEY}`);
  };
  const rejects: Transport['fetch'] = () => Promise.reject(new Error(`Bearer ${KEY}`, { cause: KEY }));
  const late: Transport['fetch'] = () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 50));
  const reasons: string[] = [];
  for (const fetch of [hangs, throws, rejects, late]) {
    const end = await endOf(requestImages(REQUEST, connectionTo('https://api.example.com', { timeoutMs: 20 }), { ...transport, fetch }, { signal: new AbortController().signal }));
    judge(end);
    reasons.push((end as Failure).reason);
  }
  assert.deepEqual(reasons, ['timedOut', 'connectionLost', 'connectionLost', 'timedOut']);
  await new Promise((resolve) => setTimeout(resolve, 60));
});
