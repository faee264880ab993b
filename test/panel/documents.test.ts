// A document and its images as a person handles them: what is missing, what is copied, what an image remembers, which folder counts.
import assert from 'node:assert/strict';
import { convertIndexedToRgb, decode } from 'fast-png';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { openWorkbench, writeSettings } from '../vscode/workbench.ts';
import { button, chooseSize, clearNotifications, filesIn, generateInPanel, goToLine, keptImages, openOptions, openPanel, paidRequests, promptBox, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let panel: FrameLocator;
before(async () => {
  const settings = { 'generateImage.requestFields': { seed: 7, negative_prompt: 'fog, "rain"' }, 'generateImage.embedRecipe': true };
  product = await startProduct({ standIn: { image: 'flat', accept: 'anything' }, settings });
  panel = await openPanel(product);
});
after(() => product.stop());
beforeEach(() => {
  product.standIn.reset();
  product.standIn.set({ image: 'flat', accept: 'anything' });
});

const images = (): string => join(product.workspace.path, 'docs', 'images');
const bodies = (): Record<string, unknown>[] => paidRequests(product).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

test('missing images are listed with their price, ticked, edited, and made with one progress', async () => {
  const { window, standIn, workspace } = product;
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
  const text = names.map((name) => `![Image ${name}](images/${name}.png)\n`).join('\n');
  writeFileSync(join(workspace.path, 'docs', 'images.md'), text);
  await window.openFile('images.md');
  await window.runCommand('Image Generator: Generate Missing Images in This Document');
  const list = window.quickInput();
  const row = (label: string): Locator => list.locator('.monaco-list-row', { hasText: label });
  await list.getByText('7 images: 7 paid requests').waitFor();
  assert.deepEqual(await window.picks(), names.map((name) => `Image ${name}`));
  assert.match(await row('Image two').innerText(), /1328x1328 · docs\/images\/two\.png/);
  await row('Image two').getByRole('checkbox').click();
  await list.getByText('6 images: 6 paid requests').waitFor();
  await row('Image three').hover();
  await row('Image three').getByRole('button', { name: 'Edit prompt' }).click();
  await list.getByText('Prompt for three.png').waitFor();
  assert.equal(await list.getByRole('textbox').first().inputValue(), 'Image three');
  await window.type('A third image, edited');
  await row('A third image, edited').waitFor();
  await list.getByText('6 images: 6 paid requests').waitFor();
  standIn.set({ held: true });
  await list.getByRole('button', { name: 'OK' }).click();
  const progress = window.notification('Generating missing images');
  await progress.getByText('0 of 6').waitFor();
  standIn.release(2);
  await progress.getByText('2 of 6').waitFor();
  standIn.release(4);
  await window.notification('All 6 images are in their places.').waitFor();
  await progress.waitFor({ state: 'hidden' });
  assert.deepEqual(filesIn(images()), ['five.png', 'four.png', 'one.png', 'seven.png', 'six.png', 'three.png']);
  assert.deepEqual(bodies().map(({ prompt }) => prompt).sort(), ['A third image, edited', 'Image five', 'Image four', 'Image one', 'Image seven', 'Image six']);
  assert.equal(readFileSync(join(workspace.path, 'docs', 'images.md'), 'utf8'), text);
  assert.equal(await window.editorText(), text);
  await clearNotifications(product);
});

test('leaving the list makes nothing', async () => {
  const { window } = product;
  await window.openFile('images.md');
  await window.runCommand('Image Generator: Generate Missing Images in This Document');
  await window.quickInput().getByText('1 image: 1 paid request').waitFor();
  await window.page.keyboard.press('Escape');
  await window.quickInput().waitFor({ state: 'hidden' });
  assert.deepEqual(paidRequests(product), []);
});

test('an inserted image remembers its request: “Use Prompt from This Image” asks for the very same', async () => {
  const { window } = product;
  const option = (name: string): Locator => panel.getByRole('checkbox', { name });
  await goToLine(product, 'welcome.md', 4);
  panel = await openPanel(product);
  await chooseSize(panel, '16:9 1664x928');
  await option('Improve prompt').uncheck();
  await option('Watermark').check();
  const prompt = 'Ein Boot, “alt” & neu — 一只船 🎨';
  await generateInPanel(panel, prompt);
  await shownImage(panel, prompt).waitFor();
  const [first] = bodies();
  assert.deepEqual([first?.['seed'], first?.['negative_prompt'], first?.['size']], [7, 'fog, "rain"', '1664x928']);
  await button(panel, 'Insert').click();
  const file = await until('the file is there', () => filesIn(images()).find((name) => name.startsWith('ein-boot')));
  writeSettings(product.vscode, { 'generateImage.requestFields': {} });
  await window.page.reload();
  await goToLine(product, 'welcome.md', 1);
  panel = await openPanel(product);
  await openOptions(panel);
  await chooseSize(panel, '1:1 1328x1328');
  await option('Improve prompt').check();
  await option('Watermark').uncheck();
  await generateInPanel(panel, 'something else');
  await until('the request is another one', () => bodies().length === 2);
  assert.deepEqual(bodies()[1], { model: 'qwen-image-max', prompt: 'something else', size: '1328x1328', n: 1, watermark: false, prompt_extend: true });
  await window.openFile(file);
  await window.runCommand('Image Generator: Use Prompt from This Image');
  await panel.getByText('It names a model or extra fields, too').waitFor();
  await until('the prompt is there', async () => (await promptBox(panel).inputValue()) === prompt);
  await panel.getByRole('checkbox', { name: 'Send what the image names: qwen-image-max, seed 7, negative_prompt "fog, \\"rain\\""' }).check();
  await button(panel, 'Generate').click();
  await until('the request came', () => bodies().length === 3);
  assert.deepEqual(bodies()[2], first);
});

test('“Copy” is pasted as file and link into any document, and one undo takes both back', async () => {
  const { window, workspace } = product;
  const { page } = window;
  const folder = join(workspace.path, 'docs', 'pasted');
  mkdirSync(folder);
  const TEXTS: Record<string, [text: string, pasted: string]> = {
    'paste.md': ['\none\n', '![a copied boat](images/a-copied-boat.png)\none\n'],
    'paste.html': ['\n<p>one</p>\n', '<img src="images/a-copied-boat.png" alt="a copied boat" width="1328" height="1328">\n<p>one</p>\n'],
    'paste.tex': ['\none\n', '\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{images/a-copied-boat.png}\n  \\caption{a copied boat}\n\\end{figure}\n\none\n'],
    'paste.txt': ['\none\n', 'images/a-copied-boat.png\none\n'],
  };
  for (const [name, [text]] of Object.entries(TEXTS)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'images', 'a-copied-boat.png');
  panel = await openPanel(product);
  await openOptions(panel);
  await chooseSize(panel, '1:1 1328x1328');
  await generateInPanel(panel, 'a copied boat');
  await shownImage(panel, 'a copied boat').waitFor();
  await button(panel, 'Copy').click();
  await panel.getByText('Copied. Paste it into a document.').waitFor();
  for (const [name, [text, pasted]] of Object.entries(TEXTS)) {
    await window.openFile(name);
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ControlOrMeta+V');
    await until(`the link is in ${name}`, async () => (await window.editorText()) === pasted).catch(async () => assert.equal(await window.editorText(), pasted));
    await until('the file is there', () => existsSync(file));
    // VS Code offers other ways to paste as soon as it is done, and only then is there one thing to undo.
    await page.locator('.post-edit-widget').waitFor();
    await page.keyboard.press('ControlOrMeta+Z');
    await until('the link is gone', async () => (await window.editorText()) === text).catch(async () => assert.equal(await window.editorText(), text));
    await until('the file is gone', () => !existsSync(file));
  }
});

test('“Copy” is pasted at every cursor, with one file for all links', async () => {
  const { window, workspace } = product;
  const { page } = window;
  const folder = join(workspace.path, 'docs', 'cursors');
  mkdirSync(folder);
  writeFileSync(join(folder, 'cursors.md'), 'one\ntwo\nthree\n');
  await goToLine(product, 'cursors.md', 1);
  for (let more = 2; more > 0; more--) await window.runCommand('Add Cursor Below');
  await page.keyboard.press('ControlOrMeta+V');
  const link = '![a copied boat](images/a-copied-boat.png)';
  const pasted = `${link}one\n${link}two\n${link}three\n`;
  await until('the links are there', async () => (await window.editorText()) === pasted).catch(async () => assert.equal(await window.editorText(), pasted));
  await page.locator('.post-edit-widget').waitFor();
  assert.deepEqual(filesIn(join(folder, 'images')), ['a-copied-boat.png']);
  await page.keyboard.press('ControlOrMeta+Z');
  await until('the links are gone', async () => (await window.editorText()) === 'one\ntwo\nthree\n');
  await until('the file is gone', () => filesIn(join(folder, 'images')).length === 0);
});

test('if the image cannot be put, or is not known, the line is pasted as it is', async () => {
  const { window, workspace } = product;
  const { page } = window;
  mkdirSync(join(workspace.path, 'blocked'));
  writeFileSync(join(workspace.path, 'blocked', 'images'), 'a file');
  writeFileSync(join(workspace.path, 'blocked', 'blocked.md'), '\n');
  await window.openFile('blocked.md');
  await page.keyboard.press('ControlOrMeta+V');
  await window.notification('blocked/images is a file, so no folder can be made there.').waitFor();
  await until('the line is there', async () => /^generate-image:\S+\n$/.test(await window.editorText()));
  await page.keyboard.press('ControlOrMeta+Z');
  await clearNotifications(product);
  await window.openFile('blocked.md');
  const unknown = 'generate-image:20200101T000000000Z-00000000';
  await page.evaluate((text) => navigator.clipboard.writeText(text), unknown);
  await page.keyboard.press('ControlOrMeta+V');
  await until('the text is there', async () => (await window.editorText()) === `${unknown}\n`);
  assert.deepEqual(await window.notifications(), []);
});

test('“Copy image” puts the image itself on the clipboard', async () => {
  const { page } = product.window;
  await generateInPanel(panel, 'a boat for other programs');
  await shownImage(panel, 'a boat for other programs').waitFor();
  const kept = decode(readFileSync(keptImages(product).at(-1) ?? ''));
  const colours = convertIndexedToRgb(kept);
  await button(panel, 'More…').click();
  await panel.getByRole('menuitem', { name: 'Copy image', exact: true }).click();
  await panel.getByText('Image copied.').waitFor();
  await page.locator('.tab.active').click();
  const [types, base64] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bytes = new Uint8Array((await (await item?.getType('image/png'))?.arrayBuffer()) ?? new ArrayBuffer());
    return [item?.types, Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')] as const;
  });
  assert.deepEqual(types, ['image/png']);
  const copied = decode(Buffer.from(base64, 'hex'));
  assert.deepEqual([copied.width, copied.height], [kept.width, kept.height]);
  for (const [x, y] of [[0, 0], [700, 300], [kept.width - 1, kept.height - 1]] as const) {
    const at = y * kept.width + x;
    const [one, other] = [copied.data.subarray(at * copied.channels), colours.subarray(at * 3)].map((pixels) => Array.from(pixels.subarray(0, 3)));
    assert.deepEqual(one, other);
  }
});

