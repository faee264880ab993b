// The second origin behaves like object storage, and each planned download does what it says.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { imageSize } from 'image-size';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import type { AnswerFields, DownloadStep } from '../../endpoint/steps.ts';
import { ask, firstItem, post, type Came } from './ask.ts';

let standIn: StandIn;
before(async () => (standIn = await startStandIn({ image: 'flat' })));
afterEach(() => standIn.reset());
after(() => standIn.close());

async function newUrl(like: AnswerFields = {}): Promise<string> {
  standIn.plan({ kind: 'ok', like });
  return firstItem(await post(standIn.baseUrl)).url ?? '';
}

async function planned(step: DownloadStep, headers: Record<string, string> = {}): Promise<Came> {
  const url = await newUrl();
  standIn.planDownload(step);
  return ask(url, { headers });
}

test('a file comes whole, or resumed if its ETag still holds', async () => {
  const url = await newUrl();
  const whole = await ask(url);
  const etag = whole.headers.etag ?? '';
  assert.equal(Number(whole.headers['content-length']), whole.bytes.length);
  assert.equal(whole.headers['accept-ranges'], 'bytes');
  const rest = await ask(url, { headers: { range: 'bytes=100-', 'if-range': etag } });
  assert.deepEqual([rest.status, rest.headers['content-range']], [206, `bytes 100-${whole.bytes.length - 1}/${whole.bytes.length}`]);
  assert.ok(rest.bytes.equals(whole.bytes.subarray(100)));
  assert.ok((await ask(url, { headers: { range: 'bytes=3-6' } })).bytes.equals(whole.bytes.subarray(3, 7)));
  assert.ok((await ask(url, { headers: { range: 'bytes=-4' } })).bytes.equals(whole.bytes.subarray(-4)));
  assert.equal((await ask(url, { headers: { range: 'bytes=100-', 'if-range': '"other"' } })).status, 200);
  const beyond = await ask(url, { headers: { range: `bytes=${whole.bytes.length}-` } });
  assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, `bytes */${whole.bytes.length}`]);
  assert.equal((await ask(url, { method: 'HEAD' })).bytes.length, 0);
});

test('refuses a key, a wrong signature, an expired link, a wrong name and a wrong method', async () => {
  const url = await newUrl();
  assert.equal((await ask(url, { headers: { authorization: 'Bearer leaked' } })).status, 400);
  assert.equal(standIn.requests.at(-1)?.headers.authorization, 'Bearer leaked');
  assert.equal((await ask(url.replace(/Signature=.*/, 'Signature=x'))).status, 403);
  assert.equal((await ask(url.replace(/Expires=\d+/, 'Expires=9999999999'))).status, 403);
  assert.equal((await ask(`${standIn.filesUrl}/results/none.png`)).status, 404);
  assert.equal((await ask(url, { method: 'POST' })).status, 405);
  const expired = await ask(await newUrl({ expiresInSeconds: -1 }));
  assert.equal(expired.status, 403);
  assert.match(expired.text, /<Code>AccessDenied<\/Code>\s*<Message>Request has expired/);
});

test('a cut download can be resumed', async () => {
  const url = await newUrl({ paddingBytes: 50_000 });
  standIn.planDownload({ kind: 'cut', afterBytes: 20_000 });
  const first = await ask(url);
  assert.deepEqual([first.bytes.length, first.broken], [20_000, 'ECONNRESET']);
  const rest = await ask(url, { headers: { range: 'bytes=20000-', 'if-range': first.headers.etag ?? '' } });
  const { width, height } = imageSize(Buffer.concat([first.bytes, rest.bytes]));
  assert.deepEqual([rest.status, width, height], [206, 1328, 1328]);
});

