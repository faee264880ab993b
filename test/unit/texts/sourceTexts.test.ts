// Shows that the reader of texts sees each way of writing one, and complains about each that it cannot follow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholdersOf, textsOf } from './sourceTexts.ts';

const read = (source: string): readonly string[] => textsOf('a.ts', source).texts.map(({ text }) => text);
const complain = (source: string): readonly string[] => textsOf('a.ts', source).complaints;

test('finds direct calls, aliased calls and template literals without values', () => {
  const source = "const t = vscode.l10n.t;\nexport const a = [vscode.l10n.t('One'), t('Two {0}', 1), t(`Three`)];";
  assert.deepEqual(read(source), ['One', 'Two {0}', 'Three']);
  assert.deepEqual(complain(source), []);
  assert.deepEqual(textsOf('a.ts', source).texts.map(({ values, where }) => [values, where]), [[0, 'a.ts:2'], [1, 'a.ts:2'], [0, 'a.ts:2']]);
});

test('reads escapes as the program does, and comments as no text', () => {
  assert.deepEqual(read("vscode.l10n.t('it\\'s “this”'); // vscode.l10n.t('not this')"), ['it\'s “this”']);
});

test('complains about a text that is put together', () => {
  assert.deepEqual(complain("vscode.l10n.t('a' + name)"), ['a.ts:1: the text is no literal']);
  assert.deepEqual(complain('vscode.l10n.t(`a ${name}`)'), ['a.ts:1: the text is no literal']);
  assert.deepEqual(complain("const t = vscode.l10n.t; t(isOne ? 'a' : 'b')"), ['a.ts:1: the text is no literal']);
  assert.deepEqual(complain("vscode.l10n.t({ message: 'a', comment: [] })"), ['a.ts:1: the text is no literal']);
});

test('complains if the call is passed on or hidden', () => {
  assert.deepEqual(complain('names.map(vscode.l10n.t)'), ['a.ts:1: l10n.t is passed on instead of called']);
  assert.deepEqual(complain('const t = vscode.l10n.t; names.map(t)'), ['a.ts:1: l10n.t is passed on instead of called']);
  assert.deepEqual(complain('const t = vscode.l10n.t; use({ t })'), ['a.ts:1: l10n.t is passed on instead of called']);
  assert.deepEqual(complain('const { t } = vscode.l10n; t(name)'), ['a.ts:1: l10n is used in a way that is not followed']);
  assert.deepEqual(complain("vscode.l10n['t'](name)"), ['a.ts:1: l10n is used in a way that is not followed']);
  assert.deepEqual(complain('const t = vscode.l10n.t; const f = (t: string) => t.length').length, 2);
});

test('another thing that is called t is none of its business', () => {
  assert.deepEqual(textsOf('a.ts', "const t = (a: string) => a; t('no text'); other.t('neither')"), { texts: [], complaints: [] });
});

test('values are named once, in order', () => {
  assert.deepEqual(placeholdersOf('{1} of {0}, {1}'), ['{0}', '{1}']);
  assert.deepEqual(placeholdersOf('takes { prompt }'), []);
});
