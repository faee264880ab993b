// Set Up as a flow of questions: what is asked for each kind of service, what is stored, sent and set.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { SetUpParts } from '../../../../src/host/connection/setUpParts.ts';
import { Connections } from '../../../../src/host/connection/connections.ts';
import { KeyStore } from '../../../../src/host/connection/keyStore.ts';
import { setUp } from '../../../../src/host/connection/setUp.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import { createSecrets, resetWorld, world } from '../../../vscodeModule/world.ts';
import { window } from '../../../vscodeModule/vscode.ts';

interface Item { label: string; kind?: number; alwaysShow?: boolean; description?: string }
/** A text is typed and taken with Enter; `pick` takes the row of that label; `leave` is Escape. */
type Act = { pick: string; filter?: string } | { type: string } | 'leave';

let acts: Act[];
let titles: string[];
/** What stood in each box when it was shown. */
let values: string[] = [];
const calls: string[] = [];

/** A quick pick or input box that answers itself as soon as it is shown. */
function createBox(): object {
  const listeners: Record<string, ((value?: unknown) => void)[]> = {};
  const on = (name: string) => (listener: (value?: unknown) => void) => void (listeners[name] ??= []).push(listener);
  const fire = (name: string, value?: unknown): void => listeners[name]?.forEach((listener) => listener(value));
  const box = {
    isGone: false, title: '', value: '', items: [] as Item[], selectedItems: [] as Item[], activeItems: [] as Item[], buttons: [], validationMessage: undefined as string | undefined,
    onDidAccept: on('accept'), onDidHide: on('hide'), onDidTriggerButton: on('button'), onDidChangeValue: on('value'), onDidChangeSelection: on('selection'),
    show() {
      titles.push(box.title);
      values.push(box.value);
      const act = acts.shift();
      queueMicrotask(() => {
        if (act === undefined || act === 'leave') return fire('hide');
        if ('type' in act) box.value = act.type;
        else {
          box.value = act.filter ?? '';
          const item = box.items.find(({ label, kind }) => kind === undefined && label === act.pick);
          assert.ok(item, `“${box.title}” has no “${act.pick}”, but ${box.items.map(({ label }) => label).join(', ')}`);
          box.selectedItems = [item];
        }
        fire('accept');
      });
    },
    dispose() {
      if (box.isGone) return;
      box.isGone = true;
      fire('hide');
    },
  };
  return box;
}

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
  [acts, titles] = [[], []];
  calls.length = 0;
  Object.assign(window, { createQuickPick: createBox, createInputBox: createBox });
});

test('a service with an address of its own asks for the key only, and sets the rest', async () => {
  const set = parts({});
  acts = [{ pick: 'Recraft' }, { type: 'sk-1' }];
  assert.equal(await setUp(set), true);
  assert.deepEqual(titles, ['Set Up: Service', 'Set Up: API Key']);
  assert.deepEqual([readSetting('endpoint'), readSetting('model'), readSetting('maxPromptCharacters')], ['https://external.api.recraft.ai/v1', 'recraftv4_1', 10_000]);
  assert.deepEqual(await set.keys.get('https://external.api.recraft.ai'), { kind: 'key', key: 'sk-1' });
});

test('a gateway asks for its address; a server of one’s own for nothing but what nobody can know', async () => {
  acts = [{ pick: 'Gateway with qwen-image-max (new-api, one-api and others)' }, { type: 'https://api.example.com' }, { type: 'sk-2' }];
  assert.equal(await setUp(parts({})), true);
  assert.deepEqual(titles, ['Set Up: Service', 'Set Up: Endpoint', 'Set Up: API Key']);
  [acts, titles] = [[{ pick: 'LocalAI' }, { pick: 'flux.1-dev' }], []];
  assert.equal(await setUp(parts({ 'localhost:8080': ['gpt-4', 'flux.1-dev'] })), true);
  assert.deepEqual(titles, ['Set Up: Service', 'Set Up: Model']);
  assert.deepEqual([readSetting('endpoint'), readSetting('model')], ['http://localhost:8080', 'flux.1-dev']);
});

test('an address that is typed into the list is the answer; leaving changes nothing', async () => {
  const set = parts({});
  acts = [{ pick: 'Another address…', filter: 'https://api.example.com' }, 'leave'];
  assert.equal(await setUp(set), false);
  assert.deepEqual(titles, ['Set Up: Service', 'Set Up: API Key']);
  assert.deepEqual([readSetting('endpoint'), await set.keys.origins(), calls], ['', [], []]);
  [acts, titles] = [[{ pick: 'Another address…', filter: 'https://api.openai.com/v1' }, { type: 'sk-3' }], []];
  assert.equal(await setUp(set), true);
  assert.equal(readSetting('model'), 'gpt-image-2.5-flare', 'a known address brings its model');
  assert.deepEqual(calls, ['https://api.openai.com/v1/models no key', 'https://api.openai.com/v1/models Bearer sk-3']);
  assert.match(world.messages.map(({ text }) => text).join(' '), /api\.openai\.com accepts the key.*Set: gpt-image-2\.5-flare;/);
});

test('Set Up again at the same address keeps the model that was chosen', async () => {
  world.set('generateImage.endpoint', 'https://api.openai.com/v1');
  world.set('generateImage.model', 'gpt-image-2');
  acts = [{ pick: 'api.openai.com' }, { type: 'https://api.openai.com/v1' }, { type: 'sk-4' }];
  assert.equal(await setUp(parts({})), true);
  assert.equal(readSetting('model'), 'gpt-image-2');
});

test('what was typed into the list and is no address yet stands in the box for it', async () => {
  acts = [{ pick: 'Another address…', filter: 'my-gateway' }, 'leave'];
  values = [];
  assert.equal(await setUp(parts({})), false);
  assert.deepEqual([titles, values], [['Set Up: Service', 'Set Up: Endpoint'], ['', 'my-gateway']]);
});
