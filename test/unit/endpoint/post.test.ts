// Each planned step of a POST does what it says, on the wire.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, test } from 'node:test';
import { createGunzip } from 'node:zlib';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import type { AnswerFields, ErrorFields, PostStep } from '../../endpoint/steps.ts';
import { firstItem, post, type Came } from './ask.ts';

let standIn: StandIn;
before(async () => (standIn = await startStandIn({ image: 'flat' })));
afterEach(() => standIn.reset());
after(() => standIn.close());

function planned(step: PostStep): Promise<Came> {
  standIn.plan(step);
  return post(standIn.baseUrl);
}

const SHAPES: [ErrorFields, (json: unknown, text: string) => boolean][] = [
  [{ shape: 'openai', param: 'size', type: 't' }, (json) => same(json, { error: { message: 'M', type: 't', param: 'size', code: 'C' } })],
  [{ shape: 'openai', code: 7 }, (json) => (json as { error: { code: number } }).error.code === 7],
  [{ shape: 'openai', code: null }, (json) => (json as { error: { code: null } }).error.code === null],
  [{ shape: 'upstream' }, (json) => (json as { code: string; message: string }).code === 'C' && 'request_id' in (json as object)],
  [{ shape: 'fastapi' }, (json) => same(json, { detail: 'M' })],
  [{ shape: 'fastapiList' }, (json) => (json as { detail: { msg: string }[] }).detail[0]?.msg === 'M'],
  [{ shape: 'errorText' }, (json) => same(json, { error: 'M' })],
  [{ shape: 'message' }, (json) => same(json, { message: 'M' })],
  [{ shape: 'wrapped' }, (json) => same(json, { code: 'C', msg: 'M', data: null })],
  [{ shape: 'text' }, (json, text) => json === undefined && text === 'M'],
  [{ shape: 'html' }, (_, text) => text.startsWith('<!DOCTYPE html>')],
];

function same(a: unknown, b: unknown): boolean {
  assert.deepEqual(a, b);
  return true;
}

for (const [fields, looksRight] of SHAPES) {
  test(`an error of shape ${fields.shape} with code ${fields.code ?? 'C'}, at 200 too`, async () => {
    for (const status of [200, 403]) {
      const came = await planned({ kind: 'error', code: 'C', message: 'M', ...fields, status });
      assert.equal(came.status, status);
      assert.ok(looksRight(came.json, came.text), came.text);
    }
  });
}

test('an error carries Retry-After and echoes the key if told to', async () => {
  standIn.plan({ kind: 'error', status: 429, message: 'key {key}', headers: { 'retry-after': '7' } });
  const came = await post(standIn.baseUrl, {}, { headers: { authorization: 'Bearer sk-secret' } });
  assert.equal(came.headers['retry-after'], '7');
  assert.ok(came.text.includes('key sk-secret'));
});

const ANSWERS: [string, AnswerFields, (item: ReturnType<typeof firstItem>, json: Record<string, unknown>) => boolean][] = [
  ['base64', { answer: 'base64' }, (item) => item.url === '' && item.b64_json?.startsWith('iVBOR') === true],
  ['null beside it', { answer: 'base64', unused: 'null' }, (item) => item.url === null],
  ['nothing beside it', { answer: 'base64', unused: 'absent' }, (item) => !('url' in item)],
  ['a data URL', { answer: 'dataUrl', image: 'webp' }, (item) => item.url?.startsWith('data:image/webp;base64,UklGR') === true],
  ['a data URL as base64', { answer: 'dataUrlBase64' }, (item) => item.b64_json?.startsWith('data:image/png;base64,') === true],
  ['both', { answer: 'both' }, (item) => item.url !== '' && item.b64_json !== ''],
  ['neither', { answer: 'neither' }, (item) => item.url === '' && item.b64_json === ''],
  ['a revised prompt', { revisedPrompt: 'better' }, (item) => item.revised_prompt === 'better'],
  ['created as text', { created: 'string' }, (_, json) => typeof json['created'] === 'string'],
  ['no created', { created: 'absent' }, (_, json) => !('created' in json)],
  ['three items', { items: 3, answer: 'base64' }, (_, json) => new Set((json['data'] as { b64_json: string }[]).map(({ b64_json: text }) => text)).size === 3],
  ['no item', { items: 0 }, (_, json) => same(json['data'], [])],
  ['more fields', { extra: { usage: 1 } }, (_, json) => json['usage'] === 1],
];

for (const [name, like, looksRight] of ANSWERS) {
  test(`a good answer with ${name}`, async () => {
    const came = await planned({ kind: 'ok', like });
    assert.ok(looksRight(firstItem(came), came.json as Record<string, unknown>), came.text.slice(0, 300));
  });
}

