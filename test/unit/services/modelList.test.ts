// Lists of models as servers give them: which names are read, and in which order they are offered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModelList, seemsToDraw, sortModels } from '../../../src/services/modelList.ts';

test('names are read from every usual shape, once each', () => {
  const shapes = [
    { data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] },
    { models: [{ name: 'models/a' }, { name: 'b' }] },
    [{ id: 'a' }, { id: 'b' }],
    ['a', 'b'],
    { object: 'list', data: [{ id: 'a' }, null, 7, { id: '' }, { id: 'x'.repeat(300) }, { id: 'evil\nline' }, { id: 'b' }] },
  ];
  for (const shape of shapes) assert.deepEqual(readModelList(JSON.stringify(shape)), ['a', 'b'], JSON.stringify(shape).slice(0, 80));
});

test('what is no list of models is none', () => {
  for (const text of ['', '<html>', '{}', '7', 'null', '{"data":{}}', '"a"']) assert.equal(readModelList(text), undefined, text);
  assert.deepEqual(readModelList('{"data":[]}'), []);
});

test('known models come first, then those whose names say that they draw, then the others', () => {
  const names = ['gpt-5', 'z-image-turbo', 'gpt-image-2', 'text-embedding-3', 'qwen-image-edit', 'qwen-image-max', 'black-forest-labs/FLUX.2-pro'];
  assert.deepEqual(sortModels(names, ['qwen-image-max', 'gpt-image-2']), ['qwen-image-max', 'gpt-image-2', 'black-forest-labs/FLUX.2-pro', 'z-image-turbo', 'gpt-5', 'qwen-image-edit', 'text-embedding-3']);
});

test('a name tells whether a model draws', () => {
  for (const name of ['gpt-image-2', 'dall-e-3', 'doubao-seedream-4-0-250828', 'cogview-4', 'Kwai-Kolors/Kolors', 'recraftv4_1', 'grok-imagine-image', 'stabilityai/stable-diffusion-3', 'wan2.5-t2i-preview']) assert.ok(seemsToDraw(name), name);
  for (const name of ['gpt-5', 'qwen-image-edit-plus', 'qwen3-vl-plus', 'wan2.2-t2v', 'text-embedding-3-large', 'clip-image-embed']) assert.ok(!seemsToDraw(name), name);
});
