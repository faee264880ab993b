// Holds the renaming of a file inside a link, and the sizes that people type.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFileSize, renameInLink } from '../../../src/insert/renameLink.ts';

test('only the name of the file changes', () => {
  assert.equal(renameInLink('images/a%20cat.png?v=1#x', 'a cat.webp'), 'images/a%20cat.webp?v=1#x');
  assert.equal(renameInLink('a.png', '雪.webp'), '雪.webp');
  assert.equal(renameInLink('/img/(a).png', '(a)-1.webp'), '/img/%28a%29-1.webp');
});

test('a width, an exact size, and nothing else', () => {
  assert.deepEqual(parseFileSize(' 1200 '), { widthPx: 1200, heightPx: undefined });
  assert.deepEqual(parseFileSize('1200 × 630'), { widthPx: 1200, heightPx: 630 });
  for (const text of ['', '0', '1200x0', '20000', 'x630', '12.5', '1e3', '1200x630x1']) assert.equal(parseFileSize(text), undefined, text);
});
