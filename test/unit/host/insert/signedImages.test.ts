// That a file does not hold the signature of its original is told once it was written, and at no other time.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { createRecord, type ImageRecord } from '../../../../src/history/record.ts';
import type { KeptImages } from '../../../../src/host/history/keptImages.ts';
import { ImageFiles } from '../../../../src/host/history/imageFiles.ts';
import { tellHeavyFileOnce } from '../../../../src/host/insert/heavyFile.ts';
import { ImageActions, type ImageActionsParts } from '../../../../src/host/insert/imageActions.ts';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import { InsertAs, type InsertAsParts } from '../../../../src/host/insert/insertAs.ts';
import type { EditorTarget } from '../../../../src/host/insert/lastEditor.ts';
import { pasteImage, type PasteParts } from '../../../../src/host/insert/pasteInsertion.ts';
import type { LinkFinder, Pixels } from '../../../../src/host/platform.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { type FileWish, makeFile } from '../../../../src/image/makeFile.ts';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { paint } from '../../../endpoint/paint.ts';
import { pngChunk } from '../../../endpoint/png.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeFolder, makeRecipe } from '../../history/folder.ts';
import { codec } from '../../image/codec.ts';
import { applyEdits } from '../appliedEdits.ts';

const links = { choosePlace: (asked: Parameters<typeof choosePlace>[0]) => Promise.resolve(choosePlace(asked)) } as unknown as LinkFinder;
const pixels = { file: (bytes: Uint8Array, wish: FileWish) => makeFile(bytes, wish, codec) } as unknown as Pixels;

interface Ground {
  record: ImageRecord;
  document: ReturnType<typeof world.open>;
  memory: Memory;
  files: ImageFiles;
  history: KeptImages;
  lastEditor: { get: () => Promise<EditorTarget | undefined>; scope: () => vscode.Uri | undefined };
  /** The messages about a signature. */
  told: () => string[];
}

/** A kept image, signed unless said otherwise, and a document that takes it. */
async function start(t: TestContext, name = 'a.md', languageId = 'markdown', isSigned = true): Promise<Ground> {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, '.git'));
  world.openFolders(root);
  applyEdits(t);
  const painted = await paint({ prompt: 'a fox', widthPx: 256, heightPx: 144, watermark: false });
  const bytes = isSigned ? Buffer.concat([painted.subarray(0, 33), pngChunk('caBX', new Uint8Array(4)), painted.subarray(33)]) : painted;
  const record = createRecord('20260101T000000000Z-00000000', makeRecipe('A fox'), { type: 'png', widthPx: 256, heightPx: 144 }, bytes.length);
  const kept = makeFolder(t);
  mkdirSync(join(kept, 'images'));
  writeFileSync(join(kept, 'images', record.file.name), bytes);
  const memory = new Memory(createMemento(), createMemento());
  memory.setTold('recipeInFile');
  const files = new ImageFiles((path) => vscode.Uri.file(join(kept, path)), memory, pixels);
  const document = world.open(join(root, name), 'One.\n', { languageId });
  const target: EditorTarget = { document, cursors: () => [new vscode.Position(0, 4)], viewColumn: undefined, isVisible: true };
  world.activeEditor = { document } as unknown as vscode.TextEditor;
  return {
    record, document, memory, files,
    history: { record: () => Promise.resolve(record) } as unknown as KeptImages,
    lastEditor: { get: () => Promise.resolve(target), scope: () => document.uri },
    told: () => world.messages.flatMap(({ text }) => (text.includes('C2PA') ? [text] : [])),
  };
}

/** The image was asked for by the words in the document. */
function actionsOn(t: TestContext, { record, document, history, files, memory, lastEditor }: Ground): ImageActions {
  const anchors = new Anchors();
  t.after(() => anchors.dispose());
  anchors.markText(record.id, document, new vscode.Range(0, 0, 0, 4));
  return new ImageActions({ history, files, memory, links, anchors, lastEditor, homeFolder: '/' } as unknown as ImageActionsParts);
}