test('a good answer in the shapes of other servers', async () => {
  const images = await planned({ kind: 'ok', like: { list: 'images' } });
  assert.equal((images.json as { images: unknown[] }).images.length, 1);
  const inList = await planned({ kind: 'ok', like: { urlForm: 'inList' } });
  assert.ok(Array.isArray(firstItem(inList).url));
  const onDisk = await planned({ kind: 'ok', like: { urlForm: 'onDisk' } });
  assert.match(String(firstItem(onDisk).url), /^\/root\//);
  const relative = await planned({ kind: 'ok', like: { urlForm: 'relative' } });
  const file = await fetch(new URL(String(firstItem(relative).url), standIn.baseUrl));
  assert.equal(file.headers.get('content-type'), 'image/png');
  await file.arrayBuffer();
  const events = await planned({ kind: 'ok', like: { around: 'events' } });
  assert.match(events.text, /^: keep-alive\n\nevent: .*\ndata: \{.*\}\n\ndata: \[DONE\]\n\n$/);
  const task = await planned({ kind: 'task', id: 't-1', status: 202 });
  assert.deepEqual([task.status, task.json], [202, { code: 200, data: [{ status: 'submitted', task_id: 't-1' }] }]);
});

test('a good answer in a wrapper', async () => {
  const { json } = await planned({ kind: 'ok', like: { wrapper: true } });
  const { code, data } = json as { code: number; data: { data: unknown[] } };
  assert.deepEqual([code, data.data.length], [200, 1]);
});

for (const when of ['headers', 'body', 'midBody'] as const) {
  test(`hangs (${when}) until the client closes, and records it`, async () => {
    standIn.plan({ kind: 'hang', when });
    const stop = new AbortController();
    const came = post(standIn.baseUrl, {}, { signal: stop.signal });
    const seen = await standIn.waitFor((request) => request.step === 'hang' && (when === 'headers' || request.times.headersMs !== undefined), 5000);
    if (when === 'midBody') while (seen.bytesSent === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(seen.ended, undefined);
    stop.abort();
    assert.ok((await came).broken);
    const closed = await standIn.waitFor((request) => request.closedEarly, 5000);
    assert.equal(closed, seen);
    assert.equal(seen.bytesSent > 0, when === 'midBody');
  });
}

test('a client that gives up during the delay is recorded', async () => {
  standIn.set({ delayMs: 60_000 });
  const stop = new AbortController();
  const came = post(standIn.baseUrl, {}, { signal: stop.signal });
  await standIn.waitFor(({ times }) => times.bodyMs !== undefined, 5000);
  stop.abort();
  await came;
  assert.equal((await standIn.waitFor(({ ended }) => ended !== undefined, 5000)).closedEarly, true);
});

test('cuts the body short, by closing or by reset', async () => {
  for (const step of [{ kind: 'cut', afterBytes: 10 }, { kind: 'cut', afterBytes: 10, chunked: true }] as const) {
    const came = await planned(step);
    assert.deepEqual([came.status, came.bytes.length, came.broken], [200, 10, 'ECONNRESET']);
  }
  assert.ok((await planned({ kind: 'cut', how: 'reset' })).broken);
  assert.deepEqual(standIn.requests.map(({ ended, closedEarly }) => [ended, closedEarly]), Array(3).fill(['byServer', false]));
});

test('resets without an answer', async () => {
  const came = await planned({ kind: 'reset' });
  assert.deepEqual([came.status, came.broken], [0, 'ECONNRESET']);
});

test('promises a wrong length', async () => {
  assert.equal((await planned({ kind: 'wrongLength', byBytes: 5 })).broken, 'ECONNRESET');
  assert.equal((await planned({ kind: 'wrongLength', byBytes: -5 })).json, undefined);
});

test('drips', async () => {
  const came = await planned({ kind: 'drip', bytes: 40, everyMs: 1 });
  assert.ok(firstItem(came).url);
});

test('goes on endlessly until the client has had enough', async () => {
  standIn.plan({ kind: 'endless' });
  const came = await post(standIn.baseUrl, {}, { stopAfterBytes: 3_000_000 });
  assert.ok(came.text.startsWith('{"created":1,"data":[{'));
  assert.ok((await standIn.waitFor(({ closedEarly }) => closedEarly, 5000)).bytesSent >= 3_000_000);
});

test('answers with large and with deep JSON', async () => {
  const padded = await planned({ kind: 'bigJson', bytes: 2_000_000, where: 'padding' });
  assert.ok(firstItem(padded).url !== undefined && padded.bytes.length > 2_000_000);
  const large = await planned({ kind: 'bigJson', bytes: 2_000_000 });
  assert.equal(firstItem(large).b64_json?.length, 2_000_000);
  const deep = await planned({ kind: 'deepJson', depth: 50_000 });
  assert.ok(deep.text.endsWith(`${']'.repeat(50_000)}}`));
});

test('sends a small body that unpacks to a large one', async () => {
  const came = await planned({ kind: 'gzipBomb', bytes: 64 * 1024 * 1024 });
  assert.equal(came.headers['content-encoding'], 'gzip');
  assert.ok(came.bytes.length < 200_000);
  const unpacked = createGunzip();
  let bytes = 0;
  unpacked.on('data', (chunk: Buffer) => (bytes += chunk.length)).end(came.bytes);
  await once(unpacked, 'end');
  assert.ok(bytes > 64 * 1024 * 1024);
});

test('redirects to wherever it is told', async () => {
  const to = async (target: string): Promise<string> => (await planned({ kind: 'redirect', status: 308, to: target })).headers.location ?? '';
  assert.equal(await to('self'), `${standIn.baseUrl}/v1/images/generations`);
  assert.equal(await to('otherOrigin'), `${standIn.filesUrl}/elsewhere`);
  assert.equal(new URL(await to('otherHost')).hostname, 'localhost');
  assert.match(await to('https'), /^https:/);
  assert.match(await to('file'), /^file:/);
  assert.equal(await to('/v2/x'), '/v2/x');
});

test('sends anything raw', async () => {
  const came = await planned({ kind: 'raw', status: 202, headers: { 'x-a': 'b' }, base64: 'AAE=' });
  assert.deepEqual([came.status, came.headers['x-a'], [...came.bytes]], [202, 'b', [0, 1]]);
});
