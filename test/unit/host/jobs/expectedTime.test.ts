// How long an image will take: measured, documented or unknown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectTime } from '../../../../src/host/jobs/expectedTime.ts';
import { Estimates } from '../../../../src/jobs/estimate.ts';

const WHAT = { endpoint: 'https://api.example.com', model: 'qwen-image-max', size: '1328x1328', promptExtend: true };

test('the documented time holds until three images were made here, then what they took', () => {
  const estimates = new Estimates();
  for (let made = 0; made < 3; made++) {
    assert.deepEqual(expectTime(estimates, WHAT), { durationMs: 30_000, isDocumented: true }, `${made} made`);
    estimates.note({ ...WHAT, durationMs: 12_000 });
  }
  assert.deepEqual(expectTime(estimates, WHAT), { durationMs: 12_000, isDocumented: false });
  assert.deepEqual(expectTime(estimates, { ...WHAT, size: '928x1664' }), { durationMs: 30_000, isDocumented: true }, 'of another size nothing was measured');
});

test('each service has its own documented time, and what no page tells is not known', () => {
  const of = (endpoint: string, model: string): number | undefined => expectTime(new Estimates(), { ...WHAT, endpoint, model })?.durationMs;
  assert.equal(of('https://open.bigmodel.cn', 'glm-image'), 20_000);
  for (const [endpoint, model] of [['https://api.openai.com', 'qwen-image-max'], ['https://api.example.com', 'glm-image'], ['https://open.bigmodel.cn', 'cogview-3-flash'], ['', 'qwen-image-max'], ['no address', 'qwen-image-max']] as const) {
    assert.equal(of(endpoint, model), undefined, `${endpoint} ${model}`);
  }
});