test('an insertion tells it after the file was written, and not if VS Code refuses the edit', async (t) => {
  const ground = await start(t);
  const actions = actionsOn(t, ground);
  const { applyEdit } = vscode.workspace;
  Object.assign(vscode.workspace, { applyEdit: () => Promise.resolve(false) });
  await assert.rejects(actions.insert([ground.record.id], { choice: { format: 'webp' } }), /nothing was inserted/);
  assert.deepEqual(ground.told(), []);
  Object.assign(vscode.workspace, { applyEdit });
  await actions.insert([ground.record.id], { choice: { format: 'webp' } });
  assert.match(ground.document.getText(), /a-fox\.webp/);
  assert.equal(ground.told().length, 1);
});

test('an image that goes in unchanged has lost nothing, however heavy it is', async (t) => {
  const ground = await start(t);
  await actionsOn(t, ground).insert([ground.record.id]);
  const file = await ground.files.prepare({ record: ground.record, scope: undefined });
  await tellHeavyFileOnce(ground.document.uri, ground.record, { ...file, bytes: new Uint8Array(900_000) }, ground.files, ground.memory);
  assert.deepEqual([ground.told(), world.messages.filter(({ text }) => text.includes('as WebP')).length], [[], 1]);
});

test('a paste tells it when its file is there, and not if the paste is dropped', async (t) => {
  for (const isDropped of [true, false]) {
    const ground = await start(t, 'a.rst', 'restructuredtext');
    const created = new vscode.EventEmitter<vscode.FileCreateEvent>();
    const { onDidCreateFiles } = vscode.workspace;
    Object.assign(vscode.workspace, { onDidCreateFiles: created.event });
    t.after(() => Object.assign(vscode.workspace, { onDidCreateFiles }));
    world.set('generateImage.fileFormat', 'webp');
    const parts: PasteParts = { history: ground.history, files: ground.files, links };
    const edit = await pasteImage(parts, ground.record.id, ground.document, new vscode.Range(0, 4, 0, 4), new vscode.CancellationTokenSource().token);
    const [made] = (edit?.additionalEdit as unknown as { files: { created: vscode.Uri }[] }).files;
    assert.ok(made);
    assert.deepEqual(ground.told(), []);
    if (isDropped) created.fire({ files: [vscode.Uri.file('/another.md')] });
    created.fire({ files: [made.created] });
    assert.equal(ground.told().length, isDropped ? 0 : 1);
  }
});

/** What the menu of Insert as… says, asked for once more. */
function weighing({ record, files, history, memory, lastEditor }: Ground): () => Promise<{ webp: number | undefined; jpeg: number | undefined }> {
  const insertAs = new InsertAs({ memory, files, kept: history, lastEditor, changed: () => undefined } satisfies InsertAsParts);
  return async () => {
    await insertAs.weigh(record.id);
    return { webp: insertAs.weights?.webpBytes, jpeg: insertAs.weights?.jpegBytes };
  };
}

test('to weigh a signed image in each format tells nothing', async (t) => {
  const ground = await start(t);
  const { webp, jpeg } = await weighing(ground)();
  assert.ok(webp !== undefined && jpeg !== undefined);
  assert.deepEqual(world.messages, []);
});

test('the weights are those of the file that would be written: by the settings of that moment, and by the language', async (t) => {
  const weigh = weighing(await start(t, 'a.md', 'markdown', false));
  const before = await weigh();
  world.set('generateImage.fileQuality', 20, world.workspace);
  const after = await weigh();
  assert.ok(before.webp !== undefined && after.webp !== undefined && after.webp < before.webp, `${before.webp} and ${after.webp}`);
  const inLatex = await weighing(await start(t, 'a.tex', 'latex', false))();
  assert.deepEqual([inLatex.webp, inLatex.jpeg === undefined], [undefined, false], 'LaTeX shows no WebP');
});
