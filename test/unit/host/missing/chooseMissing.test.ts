// The list of missing images: what each will become and what they cost stands there before anything is paid.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { chooseMissing } from '../../../../src/host/missing/chooseMissing.ts';
import type { MissingImage } from '../../../../src/host/missing/missingImages.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { answerBoxes, standsOf, titlesOf } from '../answeredBoxes.ts';

type Item = vscode.QuickPickItem & { image?: MissingImage };

/** Answers the list as a person does, and gives what stood in it. @param tick which rows stay ticked */
function listIn(t: TestContext, tick: (item: Item) => boolean): { items: Item[]; titles: string[] } {
  resetWorld();
  world.openFolders('/site');
  const shown: { items: Item[]; titles: string[] } = { items: [], titles: [] };
  const createQuickPick = (): unknown => {
    const [changed, accepted, hidden, pressed] = [new vscode.EventEmitter<readonly Item[]>(), new vscode.EventEmitter<void>(), new vscode.EventEmitter<void>(), new vscode.EventEmitter<never>()];
    let isHidden = false;
    const box = {
      items: [] as Item[], selectedItems: [] as Item[], title: '',
      onDidChangeSelection: changed.event, onDidAccept: accepted.event, onDidHide: hidden.event, onDidTriggerItemButton: pressed.event,
      show() {
        shown.items = box.items;
        shown.titles.push(box.title);
        box.selectedItems = box.selectedItems.filter(tick);
        changed.fire(box.selectedItems);
        shown.titles.push(box.title);
        accepted.fire();
      },
      dispose() {
        if (isHidden) return;
        isHidden = true;
        hidden.fire();
      },
    };
    return box;
  };
  Object.assign(vscode.window, { createQuickPick });
  t.after(() => delete (vscode.window as { createQuickPick?: unknown }).createQuickPick);
  return shown;
}

function missing(name: string, change: MissingImage['change'], format: MissingImage['format'] = 'png'): MissingImage {
  const page = vscode.Uri.file('/site/page.md');
  return { key: name, prompt: `a ${name}`, size: '1328x1328', uri: vscode.Uri.file(`/site/${name}`), format, change, isPlaceholder: false, documents: [page], range: new vscode.Range(0, 0, 0, 1) };
}

const IMAGES = [missing('boat.png', 'ending'), missing('quay.webp', 'nothing', 'webp')];

test('a link whose type cannot be made says what it will end in, and that it may be left alone', async (t) => {
  const shown = listIn(t, () => true);
  const chosen = await chooseMissing(IMAGES, () => Promise.resolve(true), (sizes) => `US$ ${sizes.length}`);
  assert.deepEqual(shown.items.map(({ description, detail }) => [description, detail]), [
    ['1328x1328 · boat.png', 'The type that the link names cannot be made: the link will end in .png instead. Take the tick away to leave it.'],
    ['1328x1328 · quay.webp', undefined],
  ]);
  assert.equal(shown.titles[0], '2 images: 2 paid requests, US$ 2');
  assert.deepEqual(chosen?.map(({ key }) => key), ['boat.png', 'quay.webp']);
});

test('what is not ticked is neither made nor paid', async (t) => {
  const shown = listIn(t, ({ image }) => image?.change === 'nothing');
  const chosen = await chooseMissing(IMAGES, () => Promise.resolve(true), (sizes) => `US$ ${sizes.length}`);
  assert.deepEqual(chosen?.map(({ key }) => key), ['quay.webp']);
  assert.equal(shown.titles[1], '1 image: 1 paid request, US$ 1');
});

test('whoever is not set up by then has chosen nothing', async (t) => {
  listIn(t, () => true);
  assert.equal(await chooseMissing(IMAGES, () => Promise.resolve(false)), undefined);
});

test('a prompt is edited in a box of its own: the list comes back with it, ticked, and it is what is made', async (t) => {
  resetWorld();
  world.openFolders('/site');
  const seen = answerBoxes(t, { press: 'Edit prompt' }, { type: '' }, 'enter', { type: ' a small boat ' }, 'enter', 'enter');
  const chosen = await chooseMissing(IMAGES, () => Promise.resolve(true));
  assert.deepEqual(chosen?.map(({ prompt }) => prompt), ['a small boat', 'a quay.webp']);
  assert.deepEqual(titlesOf(standsOf(seen)).filter((title, place, all) => title !== all[place - 1]), ['2 images: 2 paid requests', 'Prompt for boat.png', '2 images: 2 paid requests']);
  const box = standsOf(seen).filter(({ title }) => title === 'Prompt for boat.png');
  assert.deepEqual([box[0]?.value, box[2]?.problem], ['a boat.png', 'Describe the image first.']);
  assert.deepEqual(standsOf(seen).at(-1)?.rows.map(({ label }) => label), ['a small boat', 'a quay.webp']);
});

test('whoever leaves the list has chosen nothing; who leaves the box for a prompt is back in the list', async (t) => {
  resetWorld();
  const seen = answerBoxes(t, { press: 'Edit prompt' }, 'leave', 'leave');
  assert.equal(await chooseMissing(IMAGES, () => Promise.resolve(true)), undefined);
  assert.deepEqual(standsOf(seen).at(-1)?.rows.map(({ label }) => label), ['a boat.png', 'a quay.webp']);
});

test('what a document says is text in the list: no icon, no turn of the direction', async (t) => {
  const shown = listIn(t, () => true);
  await chooseMissing([{ ...missing('flame.png', 'nothing'), prompt: 'a $(trash) cat \u202efo' }], () => Promise.resolve(true));
  assert.deepEqual(shown.items.map(({ label }) => label), ['a $ (trash) cat fo']);
});
