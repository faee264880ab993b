// "Convert or Resize Image…": new files beside the old, the links that name the old ones listed and changed, all one edit.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { convertFiles } from '../../../../src/host/insert/convertFiles.ts';
import type { LinkFinder, Pixels } from '../../../../src/host/platform.ts';
import { readImageInfo } from '../../../../src/image/imageInfo.ts';
import { type FileWish, makeFile } from '../../../../src/image/makeFile.ts';
import { findImageLinks } from '../../../../src/missing/imageLinks.ts';
import { paint } from '../../../endpoint/paint.ts';
import { pngChunk } from '../../../endpoint/png.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeFolder } from '../../history/folder.ts';
import { codec } from '../../image/codec.ts';
import { applyEdits } from '../appliedEdits.ts';

const WISH: FileWish = { type: 'webp', isTypeDemanded: true, mayBecomePng: false, quality: 82, maxWidthPx: 0, maxBytes: 0 };
const pixels = { file: (bytes: Uint8Array, wish: FileWish) => makeFile(bytes, wish, codec) } as unknown as Pixels;
const links = { find: (text: string, language: Parameters<typeof findImageLinks>[1]) => Promise.resolve(findImageLinks(text, language)) } as unknown as LinkFinder;

interface Listed { label: string; description: string; picked: boolean }

interface Ground {
  root: string;
  uri: (path: string) => vscode.Uri;
  edits: vscode.WorkspaceEdit[];
  /** The lists that the person saw. */
  lists: Listed[][];
}

/** A folder with these pages and one photo for each name. @param choose what the person ticks; undefined leaves the list */
async function start(t: TestContext, photos: readonly string[], pages: Readonly<Record<string, string>>, choose: (items: Listed[]) => Listed[] | undefined = (items) => items): Promise<Ground> {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  const uri = (path: string): vscode.Uri => vscode.Uri.file(join(root, path));
  world.openFolders(root);
  mkdirSync(join(root, 'img'));
  const png = await paint({ prompt: 'a fox in the hills', widthPx: 256, heightPx: 144, watermark: false });
  for (const photo of photos) writeFileSync(join(root, photo), png);
  for (const [path, text] of Object.entries(pages)) writeFileSync(join(root, path), text);
  const lists: Listed[][] = [];
  Object.assign(vscode.workspace, { findFiles: () => Promise.resolve(Object.keys(pages).map(uri)) });
  Object.assign(vscode.window, { showQuickPick: (items: Listed[]) => (lists.push(items), Promise.resolve(choose(items))) });
  t.after(() => {
    delete (vscode.workspace as { findFiles?: unknown }).findFiles;
    delete (vscode.window as { showQuickPick?: unknown }).showQuickPick;
  });
  return { root, uri, edits: applyEdits(t), lists };
}

const textOf = (path: string): string => world.documents.find(({ uri }) => uri.path.endsWith(path))?.getText() ?? '';

test('new files lie beside the old ones, every link that names an old one is listed and changed, all in one edit', async (t) => {
  const pages = { 'a.md': '# A\n\n![Fox](img/fox.png "x") and ![Hen](img/hen%20two.png)\n\n![Fox][f]\n\n[f]: <img/fox.png>\n', 'b.html': '<img src="img/fox.png?v=1">\n<img src="img/other.png">\n' };
  const { root, uri, edits, lists } = await start(t, ['img/fox.png', 'img/hen two.png', 'img/other.png'], pages);
  await convertFiles([uri('img/fox.png'), uri('img/hen two.png')], WISH, pixels, links);
  assert.deepEqual(lists.map((items) => items.map(({ label, description, picked }) => [label, description, picked])), [[
    ['img/fox.webp', 'a.md:3', true], ['img/hen%20two.webp', 'a.md:3', true], ['img/fox.webp', 'a.md:7', true], ['img/fox.webp?v=1', 'b.html:1', true],
  ]]);
  assert.equal(edits.length, 1);
  assert.equal(textOf('a.md'), '# A\n\n![Fox](img/fox.webp "x") and ![Hen](img/hen%20two.webp)\n\n![Fox][f]\n\n[f]: <img/fox.webp>\n');
  assert.equal(textOf('b.html'), '<img src="img/fox.webp?v=1">\n<img src="img/other.png">\n');
  for (const name of ['fox', 'hen two']) {
    assert.deepEqual(readImageInfo(readFileSync(join(root, 'img', `${name}.webp`))), { type: 'webp', widthPx: 256, heightPx: 144 });
    assert.equal(readImageInfo(readFileSync(join(root, 'img', `${name}.png`)))?.type, 'png', 'the old file stays');
  }
  assert.match(world.messages.at(-1)?.text ?? '', /^2 files made: \d+ kB instead of \d+ kB, links changed: 4\.$/);
});

test('only the ticked links change; who leaves the list has changed nothing', async (t) => {
  const pages = { 'a.md': '![1](img/fox.png)\n\n![2](img/fox.png)\n' };
  const some = await start(t, ['img/fox.png'], pages, ([, second]) => (second ? [second] : []));
  await convertFiles([some.uri('img/fox.png')], WISH, pixels, links);
  assert.equal(textOf('a.md'), '![1](img/fox.png)\n\n![2](img/fox.webp)\n');
  const none = await start(t, ['img/fox.png'], pages, () => undefined);
  await convertFiles([none.uri('img/fox.png')], WISH, pixels, links);
  assert.deepEqual([none.edits.length, existsSync(join(none.root, 'img/fox.webp')), world.messages], [0, false, []]);
});

