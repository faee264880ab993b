// Prompts as they are counted, folded and checked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPrompt, countCharacters, foldLineBreaks } from '../../../src/prompt/promptText.ts';

for (const [text, count] of [['', 0], ['cat', 3], ['橘猫', 2], ['🐱', 1], ['👩‍🚀', 3], ['a\u0301', 2], ['\ud800', 1], ['\ud800x', 2], ['\udc00\ud800', 2]] as const) {
  test(`${JSON.stringify(text)} counts ${count}`, () => assert.equal(countCharacters(text), count));
}

test('any text counts as many characters as it has code points', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(countCharacters(text), [...text].length)));
});

for (const [text, folded] of [
  ['a\nb', 'a b'], ['a\r\nb', 'a b'], ['  a  \n\n  b  ', 'a b'], ['a  b', 'a  b'], ['a\u2028b\u2029c', 'a b c'], ['\n', ''], ['一\n二', '一 二'], ['a\tb\n', 'a\tb'],
] as const) {
  test(`${JSON.stringify(text)} is folded to ${JSON.stringify(folded)}`, () => assert.equal(foldLineBreaks(text), folded));
}

test('a prompt is checked by what will be sent: trimmed, by code point, never cut', () => {
  assert.deepEqual(checkPrompt(' \n ', 800), { kind: 'empty' });
  assert.equal(checkPrompt('猫'.repeat(800), 800), undefined);
  assert.equal(checkPrompt(` ${'🐱'.repeat(800)} `, 800), undefined);
  assert.deepEqual(checkPrompt('猫'.repeat(801), 800), { kind: 'tooLong', characters: 801, max: 800 });
  assert.equal(checkPrompt('a'.repeat(5000), 0), undefined);
});
