// Holds package.nls.json and its Chinese twin against package.json: no key is missing, left over or untranslated.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson, readTexts } from './sourceTexts.ts';

/** The product's name, which stands in the list of installed extensions. */
const SAME_IN_CHINESE = ['extension.displayName'];

const english = readTexts('package.nls.json');
const chinese = readTexts('package.nls.zh-cn.json');
const used = new Set(keysIn(readJson('package.json')));

/** Every `%key%` in a JSON value. */
function keysIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^%(.+)%$/.exec(value)?.slice(1) ?? [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(keysIn) : [];
}

/** Code, variables and links to settings, which no language changes. */
const codeIn = (text: string): readonly string[] => (text.match(/`[^`]*`/g) ?? []).filter((code) => !/[\u4e00-\u9fff]|WIDTHxHEIGHT/.test(code)).sort();

test('every key of package.json has a text in both languages', () => {
  assert.ok(used.size > 30, `only ${used.size} keys were found`);
  assert.deepEqual([...used].filter((key) => !english.has(key)), []);
  assert.deepEqual([...used].filter((key) => !chinese.has(key)), []);
});

test('no text is left over in either language', () => {
  assert.deepEqual([...english.keys()].filter((key) => !used.has(key)), []);
  assert.deepEqual([...chinese.keys()].filter((key) => !used.has(key)), []);
});

test('no Chinese text is empty or equals the English one', () => {
  const untranslated = [...chinese].filter(([key, text]) => text.trim() === '' || (text === english.get(key) && !SAME_IN_CHINESE.includes(key)));
  assert.deepEqual(untranslated, []);
});

test('both languages show the same code', () => {
  const different = [...english].filter(([key, text]) => codeIn(text).join() !== codeIn(chinese.get(key) ?? '').join());
  assert.deepEqual(different.map(([key]) => key), []);
});

test('both languages lead to the same commands', () => {
  const commandsIn = (text: string): readonly string[] => text.match(/\(command:[^)]*\)/g) ?? [];
  assert.deepEqual([...english].filter(([key, text]) => commandsIn(text).join() !== commandsIn(chinese.get(key) ?? '').join()), []);
  const declared = (readJson('package.json') as { contributes: { commands: readonly { command: string }[] } }).contributes.commands.map(({ command }) => command);
  const named = [...english.values()].flatMap((text) => [...text.matchAll(/\(command:(generateImage\.\w+)/g)].map(([, name = '']) => name));
  assert.deepEqual(named.filter((name) => !declared.includes(name)), []);
});

test('whatever a person reads in package.json is a key, not a text', () => {
  const { contributes } = readJson('package.json') as { contributes: { languageModelTools: readonly { displayName: string; userDescription: string }[] } };
  // The rest of a tool is read by models alone.
  const languageModelTools = contributes.languageModelTools.map(({ displayName, userDescription }) => ({ displayName, userDescription }));
  assert.deepEqual(readableTexts({ ...contributes, languageModelTools }).filter((text) => !/^%.+%$/.test(text)), []);
});

/** The values of every property that VS Code shows to people. */
function readableTexts(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isShown = /^(title|shortTitle|category|name|contextualTitle|(markdown)?[dD]escription|patternErrorMessage|displayName|userDescription|altText|enumDescriptions)$/.test(key);
    // What a setting's default holds is its value.
    if (key === 'default') return [];
    return isShown && typeof inner === 'string' ? [inner] : readableTexts(inner);
  });
}
