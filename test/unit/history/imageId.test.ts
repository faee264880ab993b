// Holds ids to their promise: they sort by time, say their time, and never repeat.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createIdMaker, formatImageId, imageIdOf, parseImageId } from '../../../src/history/imageId.ts';

const times = fc.integer({ min: 0, max: Date.UTC(2099, 0) });
const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('an id has the known form', () => {
  assert.match(formatImageId(Date.UTC(2026, 10, 22, 12, 8, 12, 345), () => 0.62), /^20261122T120812345Z-[0-9a-f]{8}$/);
});

test('an id says its time again, and sorts by it', () => {
  fc.assert(fc.property(times, times, chances, chances, (a, b, x, y) => {
    const [first, second] = [formatImageId(a, () => x), formatImageId(b, () => y)];
    assert.equal(parseImageId(first)?.timeMs, a);
    if (a !== b) assert.equal(first < second, a < b);
  }));
});

test('further items of an answer sort behind the first and before the next job', () => {
  const [job, next] = [formatImageId(1000, () => 0.5), formatImageId(1001, () => 0)];
  assert.equal(imageIdOf(job, 0), job);
  assert.ok(job < imageIdOf(job, 1) && imageIdOf(job, 1) < imageIdOf(job, 2) && imageIdOf(job, 9) < next);
  assert.equal(parseImageId(imageIdOf(job, 3))?.item, 3);
});

test('ids of one window rise, also within a millisecond and when the clock is set back a little', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 50 }), (clock) => {
    let at = 0;
    const next = createIdMaker(() => 1e12 + (clock[at++] ?? 0), () => Math.random());
    const ids = clock.map(() => next());
    assert.deepEqual(ids, [...ids].sort());
    assert.equal(new Set(ids.map((id) => id.slice(0, 19))).size, ids.length);
  }));
});

test('a clock that was a year ahead for one id does not put the next ones there', () => {
  const clock = [1e12 + 365 * 86_400_000, 1e12];
  const next = createIdMaker(() => clock.shift() ?? 0, () => 0);
  next();
  assert.equal(parseImageId(next())?.timeMs, 1e12);
});

test('anything else is no id', () => {
  for (const text of ['', 'cat', '20261122T120812345Z', '20261122T120812345Z-9f86d08', '../20261122T120812345Z-9f86d081', '20261122T120812345Z-9f86d081.png']) {
    assert.equal(parseImageId(text), undefined, text);
  }
});
