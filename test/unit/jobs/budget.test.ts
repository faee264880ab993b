// Holds the budget and the estimate to their few rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnattendedBudget } from '../../../src/jobs/budget.ts';
import { Estimates } from '../../../src/jobs/estimate.ts';

test('the budget gives so many images and no more, until a person allows more', () => {
  const budget = new UnattendedBudget(() => 2);
  assert.deepEqual([budget.take(), budget.take(), budget.take()], [true, true, false]);
  budget.extend(3);
  assert.equal(budget.left, 3);
  assert.equal(budget.take(4), false);
  assert.equal(budget.take(3), true);
  assert.deepEqual([budget.used, budget.left], [5, 0]);
});

test('a setting that is lowered below what was used gives nothing; what cost nothing is given back', () => {
  let limit = 3;
  const budget = new UnattendedBudget(() => limit);
  budget.take(3);
  limit = 1;
  assert.deepEqual([budget.left, budget.take()], [0, false]);
  limit = 3;
  budget.giveBack();
  assert.deepEqual([budget.take(), budget.take()], [true, false]);
});

test('an estimate is the median of the newest images like it, from three on', () => {
  const estimates = new Estimates();
  const what = { endpoint: 'https://a.example', model: 'm', size: '1328x1328', promptExtend: true };
  assert.equal(estimates.estimateMs(what), undefined);
  for (const durationMs of [0, NaN, 20_000, 900_000]) estimates.note({ ...what, durationMs });
  assert.equal(estimates.estimateMs(what), undefined, 'two are too few');
  estimates.note({ ...what, durationMs: 30_000 });
  assert.equal(estimates.estimateMs(what), 30_000);
  estimates.note({ ...what, durationMs: 40_000 });
  assert.equal(estimates.estimateMs(what), 35_000);
  for (const other of [{ size: '928x1664' }, { promptExtend: false }, { model: 'n' }, { endpoint: 'https://b.example' }]) {
    assert.equal(estimates.estimateMs({ ...what, ...other }), undefined, JSON.stringify(other));
  }
  for (let count = 0; count < 15; count++) estimates.note({ ...what, durationMs: 10_000 });
  assert.equal(estimates.estimateMs(what), 10_000);
});
