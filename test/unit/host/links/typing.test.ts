// Whoever types while a link is looked for is answered for the text of that moment, never for the one before.
import assert from 'node:assert/strict';
import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { LinkActions, type LinkActionsParts } from '../../../../src/host/links/linkActions.ts';
import { LinkedImages, type LinkedImagesParts } from '../../../../src/host/links/linkedImages.ts';
import { MissingImages } from '../../../../src/host/missing/missingImages.ts';
import type { LinkFinder } from '../../../../src/host/platform.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { findImageLinks } from '../../../../src/missing/imageLinks.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeFolder } from '../../history/folder.ts';

const LINK = '![A](a.png)';

/** A page with one link; a line is typed above it as soon as the links are read for the first time. */
function open(t: TestContext): { document: vscode.TextDocument; linked: LinkedImages; typeAbove: () => void } {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  writeFileSync(join(root, 'a.png'), 'x');
  world.openFolders(root);
  const page = world.open(join(root, 'a.md'), `Words.\n\n${LINK}\n`, { languageId: 'markdown' });
  const typeAbove = (): void => world.edit(page, { range: new vscode.Range(0, 0, 0, 0), text: 'Typed.\n' });
  let reads = 0;
  const find: LinkFinder['find'] = (text, language) => {
    if (reads++ === 0) typeAbove();
    return Promise.resolve(findImageLinks(text, language));
  };
  Object.assign(vscode.workspace, { findFiles: () => Promise.resolve([]) });
  t.after(() => delete (vscode.workspace as { findFiles?: unknown }).findFiles);
  const missing = new MissingImages(new Memory(createMemento(), createMemento()), { find } as LinkFinder);
  return { document: page, linked: new LinkedImages({ missing } as unknown as LinkedImagesParts), typeAbove };
}

test('the nearest link is the one of the text as it is by then; a look at a place answers nothing until it is asked again', async (t) => {
  const near = open(t);
  const image = await near.linked.near(near.document, 'a.png', near.document.getText().indexOf(LINK));
  assert.equal(near.document.getText().slice(image?.link.rawStart, image?.link.rawEnd), LINK);
  const at = open(t);
  const look = (): ReturnType<LinkedImages['at']> => at.linked.at(at.document, at.document.getText().indexOf(LINK));
  assert.equal(await look(), undefined);
  assert.notEqual(await look(), undefined);
});

test('the place of a link is marked before its file is read', async (t) => {
  const { document, linked, typeAbove } = open(t);
  const marked: string[] = [];
  linked.factsOf = () => {
    typeAbove();
    return Promise.resolve(undefined);
  };
  const parts = {
    linked,
    anchors: { markText: (_: string, page: vscode.TextDocument, range: vscode.Range) => marked.push(page.getText(range)), drop: () => undefined },
    kept: { refreshIfChanged: () => Promise.resolve(), ids: () => Promise.resolve([]) },
    reports: { showError: () => undefined },
  };
  const start = document.getText().indexOf(LINK);
  await new LinkActions(parts as unknown as LinkActionsParts).changeLink({ action: 'replace', document: document.uri.toString(), url: 'a.png', start });
  assert.deepEqual(marked, [LINK]);
});
