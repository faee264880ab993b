// The edit that puts an image into a document: behind the block, in its own form, with the file beside it.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { createRecord } from '../../../../src/history/record.ts';
import type { PreparedFile } from '../../../../src/host/history/imageFiles.ts';
import { insertImages } from '../../../../src/host/insert/insertImages.ts';
import type { LinkFinder } from '../../../../src/host/platform.ts';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';

const record = createRecord('20260101T000000000Z-00000000', makeRecipe('A Cat'), IMAGE_INFO, 9);
const file = { bytes: new Uint8Array(9), ext: 'png', type: 'png', widthPx: 1, heightPx: 2 } as unknown as PreparedFile;
const links: LinkFinder = { find: () => Promise.resolve([]), choosePlace: (asked) => Promise.resolve(choosePlace(asked)), longestMs: 1000, dispose: () => undefined };

/** The text afterwards, with the selection in `«…»`. */
async function insertBehind(t: TestContext, name: string, languageId: string, marked: string, finder = links): Promise<string> {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, 'docs'));
  world.openFolders(root);
  const text = marked.replace(/[«»]/g, '');
  const document = world.open(join(root, 'docs', name), text, { languageId }) as unknown as vscode.TextDocument;
  let after = '';
  const applyEdit = (edit: vscode.WorkspaceEdit): Promise<boolean> => {
    const [change] = edit.get(document.uri);
    assert.ok(change);
    after = text.slice(0, document.offsetAt(change.range.start)) + change.newText + text.slice(document.offsetAt(change.range.end));
    return Promise.resolve(true);
  };
  Object.assign(vscode.workspace, { applyEdit });
  world.activeEditor = { document } as unknown as vscode.TextEditor;
  t.after(() => delete (vscode.workspace as { applyEdit?: unknown }).applyEdit);
  const [start, end] = [marked.indexOf('«'), marked.indexOf('»') - 1];
  await insertImages([{ record, file }], document, undefined, () => [{ start, end, mode: 'behind' }], finder);
  return after;
}

test('goes behind the block that holds the selection, in the form of the place', async (t) => {
  assert.equal(await insertBehind(t, 'a.md', 'markdown', '> One\n> «cat».\n\nAfter.\n'), '> One\n> cat.\n>\n> ![A Cat](images/a-cat.png)\n\nAfter.\n');
  assert.equal(await insertBehind(t, 'b.adoc', 'plaintext', '* «one»\n* two\n'), '* one\n+\nimage::images/a-cat.png[A Cat]\n* two\n');
});

test('is put on the line below if nobody answers', async (t) => {
  const silent = { ...links, choosePlace: () => Promise.reject(new Error('The work thread is stuck.')) };
  assert.equal(await insertBehind(t, 'a.md', 'markdown', '«One»\n\nTwo.\n', silent), 'One\n![A Cat](images/a-cat.png)\n\nTwo.\n');
});
