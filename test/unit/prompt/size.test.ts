// Sizes read, written, named and compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTRACT_SIZES, DEFAULT_SIZE, formatSize, nearestSize, parseSize, ratioOf } from '../../../src/prompt/size.ts';

for (const text of ['1328x1328', '1328*1328', '1328X1328', ' 1328 × 1328 ']) {
  test(`${text} is a size`, () => assert.deepEqual(parseSize(text), { widthPx: 1328, heightPx: 1328 }));
}
for (const text of ['', '1328', '0x5', '5x0', '-1x5', '1.5x2', '16385x1', '1x99999', '1328x1328px', 'axb', '1e3x5', '１x１']) {
  test(`"${text}" is no size`, () => assert.equal(parseSize(text), undefined));
}

test('the contract\'s sizes are written as they were read, and named by their ratios', () => {
  assert.deepEqual(CONTRACT_SIZES.map((text) => formatSize(parseSize(text)!)), CONTRACT_SIZES);
  assert.deepEqual(CONTRACT_SIZES.map((text) => ratioOf(parseSize(text)!)), ['16:9', '4:3', '1:1', '3:4', '9:16']);
  assert.ok(CONTRACT_SIZES.includes(DEFAULT_SIZE));
  assert.equal(ratioOf({ widthPx: 1000, heightPx: 300 }), '10:3');
});

test('the nearest size is the one whose ratio is nearest; what cannot be read is passed over', () => {
  assert.equal(nearestSize({ widthPx: 1920, heightPx: 1080 }, CONTRACT_SIZES), '1664x928');
  assert.equal(nearestSize({ widthPx: 100, heightPx: 101 }, CONTRACT_SIZES), '1328x1328');
  assert.equal(nearestSize({ widthPx: 1, heightPx: 9 }, ['auto', ...CONTRACT_SIZES]), '928x1664');
  assert.equal(nearestSize({ widthPx: 1, heightPx: 1 }, ['auto']), undefined);
});
