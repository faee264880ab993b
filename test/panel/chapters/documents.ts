// A document and its images as a person handles them: what is missing, what is copied and pasted, what an image remembers.
import assert from 'node:assert/strict';
import { convertIndexedToRgb, decode } from 'fast-png';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { button, chooseSize, clearNotifications, filesIn, generateInPanel, goToLine, keptImages, openOptions, openPanel, paidRequests, promptBox, shownImage, until } from '../person.ts';
import type { Product } from '../product.ts';

/** By document: which glob of the setting is its, and where that sends images. */
const DESTINATIONS: Record<string, [glob: string, template: string]> = {
  'plain.md': ['plain.md', './'],
  'below.md': ['below.md', 'media'],
  'folder.md': ['folder.md', 'some images/'],
  'above.md': ['**/above.md', '../${fileName}'],
  'root.md': ['/docs/own/root.md', '/assets/${documentBaseName}/'],
  'path.md': ['own/path.md', '${documentWorkspaceFolder}/x/${documentRelativeDirName}/${documentFileName}.${fileExtName}'],
  'renamed.md': ['renamed.*', 'media/${fileName/(.+)\\.(.+)/new-$1.$2/}'],
  'first.md': ['f[i]rst.md', 'first/'],
  'any.md': ['**/own/**', 'any/${documentExtName}/'],
};

/** What a window of theirs is started with, before a service that takes any field. */
export const DOCUMENT_SETTINGS = {
  'generateImage.requestFields': { seed: 7, negative_prompt: 'fog, "rain"' },
  'markdown.copyFiles.destination': Object.fromEntries(Object.values(DESTINATIONS)),
};

