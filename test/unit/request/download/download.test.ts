// Downloads over real sockets: broken, resumed, refused, too large, cancelled; never two versions in one file.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { downloadImage, LONGEST_DOWNLOAD_MS } from '../../../../src/request/download/download.ts';
import type { Failure } from '../../../../src/request/failures/failure.ts';
import { createNodeFetch } from '../../../../src/node/nodeFetch.ts';
import { makeFastClock } from '../../systemClock.ts';
import { failureFrom, never, serve, spoken, type Loopback } from '../loopback.ts';

const SECRET = 'Expires=1&Signature=s3cret';
const IMAGE = makeBytes(300_000, 1);
const OTHER = makeBytes(300_000, 2);

function makeBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 32) createHash('sha256').update(`${seed} ${at}`).digest().copy(bytes, at);
  return bytes;
}

/** Pauses and silences pass thirty times as fast; what is asked of the clock is asserted, not the time it took. */
function get(server: Loopback, path = '/a.png', more: { signal?: AbortSignal; onProgress?: (received: number, total: number | undefined) => void; factor?: number; clock?: ReturnType<typeof makeFastClock> } = {}): Promise<Uint8Array> {
  const clock = more.clock ?? makeFastClock(more.factor ?? 30);
  const done = downloadImage(`${server.origin}${path}?${SECRET}`, { origin: server.origin }, { fetch: createNodeFetch(), clock }, { signal: more.signal ?? never, ...more });
  return done.finally(() => assert.equal(clock.openTimers(), 0));
}

async function broken(promise: Promise<unknown>): Promise<Failure> {
  const failure = await failureFrom(promise);
  assert.equal(failure.billed, 'yes');
  assert.ok(!spoken(failure).includes('s3cret'));
  return failure;
}

/** Sends part of the bytes, announces all of them, then breaks off. */
function breakOff(response: ServerResponse, status: number, headers: Record<string, string | number>, bytes: Buffer): void {
  response.writeHead(status, headers);
  response.write(bytes, () => setTimeout(() => response.destroy(), 5));
}

test('an image arrives whole, without a key, a cookie or a referrer', async () => {
  let seen: IncomingMessage | undefined;
  await using server = await serve((request, response) => {
    seen = request;
    response.writeHead(200, { 'content-length': IMAGE.length }).end(IMAGE);
  });
  const progress: [number, number | undefined][] = [];
  const bytes = await get(server, '/a.png', { onProgress: (...args) => progress.push(args) });
  assert.ok(IMAGE.equals(bytes) && bytes.buffer.byteLength === bytes.length);
  assert.deepEqual(progress.at(-1), [IMAGE.length, IMAGE.length]);
  assert.ok(progress.every(([received], index) => index === 0 || received >= progress[index - 1]![0]));
  const { authorization, cookie, referer, range } = seen!.headers;
  assert.deepEqual([seen!.method, authorization, cookie, referer, range, seen!.headers['accept-encoding']], ['GET', undefined, undefined, undefined, undefined, 'identity']);
  assert.equal(seen!.url, `/a.png?${SECRET}`);
  await server.quiet();
});

test('an image arrives without a length, chunked, or packed against what was asked', async () => {
  for (const form of ['chunked', 'close', 'gzip']) {
    await using server = await serve((_, response) => {
      if (form === 'gzip') response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': gzipSync(IMAGE).length, etag: '"x"' }).end(gzipSync(IMAGE));
      else {
        response.useChunkedEncodingByDefault = form === 'chunked';
        response.writeHead(200).end(IMAGE);
      }
    });
    assert.ok(IMAGE.equals(await get(server)), form);
  }
});

test('a broken download goes on where it broke off', async () => {
  const ranges: (string | undefined)[] = [];
  await using server = await serve((request, response) => {
    ranges.push(request.headers.range);
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? 'bytes=0-')![1]);
    if (start > 0) assert.equal(request.headers['if-range'], '"v1"');
    const headers = { etag: '"v1"', 'content-length': IMAGE.length - start, ...(start > 0 && { 'content-range': `bytes ${start}-${IMAGE.length - 1}/${IMAGE.length}` }) };
    const status = start > 0 ? 206 : 200;
    if (ranges.length < 4) breakOff(response, status, headers, IMAGE.subarray(start, start + 70_000));
    else response.writeHead(status, headers).end(IMAGE.subarray(start));
  });
  assert.ok(IMAGE.equals(await get(server)));
  assert.equal(ranges.length, 4);
  assert.equal(ranges[0], undefined);
  const starts = ranges.slice(1).map((range) => Number(/\d+/.exec(range!)![0]));
  assert.ok(starts.every((start, index) => start > (starts[index - 1] ?? 0)), String(starts));
});

