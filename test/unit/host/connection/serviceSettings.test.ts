// What choosing a service writes, in which order, and how it is told; the price of what is set.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { applySettings, currentSettings, describeSettings, priceOfImages, settingsFor } from '../../../../src/host/connection/serviceSettings.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import { KNOWN_SERVICES } from '../../../../src/services/knownServices.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { workspace } from '../../../vscodeModule/vscode.ts';

beforeEach(() => void resetWorld());

const known = (name: string) => KNOWN_SERVICES.find((service) => service.name === name);

test('a known service sets model, sizes, fields and limit, and the address last', async () => {
  const seen: string[] = [];
  const listener = workspace.onDidChangeConfiguration((event) => {
    seen.push(...['endpoint', 'model', 'sizes', 'requestFields', 'maxPromptCharacters'].filter((name) => event.affectsConfiguration(`generateImage.${name}`)));
  });
  await applySettings(settingsFor(known('xAI'), 'https://api.x.ai/v1', 'grok-imagine-image-quality'));
  listener.dispose();
  assert.equal(seen.at(-1), 'endpoint');
  assert.deepEqual(currentSettings(), {
    endpoint: 'https://api.x.ai/v1', model: 'grok-imagine-image-quality', sizes: readSetting('sizes'), maxPromptCharacters: 0,
    requestFields: { watermark: null, prompt_extend: null, size: null, aspect_ratio: '${ratio}' },
  });
  assert.equal(
    describeSettings(currentSettings(), 'api.x.ai'),
    'Set: grok-imagine-image-quality; sizes 1664x928, 1472x1104, 1328x1328, 1104x1472, 928x1664; no limit of characters; without watermark, prompt_extend, size; with aspect_ratio.',
  );
});

test('back to qwen-image-max nothing of the other service is left', async () => {
  await applySettings(settingsFor(known('Zhipu (BigModel)'), 'https://open.bigmodel.cn/api/paas/v4', 'glm-image'));
  assert.equal(readSetting('maxPromptCharacters'), 1000);
  await applySettings(settingsFor(KNOWN_SERVICES[0], 'https://api.example.com', 'qwen-image-max'));
  assert.deepEqual(currentSettings(), { endpoint: 'https://api.example.com', model: 'qwen-image-max', sizes: ['1664x928', '1472x1104', '1328x1328', '1104x1472', '928x1664'], requestFields: {}, maxPromptCharacters: 800 });
});

test('what is documented of requests a minute is told if it is known', () => {
  assert.match(describeSettings(currentSettings(), 'api.example.com'), /^Set: qwen-image-max; .*; at most 800 characters; 2 requests a minute as documented; about US\$ 0\.08 each/);
  assert.doesNotMatch(describeSettings(currentSettings(), 'crazyrouter.com'), /a minute/);
});

test('another address changes nothing but the address', async () => {
  world.set('generateImage.model', 'mine');
  world.set('generateImage.requestFields', { seed: 1 });
  await applySettings(settingsFor(undefined, 'http://localhost:9', undefined));
  assert.deepEqual([readSetting('endpoint'), readSetting('model'), readSetting('requestFields')], ['http://localhost:9', 'mine', { seed: 1 }]);
});

test('a price is told for what is set, and none if none is known', () => {
  assert.equal(priceOfImages(3), undefined);
  world.set('generateImage.endpoint', 'https://api.example.com');
  assert.equal(priceOfImages(3), 'about US$ 0.23');
  world.set('generateImage.model', 'somebody-elses');
  assert.equal(priceOfImages(1), undefined);
});

test('entries of `services` that hold no service are left out', () => {
  world.set('generateImage.services', [{ name: 'a', endpoint: 'https://a.example', model: 'm' }, { name: '', endpoint: 'x', model: 'm' }, 7, { name: 'b' }]);
  assert.deepEqual(readSetting('services').map(({ name }) => name), ['a']);
});
