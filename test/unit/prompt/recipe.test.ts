// A recipe leads back to the request that made the image.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { recipeSchema, requestOf } from '../../../src/prompt/recipe.ts';

const request = { model: 'qwen-image-max', prompt: 'a cat', size: '1328x1328', watermark: true, promptExtend: false, fields: { seed: 7, watermark: null, deep: [{ a: ['b', 1.5, false] }] } };
const made = { endpoint: 'https://api.example.com', time: '2026-11-22T12:00:00.000Z', durationMs: 31_000 };

test('a recipe that went through JSON asks for the same again', () => {
  const recipe = v.parse(recipeSchema, JSON.parse(JSON.stringify({ ...request, ...made, revisedPrompt: 'a tabby' })));
  assert.equal(recipe.revisedPrompt, 'a tabby');
  assert.deepEqual(requestOf(recipe), request);
});

test('what is no recipe is refused', () => {
  for (const broken of [null, {}, { ...request }, { ...request, ...made, prompt: 5 }, { ...request, ...made, fields: { f: undefined } }]) {
    assert.equal(v.safeParse(recipeSchema, broken).success, false);
  }
});
