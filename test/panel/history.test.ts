// The history in a real window: found again, starred, taken away and brought back, several at a time, compared, made anew.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { decode } from 'jpeg-js';
import type { FrameLocator, Locator } from 'playwright-core';
import { button, chooseSize, dialog, filesIn, generateInPanel, goToLine, hidePanel, keptImages, openOptions, openPanel, paidRequests, promptBox, shownImage, typePath, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' }, settings: { 'generateImage.saveTo': '${documentDir}/images/${slug}.${ext}' } });
  panel = await openPanel(product);
  await openOptions(panel);
  await chooseSize(panel, '16:9 1664x928');
  for (const prompt of PROMPTS) {
    await generateInPanel(panel, prompt);
    await shownImage(panel, prompt).waitFor();
  }
  await until('each has a thumbnail', () => thumbnails().length === PROMPTS.length);
});
after(() => product.stop());
/** The three images and nothing else, each without a star: whatever a test before did, and if none ran before. */
beforeEach(async () => {
  product.standIn.reset();
  panel = await openPanel(product);
  const search = panel.getByRole('searchbox', { name: 'Search history' });
  if ((await search.inputValue()) !== '') await search.fill('');
  for (const name of ['Select', 'Starred']) {
    const switched = panel.getByRole('button', { name, exact: true }).and(panel.locator('[aria-pressed="true"]'));
    if ((await switched.count()) > 0) await switched.click();
  }
  await untilListed('a green hill', 'a blue boat', 'a red boat');
});

const PROMPTS = ['a red boat', 'a blue boat', 'a green hill'];

const list = (): Locator => panel.getByRole('list', { name: 'History' });
const image = (prompt: string): Locator => button(list(), prompt);
/** One that is being written has another name still. */
const thumbnails = (): string[] => filesIn(join(product.historyFolder, 'thumbnails')).filter((name) => /^[^.].*\.jpg$/.test(name));

/** The prompts that the history shows, newest first. */
async function listed(): Promise<string[]> {
  return list().getByRole('listitem').getByRole('button').evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label') ?? ''));
}

async function untilListed(...prompts: string[]): Promise<void> {
  await until(`the history shows ${prompts.join(', ') || 'nothing'}`, async () => (await listed()).join() === prompts.join());
}

async function toggle(name: string): Promise<void> {
  await panel.getByRole('button', { name, exact: true }).click();
}

/** Takes one away for good, as far as this file is concerned. */
async function remove(prompt: string): Promise<void> {
  await image(prompt).first().click();
  await shownImage(panel, prompt).waitFor();
  await button(panel, 'Delete').click();
  await panel.getByText('Image deleted.', { exact: true }).waitFor();
}

/** Selects these images, of which one is in the list each. */
async function select(...prompts: string[]): Promise<void> {
  await toggle('Select');
  for (const prompt of prompts) await list().getByRole('listitem').filter({ has: button(panel, prompt) }).getByRole('checkbox', { name: 'Select' }).check();
}

test('images have small thumbnails, also one that came while the panel was hidden', async () => {
  product.standIn.plan({ kind: 'ok', held: true });
  await generateInPanel(panel, 'out of sight');
  await until('the service has the request', () => paidRequests(product).length === 1);
  await hidePanel(product);
  product.standIn.release();
  const names = await until('each has a thumbnail', () => (thumbnails().length === 4 ? thumbnails() : undefined));
  for (const name of names) {
    const bytes = readFileSync(join(product.historyFolder, 'thumbnails', name));
    const { width, height } = decode(bytes);
    assert.ok(width <= 320 && height <= 320 && width > height, `${width} × ${height}`);
    assert.ok(bytes.length < 32_000, `${bytes.length} bytes`);
  }
  panel = await openPanel(product);
  await untilListed('out of sight', 'a green hill', 'a blue boat', 'a red boat');
  const thumbnail = image('a red boat').locator('img');
  // It is loaded when it comes into view.
  await thumbnail.scrollIntoViewIfNeeded();
  const drawn = await thumbnail.evaluate(async (img: HTMLImageElement) => { await img.decode(); return img.src; });
  assert.match(drawn, /thumbnails\/[^/]+\.jpg/);
  await remove('out of sight');
});

test('the search finds words of the prompt, in any order', async () => {
  const search = panel.getByRole('searchbox', { name: 'Search history' });
  await search.fill('BOAT blue');
  await untilListed('a blue boat');
  await panel.getByText('1 image found', { exact: true }).waitFor();
  await search.fill('a submarine');
  await panel.getByText('No image matches.', { exact: true }).waitFor();
  await search.fill('');
  await untilListed('a green hill', 'a blue boat', 'a red boat');
});

test('a star is kept on disk, and the filter shows the starred ones', async () => {
  await image('a red boat').click();
  await shownImage(panel, 'a red boat').waitFor();
  await button(panel, 'Star').click();
  await until('the star is on the disk', () => keptImages(product).some((path) => (JSON.parse(readFileSync(path.replace('.png', '.json'), 'utf8')) as { starred: boolean }).starred));
  await until('the button says so', async () => (await button(panel, 'Star').getAttribute('aria-pressed')) === 'true');
  await toggle('Starred');
  await untilListed('a red boat');
  await toggle('Starred');
  await untilListed('a green hill', 'a blue boat', 'a red boat');
  await button(panel, 'Star').click();
  await until('the button says so', async () => (await button(panel, 'Star').getAttribute('aria-pressed')) === 'false');
});

