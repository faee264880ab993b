// The JSON that is sent: the contract's fields, no more and no fewer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageRequest } from '../../../../src/prompt/imageRequest.ts';
import { buildRequestBody } from '../../../../src/request/send/requestBody.ts';
import { REQUEST } from '../loopback.ts';

const bodyOf = (request: ImageRequest): string => JSON.stringify(buildRequestBody(request));

test('the body holds exactly the six fields of the contract, in its order', () => {
  assert.equal(
    bodyOf({ ...REQUEST, prompt: '一只可爱的橘猫 "🐱"' }),
    '{"model":"qwen-image-max","prompt":"一只可爱的橘猫 \\"🐱\\"","size":"1328x1328","n":1,"watermark":false,"prompt_extend":true}',
  );
});

test('null removes a field, a value replaces one, others are added', () => {
  const body: unknown = JSON.parse(bodyOf({ ...REQUEST, fields: { watermark: null, prompt_extend: null, size: '512x512', seed: 7, extra: { a: [1, null] }, gone: null } }));
  assert.deepEqual(body, { model: 'qwen-image-max', prompt: 'a cat', size: '512x512', n: 1, seed: 7, extra: { a: [1, null] } });
});

test('n is 1 whatever the settings say, or absent', () => {
  for (const n of [2, '4', 0, true, [3], {}]) assert.equal((JSON.parse(bodyOf({ ...REQUEST, fields: { n } })) as { n: unknown }).n, 1);
  assert.equal('n' in (JSON.parse(bodyOf({ ...REQUEST, fields: { n: null } })) as object), false);
});

test('a field named __proto__ is a field like any other', () => {
  const fields = JSON.parse('{"__proto__":{"n":9}}') as Record<string, never>;
  assert.match(bodyOf({ ...REQUEST, fields }), /"__proto__":\{"n":9\}\}$/);
});
