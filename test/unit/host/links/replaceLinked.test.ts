// Another image takes the place of a linked one where the link stands by then; all else of the link stays as it is written.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { createRecord } from '../../../../src/history/record.ts';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import { LinkedImages, type LinkedImagesParts } from '../../../../src/host/links/linkedImages.ts';
import { replaceLinked, type Replaced, type ReplaceParts } from '../../../../src/host/links/replaceLinked.ts';
import { offersOf } from '../../../../src/host/links/showLink.ts';
import { MissingImages } from '../../../../src/host/missing/missingImages.ts';
import type { LinkFinder } from '../../../../src/host/platform.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { findImageLinks } from '../../../../src/missing/imageLinks.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';

const record = createRecord('20260101T000000000Z-00000000', makeRecipe('A new owl'), IMAGE_INFO, 9);

interface Page {
  text: () => string;
  /** Replaces the last link that begins with these words, after a line was typed above it. */
  replace: (words: string, meanwhile?: string) => Promise<Replaced>;
  root: string;
}

function open(t: TestContext, text: string): Page {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, 'docs', 'pics'), { recursive: true });
  writeFileSync(join(root, 'docs', 'pics', 'old one.png'), 'x');
  world.openFolders(root);
  const document = world.open(join(root, 'docs', 'a.md'), text, { languageId: 'markdown' });
  const applyEdit = (edit: vscode.WorkspaceEdit): Promise<boolean> => {
    for (const [, edits] of edit.entries()) world.edit(document, ...edits.map(({ range, newText }) => ({ range, text: newText })));
    return Promise.resolve(true);
  };
  Object.assign(vscode.workspace, { findFiles: () => Promise.resolve([]), applyEdit });
  const finder: Pick<LinkFinder, 'find'> = { find: (words, language) => Promise.resolve(findImageLinks(words, language)) };
  const missing = new MissingImages(new Memory(createMemento(), createMemento()), finder as LinkFinder);
  const linked = new LinkedImages({ missing } as unknown as LinkedImagesParts);
  const anchors = new Anchors();
  t.after(() => anchors.dispose());
  const files = { prepare: () => Promise.resolve({ bytes: new Uint8Array([1, 2]), type: 'png', ext: 'png', widthPx: 1, heightPx: 1, lostSignature: true }) };
  const replace = async (words: string, meanwhile = 'Typed.\n'): Promise<Replaced> => {
    const image = await linked.at(document, document.getText().lastIndexOf(words));
    assert.ok(image, words);
    const { rawStart, rawEnd, url } = image.link;
    const range = new vscode.Range(document.positionAt(rawStart), document.positionAt(rawEnd));
    anchors.markText('place', document, range);
    world.edit(document, meanwhile === '' ? { range, text: '' } : { range: new vscode.Range(0, 0, 0, 0), text: meanwhile });
    return replaceLinked({ place: 'place', url, record, dropsOld: false }, { linked, files, anchors } as unknown as ReplaceParts);
  };
  return { text: () => document.getText(), replace, root };
}

test('only the name changes, in that one of two equal links, and the new file lies beside the old one', async (t) => {
  const { text, replace, root } = open(t, '| ![A](<./pics/old one.png> "T") | ![A](<./pics/old one.png> "T") |\n');
  const { before, after } = await replace('![A]');
  assert.equal(text(), 'Typed.\n| ![A](<./pics/old one.png> "T") | ![A](<./pics/a-new-owl.png> "T") |\n');
  assert.match(world.messages.at(-1)?.text ?? '', /C2PA/);
  assert.deepEqual([before?.path, after.path], [`${root}/docs/pics/old one.png`, `${root}/docs/pics/a-new-owl.png`]);
});

test('a reference changes in its definition; an address gives way to the usual place; a missing file is made as it is named', async (t) => {
  const { text, replace, root } = open(t, '![r][x] ![far](https://example.com/a.png) ![gone](pics/gone.png)\n\n[x]: pics/old%20one.png "T"\n');
  await replace('![r]', 'A.\n');
  assert.equal((await replace('![far]', 'B.\n')).after.path, `${root}/docs/images/a-new-owl.png`);
  assert.equal((await replace('![gone]', 'C.\n')).after.path, `${root}/docs/pics/gone.png`);
  assert.equal(text(), 'C.\nB.\nA.\n![r][x] ![far](images/a-new-owl.png) ![gone](pics/gone.png)\n\n[x]: pics/a-new-owl.png "T"\n');
});

test('a link that is gone by then changes nothing', async (t) => {
  const { text, replace } = open(t, 'one ![A](pics/old%20one.png) two\n');
  await assert.rejects(replace('![A]', ''), (error) => error instanceof Refusal && /is gone/.test(error.message));
  assert.deepEqual([text(), world.messages], ['one  two\n', []]);
});

test('each link offers what it can', () => {
  const uri = vscode.Uri.file('/w/a.png');
  const names = (...at: Parameters<typeof offersOf>): string => offersOf(...at).map(({ action }) => action).join(' ');
  assert.equal(names({ uri, isMissing: false }, { prompt: 'a fox' }, true), 'makeAgain changePrompt replace show compare');
  assert.equal(names({ uri, isMissing: false }, { prompt: undefined }, false), 'changePrompt replace');
  assert.equal(names({ uri: undefined, isMissing: false }, undefined, false), 'changePrompt replace');
});
