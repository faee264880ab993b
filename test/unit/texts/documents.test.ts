// Holds README, its Chinese twin and CONTRIBUTING to the code: names, defaults, sentences, walls and links.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { english, readPackageJson } from '../manifest/packageJson.ts';
import { readSourceTexts, readTexts, ROOT } from './sourceTexts.ts';

const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const readme = read('README.md');
const { contributes } = readPackageJson();

/** The rows of the first table below a heading, each as its cells. */
function tableBelow(document: string, heading: string): readonly (readonly string[])[] {
  const section = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const table = /^\|.*(?:\n\|.*)*/m.exec(section)?.[0] ?? '';
  return table.split('\n').slice(2).map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
}

test('README: every command with its title, in the order of the palette', () => {
  const titles = contributes.commands.map(({ title, category }) => (category === undefined ? english(title) : `${english(category)}: ${english(title)}`));
  assert.deepEqual(tableBelow(readme, 'Commands').map(([title]) => title), titles);
});

test('README: every setting with its default', () => {
  const { properties } = contributes.configuration;
  const inWords = (value: unknown): string => {
    if (value === '') return 'empty';
    return '`' + (typeof value === 'string' ? value : JSON.stringify(value)) + '`';
  };
  // A list does not fit into a cell; it is counted there.
  const ofList = new Map([['sizes', 'the five below'], ['styles', 'five']]);
  const wanted = Object.entries(properties).map(([key, setting]) => {
    const name = key.replace(/^generateImage\./, '');
    return ['`' + name + '`', ofList.get(name) ?? inWords(setting.default)];
  });
  assert.deepEqual(tableBelow(readme, 'Settings').map((row) => row.slice(0, 2)), wanted);
  for (const name of ofList.keys()) assert.equal((properties[`generateImage.${name}`]?.default as readonly unknown[]).length, 5);
});

test('README: every sentence that a failure has, and no other', () => {
  // Sentences of failures say what happened, and then what to do.
  const sentences = readSourceTexts().texts.filter(({ text, where }) => where.startsWith('src/host/failures/sentences.ts') && /\.\s/.test(text)).map(({ text }) => text.split(/(?<=\.)\s/)[0] ?? '');
  const asWritten = sentences.map((text) => text.replace(/“?\{\d\}”?/g, '…').replace(/… *\.$/, '…'));
  assert.deepEqual(tableBelow(readme, 'When something goes wrong').map(([seen]) => seen).sort(), [...new Set(asWritten)].sort());
});

test('README: its buttons and commands are those of the code', () => {
  const known = new Set([...readSourceTexts().texts.map(({ text }) => text), ...readTexts('package.nls.json').values()]);
  const isKnown = (name: string): boolean => known.has(name) || known.has(name.replace(/^Image Generator: /, ''));
  const cells = tableBelow(readme, 'When something goes wrong').map(([, , todo = '']) => todo);
  const buttons = [...cells.join('\n').matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name);
  assert.ok(buttons.length > 10);
  assert.deepEqual(buttons.filter((name) => !isKnown(name)), []);
});

test('README in Chinese: its buttons and commands are those of the code', () => {
  const known = new Set([...readTexts('l10n/bundle.l10n.zh-cn.json').values(), ...readTexts('package.nls.zh-cn.json').values()]);
  const bold = read('README.zh-CN.md').split('**').filter((_, index) => index % 2 === 1);
  // What opens a step of the list is a sentence, not a name.
  const names = bold.filter((text) => !text.endsWith('。')).map((name) => name.replace(/^图片生成器: /, ''));
  assert.ok(names.length >= 5);
  assert.deepEqual(names.filter((name) => !known.has(name)), []);
});

test('no setting is named that does not exist', () => {
  for (const path of DOCUMENTS) {
    const named = [...read(path).matchAll(/\bgenerateImage\.([\w.]*\w)/g)].map(([name]) => name);
    const commands = contributes.commands.map(({ command }) => command);
    assert.deepEqual(named.filter((name) => !(name in contributes.configuration.properties) && !commands.includes(name)), [], path);
  }
});

test('CONTRIBUTING: the walls are those of the linter', async () => {
  const { ROOMS, describeImports } = (await import(join(ROOT, 'test', 'lint', 'rooms.js'))) as { ROOMS: Record<string, object>; describeImports: (room: object) => string };
  const walls = Object.entries(ROOMS).map(([name, room]) => [`\`${name}\``, describeImports(room)]);
  const written = tableBelow(read('CONTRIBUTING.md'), 'The walls');
  assert.ok(walls.length > 5);
  assert.deepEqual([...written].sort(), [...walls].sort());
});

test('CONTRIBUTING: every suite is named', () => {
  const suites = [...read('test/run.ts').matchAll(/(?:commandSuite|nodeTests)\('([\w-]+)'/g)].map(([, name = '']) => name);
  assert.ok(suites.length >= 3);
  assert.deepEqual(suites.filter((name) => !read('CONTRIBUTING.md').includes(`\`${name}\``)), []);
});

test('every file that is named or linked is there', () => {
  for (const path of DOCUMENTS) {
    const text = read(path).replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));
    const named = [...text.matchAll(/`((?:src|test|l10n|media)\/[\w./-]+\w\.\w+)`/g)].map(([, name = '']) => name);
    assert.deepEqual([...links, ...named].filter((link) => !existsSync(join(ROOT, dirname(path), link))), [], path);
  }
});
