// What Set Up tells of a service once key and address are there, by a check that costs nothing; and what is sent then.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { SetUpParts } from '../../../../src/host/connection/setUpParts.ts';
import { setApiKey, setUp } from '../../../../src/host/connection/setUp.ts';
import { removeApiKeyCommand } from '../../../../src/host/commands/removeApiKey.ts';
import { createService } from '../../../../src/jobs/service.ts';
import { startStandIn, type StandIn } from '../../../endpoint/server.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeRequest } from '../../jobs/workbench.ts';
import { answerBoxes } from '../answeredBoxes.ts';
import { makeSetUp } from './setUpParts.ts';

const KEY = 'sk-set-up-0815';
let service: StandIn;
let parts: SetUpParts;
before(async () => (service = await startStandIn({ key: KEY, image: 'flat' })));
after(() => service.close());
beforeEach(() => {
  service.reset();
  resetWorld();
  parts = makeSetUp();
});

const host = (): string => new URL(service.baseUrl).host;
const told = (): string[] => world.messages.map(({ text }) => text);
/** Requests at the endpoint: method, path and key. */
const asked = (): unknown[] => service.requests.filter(({ origin }) => origin === 'api').map(({ method, path, headers }) => [method, path, headers.authorization]);

async function setKey(...acts: Parameters<typeof answerBoxes>): Promise<void> {
  const endpoint = parts.connections.endpoint();
  assert.ok(endpoint);
  answerBoxes(...acts);
  await setApiKey(endpoint, parts);
}

/** One image over the connection that is set, as a job asks for it. */
async function makeImage(): Promise<void> {
  const { items } = await createService(parts.transport).request(makeRequest(), await parts.connections.connect(), { signal: new AbortController().signal });
  assert.equal(items.length, 1);
}

test('the free check tells apart: fine, key refused, and what cannot be known', async (t) => {
  world.set('generateImage.endpoint', service.baseUrl);
  const unknown = `${host()} is reachable. Whether it accepts the key cannot be checked without paying.`;
  const cases = [
    ['closed', 'sk-wrong', `${host()} refused the API key. Check that the key is right and belongs to this address.`],
    ['open', KEY, unknown],
    ['missing', KEY, unknown],
    ['html', KEY, unknown],
    ['closed', KEY, `${host()} accepts the key. You are ready to generate.`],
  ] as const;
  for (const [models, key, sentence] of cases) {
    service.set({ models });
    await setKey(t, { type: key }, 'enter');
    assert.equal(told().at(-1), sentence, `${models} ${key}`);
    assert.deepEqual(await parts.keys.get(service.baseUrl), { kind: 'key', key });
  }
  assert.equal(world.messages.length, cases.length);
  assert.deepEqual(service.requests.filter(({ method }) => method === 'POST'), []);
});

test('every form of the base URL leads to the same two addresses, first without the key', async (t) => {
  for (const form of [service.baseUrl, ` ${service.baseUrl}/ `, `${service.baseUrl}/v1`, `${service.baseUrl}/v1/images/generations`]) {
    service.reset();
    answerBoxes(t, { type: form }, { pick: 'Another address…' }, { type: KEY }, 'enter');
    assert.equal(await setUp(parts), true);
    assert.equal(told().at(-1), `${host()} accepts the key. You are ready to generate.`);
    await makeImage();
    assert.deepEqual(asked(), [['GET', '/v1/models', undefined], ['GET', '/v1/models', `Bearer ${KEY}`], ['POST', '/v1/images/generations', `Bearer ${KEY}`]], form);
    world.set('generateImage.endpoint', undefined);
  }
});

