// Set Up as a flow of questions: what is asked for each kind of service, what is stored, sent and set.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { SetUpParts } from '../../../../src/host/connection/setUpParts.ts';
import { Connections } from '../../../../src/host/connection/connections.ts';
import { KeyStore } from '../../../../src/host/connection/keyStore.ts';
import { setUp } from '../../../../src/host/connection/setUp.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import { createSecrets, resetWorld, world } from '../../../vscodeModule/world.ts';
import { answerBoxes, titlesOf } from '../answeredBoxes.ts';

const calls: string[] = [];

function parts(models: Record<string, string[]>): SetUpParts {
  const keys = new KeyStore(createSecrets());
  const log = { hide: () => undefined, warn: () => undefined, info: () => undefined } as unknown as SetUpParts['log'];
  const fetch = (url: string, { headers }: { headers: Record<string, string> }) => {
    calls.push(`${url} ${headers['Authorization'] ?? 'no key'}`);
    const list = models[new URL(url).host];
    const isOpen = new URL(url).hostname === 'localhost' || headers['Authorization'] !== undefined;
    const bytes = new TextEncoder().encode(JSON.stringify({ data: (list ?? []).map((id) => ({ id })) }));
    return Promise.resolve({ status: isOpen ? 200 : 401, headers: new Headers(), body: new Blob([bytes]).stream() });
  };
  const clock = { now: () => Date.now(), monotonicMs: () => performance.now(), after: () => () => undefined };
  return { keys, log, transport: { fetch, clock }, connections: new Connections(keys, log), reports: { showError: (error: unknown) => { throw error; } } as unknown as SetUpParts['reports'], machineName: 'here' };
}

beforeEach(() => {
  resetWorld();
  calls.length = 0;
});

test('a service with an address of its own asks for the key only, and sets the rest', async (t) => {
  const set = parts({});
  const seen = answerBoxes(t, { pick: 'Recraft' }, { type: 'sk-1' }, 'enter');
  assert.equal(await setUp(set), true);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: API Key']);
  assert.deepEqual([readSetting('endpoint'), readSetting('model'), readSetting('maxPromptCharacters')], ['https://external.api.recraft.ai/v1', 'recraftv4_1', 10_000]);
  assert.deepEqual(await set.keys.get('https://external.api.recraft.ai'), { kind: 'key', key: 'sk-1' });
});

test('a gateway asks for its address; a server of one’s own for nothing but what nobody can know', async (t) => {
  let seen = answerBoxes(t, { pick: 'Gateway with qwen-image-max (new-api, one-api and others)' }, { type: 'https://api.example.com' }, 'enter', { type: 'sk-2' }, 'enter');
  assert.equal(await setUp(parts({})), true);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: Endpoint', 'Set Up: API Key']);
  seen = answerBoxes(t, { pick: 'LocalAI' }, { pick: 'flux.1-dev' });
  assert.equal(await setUp(parts({ 'localhost:8080': ['gpt-4', 'flux.1-dev'] })), true);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: Model']);
  assert.deepEqual([readSetting('endpoint'), readSetting('model')], ['http://localhost:8080', 'flux.1-dev']);
});

test('an address that is typed into the list is the answer; leaving changes nothing', async (t) => {
  const set = parts({});
  let seen = answerBoxes(t, { type: 'https://api.example.com' }, { pick: 'Another address…' }, 'leave');
  assert.equal(await setUp(set), false);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: API Key']);
  assert.deepEqual([readSetting('endpoint'), await set.keys.origins(), calls], ['', [], []]);
  seen = answerBoxes(t, { type: 'https://api.openai.com/v1' }, { pick: 'Another address…' }, { type: 'sk-3' }, 'enter');
  assert.equal(await setUp(set), true);
  assert.equal(readSetting('model'), 'gpt-image-2.5-flare', 'a known address brings its model');
  assert.deepEqual(calls, ['https://api.openai.com/v1/models no key', 'https://api.openai.com/v1/models Bearer sk-3']);
  assert.match(world.messages.map(({ text }) => text).join(' '), /api\.openai\.com accepts the key.*Set: gpt-image-2\.5-flare;/);
});

test('Set Up again at the same address keeps the model that was chosen', async (t) => {
  world.set('generateImage.endpoint', 'https://api.openai.com/v1');
  world.set('generateImage.model', 'gpt-image-2');
  answerBoxes(t, { pick: 'api.openai.com' }, { type: 'https://api.openai.com/v1' }, 'enter', { type: 'sk-4' }, 'enter');
  assert.equal(await setUp(parts({})), true);
  assert.equal(readSetting('model'), 'gpt-image-2');
});

test('what was typed into the list and is no address yet stands in the box for it', async (t) => {
  const seen = answerBoxes(t, { type: 'my-gateway' }, { pick: 'Another address…' }, 'leave');
  assert.equal(await setUp(parts({})), false);
  assert.deepEqual([titlesOf(seen), seen.map(({ value }) => value)], [['Set Up: Service', 'Set Up: Endpoint'], ['', 'my-gateway']]);
});