/** First answer: the head of IMAGE, broken off. What comes next must never be glued to it. */
const NO_SPLICE: readonly (readonly [name: string, first: Record<string, string>, next: (request: IncomingMessage, response: ServerResponse, start: number) => void])[] = [
  ['another version, sent whole', { etag: '"v1"' }, (_, response) => response.writeHead(200, { etag: '"v2"', 'content-length': OTHER.length }).end(OTHER)],
  ['another version, sent in part', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: '"v2"' })],
  ['a part without an ETag', { etag: '"v1"' }, (request, response, start) => part(request, response, start, {})],
  ['a part with a weak ETag', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: 'W/"v1"' })],
  ['a part that starts elsewhere', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: '"v1"', 'content-range': `bytes ${start - 1}-${OTHER.length - 1}/${OTHER.length}` })],
  ['a part that ends early', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: '"v1"', 'content-range': `bytes ${start}-${start + 9}/${OTHER.length}` })],
  ['a part of another whole', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: '"v1"', 'content-range': `bytes ${start}-${OTHER.length - 1}/${OTHER.length + 1}` })],
  ['a part without Content-Range', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: '"v1"', 'content-range': '' })],
  ['a packed part', { etag: '"v1"' }, (request, response, start) => part(request, response, start, { etag: '"v1"', 'content-encoding': 'gzip' })],
  ['416', { etag: '"v1"' }, (request, response) => (request.headers.range ? response.writeHead(416).end() : response.end(OTHER))],
  ['a first answer with a weak ETag', { etag: 'W/"v1"' }, (request, response, start) => part(request, response, start, { etag: 'W/"v1"' })],
  ['a first answer without one', {}, (request, response, start) => part(request, response, start, {})],
  ['another server behind a redirect', { etag: '"v1"' }, (request, response, start) => (request.url!.startsWith('/b') ? part(request, response, start, { etag: '"v1"' }) : response.writeHead(302, { location: '/b.png' }).end())],
];

function part(request: IncomingMessage, response: ServerResponse, start: number, headers: Record<string, string>): void {
  if (!request.headers.range) response.writeHead(200, { 'content-length': OTHER.length }).end(OTHER);
  else response.writeHead(206, { 'content-range': `bytes ${start}-${OTHER.length - 1}/${OTHER.length}`, ...headers }).end(OTHER.subarray(start));
}

for (const [name, first, next] of NO_SPLICE) {
  test(`two versions are never spliced: ${name}`, async () => {
    let requests = 0;
    await using server = await serve((request, response) => {
      if (requests++ === 0) return breakOff(response, 200, { ...first, 'content-length': IMAGE.length }, IMAGE.subarray(0, 70_000));
      next(request, response, Number(/bytes=(\d+)-/.exec(request.headers.range ?? 'bytes=0-')![1]));
    });
    const bytes = await get(server);
    assert.ok(OTHER.equals(bytes));
    await server.quiet();
  });
}

test('five tries, then the image is paid for but not downloaded', async () => {
  const faults = ['500', '503', '429', 'short', 'hang up', 'silence', 'empty', 'unasked part', 'not modified'] as const;
  const tryOn = async (fault: (typeof faults)[number]): Promise<void> => {
    let requests = 0;
    await using server = await serve((request, response) => {
      requests++;
      if (fault === 'short') breakOff(response, 200, { 'content-length': 10 }, Buffer.from('ab'));
      else if (fault === 'hang up') request.socket.destroy();
      else if (fault === 'silence') response.writeHead(200, { 'content-length': 10 }).write('ab');
      else if (fault === 'empty') response.end();
      else if (fault === 'unasked part') response.writeHead(206, { 'content-range': 'bytes 0-1/2' }).end('ab');
      else if (fault === 'not modified') response.writeHead(304).end();
      else response.writeHead(Number(fault), { 'retry-after': '0' }).end('later');
    });
    const failure = await broken(get(server, '/a.png', { factor: 100 }));
    assert.deepEqual([failure.reason, requests], ['downloadFailed', 5], fault);
    if (/^\d/.test(fault)) assert.equal(failure.facts.status, Number(fault));
    await server.quiet();
  };
  await Promise.all(faults.map(tryOn));
});

