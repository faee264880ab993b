// Which settings a chosen service or model leads to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KNOWN_SERVICES } from '../../../src/services/knownServices.ts';
import { settingsOfKnown, settingsOfModel } from '../../../src/services/savedService.ts';

const known = (name: string) => {
  const service = KNOWN_SERVICES.find((candidate) => candidate.name === name);
  assert.ok(service);
  return service;
};

test('a known model brings its sizes, its limit and the fields of its service', () => {
  assert.deepEqual(settingsOfKnown(known('Recraft'), 'https://external.api.recraft.ai/v1', 'recraftv3'), {
    endpoint: 'https://external.api.recraft.ai/v1', model: 'recraftv3', sizes: ['1024x1024'], maxPromptCharacters: 1000, requestFields: { watermark: null, prompt_extend: null },
  });
});

test('a limit that no page names is none, not that of another model', () => {
  assert.equal(settingsOfKnown(known('OpenAI'), 'https://api.openai.com/v1', 'gpt-image-2').maxPromptCharacters, 0);
  assert.equal(settingsOfKnown(known('Azure OpenAI'), 'https://a.openai.azure.com', 'my-deployment').sizes, undefined);
  assert.equal(settingsOfKnown(known('Crazyrouter'), 'https://crazyrouter.com/v1', 'qwen-image-plus').maxPromptCharacters, undefined);
});

test('another model of an endpoint that nobody knows changes nothing but the model', () => {
  const current = { endpoint: 'https://api.example.com', model: 'a', sizes: ['512x512'], requestFields: { seed: 1 }, maxPromptCharacters: 70 };
  assert.deepEqual(settingsOfModel('api.example.com', current, 'b'), { ...current, model: 'b' });
  assert.equal(settingsOfModel('api.example.com', current, 'qwen-image-max').maxPromptCharacters, 800);
  const openAi = { ...current, endpoint: 'https://api.openai.com/v1' };
  assert.deepEqual(settingsOfModel('api.openai.com', openAi, 'gpt-image-9'), { endpoint: openAi.endpoint, model: 'gpt-image-9', sizes: undefined, requestFields: { watermark: null, prompt_extend: null }, maxPromptCharacters: 0 });
});
