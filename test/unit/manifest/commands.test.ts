// Holds the commands of package.json, the list of ids and the files in host/commands against each other and against what was promised.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { COMMAND_IDS, PANEL_VIEW_ID, PREFIX } from '../../../src/host/window/ids.ts';
import { english, findFiles, readPackageJson, readText } from './packageJson.ts';

/** What a person reads in the palette; a title without a category stands alone. */
const TITLES: Record<string, string> = {
  generate: 'Generate Image',
  generateFromSelection: 'Generate Image from Selection',
  setUp: 'Image Generator: Set Up',
  chooseService: 'Image Generator: Choose Service…',
  setApiKey: 'Image Generator: Set API Key',
  removeApiKey: 'Image Generator: Remove API Key',
  removeAllApiKeys: 'Image Generator: Remove All API Keys',
  insert: 'Image Generator: Insert Image',
  replaceLast: 'Image Generator: Replace Last Inserted Image',
  save: 'Image Generator: Save Image to Workspace…',
  cancelAll: 'Image Generator: Cancel All',
  openPanel: 'Image Generator: Open Panel',
  openHistoryFolder: 'Image Generator: Open History Folder',
  showLog: 'Image Generator: Show Log',
  generateMissing: 'Image Generator: Generate Missing Images in This Document',
  generateMissingInFolder: 'Image Generator: Generate Missing Images in This Folder…',
  usePrompt: 'Image Generator: Use Prompt from This Image',
  convertImage: 'Image Generator: Convert or Resize Image…',
  connectAgent: 'Image Generator: Connect an Agent…',
};

const { contributes } = readPackageJson();
const declared = contributes.commands.map(({ command }) => command);
const full = (id: string): string => `${PREFIX}.${id}`;

/** The files of `commands/` that are no command: what a command is, and the list of them. */
const COMMAND_FILES = findFiles('src/host/commands/**/*.ts').filter((path) => !/\/(command|createCommands|imageIdFrom)\.ts$/.test(path));

test('the commands carry the promised titles, and there are no others', () => {
  const titles = contributes.commands.map(({ command, title, category }) => [command, category === undefined ? english(title) : `${english(category)}: ${english(title)}`]);
  assert.deepEqual(Object.fromEntries(titles), Object.fromEntries(Object.entries(TITLES).map(([id, title]) => [full(id), title])));
  assert.equal(declared.length, new Set(declared).size);
});

test('the list of ids names each command once', () => {
  assert.deepEqual([...COMMAND_IDS].map(full).sort(), [...declared].sort());
});

const LIST = readText('src/host/commands/createCommands.ts');

test('each file in commands/ is named after a command, and the list of commands uses it', () => {
  for (const path of COMMAND_FILES) {
    const id = basename(path, '.ts');
    assert.ok((COMMAND_IDS as readonly string[]).includes(id), path);
    assert.match(readText(path), new RegExp(`\\bid: '${id}'`), path);
    assert.match(readText(path), new RegExp(`export function ${id}Command\\(`), path);
    assert.match(LIST, new RegExp(`^ +${id}Command\\(`, 'm'), `createCommands.ts leaves out ${id}`);
  }
});

test('each command that has no file is one of the list', () => {
  const files = COMMAND_FILES.map((path) => basename(path, '.ts'));
  const listed = [...LIST.matchAll(/\bid: '(\w+)'/g)].map(([, id = '']) => id);
  assert.deepEqual([...files, ...listed].sort(), [...COMMAND_IDS].sort());
});

test('menus and keys name commands that exist', () => {
  const inMenus = Object.values(contributes.menus).flat().flatMap(({ command }) => (command === undefined ? [] : [command]));
  const used = [...inMenus, ...(contributes.keybindings ?? []).map(({ command }) => command)];
  assert.deepEqual(used.filter((command) => !declared.includes(command)), []);
});

test('what needs a selection is offered only if there is one', () => {
  for (const [menu, items] of Object.entries(contributes.menus)) {
    for (const { when } of items.filter(({ command }) => command === full('generateFromSelection'))) assert.match(when ?? '', /editorHasSelection/, menu);
  }
});

test('no key binding is taken', () => {
  assert.deepEqual(contributes.keybindings ?? [], []);
});

test('the panel is one webview view in a container of its own', () => {
  assert.deepEqual(Object.keys(contributes.views), [PREFIX]);
  assert.deepEqual(contributes.views[PREFIX]?.map(({ id, type }) => [id, type]), [[PANEL_VIEW_ID, 'webview']]);
  assert.deepEqual(contributes.viewsContainers['activitybar']?.map(({ id }) => id), [PREFIX]);
});
