// The ways to an image, each to its end: asked for, kept byte by byte, in the document, drawn by VS Code's own preview.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { button, chooseSize, clearNotifications, filesIn, generateInPanel, goToLine, hidePanel, keptImages, openOptions, openPanel, paidRequests, pixelsHash, selectLine, sha256, shownImage, statusItem, typePath, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
before(async () => {
  product = await startProduct();
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

const SENTENCE = 'An orange cat sits at the window in the morning light, with the city behind it.';
const images = (): string => join(product.workspace.path, 'docs', 'images');

/** What the endpoint sent last lies untouched in the history. */
async function assertKept(prompt: string): Promise<string> {
  const result = product.standIn.results().at(-1);
  assert.equal(result?.prompt, prompt);
  const kept = await until('the image is in the history', () => keptImages(product).find((path) => statSync(path).size === result.bytes && sha256(path) === result.sha256));
  const recipe = JSON.parse(readFileSync(kept.replace(/\.png$/, '.json'), 'utf8')) as { recipe: { prompt: string } };
  assert.equal(recipe.recipe.prompt, prompt);
  return kept;
}

/** The link is in the document, and the file behind it shows the same image. */
async function assertInserted(prompt: string, file: string, kept: string): Promise<void> {
  const link = `![${prompt}](images/${file})`;
  await until(`the document holds ${link}`, async () => (await product.window.editorText()).includes(link));
  assert.equal(pixelsHash(join(images(), file)), pixelsHash(kept));
}

/** VS Code's own preview of the document draws the image. */
async function assertPreviewed(prompt: string): Promise<void> {
  await product.window.runCommand('Markdown: Open Preview');
  const drawn = product.window.previewFrame().getByRole('img', { name: prompt, exact: true }).first();
  await drawn.waitFor();
  await until('the preview has loaded the image', () => drawn.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0));
  await product.window.runCommand('View: Close Editor');
  await product.window.page.locator('.tab', { hasText: 'Preview' }).waitFor({ state: 'hidden' });
}

test('the prompt is counted, Back leads to it again, and leaving anywhere sends nothing', async () => {
  const { window } = product;
  const { page } = window;
  const back = (): Locator => window.quickInput().getByRole('button', { name: /^Back/ });
  const counter = (text: string): Promise<void> => window.quickInput().getByText(text, { exact: false }).first().waitFor();
  await window.runCommand('Generate Image');
  await counter('0 / 800');
  await window.type('', { enter: true });
  await window.quickInput().getByText('Describe the image first.').waitFor();
  await window.type('一只猫 🐈', { enter: false });
  await counter('5 / 800');
  await window.type('x'.repeat(801));
  await window.quickInput().getByText('801 characters; at most 800 are sent. Shorten the text.').waitFor();
  await window.type('a harbour');
  await window.quickInput().getByText('Generate Image (2/2): Size').waitFor();
  assert.deepEqual(await window.picks(), ['1:1', '16:9', '4:3', '3:4', '9:16', 'Other…']);
  await back().click();
  await window.quickInput().getByText('Generate Image (1/2): Prompt').waitFor();
  assert.equal(await window.quickInput().getByRole('textbox').first().inputValue(), 'a harbour');
  await page.keyboard.press('Enter');
  await window.pick('Other…');
  await window.quickInput().getByText('The service may know only some sizes.').waitFor();
  await window.type('12 by 30');
  await window.quickInput().getByText('Write WIDTHxHEIGHT, for example 1328x1328.').waitFor();
  await back().click();
  await window.quickInput().getByText('Other…').waitFor();
  await page.keyboard.press('Escape');
  await window.quickInput().waitFor({ state: 'hidden' });
  for (const where of ['the prompt', 'the size', 'a size of one’s own']) {
    await window.runCommand('Generate Image');
    await window.quickInput().getByText('Generate Image (1/2): Prompt').waitFor();
    if (where !== 'the prompt') {
      await window.type('a quay');
      await window.quickInput().getByText('Generate Image (2/2): Size').waitFor();
    }
    if (where === 'a size of one’s own') {
      await window.pick('Other…');
      await window.quickInput().getByText('The service may know only some sizes.').waitFor();
    }
    await page.keyboard.press('Escape');
    await window.quickInput().waitFor({ state: 'hidden' });
  }
  assert.deepEqual(product.standIn.requests, []);
  assert.deepEqual(keptImages(product), []);
});

test('from the palette: waiting with Cancel and a status, then image, file and link', async () => {
  const { window, standIn } = product;
  await goToLine(product, 'welcome.md', 4);
  standIn.plan({ kind: 'ok', held: true });
  await window.runCommand('Generate Image');
  await window.type('a harbour at dawn');
  await window.pick('16:9');
  const waiting = window.notification('Generating “a harbour at dawn”');
  await waiting.getByText(/waiting for the service, \d+ s/).waitFor();
  await Promise.all([button(waiting, 'Cancel').waitFor(), statusItem(product).waitFor()]);
  standIn.release();
  const panel = window.panelFrame();
  await shownImage(panel, 'a harbour at dawn').waitFor();
  await statusItem(product).waitFor({ state: 'hidden' });
  await waiting.waitFor({ state: 'hidden' });
  assert.deepEqual(await window.notifications(), [], 'the panel shows the image, so nothing else tells of it');
  assert.deepEqual(JSON.parse(paidRequests(product)[0]?.body ?? ''), {
    model: 'qwen-image-max', prompt: 'a harbour at dawn', size: '1664x928', n: 1, watermark: false, prompt_extend: true,
  });
  const kept = await assertKept('a harbour at dawn');
  assert.equal(existsSync(images()), false, 'nothing is written into the workspace unasked');
  await button(panel, 'Insert').click();
  await assertInserted('a harbour at dawn', 'a-harbour-at-dawn.png', kept);
  await assertPreviewed('a harbour at dawn');
});

test('one undo takes back the link and the file', async () => {
  const { window } = product;
  await window.openFile('welcome.md');
  await window.page.keyboard.press('ControlOrMeta+Z');
  await until('the link is gone', async () => !(await window.editorText()).includes('a-harbour-at-dawn'));
  await until('the file is gone', () => filesIn(images()).length === 0);
});

test('from a selection: the text is the prompt, and the image comes after it', async () => {
  const { window } = product;
  const question = window.quickInput().getByText('Generate Image from Selection: Size');
  // A menu that opens while the editor still takes over the selection closes again: a person clicks once more.
  await until('the size is asked', async () => {
    await selectLine(product, 'welcome.md', 9);
    await window.page.locator('.view-line', { hasText: 'An orange cat sits' }).click({ button: 'right', position: { x: 60, y: 8 } });
    await window.page.getByRole('menuitem', { name: 'Generate Image from Selection' }).click({ timeout: 5000 }).catch(() => undefined);
    return question.waitFor({ timeout: 5000 }).then(() => true, () => window.page.keyboard.press('Escape').then(() => false));
  });
  assert.deepEqual((await window.picks()).slice(0, 3), ['16:9', 'last used', '4:3']);
  await window.page.keyboard.press('Enter');
  const panel = window.panelFrame();
  await shownImage(panel, SENTENCE).waitFor();
  assert.equal((JSON.parse(paidRequests(product)[0]?.body ?? '') as { size: string }).size, '1664x928');
  const kept = await assertKept(SENTENCE);
  await button(panel, 'Insert').click();
  const [file = ''] = await until('the file is there', () => filesIn(images()).length > 0 && filesIn(images()));
  await assertInserted(SENTENCE, file, kept);
  assert.match(await window.editorText(), /behind it\.\n\n?!\[An orange cat/);
  await assertPreviewed(SENTENCE);
});

test('from the panel: typed, generated, inserted at the cursor', async () => {
  await goToLine(product, 'welcome.md', 4);
  const panel = await openPanel(product);
  await openOptions(panel);
  await chooseSize(panel, '1:1 1328x1328');
  await panel.getByRole('checkbox', { name: 'Improve prompt' }).uncheck();
  await panel.getByRole('checkbox', { name: 'Watermark' }).check();
  await generateInPanel(panel, 'a lighthouse');
  await shownImage(panel, 'a lighthouse').waitFor();
  const sent = JSON.parse(paidRequests(product)[0]?.body ?? '') as Record<string, unknown>;
  assert.deepEqual([sent['size'], sent['prompt_extend'], sent['watermark']], ['1328x1328', false, true]);
  const kept = await assertKept('a lighthouse');
  await button(panel, 'Insert').click();
  await assertInserted('a lighthouse', 'a-lighthouse.png', kept);
  await assertPreviewed('a lighthouse');
  assert.equal(paidRequests(product).length, 1);
});

test('a size of one’s own and the last prompt brought back, with the panel hidden: one notification inserts', async () => {
  const { window, standIn } = product;
  standIn.set({ accept: 'anything', held: true });
  await goToLine(product, 'welcome.md', 4);
  await window.runCommand('Generate Image');
  await window.quickInput().getByText('Generate Image (1/2): Prompt').waitFor();
  await window.type('', { enter: false });
  await button(window.quickInput(), 'Bring back the last prompt').click();
  await until('the last prompt is back', async () => (await window.quickInput().getByRole('textbox').first().inputValue()) === 'a lighthouse');
  await window.page.keyboard.press('Enter');
  await window.pick('Other…');
  await window.quickInput().getByText('The service may know only some sizes.').waitFor();
  await window.type('640*480');
  await statusItem(product).waitFor();
  await hidePanel(product);
  standIn.release();
  const ready = window.notification('The image of “a lighthouse” is ready.');
  await ready.waitFor();
  assert.equal(await ready.count(), 1);
  assert.equal((JSON.parse(paidRequests(product)[0]?.body ?? '') as { size: string }).size, '640x480');
  for (const name of ['Save', 'Don’t show again']) assert.ok(await button(ready, name).isVisible());
  const kept = await assertKept('a lighthouse');
  await button(ready, 'Insert').click();
  await assertInserted('a lighthouse', 'a-lighthouse-1.png', kept);
});

test('“Save” in the notification asks where, and “Don’t show again” is kept to', async () => {
  const { window, standIn } = product;
  const generateHidden = async (prompt: string): Promise<void> => {
    standIn.plan({ kind: 'ok', held: true });
    await window.runCommand('Generate Image');
    await window.type(prompt);
    await window.pick(/1:1/);
    await statusItem(product).waitFor();
    await hidePanel(product);
    standIn.release();
    await statusItem(product).waitFor({ state: 'hidden' });
    await assertKept(prompt);
  };
  await generateHidden('a red boat');
  await button(window.notification('a red boat'), 'Save').click();
  const target = join(product.workspace.path, 'boat.png');
  await typePath(product, target);
  await until('the image is saved', () => existsSync(target));
  await clearNotifications(product);
  await generateHidden('a blue boat');
  await button(window.notification('a blue boat'), 'Don’t show again').click();
  await until('the choice is a setting', () => readFileSync(join(product.vscode.userDataDir, 'User', 'settings.json'), 'utf8').includes('"generateImage.notifications": false'));
  await generateHidden('a green boat');
  // What is told comes in its order: with this one here, no other is on its way.
  await window.runCommand('Image Generator: Remove API Key');
  await window.notification('No API key is stored for this endpoint.').waitFor();
  assert.deepEqual(await window.notifications(), ['No API key is stored for this endpoint.']);
});
