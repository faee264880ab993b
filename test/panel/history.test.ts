// A history of a thousand in a real window: opened, walked through, searched, taken away and back, several at a time, compared.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { decode } from 'jpeg-js';
import type { FrameLocator, Locator } from 'playwright-core';
import { keepImages } from './longHistory.ts';
import { button, clearNotifications, dialog, filesIn, generateInPanel, goToLine, hidePanel, keptImages, openPanel, paidRequests, shownImage, statusItem, typePath, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

/** Ten thousand are held without a window: test/unit/host/panel/longHistory.test.ts and test/panel/page/history.test.ts. */
const MANY = 1000;
const NEWEST = `image number ${MANY - 1}`;
const SECOND = `image number ${MANY - 2}`;

let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' }, prepare: (_workspace, historyFolder) => keepImages(historyFolder, 0, MANY) });
  product.window.page.setDefaultTimeout(60_000);
});
after(() => product.stop());
/** All of them and nothing else, none selected: whatever a test before did, and if none ran before. */
beforeEach(async () => {
  product.standIn.reset();
  panel = await openPanel(product);
  const search = panel.getByRole('searchbox', { name: 'Search history' });
  if ((await search.inputValue()) !== '') await search.fill('');
  const selecting = panel.getByRole('button', { name: 'Select', exact: true }).and(panel.locator('[aria-pressed="true"]'));
  if ((await selecting.count()) > 0) await selecting.click();
  await panel.getByText(/^1,000 images, /).waitFor();
});

const list = (): Locator => panel.getByRole('list', { name: 'History' });
const image = (prompt: string): Locator => button(list(), prompt);
const thumbnails = (): string[] => filesIn(join(product.historyFolder, 'thumbnails'));
const countNodes = (): Promise<number> => panel.locator('html').evaluate((html) => html.querySelectorAll('*').length);

/** Selects the two newest. */
async function selectTwo(): Promise<Locator> {
  await button(panel, 'Select').click();
  for (const prompt of [NEWEST, SECOND]) await list().getByRole('listitem').filter({ has: button(panel, prompt) }).getByRole('checkbox', { name: 'Select' }).check();
  return panel.getByRole('group', { name: '2 selected' });
}

test('End reaches the oldest, Home the newest, within few nodes; each has a thumbnail that is drawn', async () => {
  assert.equal(await list().getByRole('listitem').first().getAttribute('aria-setsize'), String(MANY));
  await image(NEWEST).focus();
  const nodes = await countNodes();
  assert.ok(nodes < 1000, `${nodes} nodes`);
  for (const [key, number] of [['End', 0], ['Home', MANY - 1]] as const) {
    await product.window.page.keyboard.press(key);
    const reached = image(`image number ${number}`);
    await until('it has the focus', () => reached.evaluate((element) => element === document.activeElement));
    const drawn = await reached.locator('img').evaluate(async (img: HTMLImageElement) => { await img.decode(); return img.src; });
    assert.match(drawn, /thumbnails\/[^/]+\.jpg/);
    const now = await countNodes();
    assert.ok(now <= nodes + 150, `${now} nodes after ${nodes}`);
  }
});

test('the search finds one of them', async () => {
  await panel.getByRole('searchbox', { name: 'Search history' }).fill('number 471');
  await panel.getByText('1 image found', { exact: true }).waitFor();
  await image('image number 471').waitFor();
});