test('a slow drip ends with all tries after ten minutes, though a byte comes every few seconds', async () => {
  let requests = 0;
  await using server = await serve((_, response) => {
    requests++;
    response.writeHead(200, { 'content-length': 1_000_000 });
    const timer = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(timer));
  });
  const fast = makeFastClock(200);
  // Silences last five times as long, yet half of the whole: a machine that is busy for a moment is no silent server.
  const clock = { ...fast, after: (ms: number, callback: () => void) => fast.after(ms < LONGEST_DOWNLOAD_MS ? ms * 5 : ms, callback) };
  const failure = await broken(get(server, '/a.png', { clock }));
  assert.deepEqual([failure.reason, requests], ['downloadFailed', 1]);
  await server.quiet();
});

test('a client error is final; it is an expired link if the link or the server says so', async () => {
  const past = Math.floor(Date.now() / 1000) - 100;
  const future = past + 100_000;
  const xml = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
  for (const [status, query, body, reason] of [
    [403, `Expires=${past}`, '', 'linkExpired'], [404, `Expires=${past}`, '', 'linkExpired'], [410, `Expires=${past}`, '', 'linkExpired'],
    [403, `Expires=${future}`, xml, 'linkExpired'], [400, '', '<Code>ExpiredToken</Code>', 'linkExpired'],
    [403, `Expires=${future}`, '', 'downloadFailed'], [404, '', '', 'downloadFailed'], [400, `Expires=${past}`, '', 'downloadFailed'], [451, '', 'no', 'downloadFailed'],
  ] as const) {
    let requests = 0;
    await using server = await serve((_, response) => (requests++, response.writeHead(status).end(body)));
    const failure = await broken(get(server, `/a.png?${query}&x`));
    assert.deepEqual([failure.reason, failure.facts.status, requests], [reason, status, 1], `${status} ${query} ${body}`);
  }
});

test('an image over 128 MiB is refused when announced, and while it is read', async () => {
  let requests = 0;
  await using announced = await serve((_, response) => (requests++, response.writeHead(200, { 'content-length': 134_217_729 }).write('x')));
  assert.equal((await broken(get(announced))).reason, 'imageTooLarge');
  await using endless = await serve((_, response) => {
    requests++;
    const chunk = Buffer.alloc(1024 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  assert.equal((await broken(get(endless, '/a.png', { factor: 1 }))).reason, 'imageTooLarge');
  assert.equal(requests, 2);
  await Promise.all([announced.quiet(), endless.quiet()]);
});

test('cancel in each phase: the server sees the socket close, and the image stays paid for', async () => {
  for (const phase of ['headers', 'body', 'pause', 'after a redirect'] as const) {
    const controller = new AbortController();
    const abort = (): unknown => setTimeout(() => controller.abort(), 20);
    await using server = await serve((request, response) => {
      if (phase === 'after a redirect' && request.url!.startsWith('/a')) return response.writeHead(302, { location: '/b' }).end();
      if (phase === 'body') response.writeHead(200, { 'content-length': 10 }).write('ab');
      if (phase === 'pause') response.writeHead(500, { 'retry-after': '60' }).end();
      return abort();
    });
    const failure = await broken(get(server, '/a.png', { signal: controller.signal, factor: 1 }));
    assert.equal(failure.reason, 'cancelled', phase);
    await server.quiet();
  }
  const early = await failureFrom(downloadImage('https://nobody.invalid/a', { origin: 'https://nobody.invalid' }, { fetch: createNodeFetch(), clock: makeFastClock(1) }, { signal: AbortSignal.abort() }));
  assert.deepEqual([early.reason, early.billed], ['cancelled', 'yes']);
});
