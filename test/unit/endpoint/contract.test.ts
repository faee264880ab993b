// The stand-in takes what the contract asks for and nothing else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import { ask, firstItem, GOOD, post } from './ask.ts';

let standIn: StandIn;
const key = { authorization: 'Bearer right-key' };
before(async () => (standIn = await startStandIn({ key: 'right-key', image: 'flat' })));
after(() => standIn.close());

function fault(json: unknown): { code: unknown; param: unknown } {
  const { code, param } = (json as { error: { code: unknown; param: unknown } }).error;
  return { code, param };
}

const BROKEN: [string, Record<string, unknown>, number, string, string][] = [
  ...Object.keys(GOOD).map((name) => [`no ${name}`, { [name]: undefined }, 400, 'InvalidParameter', name] as [string, Record<string, unknown>, number, string, string]),
  ['n as text', { n: '1' }, 400, 'InvalidParameter', 'n'],
  ['n 1.5', { n: 1.5 }, 400, 'InvalidParameter', 'n'],
  ['n 2', { n: 2 }, 400, 'InvalidParameter', 'n'],
  ['watermark as text', { watermark: 'false' }, 400, 'InvalidParameter', 'watermark'],
  ['prompt_extend null', { prompt_extend: null }, 400, 'InvalidParameter', 'prompt_extend'],
  ['an extra field', { seed: 1 }, 400, 'unknown_parameter', 'seed'],
  ['another size', { size: '1024x1024' }, 400, 'InvalidParameter', 'size'],
  ['a size with *', { size: '1328*1328' }, 400, 'InvalidParameter', 'size'],
  ['an older size', { size: '1472x1140' }, 400, 'InvalidParameter', 'size'],
  ['an empty prompt', { prompt: ' ' }, 400, 'InvalidParameter', 'prompt'],
  ['801 characters', { prompt: '猫'.repeat(801) }, 400, 'InvalidParameter', 'prompt'],
  ['another model', { model: 'qwen-image' }, 503, 'model_not_found', 'model'],
];

for (const [name, changes, status, code, param] of BROKEN) {
  test(`refuses ${name}`, async () => {
    const came = await post(standIn.baseUrl, changes, { headers: key });
    assert.equal(came.status, status);
    assert.deepEqual(fault(came.json), { code, param });
  });
}

test('counts a prompt by code point', async () => {
  assert.equal((await post(standIn.baseUrl, { prompt: '😀'.repeat(800) }, { headers: key })).status, 200);
  assert.equal((await post(standIn.baseUrl, { prompt: '😀'.repeat(801) }, { headers: key })).status, 400);
});

test('refuses a missing and a wrong key', async () => {
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'right-key' }]) {
    const came = await post(standIn.baseUrl, {}, { headers });
    assert.equal(came.status, 401);
    assert.equal(fault(came.json).code, 'InvalidApiKey');
  }
});

test('refuses what is no JSON, no JSON type, too large, or elsewhere', async () => {
  const broken = await post(standIn.baseUrl, {}, { headers: key, body: '{"model":' });
  assert.equal(broken.status, 400);
  assert.equal((await post(standIn.baseUrl, {}, { headers: key, body: '[]' })).status, 400);
  assert.equal((await post(standIn.baseUrl, {}, { headers: { ...key, 'content-type': 'text/plain' } })).status, 415);
  assert.equal((await post(standIn.baseUrl, { prompt: 'x'.repeat(1_100_000) }, { headers: key })).status, 413);
  assert.equal((await ask(`${standIn.baseUrl}/images/generations`, { method: 'POST' })).status, 404);
  const got = await ask(`${standIn.baseUrl}/v1/images/generations`);
  assert.deepEqual([got.status, got.headers.allow], [405, 'POST']);
});

test('a refused request leaves the plan for the next good one', async () => {
  standIn.plan({ kind: 'error', status: 500 });
  assert.equal((await post(standIn.baseUrl, { n: 2 }, { headers: key })).status, 400);
  assert.equal((await post(standIn.baseUrl, {}, { headers: key })).status, 500);
  assert.equal((await post(standIn.baseUrl, {}, { headers: key })).status, 200);
});

test('a good answer is a URL on the other origin, with its life and an empty b64_json', async () => {
  const before = Math.floor(Date.now() / 1000);
  const came = await post(standIn.baseUrl, {}, { headers: key });
  const { url, b64_json: base64 } = firstItem(came);
  const address = new URL(url ?? '');
  assert.equal(address.origin, standIn.filesUrl);
  assert.notEqual(standIn.filesUrl, standIn.baseUrl);
  assert.equal(base64, '');
  assert.ok(Number(address.searchParams.get('Expires')) >= before + 86400);
  assert.ok(Number.isInteger((came.json as { created: number }).created));
});

test('a result URL has the host name that the request came to', async (t) => {
  const local = standIn.baseUrl.replace('127.0.0.1', 'localhost');
  const came = await post(local, {}, { headers: key });
  if (came.broken !== undefined) return t.skip('no localhost here');
  assert.equal(new URL(firstItem(came).url ?? '').hostname, 'localhost');
});

test('a field that this server does not know is refused by name, and not missed', async () => {
  standIn.set({ refusedFields: ['watermark'] });
  const came = await post(standIn.baseUrl, {}, { headers: key });
  assert.deepEqual(fault(came.json), { code: 'unknown_parameter', param: 'watermark' });
  assert.equal((await post(standIn.baseUrl, { watermark: undefined }, { headers: key })).status, 200);
  standIn.reset();
});

test('models is open, closed, missing or a page', async () => {
  const look = async (headers: Record<string, string>): Promise<number> => (await ask(`${standIn.baseUrl}/v1/models`, { headers })).status;
  assert.deepEqual([await look({}), await look(key)], [401, 200]);
  standIn.set({ models: 'open' });
  assert.deepEqual([await look({}), await look(key)], [200, 200]);
  standIn.set({ models: 'missing' });
  assert.equal(await look(key), 404);
  standIn.set({ models: 'html' });
  assert.match((await ask(`${standIn.baseUrl}/v1/models`)).headers['content-type'] ?? '', /html/);
  standIn.reset();
});

test('without a key none is asked for', async (t) => {
  const open = await startStandIn({ image: 'flat' });
  t.after(() => open.close());
  assert.equal((await post(open.baseUrl)).status, 200);
});
