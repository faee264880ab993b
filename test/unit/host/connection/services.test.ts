// Services on one's own machine, from their row in the list to the image: what is asked, told, set and sent; and the way back to a saved one.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { chooseService } from '../../../../src/host/connection/chooseService.ts';
import { setUp } from '../../../../src/host/connection/setUp.ts';
import type { SetUpParts } from '../../../../src/host/connection/setUpParts.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import { createService } from '../../../../src/jobs/service.ts';
import { createNodeFetch } from '../../../../src/node/nodeFetch.ts';
import { startStandIn, type StandIn, type StandInOptions } from '../../../endpoint/server.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeRequest } from '../../jobs/workbench.ts';
import { type Act, answerBoxes, titlesOf } from '../answeredBoxes.ts';
import { makeSetUp } from './setUpParts.ts';

const KEY = 'sk-first-use-0815';

/** A server that stands at the port of its own page, and refuses what such a server refuses. */
async function serve(t: TestContext, host: string, options: StandInOptions): Promise<{ parts: SetUpParts; standIn: StandIn }> {
  const standIn = await startStandIn({ image: 'flat', answer: 'base64', accept: 'anything', refusedFields: ['watermark', 'prompt_extend'], ...options });
  t.after(() => standIn.close());
  const fetch = createNodeFetch();
  resetWorld();
  return { standIn, parts: makeSetUp((url, init) => fetch(url.replace(`http://${host}`, standIn.baseUrl), init)) };
}

const SERVICES: readonly { name: string; host: string; standIn: StandInOptions; more: Act[]; asks: string[]; told: string; body: Record<string, unknown>; key?: string }[] = [
  {
    name: 'LiteLLM', host: 'localhost:4000', standIn: { key: KEY, models: 'closed' }, more: [{ type: KEY }, 'enter', { pick: 'qwen-image-max' }], asks: ['Set Up: API Key', 'Set Up: Model'], key: KEY,
    told: 'localhost:4000 accepts the key. You are ready to generate. Set: qwen-image-max;', body: { model: 'qwen-image-max', size: '1328x1328', n: 1 },
  },
  {
    name: 'vLLM-Omni', host: 'localhost:8000', standIn: { models: 'open' }, more: [], asks: [],
    told: 'localhost:8000 answers without a key. You are ready to generate. Set: Qwen/Qwen-Image;', body: { model: 'Qwen/Qwen-Image', size: '1024x1024', n: 1 },
  },
  {
    name: 'Xinference', host: '127.0.0.1:9997', standIn: { models: 'open' }, more: [], asks: [],
    told: '127.0.0.1:9997 answers without a key. You are ready to generate. Set: Qwen-Image;', body: { model: 'Qwen-Image', size: '1328x1328', n: 1, response_format: 'b64_json' },
  },
];

for (const { name, host, standIn: options, more, asks, told, body, key } of SERVICES) {
  test(`${name}: chosen from the list, a prompt, an image`, async (t) => {
    const { parts, standIn } = await serve(t, host, options);
    const seen = answerBoxes(t, { pick: name }, ...more);
    assert.equal(await setUp(parts), true);
    assert.deepEqual(titlesOf(seen), ['Set Up: Service', ...asks]);
    assert.deepEqual(world.messages.map(({ text }) => text.startsWith(told)), [true], world.messages[0]?.text);
    const request = { ...makeRequest(`a boat for ${name}`), model: readSetting('model'), size: readSetting('sizes').includes('1328x1328') ? '1328x1328' : (readSetting('sizes')[0] ?? ''), fields: readSetting('requestFields') };
    const { items } = await createService(parts.transport).request(request, await parts.connections.connect(), { signal: new AbortController().signal });
    assert.equal(items.length, 1);
    const posts = standIn.requests.filter(({ method }) => method === 'POST');
    assert.deepEqual(posts.map((post) => JSON.parse(post.body) as unknown), [{ prompt: `a boat for ${name}`, ...body }]);
    assert.equal(posts[0]?.headers.authorization, key && `Bearer ${key}`);
  });
}

test('Choose Service saves the service in use, and goes back to it from another', async (t) => {
  const { parts } = await serve(t, '127.0.0.1:9997', { models: 'open' });
  answerBoxes(t, { pick: 'Xinference' });
  await setUp(parts);
  const seen = answerBoxes(t, { pick: 'Save this service…' }, { type: ' ' }, 'enter', { type: 'My pictures' }, 'enter');
  await chooseService(parts);
  assert.deepEqual(seen.map(({ title, value, refusals }) => [title, value, refusals]), [['Choose Service', '', []], ['Save This Service', 'Xinference', [[' ', 'Type a name.']]]]);
  const saved = { name: 'My pictures', endpoint: 'http://127.0.0.1:9997', model: 'Qwen-Image' };
  assert.deepEqual(readSetting('services').map(({ name, endpoint, model }) => ({ name, endpoint, model })), [saved]);
  world.set('generateImage.endpoint', 'http://localhost:8000');
  world.set('generateImage.model', 'Qwen/Qwen-Image');
  world.set('generateImage.requestFields', { seed: 1 });
  world.messages.length = 0;
  answerBoxes(t, { pick: 'My pictures' });
  await chooseService(parts);
  assert.match(world.messages[0]?.text ?? '', /^127\.0\.0\.1:9997: Set: Qwen-Image;/);
  assert.deepEqual([readSetting('endpoint'), readSetting('model'), readSetting('requestFields')], ['http://127.0.0.1:9997', 'Qwen-Image', { watermark: null, prompt_extend: null, response_format: 'b64_json' }]);
});