test('a size is exact, the same type gets it behind the name, and no file is written over', async (t) => {
  const { root, uri } = await start(t, ['img/fox.png', 'img/fox-96x96.png'], {});
  const wish: FileWish = { ...WISH, type: 'original', isTypeDemanded: false, size: { widthPx: 96, heightPx: 96 } };
  const before = readFileSync(join(root, 'img/fox-96x96.png'));
  await convertFiles([uri('img/fox.png')], wish, pixels, links);
  assert.deepEqual(readFileSync(join(root, 'img/fox-96x96.png')), before);
  assert.deepEqual(readImageInfo(readFileSync(join(root, 'img/fox-96x96-1.png'))), { type: 'png', widthPx: 96, heightPx: 96 });
});

test('a file that cannot be converted is told, and the others are made', async (t) => {
  const { root, uri } = await start(t, ['img/fox.png'], {});
  writeFileSync(join(root, 'img/torn.png'), 'no image at all');
  await convertFiles([uri('img/torn.png'), uri('img/fox.png')], WISH, pixels, links);
  const [told] = world.messages.slice(-1);
  assert.deepEqual([told?.kind, existsSync(join(root, 'img/fox.webp')), existsSync(join(root, 'img/torn.webp'))], ['warning', true, false]);
  assert.match(told?.text ?? '', /^fox\.webp made: .* torn\.png: The image cannot be converted/);
  await assert.rejects(convertFiles([uri('img/torn.png')], WISH, pixels, links), /torn\.png: The image cannot be converted/);
});

/** Types at the start of an open page, as a person does behind the list. */
function typeAbove(path: string, text: string): void {
  const document = world.documents.find(({ uri }) => uri.path.endsWith(path));
  assert.ok(document, path);
  world.edit(document, { range: new vscode.Range(0, 0, 0, 0), text });
}

test('whoever types behind the list moves the links: each changes where it is by then, and no other letter does', async (t) => {
  const pages = { 'a.md': '![1](img/fox.png)\n\n![2](img/fox.png) ![3](img/fox.png)\n', 'b.html': '<img src="img/fox.png">\n' };
  const { uri } = await start(t, ['img/fox.png'], pages, ([first, , third, fourth]) => {
    typeAbove('a.md', 'A new line.\n\n![0](img/fox.png)\n');
    typeAbove('b.html', '<p>');
    return [first, third, fourth].flatMap((item) => item ?? []);
  });
  await convertFiles([uri('img/fox.png')], WISH, pixels, links);
  assert.equal(textOf('a.md'), 'A new line.\n\n![0](img/fox.png)\n![1](img/fox.webp)\n\n![2](img/fox.png) ![3](img/fox.webp)\n');
  assert.equal(textOf('b.html'), '<p><img src="img/fox.webp">\n');
  assert.match(world.messages.at(-1)?.text ?? '', /links changed: 3\.$/);
});

test('a ticked link that is gone by then is told, and the link beside it that was not ticked stays', async (t) => {
  const { uri } = await start(t, ['img/fox.png'], { 'a.md': '![1](img/fox.png)\n![2](img/fox.png)\n![3](img/fox.png)\n' }, ([first, second]) => {
    const document = world.documents.find((open) => open.uri.path.endsWith('a.md'));
    assert.ok(document);
    world.edit(document, { range: new vscode.Range(0, 0, 1, 0), text: '' });
    return [first, second].flatMap((item) => item ?? []);
  });
  await convertFiles([uri('img/fox.png')], WISH, pixels, links);
  assert.equal(textOf('a.md'), '![2](img/fox.webp)\n![3](img/fox.png)\n');
  const told = world.messages.at(-1);
  assert.equal(told?.kind, 'warning');
  assert.match(told.text, /links changed: 1\. Ticked links that are gone: 1\.$/);
});

test('an edit that VS Code refuses because of typing leaves no file behind, and is made again', async (t) => {
  const { root, uri } = await start(t, ['img/fox.png'], { 'a.md': '![1](img/fox.png)\n' });
  const { applyEdit } = vscode.workspace;
  let tries = 0;
  Object.assign(vscode.workspace, {
    async applyEdit(edit: vscode.WorkspaceEdit): Promise<boolean> {
      if (tries++ > 0) return applyEdit(edit);
      // The files are made before VS Code looks at the texts.
      writeFileSync(join(root, 'img/fox.webp'), Buffer.from((edit as unknown as { files: { options: { contents: Uint8Array } }[] }).files[0]?.options.contents ?? []));
      typeAbove('a.md', 'New. ');
      return false;
    },
  });
  await convertFiles([uri('img/fox.png')], WISH, pixels, links);
  assert.deepEqual([tries, textOf('a.md')], [2, 'New. ![1](img/fox.webp)\n']);
});

test('that a new file does not hold the signature of the old one is told', async (t) => {
  const { root, uri } = await start(t, ['img/fox.png'], {});
  const png = readFileSync(join(root, 'img/fox.png'));
  writeFileSync(join(root, 'img/fox.png'), Buffer.concat([png.subarray(0, 33), pngChunk('caBX', new Uint8Array(4)), png.subarray(33)]));
  await convertFiles([uri('img/fox.png')], WISH, pixels, links);
  assert.match(world.messages.at(-1)?.text ?? '', /links changed: 0\. fox\.png: Its signature \(C2PA\) is not valid/);
});
