// The list of missing images: it stays until the next question is there, and is asked again after each edited prompt.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as vscode from 'vscode';
import { chooseMissing } from '../../../../src/host/missing/chooseMissing.ts';
import type { MissingImage } from '../../../../src/host/missing/missingImages.ts';
import { resetWorld } from '../../../vscodeModule/world.ts';
import { window } from '../../../vscodeModule/vscode.ts';

interface Item { label: string; kind?: number; image?: MissingImage }

interface Box { selectedItems: Item[]; items: Item[]; value: string; title: string; fire(name: string, value?: unknown): void }

let shown: string[];
/** What the person does with each box, in turn. */
let acts: ((box: Box) => void)[];

function createBox(kind: string): object {
  const listeners: Record<string, ((value?: unknown) => void)[]> = {};
  const on = (name: string) => (listener: (value?: unknown) => void) => void (listeners[name] ??= []).push(listener);
  let isGone = false;
  const box = {
    selectedItems: [] as Item[], items: [] as Item[], value: '', title: '', prompt: '', validationMessage: undefined,
    onDidAccept: on('accept'), onDidHide: on('hide'), onDidTriggerButton: on('button'), onDidTriggerItemButton: on('itemButton'), onDidChangeValue: on('value'), onDidChangeSelection: on('selection'),
    fire: (name: string, value?: unknown) => listeners[name]?.forEach((listener) => listener(value)),
    show() {
      shown.push(`${kind} shown`);
      const act = acts.shift() ?? (() => box.fire('hide'));
      queueMicrotask(() => act(box));
    },
    dispose() {
      if (isGone) return;
      isGone = true;
      shown.push(`${kind} gone`);
      box.fire('hide');
    },
  };
  return box;
}

const image = (prompt: string): MissingImage => ({
  key: prompt, prompt, size: '1328x1328', format: 'png', change: 'nothing', isPlaceholder: false,
  uri: vscode.Uri.file(`/w/${prompt}.png`), documents: [vscode.Uri.file('/w/a.md')], range: new vscode.Range(0, 0, 0, 1),
});

beforeEach(() => {
  resetWorld();
  [shown, acts] = [[], []];
  Object.assign(window, { createQuickPick: () => createBox('list'), createInputBox: () => createBox('text') });
});

test('the list stays while the connection is set up', async () => {
  acts = [(box) => box.fire('accept')];
  let seen: string[] = [];
  const chosen = await chooseMissing([image('a'), image('b')], () => {
    seen = [...shown];
    return Promise.resolve(true);
  });
  assert.deepEqual([seen, shown, chosen?.map(({ prompt }) => prompt)], [['list shown'], ['list shown', 'list gone'], ['a', 'b']]);
});

test('nothing is chosen when the person leaves the list or the set-up', async () => {
  assert.equal(await chooseMissing([image('a')], () => assert.fail('asked')), undefined);
  acts = [(box) => box.fire('accept')];
  assert.equal(await chooseMissing([image('a')], () => Promise.resolve(false)), undefined);
});

test('a prompt is edited between two lists, each shown before the last goes', async () => {
  acts = [
    (box) => box.fire('itemButton', { item: box.items[0] }),
    (box) => {
      box.value = 'a boat';
      box.fire('accept');
    },
    (box) => box.fire('accept'),
  ];
  const chosen = await chooseMissing([image('a')], () => Promise.resolve(true));
  assert.deepEqual(shown, ['list shown', 'text shown', 'list gone', 'list shown', 'text gone', 'list gone']);
  assert.deepEqual(chosen?.map(({ prompt }) => prompt), ['a boat']);
});
