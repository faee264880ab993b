// Holds the Chinese bundle against the texts of the code: none is missing, left over, untranslated or short of a value.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholdersOf, readSourceTexts, readTexts } from './sourceTexts.ts';

/** Texts that read the same in both languages: names only. */
const SAME_IN_CHINESE: readonly string[] = [];

/** The page puts in the values of its own texts. */
const PAGE_TEXTS = /^src\/host\/panel\/pageTexts\.ts:/;

const { texts, complaints } = readSourceTexts();
const chinese = readTexts('l10n/bundle.l10n.zh-cn.json');

test('every text is a literal that a translator can find', () => {
  assert.deepEqual(complaints, []);
  assert.ok(texts.length > 150, `only ${texts.length} texts were found`);
});

test('every text of the code has a Chinese one', () => {
  assert.deepEqual(texts.filter(({ text }) => !chinese.has(text)).map(({ text, where }) => `${where} ${text}`), []);
});

test('no Chinese text is left over from code that is gone', () => {
  const inCode = new Set(texts.map(({ text }) => text));
  assert.deepEqual([...chinese.keys()].filter((text) => !inCode.has(text)), []);
});

test('no Chinese text is empty or equals the English one', () => {
  const untranslated = [...chinese].filter(([english, text]) => text.trim() === '' || (text === english && !SAME_IN_CHINESE.includes(english)));
  assert.deepEqual(untranslated, []);
});

test('both languages have the same values in them', () => {
  const different = [...chinese].filter(([english, text]) => placeholdersOf(english).join() !== placeholdersOf(text).join());
  assert.deepEqual(different, []);
});

test('as many values are handed over as the text has places for', () => {
  const wrong = texts.filter(({ text, values, where }) => {
    const places = placeholdersOf(text).length;
    return values !== places && !(values === 0 && PAGE_TEXTS.test(where));
  });
  assert.deepEqual(wrong.map(({ text, values, where }) => `${where} ${text} gets ${values}`), []);
});

test('places are numbered from {0} without a gap', () => {
  const gaps = texts.filter(({ text }) => placeholdersOf(text).some((place, index) => place !== `{${index}}`));
  assert.deepEqual(gaps.map(({ text }) => text), []);
});
