// What a person does with kept images outside documents: saved as files, opened, compared; and asked where one goes if its text is gone.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { createRecord, type ImageRecord } from '../../../../src/history/record.ts';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import { ImageActions, type ImageActionsParts } from '../../../../src/host/insert/imageActions.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';
import { applyEdits } from '../appliedEdits.ts';

interface Started {
  root: string;
  actions: ImageActions;
  anchors: Anchors;
  document: ReturnType<typeof world.open>;
  /** The questions for a file or folder. */
  dialogs: Record<string, unknown>[];
  /** What the person chooses there. */
  choose: (path: string | undefined) => void;
}

const RECORDS = ['a red boat', 'a blue boat'].map((prompt, place): ImageRecord => createRecord(`20260101T00000000${place}Z-00000000`, makeRecipe(prompt), IMAGE_INFO, 9));
const [RED, BLUE] = RECORDS.map(({ id }) => id) as [string, string];

function start(t: TestContext): Started {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, 'docs'));
  world.openFolders(root);
  applyEdits(t);
  const dialogs: Record<string, unknown>[] = [];
  let chosen: vscode.Uri | undefined;
  const answer = (isFolder: boolean) => (options: object) => {
    dialogs.push({ ...options });
    return Promise.resolve(chosen && (isFolder ? [chosen] : chosen));
  };
  Object.assign(vscode.window, { showSaveDialog: answer(false), showOpenDialog: answer(true) });
  t.after(() => {
    for (const name of ['showSaveDialog', 'showOpenDialog']) delete (vscode.window as unknown as Record<string, unknown>)[name];
  });
  const document = world.open(join(root, 'docs', 'a.md'), 'The cat sits.\n\nEnd.\n', { languageId: 'markdown' });
  world.activeEditor = { document } as unknown as vscode.TextEditor;
  const anchors = new Anchors();
  t.after(() => anchors.dispose());
  const prepared = ({ record }: { record: ImageRecord }) => Promise.resolve({ bytes: Buffer.from(record.recipe.prompt), ext: 'png', type: 'png', widthPx: 1, heightPx: 1 });
  const actions = new ImageActions({
    history: { record: (id: string) => Promise.resolve(RECORDS.find((record) => record.id === id)) },
    files: { prepare: prepared, tellOnce: () => undefined, uri: ({ file }: ImageRecord) => vscode.Uri.file(`/history/images/${file.name}`) },
    memory: new Memory(createMemento(), createMemento()),
    links: { choosePlace: (asked: Parameters<typeof choosePlace>[0]) => Promise.resolve(choosePlace(asked)) },
    anchors,
    lastEditor: { get: () => Promise.resolve({ document, cursors: () => [new vscode.Position(2, 4)], viewColumn: undefined, isVisible: true }), scope: () => document.uri },
    homeFolder: '/home/me',
  } as unknown as ImageActionsParts);
  return { root, actions, anchors, document, dialogs, choose: (path) => (chosen = path === undefined ? undefined : vscode.Uri.file(path)) };
}

test('one is saved where the person says, from a free name beside the document’s images', async (t) => {
  const { root, actions, dialogs, choose } = start(t);
  choose(join(root, 'boat.png'));
  await actions.save([RED]);
  assert.equal(readFileSync(join(root, 'boat.png'), 'utf8'), 'a red boat');
  const [{ title, defaultUri, filters } = {}] = dialogs;
  assert.deepEqual([title, (defaultUri as vscode.Uri).path, filters], ['Save Image', join(root, 'images', 'a-red-boat.png'), { Images: ['png', 'jpg', 'webp'] }]);
});

test('several are saved into one folder, under one question, and nothing is written over', async (t) => {
  const { root, actions, dialogs, choose } = start(t);
  const saved = join(root, 'saved');
  mkdirSync(saved);
  writeFileSync(join(saved, 'a-red-boat.png'), 'mine');
  choose(saved);
  await actions.save([RED, BLUE]);
  assert.deepEqual(readdirSync(saved), ['a-blue-boat.png', 'a-red-boat-1.png', 'a-red-boat.png']);
  assert.equal(readFileSync(join(saved, 'a-red-boat.png'), 'utf8'), 'mine');
  const [{ title, openLabel, canSelectFiles, canSelectFolders, defaultUri } = {}, more] = dialogs;
  assert.deepEqual([title, openLabel, canSelectFiles, canSelectFolders, (defaultUri as vscode.Uri).path, more], ['Save 2 Images', 'Save Here', false, true, root, undefined]);
});

test('whoever leaves the question has saved nothing', async (t) => {
  const { root, actions, choose } = start(t);
  choose(undefined);
  await actions.save([RED]);
  await actions.save([RED, BLUE]);
  assert.deepEqual(readdirSync(root), ['docs']);
});

test('one is opened in VS Code’s own image editor, two are compared under both prompts', async (t) => {
  const { actions } = start(t);
  await actions.open(RED);
  await actions.compare([RED, BLUE]);
  const paths = world.executed.map(({ command, args }) => [command, ...args.map((arg) => (typeof arg === 'string' ? arg : (arg as vscode.Uri).path))]);
  assert.deepEqual(paths, [
    ['vscode.open', `/history/images/${RED}.png`],
    ['vscode.diff', `/history/images/${RED}.png`, `/history/images/${BLUE}.png`, 'a red boat ↔ a blue boat'],
  ]);
});

test('what is no longer kept is told so', async (t) => {
  const { actions } = start(t);
  for (const act of [() => actions.open('gone'), () => actions.save(['gone']), () => actions.insert(['gone'])]) await assert.rejects(act, (error) => error instanceof Refusal && error.message === 'This image is no longer in the history.');
});

test('several are inserted at the cursor, each with a file of its own, in their order', async (t) => {
  const { root, actions, document } = start(t);
  await actions.insert([RED, BLUE]);
  assert.match(document.getText(), /End\.[^]*!\[a red boat\]\(images\/a-red-boat\.png\)[^]*!\[a blue boat\]\(images\/a-blue-boat\.png\)/);
  assert.deepEqual(readdirSync(join(root, 'docs', 'images')), ['a-blue-boat.png', 'a-red-boat.png']);
});

test('if the text is gone that it was made for, a question says so; leaving it puts the image nowhere', async (t) => {
  const { root, actions, anchors, document } = start(t);
  anchors.markText(RED, document, new vscode.Range(0, 0, 0, 13));
  world.edit(document, { range: new vscode.Range(0, 0, 1, 0), text: '' });
  await actions.insert([RED]);
  assert.deepEqual(world.messages.map(({ kind, modal, text, buttons }) => [kind, modal, text, buttons]), [['warning', true, 'The text that this image was made for is gone. Where should the image go?', ['Insert at the cursor']]]);
  assert.deepEqual([document.getText(), existsSync(join(root, 'docs', 'images'))], ['\nEnd.\n', false]);
  world.answer = ({ buttons }) => buttons[0];
  await actions.insert([RED]);
  assert.match(document.getText(), /!\[a red boat\]\(images\/a-red-boat\.png\)/);
  await actions.insert([RED]);
  assert.equal(world.messages.filter(({ modal }) => modal).length, 2, 'the place that is gone is not asked about again');
});