test('with several folders open, the document’s own counts', async () => {
  const folder = join(product.workspace.path, '..', 'second');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, 'deep', 'other.md'), 'one\n\n');
  writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'generateImage.saveTo': '${workspaceFolder}/pics/${slug}.${ext}' }));
  const workspaceFile = join(folder, '..', 'both.code-workspace');
  writeFileSync(workspaceFile, JSON.stringify({ folders: [{ path: product.workspace.path }, { path: folder }] }));
  // It closes with the first: what it shows is to be seen where this fails.
  const window = await openWorkbench(product.vscode, { folder: workspaceFile, file: join(folder, 'deep', 'other.md'), context: product.window.context });
  const both = { ...product, window };
  await window.page.locator('.part.activitybar').getByRole('tab', { name: 'Generate Image' }).waitFor({ timeout: 60_000 });
  await goToLine(both, 'other.md', 2);
  const form = await openPanel(both);
  await generateInPanel(form, 'a boat of two folders');
  await shownImage(form, 'a boat of two folders').waitFor();
  await button(form, 'Insert').click();
  await until('the link is there', async () => (await window.editorText()).includes('![a boat of two folders](../pics/a-boat-of-two-folders.png)'));
  assert.deepEqual(filesIn(join(folder, 'pics')), ['a-boat-of-two-folders.png']);
  assert.equal(existsSync(join(product.workspace.path, 'pics')), false);
});
