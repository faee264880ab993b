// Holds the choice of a file's format: an ending before the settings, the language before both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileQuestion, wishFor } from '../../../src/insert/fileWish.ts';

const settings = { format: 'original', quality: 82, maxWidthPx: 0, maxKB: 0 } as const;
const original = { type: 'png', widthPx: 1664, heightPx: 928 } as const;
const typeFor = (question: Partial<FileQuestion>): string => {
  const { type, isTypeDemanded } = wishFor({ original, settings, ...question });
  return isTypeDemanded ? `${type}!` : type;
};

test('the settings decide, and an ending before them', () => {
  const webp = { ...settings, format: 'webp' } as const;
  assert.equal(typeFor({}), 'original');
  assert.equal(typeFor({ settings: webp, languageId: 'markdown' }), 'webp');
  assert.equal(typeFor({ settings: webp, ending: '.PNG' }), 'png!');
  assert.equal(typeFor({ ending: 'jpg' }), 'jpeg!');
  assert.equal(typeFor({ ending: '.webp' }), 'webp!');
  for (const ending of ['.gif', '.svg', '', 'constructor']) assert.equal(typeFor({ ending }), 'original', ending);
});

test('LaTeX and Typst never get WebP', () => {
  for (const languageId of ['latex', 'tex', 'typst']) {
    assert.equal(typeFor({ languageId, settings: { ...settings, format: 'webp' } }), 'jpeg', languageId);
    assert.equal(typeFor({ languageId, ending: '.webp' }), 'jpeg', languageId);
    assert.equal(typeFor({ languageId, original: { ...original, type: 'webp' } }), 'jpeg!', languageId);
    assert.equal(typeFor({ languageId }), 'original', languageId);
    assert.equal(wishFor({ original, settings, languageId, ending: '.webp' }).mayBecomePng, true);
  }
});

test('one side alone keeps the ratio', () => {
  assert.equal(wishFor({ original, settings }).size, undefined);
  assert.deepEqual(wishFor({ original, settings, widthPx: 832 }).size, { widthPx: 832, heightPx: 464, focus: undefined });
  assert.deepEqual(wishFor({ original, settings, widthPx: 1200, heightPx: 630 }).size, { widthPx: 1200, heightPx: 630, focus: undefined });
});
