// Holds the pages to the code: tables, names, buttons, settings, walls and links, in English and Chinese.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { exampleAnswer } from '../../documents/exampleAnswer.ts';
import { travellingPart } from '../../../src/image/recipeText.ts';
import type { Recipe } from '../../../src/prompt/recipe.ts';
import { findPages } from '../../documents/pages.ts';
import { makeTables } from '../../documents/pageTables.ts';
import { rowsOf, tablesIn, writeTables } from '../../documents/writeTables.ts';
import { readPackageJson } from '../manifest/packageJson.ts';
import { readSourceTexts, readTexts, ROOT } from './sourceTexts.ts';

const PAGES = findPages();
const ENGLISH = PAGES.filter(({ path }) => /^docs\/[^/]+$/.test(path)).map(({ path }) => basename(path));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { contributes, scripts } = readPackageJson();

for (const { path, language } of PAGES) {
  test(`${path}: its tables are those that npm run docs makes, each cell filled in`, async () => {
    const page = read(path);
    const { text, empty, lost } = writeTables(page, await makeTables(language));
    assert.equal(text, page, 'run npm run docs');
    assert.deepEqual([...empty, ...lost], []);
  });
}

test('every table stands in a page of each language', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const written = PAGES.filter((page) => page.language === language).flatMap(({ path }) => tablesIn(read(path)));
    const made = [...(await makeTables(language)).keys()].filter((name) => language === 'en' || name !== 'walls');
    assert.deepEqual([...written].sort(), made.sort(), language);
  }
});

test('the tables hold what people look for', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const tables = await makeTables(language);
    const rows = (name: string): number => tables.get(name)?.rows.length ?? 0;
    assert.equal(rows('commands'), contributes.commands.length);
    assert.equal(rows('settings'), Object.keys(contributes.configuration.properties).length);
    assert.ok(tables.get('settings')?.rows.every((cells) => cells.every(Boolean)));
    // Sentences of failures say what happened, and then what to do.
    const sentences = readSourceTexts().texts.filter(({ text, where }) => where.startsWith('src/host/failures/sentences.ts') && /\.\s/.test(text));
    const first = new Set(sentences.map(({ text }) => text.split(/(?<=\.)\s/)[0]));
    assert.equal(rows('errors'), first.size);
  }
});

test('a page keeps what people wrote, and tells of rows without words', () => {
  const page = ['<!-- table t: made by `npm run docs` -->', '| a | b |', '|---|---|', '| one \\| two | mine |', '| gone | lost |', '<!-- end of table -->', ''].join('\n');
  const tables = new Map([['t', { head: ['name', 'made', 'what'], rows: [['one \\| two', '1', undefined], ['new', '2', undefined]] }]]);
  const { text, empty, lost } = writeTables(page, tables);
  assert.deepEqual(rowsOf(text), [['one \\| two', '1', 'mine'], ['new', '2', '']]);
  assert.deepEqual([empty, lost], [['new'], ['gone | lost']]);
  assert.throws(() => writeTables(page, new Map()), /“t”/);
});

test('the types that other extensions copy are those of the code', () => {
  const types = read('src/host/agents/apiTypes.ts').replace(/^\/\/.*\n/, '').trim();
  for (const path of ['docs/commands.md', 'docs/zh-CN/commands.md']) assert.ok(read(path).includes(`\`\`\`ts\n${types}\n\`\`\``), path);
});