/** Tests in a window that has these settings. */
export const testDocuments = (opened: () => Product): void => void describe('documents', () => {
  let product: Product;
  let panel: FrameLocator;
  before(() => {
    product = opened();
  });
  beforeEach(async () => {
    product.standIn.reset();
    product.standIn.set({ key: null });
    panel = await openPanel(product);
    await openOptions(panel);
  });

  const images = (): string => join(product.workspace.path, 'docs', 'images');
  /** Of the requests that are here whole. */
  const bodies = (): Record<string, unknown>[] => paidRequests(product).filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body) as Record<string, unknown>);

  test('missing images are listed with their price, ticked, edited, and made with one progress', async () => {
    const { window, standIn, workspace } = product;
    const names = ['one', 'two', 'three', 'four'];
    const text = names.map((name) => `![Image ${name}](images/${name}.png)\n`).join('\n');
    const folder = join(workspace.path, 'docs', 'missing');
    mkdirSync(folder);
    writeFileSync(join(folder, 'images.md'), text);
    await window.openFile('images.md');
    await window.runCommand('Image Generator: Generate Missing Images in This Document');
    const list = window.quickInput();
    const row = (label: string): Locator => list.locator('.monaco-list-row', { hasText: label });
    await list.getByText('4 images: 4 paid requests').waitFor();
    assert.deepEqual(await window.picks(), names.map((name) => `Image ${name}`));
    assert.match(await row('Image two').innerText(), /1328x1328 · docs\/missing\/images\/two\.png/);
    await row('Image two').getByRole('checkbox').click();
    await list.getByText('3 images: 3 paid requests').waitFor();
    await row('Image three').hover();
    await row('Image three').getByRole('button', { name: 'Edit prompt' }).click();
    await list.getByText('Prompt for three.png').waitFor();
    assert.equal(await list.getByRole('textbox').first().inputValue(), 'Image three');
    await window.type('A third image, edited');
    await row('A third image, edited').waitFor();
    await list.getByText('3 images: 3 paid requests').waitFor();
    standIn.set({ held: true });
    await list.getByRole('button', { name: 'OK' }).click();
    const progress = window.notification('Generating missing images');
    await progress.getByText('0 of 3').waitFor();
    standIn.release(1);
    await progress.getByText('1 of 3').waitFor();
    standIn.release(2);
    await window.notification('All 3 images are in their places.').waitFor();
    await progress.waitFor({ state: 'hidden' });
    assert.deepEqual(filesIn(join(folder, 'images')), ['four.png', 'one.png', 'three.png']);
    assert.deepEqual(bodies().map(({ prompt }) => prompt).sort(), ['A third image, edited', 'Image four', 'Image one']);
    assert.equal(readFileSync(join(folder, 'images.md'), 'utf8'), text);
    assert.equal(await window.editorText(), text);
    await clearNotifications(product);
  });

  test('an inserted image remembers its request: “Use Prompt from This Image” asks for the very same', async () => {
    const { window } = product;
    const option = (name: string): Locator => panel.getByRole('checkbox', { name });
    await goToLine(product, 'welcome.md', 4);
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
    await until('the link is there', async () => (await window.editorText()).includes('](images/ein-boot'));
    await chooseSize(panel, '1:1 1328x1328');
    await option('Improve prompt').check();
    await option('Watermark').uncheck();
    await promptBox(panel).fill('something else');
    await window.openFile(file);
    await window.runCommand('Image Generator: Use Prompt from This Image');
    await panel.getByText('It names a model or extra fields, too').waitFor();
    await until('the prompt is there', async () => (await promptBox(panel).inputValue()) === prompt);
    await panel.getByRole('checkbox', { name: 'Send what the image names: qwen-image-max, seed 7, negative_prompt "fog, \\"rain\\""' }).check();
    await button(panel, 'Generate').click();
    await until('the request came', () => bodies().length === 2);
    assert.deepEqual(bodies()[1], first);
  });

  /** Makes an image with this prompt and presses its “Copy”. */
  async function copy(prompt: string): Promise<void> {
    await chooseSize(panel, '1:1 1328x1328');
    await generateInPanel(panel, prompt);
    await shownImage(panel, prompt).waitFor();
    const { page } = product.window;
    // A page may look at the clipboard only while it has the focus.
    const focus = (): Promise<void> => page.locator('.tab.active').click();
    await focus();
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await button(panel, 'Copy').click();
    await panel.getByText('Copied. Paste it into a document.').waitFor();
    await focus();
    await until('the clipboard holds it', async () => (await page.evaluate(() => navigator.clipboard.readText())) !== '');
  }

  test('“Copy” is pasted as file and link, on one line and on several, and one undo takes both back', async () => {
    const { window, workspace } = product;
    const { page } = window;
    const folder = join(workspace.path, 'docs', 'pasted');
    mkdirSync(folder);
    const TEXTS: Record<string, [text: string, pasted: string]> = {
      'paste.md': ['\none\n', '![a copied boat](images/a-copied-boat.png)\none\n'],
      'paste.tex': ['\none\n', '\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{images/a-copied-boat.png}\n  \\caption{a copied boat}\n\\end{figure}\n\none\n'],
    };
    for (const [name, [text]] of Object.entries(TEXTS)) writeFileSync(join(folder, name), text);
    const file = join(folder, 'images', 'a-copied-boat.png');
    await copy('a copied boat');
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
    await copy('a boat at every cursor');
    await goToLine(product, 'cursors.md', 1);
    for (let more = 2; more > 0; more--) await window.runCommand('Add Cursor Below');
    await page.keyboard.press('ControlOrMeta+V');
    const link = '![a boat at every cursor](images/a-boat-at-every-cursor.png)';
    const pasted = `${link}one\n${link}two\n${link}three\n`;
    await until('the links are there', async () => (await window.editorText()) === pasted).catch(async () => assert.equal(await window.editorText(), pasted));
    await page.locator('.post-edit-widget').waitFor();
    assert.deepEqual(filesIn(join(folder, 'images')), ['a-boat-at-every-cursor.png']);
    await page.keyboard.press('ControlOrMeta+Z');
    await until('the links are gone', async () => (await window.editorText()) === 'one\ntwo\nthree\n');
    await until('the file is gone', () => filesIn(join(folder, 'images')).length === 0);
  });

  test('if the image cannot be put, that is told, and the line is pasted as it is', async () => {
    const { window, workspace } = product;
    const { page } = window;
    mkdirSync(join(workspace.path, 'blocked'));
    writeFileSync(join(workspace.path, 'blocked', 'images'), 'a file');
    writeFileSync(join(workspace.path, 'blocked', 'blocked.md'), '\n');
    await copy('a boat for nowhere');
    await window.openFile('blocked.md');
    await page.keyboard.press('ControlOrMeta+V');
    await window.notification('blocked/images is a file, so no folder can be made there.').waitFor();
    await until('the line is there', async () => /^generate-image:\S+\n$/.test(await window.editorText()));
    await clearNotifications(product);
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

  test('an image goes where VS Code’s own paste of an image puts it', async () => {
    const { window, workspace } = product;
    const { page } = window;
    const folder = join(workspace.path, 'docs', 'own');
    mkdirSync(folder);
    for (const name of Object.keys(DESTINATIONS)) writeFileSync(join(folder, name), '');
    // VS Code calls a pasted image so.
    await generateInPanel(panel, 'image');
    await shownImage(panel, 'image').waitFor();
    const png = readFileSync(keptImages(product).at(-1) ?? '').toString('base64');
    await window.openFile('plain.md');
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
    }, png);
    const places: Record<string, [theirs: string, ours: string]> = {};
    for (const name of Object.keys(DESTINATIONS)) {
      const linked = async (): Promise<string> => {
        const [, path = ''] = await until(`a link in ${name}`, async () => /^!\[.*\]\(<?(.*?)>?\)\n?$/.exec(await window.editorText()) ?? undefined);
        const file = join(folder, decodeURIComponent(path));
        await until(`the file of ${name}`, () => existsSync(file));
        return relative(workspace.path, file);
      };
      await window.openFile(name);
      // The tab is there before its editor takes keys.
      await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
      await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
      await page.keyboard.press('ControlOrMeta+V');
      const theirs = await linked();
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('Delete');
      await until(`${name} is empty`, async () => (await window.editorText()).trim() === '');
      rmSync(join(workspace.path, theirs));
      await button(panel, 'Insert').click();
      places[name] = [theirs, await linked()];
    }
    // VS Code writes an image without an ending where the setting names none; ours always has one.
    assert.deepEqual(Object.values(places).map(([, ours]) => ours), Object.values(places).map(([theirs]) => (theirs === 'docs/own/media' ? `${theirs}.png` : theirs)));
    assert.equal(new Set(Object.values(places).map(([, ours]) => ours)).size, Object.keys(DESTINATIONS).length, 'each has a place of its own');
    assert.ok(filesIn(join(workspace.path, 'assets', 'root')).length === 1);
  });
});
