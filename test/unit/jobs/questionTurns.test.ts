// Holds that one question stands at a time, that its answer is granted once, and that a no holds for all that wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnattendedBudget } from '../../../src/jobs/budget.ts';
import { QuestionTurns } from '../../../src/jobs/questionTurns.ts';
import { until } from './workbench.ts';

/** Questions that the test answers; each yes is worth three. */
function makeTurns(limit: number) {
  const budget = new UnattendedBudget(() => limit);
  const turns = new QuestionTurns();
  const open: { who: string; answer: (isYes: boolean) => void }[] = [];
  const claim = (who: string): Promise<boolean> =>
    turns.claim(who, () => budget.take(), () => new Promise((resolve) => open.push({ who, answer: (isYes) => {
      if (isYes) budget.extend(3);
      resolve(isYes);
    } })));
  return { budget, open, claim, turns };
}

test('however many wait, there is one question, and its answer is granted once', async () => {
  const { budget, open, claim } = makeTurns(0);
  const callers = Array.from({ length: 4 }, () => claim('a'));
  await until(() => open.length === 1);
  open[0]?.answer(true);
  assert.deepEqual(await Promise.all(callers.slice(0, 3)), [true, true, true]);
  await until(() => open.length === 2);
  assert.deepEqual([budget.used, budget.left], [3, 0]);
  open[1]?.answer(false);
  assert.deepEqual([await callers[3], budget.used], [false, 3]);
});

test('a no is for all of the same who wait; others are asked for next, and whoever comes later is asked anew', async () => {
  const { open, claim } = makeTurns(0);
  const [one, other, same] = [claim('a'), claim('b'), claim('a')];
  await until(() => open.length === 1);
  open[0]?.answer(false);
  assert.equal(await one, false);
  await until(() => open.length === 2);
  assert.equal(open[1]?.who, 'b');
  open[1]?.answer(false);
  assert.deepEqual([await other, await same, open.length], [false, false, 2]);
  const later = claim('a');
  await until(() => open.length === 3);
  open[2]?.answer(true);
  assert.equal(await later, true);
});

test('a question that fails is a no, and the next one is put all the same', async () => {
  const { turns } = makeTurns(0);
  assert.equal(await turns.claim('a', () => false, () => Promise.reject(new Error('no dialog'))), false);
  let isAllowed = false;
  assert.equal(await turns.claim('a', () => isAllowed, () => Promise.resolve((isAllowed = true))), true);
});
