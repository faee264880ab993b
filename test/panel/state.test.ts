// One state, owned by the host: what is typed and what runs survives hiding and reloading, and one press is one request.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { button, chooseSize, dialog, filesIn, generateInPanel, goToLine, hidePanel, keptImages, openOptions, openPanel, paidRequests, pressAnew, promptBox, selectLine, shownImage, statusItem, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' } });
  panel = await openPanel(product);
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

const promptText = (): Promise<string> => promptBox(panel).inputValue();

/** Runs in the window: whether one of its databases holds this text. */
async function isStored(text: string): Promise<boolean> {
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error(name));
    });
    try {
      for (const store of database.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result as unknown[]);
          reading.onerror = () => resolve([]);
        });
        if (values.some((value) => typeof value === 'string' && value.includes(text))) return true;
      }
    } finally {
      database.close();
    }
  }
  return false;
}

test('the draft survives hiding the view and reloading the window', async () => {
  const { page } = product.window;
  await promptBox(panel).fill('kept while hidden');
  await openOptions(panel);
  await chooseSize(panel, '3:4 1104x1472');
  await panel.getByRole('checkbox', { name: 'Improve prompt' }).uncheck();
  await hidePanel(product);
  panel = await openPanel(product);
  assert.equal(await promptText(), 'kept while hidden');
  // The host hears of it after a pause in the typing, writes it down, and then draws it.
  await panel.locator('html').evaluate((_html, text) => {
    window.addEventListener('message', ({ data }: MessageEvent<{ draft?: { value: { prompt: string } } }>) => {
      if (data.draft?.value.prompt === text) Object.assign(window, { isDrawn: true });
    });
  }, 'kept over a reload');
  await promptBox(panel).fill('kept over a reload');
  await until('the host has drawn it', () => panel.locator('html').evaluate(() => 'isDrawn' in window));
  // The window writes down what an extension keeps a moment after that was said to be kept.
  await until('the window has written it down', () => page.evaluate(isStored, 'kept over a reload'));
  await page.reload();
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  panel = await openPanel(product);
  await until('the draft is back', async () => (await promptText()) === 'kept over a reload');
  await openOptions(panel);
  assert.ok(await panel.getByRole('radio', { name: '3:4 1104x1472' }).isChecked());
  assert.equal(await panel.getByRole('checkbox', { name: 'Improve prompt' }).isChecked(), false);
  assert.deepEqual(product.standIn.requests, []);
});

test('a job of the panel goes on while it is hidden, and its image is there afterwards', async () => {
  product.standIn.plan({ kind: 'ok', held: true });
  await generateInPanel(panel, 'out of sight');
  await statusItem(product).waitFor();
  await hidePanel(product);
  product.standIn.release();
  await product.window.notification('The image of “out of sight” is ready.').waitFor();
  await statusItem(product).waitFor({ state: 'hidden' });
  panel = await openPanel(product);
  await shownImage(panel, 'out of sight').waitFor();
  assert.equal(keptImages(product).length, 1);
});

test('a double click and a held key are one request each', async () => {
  product.standIn.set({ held: true });
  await promptBox(panel).fill('asked once');
  await button(panel, 'Generate').dblclick();
  product.standIn.release();
  await shownImage(panel, 'asked once').waitFor();
  assert.equal(paidRequests(product).length, 1);
  await promptBox(panel).fill('held down');
  const { keyboard } = product.window.page;
  await keyboard.down('Control');
  for (let press = 0; press < 15; press++) await keyboard.down('Enter');
  await keyboard.up('Enter');
  await keyboard.up('Control');
  product.standIn.release();
  await shownImage(panel, 'held down').waitFor();
  await statusItem(product).waitFor({ state: 'hidden' });
  assert.equal(paidRequests(product).length, 2);
});