test('what came while the panel was hidden stands first, with its thumbnail; deleted, it comes back with Undo, whole', async () => {
  const { window, standIn } = product;
  const [before, images] = [thumbnails(), keptImages(product)];
  const isWhole = (name: string): boolean => /^[^.].*\.jpg$/.test(name) && !before.includes(name);
  standIn.plan({ kind: 'ok', held: true });
  await generateInPanel(panel, 'out of sight');
  await until('the service has the request', () => paidRequests(product).length === 1);
  await hidePanel(product);
  standIn.release();
  await window.notification('The image of “out of sight” is ready.').waitFor();
  await statusItem(product).waitFor({ state: 'hidden' });
  const name = await until('it has a thumbnail', () => thumbnails().find(isWhole));
  const bytes = readFileSync(join(product.historyFolder, 'thumbnails', name));
  const { width, height } = decode(bytes);
  assert.deepEqual([width, height, bytes.length < 32_000], [320, 320, true]);
  panel = await openPanel(product);
  await shownImage(panel, 'out of sight').waitFor();
  await until('it stands first', async () => (await list().getByRole('listitem').first().getByRole('button').getAttribute('aria-label')) === 'out of sight');
  await button(panel, 'Delete').click();
  await panel.getByText('Image deleted.', { exact: true }).waitFor();
  await image('out of sight').waitFor({ state: 'detached' });
  assert.deepEqual([keptImages(product), thumbnails().some(isWhole)], [images, false]);
  await button(panel, 'Undo').click();
  await shownImage(panel, 'out of sight').waitFor();
  await until('its thumbnail is made again', () => thumbnails().some(isWhole));
  assert.equal(keptImages(product).length, MANY + 1);
  await button(panel, 'Delete').click();
  await image('out of sight').waitFor({ state: 'detached' });
  await clearNotifications(product);
});

test('several at once: inserted, saved into a folder, and two compared', async () => {
  const { window, workspace } = product;
  const { page } = window;
  await goToLine(product, 'welcome.md', 4);
  panel = await openPanel(product);
  const bar = await selectTwo();
  await button(bar, 'Insert').click();
  const names = [`image-number-${MANY - 2}.png`, `image-number-${MANY - 1}.png`];
  const links = new RegExp(`!\\[${NEWEST}\\]\\(images/${names[1]}\\)[^]*!\\[${SECOND}\\]\\(images/${names[0]}\\)`);
  await until('both links are there', async () => links.test(await window.editorText()));
  assert.deepEqual(filesIn(join(workspace.path, 'docs', 'images')), names);
  await button(bar, 'Save').click();
  mkdirSync(join(workspace.path, 'saved'));
  await window.quickInput().getByText('Save 2 Images').waitFor();
  await typePath(product, join(workspace.path, 'saved'), 'Save Here');
  await until('both are in the one folder', () => filesIn(join(workspace.path, 'saved')).join() === names.join());
  await button(bar, 'Compare').click();
  const tab = page.getByRole('tab', { name: `${NEWEST} ↔ ${SECOND}` });
  await tab.waitFor();
  await until('both are drawn', async () => (await page.locator('iframe.webview.ready:not([src*="extensionId=open-image-tools.generate-image"])').count()) === 2);
  await window.runCommand('View: Close Editor');
  await tab.waitFor({ state: 'hidden' });
});

test('Open image shows it in VS Code’s own image editor, and Reveal says where it lies', async () => {
  const { window } = product;
  await image(NEWEST).click();
  await shownImage(panel, NEWEST).waitFor();
  const more = async (item: string): Promise<void> => {
    await button(panel, 'More…').click();
    await panel.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await more('Reveal');
  const newest = keptImages(product).at(-1) ?? '';
  await window.notification(`The file is at ${newest}`).waitFor();
  await more('Open image');
  await window.page.getByRole('tab', { name: newest.split('/').at(-1) ?? '' }).waitFor();
  await window.runCommand('View: Close Editor');
});

test('“Delete unstarred” asks in a dialog first; whoever leaves it keeps all', async () => {
  await button(panel, 'Delete unstarred').click();
  const question = dialog(product).filter({ hasText: 'Delete every image without a star from the history? Files in your workspace stay.' });
  await button(question, 'Delete 1000 images').waitFor();
  await button(question, 'Cancel').click();
  await question.waitFor({ state: 'hidden' });
  assert.equal(keptImages(product).length, MANY);
});
