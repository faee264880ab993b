// Holds the settings of package.json against what was promised of them, and against the code that reads them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { PREFIX } from '../../../src/host/window/ids.ts';
import { CONTRACT_SIZES, DEFAULT_SIZE } from '../../../src/prompt/size.ts';
import { readPackageJson, readText } from './packageJson.ts';

type Scope = 'application' | 'resource';

/** Key, default, scope. `styles` is left to taste: any few will do. */
const PROMISED: readonly (readonly [key: string, defaultValue: unknown, scope: Scope])[] = [
  ['endpoint', '', 'application'],
  ['model', 'qwen-image-max', 'application'],
  ['size', DEFAULT_SIZE, 'resource'],
  ['sizes', ['1664x928', '1472x1104', '1328x1328', '1104x1472', '928x1664'], 'resource'],
  ['promptExtend', true, 'resource'],
  ['watermark', false, 'resource'],
  ['maxPromptCharacters', 800, 'application'],
  ['requestFields', {}, 'application'],
  ['services', [], 'application'],
  ['timeoutSeconds', 300, 'application'],
  ['concurrency', 2, 'application'],
  ['fileFormat', 'original', 'resource'],
  ['fileQuality', 82, 'resource'],
  ['fileMaxWidth', 0, 'resource'],
  ['fileMaxKB', 0, 'resource'],
  ['saveTo', '${documentDir}/images/${slug}.${ext}', 'resource'],
  ['linkBase', '', 'resource'],
  ['altText', '${prompt}', 'resource'],
  ['linkTemplates', {}, 'resource'],
  ['embedRecipe', true, 'resource'],
  ['missingImages.hints', false, 'resource'],
  ['missingImages.highDensity', false, 'resource'],
  ['styles', undefined, 'resource'],
  ['notifications', true, 'application'],
  ['unattendedImages', 10, 'application'],
  ['agentTools', true, 'application'],
  ['history.maxSizeMB', 2048, 'application'],
];

/** What decides where a key and a prompt are sent and what is charged for: a workspace may never set it, trusted or not. */
const SENDS = ['endpoint', 'model', 'requestFields', 'maxPromptCharacters', 'services', 'timeoutSeconds', 'concurrency', 'unattendedImages'];

const manifest = readPackageJson();
const { properties } = manifest.contributes.configuration;
const full = (key: string): string => `${PREFIX}.${key}`;

test('the settings are the promised ones, with their defaults and scopes', () => {
  assert.deepEqual(Object.keys(properties).sort(), PROMISED.map(([key]) => full(key)).sort());
  for (const [key, defaultValue, scope] of PROMISED) {
    const setting = properties[full(key)];
    assert.equal(setting?.scope, scope, key);
    if (defaultValue !== undefined) assert.deepEqual(setting.default, defaultValue, key);
  }
});

test('the sizes offered are the five of the contract, in the order of the code', () => {
  assert.deepEqual(properties[full('sizes')]?.default, [...CONTRACT_SIZES]);
});

test('a few styles are shipped, each with a name and a text of its own', () => {
  const styles = properties[full('styles')]?.default as readonly { label: string; text: string }[];
  assert.ok(styles.length >= 3 && styles.length <= 12);
  assert.equal(new Set(styles.map(({ label }) => label)).size, styles.length);
  for (const { text } of styles) assert.notEqual(text.trim(), '');
});

test('the code reads exactly these settings', () => {
  assert.deepEqual([...keysOf('src/host/window/settings.ts', 'shapes')].sort(), PROMISED.map(([key]) => key).sort());
});

test('a workspace that is not trusted can say nothing at all', () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, 'limited');
  assert.deepEqual([...restrictedConfigurations].sort(), Object.keys(properties).sort());
});

test('no workspace at all can say where a key goes', () => {
  assert.deepEqual(SENDS.filter((key) => !/^(application|machine)$/.test(properties[full(key)]?.scope ?? '')), []);
});

test('each setting has its own place in the list', () => {
  const orders = Object.values(properties).map(({ order }) => order);
  assert.equal(new Set(orders).size, orders.length);
});

/** The property names of an object literal that is declared at the top of a file. */
function keysOf(path: string, name: string): readonly string[] {
  const file = ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true);
  const declarations = file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
  let value = declarations.find((declaration) => declaration.name.getText(file) === name)?.initializer;
  while (value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression;
  if (!value || !ts.isObjectLiteralExpression(value)) throw new Error(`${path} declares no object “${name}”`);
  return value.properties.flatMap((property) => (property.name && 'text' in property.name ? [property.name.text] : []));
}