test('a replaced file has another ETag and comes whole, or deceives if told to', async () => {
  const url = await newUrl();
  const before = await ask(url);
  const resume = { range: 'bytes=50-', 'if-range': before.headers.etag ?? '' };
  standIn.planDownload({ kind: 'changed' });
  const whole = await ask(url, { headers: resume });
  assert.equal(whole.status, 200);
  assert.notEqual(whole.headers.etag, before.headers.etag);
  assert.ok(!whole.bytes.equals(before.bytes));
  standIn.planDownload({ kind: 'changed', force: true });
  const forced = await ask(url, { headers: resume });
  assert.equal(forced.status, 206);
  assert.notEqual(forced.headers.etag, whole.headers.etag);
});

test('ignores ranges, or gives another one', async () => {
  assert.equal((await planned({ kind: 'ok', ranges: 'ignored' }, { range: 'bytes=5-' })).status, 200);
  const shifted = await planned({ kind: 'wrongRange', shiftBytes: -2 }, { range: 'bytes=5-' });
  assert.match(shifted.headers['content-range'] ?? '', /^bytes 3-/);
});

test('leaves out or weakens what a client relies on', async () => {
  assert.equal((await planned({ kind: 'ok', etag: 'none' })).headers.etag, undefined);
  assert.match((await planned({ kind: 'ok', etag: 'weak' })).headers.etag ?? '', /^W\//);
  const chunked = await planned({ kind: 'ok', length: 'absent' });
  assert.equal(chunked.headers['content-length'], undefined);
  assert.equal(imageSize(chunked.bytes).width, 1328);
  const zipped = await planned({ kind: 'ok', gzip: true }, { 'accept-encoding': 'identity' });
  assert.equal(imageSize(gunzipSync(zipped.bytes)).width, 1328);
});

test('sends every kind of image, and what is none', async () => {
  for (const image of ['jpeg', 'webp', 'gif', 'avif'] as const) {
    const came = await planned({ kind: 'image', image });
    assert.deepEqual([came.headers['content-type'], imageSize(came.bytes).width], [`image/${image}`, 16]);
  }
  assert.equal(imageSize((await planned({ kind: 'image', image: 'claims60000' })).bytes).width, 60000);
  assert.match((await planned({ kind: 'image', image: 'html' })).text, /^<!DOCTYPE html>/);
  assert.equal((await planned({ kind: 'image', image: 'empty' })).bytes.length, 0);
  assert.equal((await planned({ kind: 'image', image: 'text' })).headers['content-type'], 'image/png');
});

test('leads to the image over as many redirects as told, or round and round', async () => {
  const url = await newUrl();
  for (const hops of [1, 5, 6]) {
    standIn.planDownload({ kind: 'redirect', to: 'result', hops });
    let came = await ask(url);
    let at = url;
    let count = 0;
    for (; came.headers.location !== undefined; count++) {
      at = new URL(came.headers.location, at).href;
      came = await ask(at);
    }
    assert.deepEqual([count, imageSize(came.bytes).width], [hops, 1328]);
  }
  const loop = (await planned({ kind: 'redirect', to: 'loop' })).headers.location ?? '';
  assert.equal((await ask(loop)).headers.location, '/hop/loop');
});

test('hangs, drips, errs and never ends like a POST', async () => {
  const url = await newUrl();
  standIn.planDownload({ kind: 'hang', when: 'midBody', afterBytes: 30 });
  await ask(url, { stopAfterBytes: 30 });
  const closed = await standIn.waitFor(({ closedEarly }) => closedEarly, 5000);
  assert.deepEqual([closed.origin, closed.bytesSent], ['files', 30]);
  assert.equal((await planned({ kind: 'error', shape: 'xml', status: 404, code: 'NoSuchKey' })).status, 404);
  assert.equal(imageSize((await planned({ kind: 'drip', bytes: 100, everyMs: 1 })).bytes).width, 1328);
  standIn.planDownload({ kind: 'endless' });
  assert.ok((await ask(url, { stopAfterBytes: 2_000_000 })).bytes.length >= 2_000_000);
});