test('each page is there in both languages, with the same parts', () => {
  assert.ok(ENGLISH.length >= 8);
  const levels = (path: string): readonly string[] => [...read(path).replace(/```[\s\S]*?```/g, '').matchAll(/^#+(?= )/gm)].map(([level]) => level);
  const chinese = PAGES.filter(({ path }) => path.startsWith('docs/zh-CN/')).map(({ path }) => basename(path));
  assert.deepEqual(chinese, ENGLISH);
  for (const name of ENGLISH) assert.deepEqual(levels(`docs/zh-CN/${name}`), levels(`docs/${name}`), name);
  assert.deepEqual(levels('README.zh-CN.md'), levels('README.md'));
});

test('each README links to every page of its language, and stays short', () => {
  for (const [readme, folder] of [['README.md', 'docs/'], ['README.zh-CN.md', 'docs/zh-CN/']] as const) {
    assert.deepEqual(ENGLISH.filter((name) => !read(readme).includes(`](${folder}${name})`)), [], readme);
  }
  assert.ok(read('README.md').split(/\s+/).length < 700);
});

test('the languages that a README counts are those that the settings page names', () => {
  const named = (path: string, pattern: RegExp): number => pattern.exec(read(path))?.[1]?.split(/, | and |、| 和 /).length ?? 0;
  const count = named('docs/settings.md', /Links are written for ([^.]+)\./);
  assert.equal(named('docs/zh-CN/settings.md', /可为 ([^。]+) 写链接/), count);
  assert.equal(3 + Number(/Markdown, HTML, LaTeX and (\d+) more languages/.exec(read('README.md'))?.[1]), count);
  assert.equal(Number(/等 (\d+) 种语言/.exec(read('README.zh-CN.md'))?.[1]), count);
});

test('the pages name each field that travels in a file', () => {
  const recipe = travellingPart({ model: 'm', prompt: 'p', size: '1x1', n: 1, watermark: false, promptExtend: true, revisedPrompt: 'r', fields: { seed: 1, negative_prompt: 'n' }, time: '2026-11-26T00:00:00Z' } as unknown as Recipe);
  const inWords = ['version', 'model', 'prompt', 'size', 'watermark', 'prompt_extend', 'date'];
  const fields = Object.keys(recipe).filter((name) => !inWords.includes(name));
  assert.deepEqual(fields, ['revised_prompt', 'seed', 'negative_prompt']);
  for (const path of ['docs/privacy.md', 'docs/zh-CN/privacy.md']) assert.deepEqual(fields.filter((name) => !read(path).includes(`\`${name}\``)), [], path);
});

test('an agent is 智能体 in Chinese; 代理 is a proxy', () => {
  const english = readTexts('package.nls.json');
  const pairs = [
    ...[...readTexts('package.nls.zh-cn.json')].map(([key, text]) => [english.get(key) ?? '', text] as const),
    ...readTexts('l10n/bundle.l10n.zh-cn.json'),
    ...ENGLISH.flatMap((name) => read(`docs/zh-CN/${name}`).split('\n').map((line, index) => [read(`docs/${name}`).split('\n')[index] ?? '', line] as const)),
  ];
  assert.deepEqual(pairs.filter(([from, to]) => to.includes('代理') && !/prox(y|ies)/i.test(from)).map(([, to]) => to), []);
  assert.deepEqual(pairs.filter(([from, to]) => /\bagents?\b/i.test(from) && /其他扩展、脚本和(?!智能体)/.test(to)).map(([, to]) => to), []);
});

test('the buttons and commands in bold are those of the code, in both languages', () => {
  const known = {
    en: new Set([...readSourceTexts().texts.map(({ text }) => text), ...readTexts('package.nls.json').values()]),
    'zh-CN': new Set([...readTexts('l10n/bundle.l10n.zh-cn.json').values(), ...readTexts('package.nls.zh-cn.json').values()]),
  };
  let count = 0;
  for (const { path, language } of PAGES.filter(({ path }) => path.startsWith('docs/') || path.startsWith('README'))) {
    const bold = [...read(path).replace(/```[\s\S]*?```/g, '').matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name);
    // What opens a step or a point is a sentence, not a name; VS Code's own commands are its own.
    const names = bold.filter((text) => !/[.。:]$/.test(text) && !text.includes('Open Keyboard Shortcuts') && !text.includes('Install from VSIX')).map((name) => name.replace(/^(Image Generator|图片生成器): /, ''));
    assert.deepEqual(names.filter((name) => !known[language].has(name)), [], path);
    count += names.length;
  }
  assert.ok(count > 50);
});

test('the answer that the pages on agents show is the one that agents get', () => {
  for (const path of ['docs/agents.md', 'docs/zh-CN/agents.md']) assert.ok(read(path).includes(`\`\`\`text\n${exampleAnswer()}\n\`\`\``), path);
});

test('no setting, command or script is named that does not exist', () => {
  for (const { path } of PAGES) {
    const named = [...read(path).matchAll(/\bgenerateImage\.([\w.]*\w)/g)].map(([name]) => name);
    const commands = contributes.commands.map(({ command }) => command);
    assert.deepEqual(named.filter((name) => !(name in contributes.configuration.properties) && !commands.includes(name)), [], path);
    const run = [...read(path).matchAll(/`npm run ([\w:]+)/g)].map(([, name = '']) => name);
    assert.deepEqual(run.filter((name) => !(name in scripts)), [], path);
  }
});

test('CONTRIBUTING: every suite is named', () => {
  const suites = [...read('test/run.ts').matchAll(/(?:commandSuite|nodeTests)\('([\w-]+)'/g)].map(([, name = '']) => name);
  assert.ok(suites.length >= 3);
  assert.deepEqual(suites.filter((name) => !read('CONTRIBUTING.md').includes(`\`${name}\``)), []);
});

test('CHANGELOG: the newest version is the one of the package', () => {
  const version = /^## \[(\d+\.\d+\.\d+)\]/m.exec(read('CHANGELOG.md'))?.[1];
  const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: Record<string, { version: string }> };
  assert.deepEqual([version, lock.version, lock.packages['']?.version], Array(3).fill((JSON.parse(read('package.json')) as { version: string }).version));
});

test('every file that is named or linked is there', () => {
  for (const { path } of PAGES) {
    const text = read(path).replace(/```[\s\S]*?```/g, '');
    const links = [...text.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));
    assert.deepEqual(links.filter((link) => !existsSync(join(ROOT, dirname(path), link))), [], path);
    const named = [...text.matchAll(/`((?:src|test|l10n|media|docs)\/[\w./-]+\w\.\w+)`/g)].map(([, name = '']) => name);
    assert.deepEqual(named.filter((name) => !/^docs\/images\//.test(name) && !existsSync(join(ROOT, name))), [], path);
  }
});