test('“No key” sends none, and the key that was there is gone', async (t) => {
  answerBoxes(t, { type: service.baseUrl }, { pick: 'Another address…' }, { type: KEY }, 'enter');
  await setUp(parts);
  service.reset();
  service.set({ key: null, models: 'open' });
  answerBoxes(t, { type: service.baseUrl }, { pick: 'Another address…' }, { press: 'No key' });
  assert.equal(await setUp(parts), true);
  assert.equal(told().at(-1), `${host()} answers without a key. You are ready to generate.`);
  assert.deepEqual(await parts.keys.get(service.baseUrl), { kind: 'noKey' });
  await makeImage();
  assert.deepEqual(asked(), [['GET', '/v1/models', undefined], ['POST', '/v1/images/generations', undefined]]);
});

test('“No key” for a server that asks for one: the check says so, with a button that asks for it', async (t) => {
  world.set('generateImage.endpoint', service.baseUrl);
  world.answer = ({ buttons }) => buttons[0];
  await setKey(t, { press: 'No key' });
  assert.deepEqual(world.messages.map(({ kind, text, buttons }) => [kind, text, buttons]), [['error', `${host()} needs an API key. Set it once, and it is kept in VS Code’s secret storage.`, ['Set API Key']]]);
  await new Promise((resolve) => void setImmediate(resolve));
  assert.deepEqual(world.executed.map(({ command }) => command), ['generateImage.setApiKey']);
  await setKey(t, { type: KEY }, 'enter');
  assert.equal(told().at(-1), `${host()} accepts the key. You are ready to generate.`);
  assert.equal(service.requests.length, 3);
});

test('an address where nobody listens, and a certificate that nobody knows: nothing was sent', async (t) => {
  const closed = await startStandIn();
  await closed.close();
  const secret = await startStandIn({ tls: true });
  try {
    const [gone, unknown] = [closed, secret].map(({ baseUrl }) => new URL(baseUrl).host);
    for (const { baseUrl } of [closed, secret]) {
      answerBoxes(t, { type: baseUrl }, { pick: 'Another address…' }, { press: 'No key' });
      assert.equal(await setUp(parts), true);
    }
    assert.deepEqual(world.messages.map(({ kind, text, buttons }) => [kind, text, buttons]), [
      ['error', `${gone} cannot be reached. Check the network and the base URL.`, ['Open Settings', 'Generate again']],
      ['error', `The certificate of ${unknown} cannot be verified, so nothing was sent. Check the base URL and the certificates of this machine.`, ['Open Settings', 'Show Log']],
    ]);
    assert.deepEqual(secret.requests, []);
  } finally {
    await secret.close();
  }
});

test('Remove API Key forgets it, says so once, and the next request goes without', async (t) => {
  answerBoxes(t, { type: service.baseUrl }, { pick: 'Another address…' }, { type: KEY }, 'enter');
  await setUp(parts);
  world.messages.length = 0;
  const command = removeApiKeyCommand(parts.connections, parts.keys);
  await command.run();
  await command.run();
  assert.deepEqual(told(), [`The API key for ${service.baseUrl} is removed.`, 'No API key is stored for this endpoint.']);
  assert.equal((await parts.connections.connect()).key, undefined);
});

test('another endpoint never gets the key of this one: it needs a set-up of its own, and this one none', async () => {
  await parts.keys.set('https://api.example.com', { kind: 'key', key: KEY });
  const states: unknown[] = [];
  for (const endpoint of ['https://api.example.com', 'https://example.invalid', 'https://api.example.com/v1', 'http://127.0.0.1:9', 'https://api.example.com:8443', '']) {
    world.set('generateImage.endpoint', endpoint);
    states.push([endpoint, await parts.connections.needsSetUp(), await parts.connections.connect().then(({ key }) => key, ({ reason }: { reason: string }) => reason)]);
  }
  assert.deepEqual(states, [
    ['https://api.example.com', false, KEY],
    ['https://example.invalid', true, 'keyMissing'],
    ['https://api.example.com/v1', false, KEY],
    ['http://127.0.0.1:9', false, undefined],
    ['https://api.example.com:8443', true, 'keyMissing'],
    ['', true, 'wrongAddress'],
  ]);
});
