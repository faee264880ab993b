// A copied image pasted into a document: the link in its language, the file beside it in the same edit; else the line as it is.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import type { PreparedFile } from '../../../../src/host/history/imageFiles.ts';
import { pasteImage, type PasteParts } from '../../../../src/host/insert/pasteInsertion.ts';
import type { LinkFinder } from '../../../../src/host/platform.ts';
import { createRecord } from '../../../../src/history/record.ts';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';
import { filled } from '../appliedEdits.ts';

const record = createRecord('20260101T000000000Z-00000000', makeRecipe('a copied boat'), IMAGE_INFO, 9);
const file = { bytes: new Uint8Array(9), ext: 'png', type: 'png', widthPx: 1328, heightPx: 1328 } as unknown as PreparedFile;
const links = { choosePlace: (asked: Parameters<typeof choosePlace>[0]) => Promise.resolve(choosePlace(asked)) } as unknown as LinkFinder;

interface Pasted {
  /** What VS Code puts at the cursor, its tab stops filled. */
  text: string;
  /** Whether the alternative text is selected then: VS Code would indent further lines of a snippet. */
  isSnippet: boolean;
  /** The files of the same edit. */
  files: string[];
}

interface Started {
  root: string;
  paste: (name: string, languageId: string, text: string, imageId?: string, token?: vscode.CancellationToken) => Promise<Pasted | undefined>;
}

function start(t: TestContext): Started {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, 'docs'));
  world.openFolders(root);
  const parts = { links, history: { record: (id: string) => Promise.resolve(id === record.id ? record : undefined) }, files: { prepare: () => Promise.resolve(file) } } as unknown as PasteParts;
  const paste: Started['paste'] = async (name, languageId, text, imageId = record.id, token = new vscode.CancellationTokenSource().token) => {
    const document = world.open(join(root, 'docs', name), text, { languageId });
    const edit = await pasteImage(parts, imageId, document, new vscode.Range(0, 0, 0, 0), token);
    if (!edit) return undefined;
    const { files } = edit.additionalEdit as unknown as { files: { created: vscode.Uri }[] };
    const { insertText } = edit;
    const plain = typeof insertText === 'string' ? insertText : filled(insertText);
    return { text: plain, isSnippet: typeof insertText !== 'string', files: files.map(({ created }) => created.path.slice(root.length + 1)) };
  };
  return { root, paste };
}

for (const [name, languageId, expected] of [
  ['paste.md', 'markdown', '![a copied boat](images/a-copied-boat.png)'],
  ['paste.html', 'html', '<img src="images/a-copied-boat.png" alt="a copied boat" width="1328" height="1328">'],
  ['paste.tex', 'latex', '\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{images/a-copied-boat.png}\n  \\caption{a copied boat}\n\\end{figure}\n'],
  ['paste.txt', 'plaintext', 'images/a-copied-boat.png'],
] as const) {
  test(`into ${name}: the link of its language, and the file in the same edit`, async (t) => {
    const { paste } = start(t);
    assert.deepEqual(await paste(name, languageId, '\none\n'), { text: expected, isSnippet: !expected.includes('\n'), files: ['docs/images/a-copied-boat.png'] });
  });
}

test('if the file cannot be put, that is told, and the line is pasted as it is', async (t) => {
  const { root, paste } = start(t);
  writeFileSync(join(root, 'docs', 'images'), 'a file');
  assert.equal(await paste('a.md', 'markdown', '\n'), undefined);
  assert.deepEqual(world.messages.map(({ kind, text }) => [kind, text]), [['warning', `${root}/docs/images is a file, so no folder can be made there. Change the setting “Save To”.`]]);
  assert.equal(readFileSync(join(root, 'docs', 'images'), 'utf8'), 'a file');
});

test('an image that is not kept here is a text like any other: nothing is told', async (t) => {
  const { paste } = start(t);
  assert.equal(await paste('a.md', 'markdown', '\n', '20200101T000000000Z-00000000'), undefined);
  assert.deepEqual(world.messages, []);
});

test('a paste that VS Code no longer waits for prepares nothing', async (t) => {
  const { paste } = start(t);
  const source = new vscode.CancellationTokenSource();
  source.cancel();
  assert.equal(await paste('a.md', 'markdown', '\n', record.id, source.token), undefined);
});