test('a prompt that is too long is said to be, and is neither sent nor cut', async () => {
  const long = '长'.repeat(801);
  await promptBox(panel).fill(long);
  await panel.getByText('801 / 800', { exact: true }).waitFor();
  await panel.getByText('The prompt is too long: 801 of at most 800 characters.', { exact: true }).first().waitFor();
  await button(panel, 'Generate').click({ force: true });
  await promptBox(panel).press('ControlOrMeta+Enter');
  assert.equal(await promptText(), long);
  await promptBox(panel).fill(long.slice(1));
  await panel.getByText('800 / 800', { exact: true }).waitFor();
  assert.deepEqual(product.standIn.requests, []);
  await button(panel, 'Generate').click();
  await shownImage(panel, long.slice(1)).waitFor();
  assert.equal((JSON.parse(paidRequests(product)[0]?.body ?? '') as { prompt: string }).prompt, long.slice(1));
});

test('Chinese is composed undisturbed while the state changes, and Enter then sends nothing', async () => {
  const { page, context } = product.window;
  const counted = (text: string): Promise<void> => panel.getByText(text, { exact: true }).first().waitFor();
  await promptBox(panel).fill('');
  product.standIn.plan({ kind: 'ok', held: true });
  await generateInPanel(panel, '先');
  await statusItem(product).waitFor();
  await promptBox(panel).fill('画：');
  await counted('2 / 800');
  const cdp = await context.newCDPSession(page);
  const typed = ['m', 'ma', 'mao', 'mao zai', 'mao zai chuang'];
  for (const text of typed) {
    await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    assert.equal(await promptText(), `画：${text}`);
  }
  product.standIn.release();
  await shownImage(panel, '先').waitFor();
  assert.equal(await promptText(), `画：${typed.at(-1)}`, 'the snapshots of the job did not touch what is being composed');
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229, modifiers: 2 });
  await cdp.send('Input.insertText', { text: '猫在窗' });
  await until('the characters are there', async () => (await promptText()) === '画：猫在窗');
  await counted('5 / 800');
  assert.equal(paidRequests(product).length, 1);
  await hidePanel(product);
  panel = await openPanel(product);
  assert.equal(await promptText(), '画：猫在窗');
});

test('the prompt of a selection stands in the panel; a text that is gone leads to a question', async () => {
  const { window, standIn } = product;
  const { page } = window;
  standIn.set({ held: true });
  await selectLine(product, 'welcome.md', 9);
  await window.runCommand('Generate Image from Selection');
  await window.quickInput().getByText('Generate Image from Selection: Size').waitFor();
  await page.keyboard.press('Enter');
  await statusItem(product).waitFor();
  panel = window.panelFrame();
  await until('the panel has the prompt', async () => (await promptText()).startsWith('An orange cat sits at the window'));
  await selectLine(product, 'welcome.md', 9);
  await page.keyboard.press('Delete');
  await until('the text is gone', async () => !(await window.editorText()).includes('An orange cat'));
  standIn.release();
  await shownImage(panel, await promptText()).waitFor();
  await button(panel, 'Insert').click();
  const question = dialog(product).filter({ hasText: 'The text that this image was made for is gone. Where should the image go?' });
  await button(question, 'Cancel').click();
  await question.waitFor({ state: 'hidden' });
  const images = `${product.workspace.path}/docs/images`;
  assert.deepEqual(filesIn(images), []);
  await pressAnew(product);
  await button(panel, 'Insert').click();
  await button(question, 'Insert at the cursor').click();
  await until('the link is at the cursor', async () => /context menu:\n+!\[An orange cat/.test(await window.editorText()));
  assert.equal(filesIn(images).length, 1);
});

test('a selection that is too long opens the prompt, whole', async () => {
  const { window } = product;
  await goToLine(product, 'welcome.md', 3);
  await window.page.keyboard.press('ControlOrMeta+L');
  await window.page.keyboard.insertText(`${'word '.repeat(200)}\n`);
  await goToLine(product, 'welcome.md', 3);
  await window.page.keyboard.press('ControlOrMeta+L');
  await window.runCommand('Generate Image from Selection');
  await window.quickInput().getByText('Generate Image (1/2): Prompt').waitFor();
  assert.equal((await window.quickInput().getByRole('textbox').first().inputValue()).length, 999);
  await window.page.keyboard.press('Enter');
  await window.quickInput().getByText('999 characters; at most 800 are sent. Shorten the text.').waitFor();
  await window.page.keyboard.press('Escape');
  await window.quickInput().waitFor({ state: 'hidden' });
  assert.deepEqual(product.standIn.requests, []);
});
