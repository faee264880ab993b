// Holds that nobody's paste waits for us: a provider is there only from a Copy until something else is pasted.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as vscode from 'vscode';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import type { PlaceQuestion } from '../../../../src/insert/blocks/place.ts';
import type { KeptImages } from '../../../../src/host/history/keptImages.ts';
import type { ImageFiles } from '../../../../src/host/history/imageFiles.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { writeMark } from '../../../../src/host/insert/pasteMark.ts';
import { PasteOffer } from '../../../../src/host/insert/pasteOffer.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

const LINKS = { find: () => Promise.resolve([]), choosePlace: (asked: PlaceQuestion) => Promise.resolve(choosePlace(asked)), longestMs: 1000, dispose: () => undefined };

beforeEach(() => void resetWorld());

test('a provider comes with Copy and goes with the first paste of another text', async (t) => {
  const registered: vscode.DocumentPasteEditProvider[] = [];
  let disposed = 0;
  const languages = vscode.languages as { registerDocumentPasteEditProvider?: unknown };
  languages.registerDocumentPasteEditProvider = (_selector: unknown, provider: vscode.DocumentPasteEditProvider) => {
    registered.push(provider);
    return { dispose: () => disposed++ };
  };
  t.after(() => delete languages.registerDocumentPasteEditProvider);
  const history = { record: () => Promise.resolve(undefined) } as unknown as KeptImages;
  const offer = new PasteOffer({ links: LINKS, history, files: {} as unknown as ImageFiles });
  assert.equal(registered.length, 0);
  offer.begin();
  offer.begin();
  assert.equal(registered.length, 1);
  const document = world.open('/w/a.md', '');
  const paste = (text: string) => {
    const transfer = { get: () => ({ asString: () => Promise.resolve(text) }) } as unknown as vscode.DataTransfer;
    return registered[0]?.provideDocumentPasteEdits?.(document, [new vscode.Range(0, 0, 0, 0)], transfer, {} as vscode.DocumentPasteEditContext, new vscode.CancellationTokenSource().token);
  };
  await paste(writeMark(createIdMaker(() => 0, () => 0.5)()));
  assert.equal(disposed, 0);
  await paste('words');
  assert.equal(disposed, 1);
  offer.begin();
  assert.equal(registered.length, 2);
});
