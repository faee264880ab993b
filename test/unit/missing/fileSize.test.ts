// Holds the pixels of a file to the size that a document wants, once or twice as dense.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileSizeFor } from '../../../src/missing/fileSize.ts';

const image = { widthPx: 1664, heightPx: 928 };

test('the wanted size, exactly', () => {
  assert.deepEqual(fileSizeFor({ widthPx: 1200, heightPx: 630 }, image, false), { widthPx: 1200, heightPx: 630 });
  assert.deepEqual(fileSizeFor({ widthPx: 300 }, image, false), { widthPx: 300 });
  assert.deepEqual(fileSizeFor({}, image, true), {});
});

test('twice as much for high density, as far as there are pixels', () => {
  assert.deepEqual(fileSizeFor({ widthPx: 600, heightPx: 315 }, image, true), { widthPx: 1200, heightPx: 630 });
  assert.deepEqual(fileSizeFor({ heightPx: 500 }, image, true), { heightPx: 928 });
  assert.deepEqual(fileSizeFor({ widthPx: 2000, heightPx: 1000 }, image, true), { widthPx: 2000, heightPx: 1000 });
});
