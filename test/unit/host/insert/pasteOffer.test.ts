// Holds that nobody's paste waits for us: a provider is there only from a Copy until something else is pasted.
import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import type { PlaceQuestion } from '../../../../src/insert/blocks/place.ts';
import type { KeptImages } from '../../../../src/host/history/keptImages.ts';
import type { ImageFiles } from '../../../../src/host/history/imageFiles.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { mayBeCopied, writeMark } from '../../../../src/host/insert/pasteMark.ts';
import { PasteOffer } from '../../../../src/host/insert/pasteOffer.ts';
import { lookLater } from '../../../../src/host/window/lookLater.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';

const LINKS = { find: () => Promise.resolve([]), choosePlace: (asked: PlaceQuestion) => Promise.resolve(choosePlace(asked)), longestMs: 1000, dispose: () => undefined };

beforeEach(() => void resetWorld());

/** An offer of one window, with what it registered at VS Code; windows share the memory. */
function makeOffer(t: TestContext, shared = createMemento()) {
  const registered: vscode.DocumentPasteEditProvider[] = [];
  const gone: vscode.DocumentPasteEditProvider[] = [];
  const languages = vscode.languages as { registerDocumentPasteEditProvider?: unknown };
  languages.registerDocumentPasteEditProvider = (_selector: unknown, provider: vscode.DocumentPasteEditProvider) => {
    registered.push(provider);
    return { dispose: () => gone.push(provider) };
  };
  t.after(() => delete languages.registerDocumentPasteEditProvider);
  const history = { record: () => Promise.resolve(undefined) } as unknown as KeptImages;
  const offer = new PasteOffer({ links: LINKS, history, files: {} as unknown as ImageFiles, memory: new Memory(createMemento(), shared) });
  const document = world.open('/w/a.md', '');
  const paste = (text: string) => {
    const transfer = { get: () => ({ asString: () => Promise.resolve(text) }) } as unknown as vscode.DataTransfer;
    return registered[0]?.provideDocumentPasteEdits?.(document, [new vscode.Range(0, 0, 0, 0)], transfer, {} as vscode.DocumentPasteEditContext, new vscode.CancellationTokenSource().token);
  };
  return { offer, registered, gone, paste, shared };
}

test('a provider comes with Copy and goes with the first paste of another text', async (t) => {
  const { offer, registered, gone, paste } = makeOffer(t);
  assert.equal(registered.length, 0);
  offer.copied();
  offer.copied();
  assert.equal(registered.length, 1);
  await paste(writeMark(createIdMaker(() => 0, () => 0.5)()));
  assert.equal(gone.length, 0);
  await paste('words');
  assert.equal(gone.length, 1);
  offer.copied();
  assert.equal(registered.length, 2);
});

test('another window offers to paste once it comes to the front, until something else is pasted anywhere', async (t) => {
  const { offer, registered, paste, shared } = makeOffer(t);
  const focus = new vscode.EventEmitter<vscode.WindowState>();
  t.mock.method(vscode.window, 'onDidChangeWindowState', (listener: (state: vscode.WindowState) => void) => focus.event(listener));
  const looked: boolean[] = [];
  const listening = lookLater(() => void looked.push(mayBeCopied(shared)));
  t.after(() => void listening.dispose());
  const comeToTheFront = (): boolean | undefined => {
    focus.fire({ focused: true, active: true });
    return looked.at(-1);
  };
  assert.equal(comeToTheFront(), false);
  offer.copied();
  focus.fire({ focused: false, active: true });
  assert.equal(looked.length, 1);
  assert.equal(comeToTheFront(), true);
  assert.equal(registered.length, 1);
  await paste('words');
  assert.equal(comeToTheFront(), false);
});

test('what was copied more than an hour ago is not waited for', (t) => {
  const { offer, shared } = makeOffer(t);
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 8, 1) });
  offer.copied();
  assert.equal(mayBeCopied(shared), true);
  t.mock.timers.tick(3_600_000);
  assert.equal(mayBeCopied(shared), false);
});