test('what is deleted comes back with Undo, whole', async () => {
  const before = keptImages(product);
  await image('a blue boat').click();
  await shownImage(panel, 'a blue boat').waitFor();
  await button(panel, 'Delete').click();
  await panel.getByText('Image deleted.', { exact: true }).waitFor();
  await untilListed('a green hill', 'a red boat');
  assert.deepEqual([keptImages(product).length, thumbnails().length], [2, 2]);
  await button(panel, 'Undo').click();
  await untilListed('a green hill', 'a blue boat', 'a red boat');
  assert.deepEqual(keptImages(product), before);
  await shownImage(panel, 'a blue boat').waitFor();
  await until('its thumbnail is made again', () => thumbnails().length === 3);
});

test('several at once: inserted, saved, deleted', async () => {
  const { window, workspace } = product;
  await goToLine(product, 'welcome.md', 4);
  panel = await openPanel(product);
  await select('a red boat', 'a blue boat');
  const bar = panel.getByRole('group', { name: '2 selected' });
  await button(bar, 'Insert').click();
  await until('both links are there', async () => /!\[a red boat\]\(images\/a-red-boat\.png\)[^]*!\[a blue boat\]\(images\/a-blue-boat\.png\)/.test(await window.editorText()));
  assert.deepEqual(filesIn(join(workspace.path, 'docs', 'images')), ['a-blue-boat.png', 'a-red-boat.png']);
  await button(bar, 'Save').click();
  mkdirSync(join(workspace.path, 'saved'));
  await window.quickInput().getByText('Save 2 Images').waitFor();
  await typePath(product, join(workspace.path, 'saved'), 'Save Here');
  await until('both are in the one folder', () => filesIn(join(workspace.path, 'saved')).join() === 'a-blue-boat.png,a-red-boat.png');
  await button(bar, 'Delete').click();
  await panel.getByText('2 images deleted.', { exact: true }).waitFor();
  await untilListed('a green hill');
  await button(panel, 'Undo').click();
  await untilListed('a green hill', 'a blue boat', 'a red boat');
});

test('two are compared side by side', async () => {
  const { page } = product.window;
  await select('a red boat', 'a green hill');
  await button(panel.getByRole('group', { name: '2 selected' }), 'Compare').click();
  await page.getByRole('tab', { name: 'a red boat ↔ a green hill' }).waitFor();
  await until('both are drawn', async () => (await page.locator('iframe.webview.ready:not([src*="extensionId=open-image-tools.generate-image"])').count()) === 2);
  await product.window.runCommand('View: Close Editor');
  await page.getByRole('tab', { name: 'a red boat ↔ a green hill' }).waitFor({ state: 'hidden' });
  await toggle('Select');
});

test('Open image shows it in VS Code’s own image editor, and Reveal says where it lies', async () => {
  const { window } = product;
  await image('a green hill').click();
  await shownImage(panel, 'a green hill').waitFor();
  const more = async (item: string): Promise<void> => {
    await toggle('More…');
    await panel.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await more('Reveal');
  const newest = keptImages(product).at(-1) ?? '';
  await window.notification(`The file is at ${newest}`).waitFor();
  await more('Open image');
  await window.page.getByRole('tab', { name: newest.split('/').at(-1) ?? '' }).waitFor();
  await window.runCommand('View: Close Editor');
});

test('Make again sends the same recipe for a new image; Use prompt puts it into the form', async () => {
  const asked = paidRequests(product).length;
  await image('a red boat').click();
  await shownImage(panel, 'a red boat').waitFor();
  await promptBox(panel).fill('something else');
  await openOptions(panel);
  await panel.getByRole('checkbox', { name: 'Improve prompt' }).uncheck();
  await button(panel, 'Use prompt').click();
  await until('the form has the prompt', async () => (await promptBox(panel).inputValue()) === 'a red boat');
  assert.ok(await panel.getByRole('checkbox', { name: 'Improve prompt' }).isChecked());
  await button(panel, 'Make again').click();
  await untilListed('a red boat', 'a green hill', 'a blue boat', 'a red boat');
  assert.equal(paidRequests(product).length, asked + 1);
  const recipes = keptImages(product).map((path) => (JSON.parse(readFileSync(path.replace('.png', '.json'), 'utf8')) as { recipe: Record<string, unknown> }).recipe);
  const { prompt, size, watermark, promptExtend } = recipes[0] ?? {};
  assert.deepEqual([recipes.at(-1)?.['prompt'], recipes.at(-1)?.['size'], recipes.at(-1)?.['watermark'], recipes.at(-1)?.['promptExtend']], [prompt, size, watermark, promptExtend]);
  assert.equal(keptImages(product).length, 4);
  // Both have the same name: the newer comes first.
  await remove('a red boat');
});

test('“Delete unstarred” asks first, keeps the starred ones, and can be undone', async () => {
  await image('a red boat').click();
  await shownImage(panel, 'a red boat').waitFor();
  await button(panel, 'Star').click();
  await until('the star is there', async () => (await button(panel, 'Star').getAttribute('aria-pressed')) === 'true');
  await toggle('Delete unstarred');
  const question = dialog(product).filter({ hasText: 'Delete every image without a star from the history? Files in your workspace stay.' });
  await button(question, 'Cancel').click();
  await question.waitFor({ state: 'hidden' });
  assert.equal(keptImages(product).length, 3);
  await toggle('Delete unstarred');
  await button(question, 'Delete 2 images').click();
  await untilListed('a red boat');
  await button(panel, 'Undo').click();
  await untilListed('a green hill', 'a blue boat', 'a red boat');
  await button(panel, 'Star').click();
});
