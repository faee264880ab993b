// The ways to an image, each once to its end: asked for, kept byte by byte, in the document, drawn by VS Code's own preview.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { PostStep } from '../../endpoint/steps.ts';
import { CALL, MADE, REFUSED } from '../caller.ts';
import { button, chooseSize, clearNotifications, dialog, filesIn, generateInPanel, goToLine, hidePanel, keptImages, movePanel, openOptions, openPanel, paidRequests, pickFromMenu, pixelsHash, promptBox, selectLine, sha256, shownImage, statusItem, typePath, until } from '../person.ts';
import type { Product } from '../product.ts';

const SENTENCE = 'An orange cat sits at the window in the morning light, with the city behind it.';
const HOSTILE = '<img id="pwned" src="x" onerror="alert(1)"> [free images](command:workbench.action.closeWindow) \u202egnp\u202c $(trash)';

/** Tests in a window that shows the sample's document, makes two images at a time and one for other code. */
export const testFlows = (opened: () => Promise<Product>): void => void describe('the ways to an image', () => {
  let product: Product;
  before(async () => {
    product = await opened();
  });
  beforeEach(() => {
    product.standIn.reset();
    // No two are the same file.
    product.standIn.set({ image: 'landscape' });
  });

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

  test('from the palette: there and back between prompt and size, waiting with Cancel and a status, then image, file and link, and one undo', async () => {
    const { window, standIn } = product;
    const question = window.quickInput();
    const at = (step: string): Promise<void> => question.getByText(step).waitFor();
    await window.page.locator('.tab.active[data-resource-name="welcome.md"]').waitFor();
    await goToLine(product, 'welcome.md', 4);
    assert.match(await window.editorText(), /^# A page that needs an image\n/);
    standIn.plan({ kind: 'ok', held: true });
    await window.runCommand('Generate Image');
    await window.type('', { enter: false });
    await question.getByText('0 / 800').waitFor();
    await window.page.keyboard.press('Enter');
    await at('Describe the image first.');
    await window.type('a harbour at dawn');
    await at('Generate Image (2/2): Size');
    assert.deepEqual((await window.picks()).filter((label) => label !== 'last used'), ['1:1', '16:9', '4:3', '3:4', '9:16', 'Other…']);
    await question.getByRole('button', { name: /^Back/ }).click();
    await at('Generate Image (1/2): Prompt');
    assert.equal(await question.getByRole('textbox').first().inputValue(), 'a harbour at dawn');
    await window.page.keyboard.press('Enter');
    await window.pick('Other…');
    await at('The service may know only some sizes.');
    await question.getByRole('button', { name: /^Back/ }).click();
    await window.pick('16:9');
    const waiting = window.notification('Generating “a harbour at dawn”');
    await waiting.getByText(/waiting for the service, \d+ s/).waitFor();
    await Promise.all([button(waiting, 'Cancel').waitFor(), statusItem(product).waitFor()]);
    standIn.release();
    const panel = window.panelFrame();
    await shownImage(panel, 'a harbour at dawn').waitFor();
    for (const gone of [statusItem(product), waiting]) await gone.waitFor({ state: 'hidden' });
    assert.deepEqual(await window.notifications(), [], 'the panel shows the image, so nothing else tells of it');
    assert.deepEqual(paidRequests(product).map(({ body }) => JSON.parse(body) as unknown), [{ model: 'qwen-image-max', prompt: 'a harbour at dawn', size: '1664x928', n: 1, watermark: false, prompt_extend: true }]);
    const kept = await assertKept('a harbour at dawn');
    assert.equal(existsSync(images()), false, 'nothing is written into the workspace unasked');
    await button(panel, 'Insert').click();
    await assertInserted('a harbour at dawn', 'a-harbour-at-dawn.png', kept);
    await assertPreviewed('a harbour at dawn');
    await window.openFile('welcome.md');
    await window.page.keyboard.press('ControlOrMeta+Z');
    await until('the link is gone', async () => !(await window.editorText()).includes('a-harbour-at-dawn'));
    await until('the file is gone', () => filesIn(images()).length === 0);
  });

  test('from a selection: the text is the prompt, also in the panel, and the image comes after it; what is left costs nothing', async () => {
    const { window } = product;
    const question = window.quickInput().getByText('Generate Image from Selection: Size');
    // A menu that opens while the editor still takes over the selection closes again: a person clicks once more.
    const ask = (): Promise<boolean> => until('the size is asked', async () => {
      await selectLine(product, 'welcome.md', 9);
      await window.page.locator('.view-line', { hasText: 'An orange cat sits' }).click({ button: 'right', position: { x: 60, y: 8 } });
      const asked = pickFromMenu(product, 'Generate Image from Selection').then(() => question.waitFor());
      return asked.then(() => true, () => window.page.keyboard.press('Escape').then(() => false));
    }, 120_000);
    await ask();
    await window.page.keyboard.press('Escape');
    await window.quickInput().waitFor({ state: 'hidden' });
    assert.deepEqual(product.standIn.requests, []);
    await ask();
    const [size = ''] = await window.picks();
    await window.page.keyboard.press('Enter');
    const panel = window.panelFrame();
    await shownImage(panel, SENTENCE).waitFor();
    assert.equal(await promptBox(panel).inputValue(), SENTENCE);
    assert.equal((JSON.parse(paidRequests(product)[0]?.body ?? '') as { size: string }).size, { '1:1': '1328x1328', '16:9': '1664x928' }[size]);
    const kept = await assertKept(SENTENCE);
    const before = filesIn(images());
    await button(panel, 'Insert').click();
    const file = await until('the file is there', () => filesIn(images()).find((name) => !before.includes(name)));
    await assertInserted(SENTENCE, file, kept);
    assert.match(await window.editorText(), /behind it\.\n\n?!\[An orange cat/);
  });

  test('from the panel: typed, generated, inserted at the cursor, saved where a dialog says', async () => {
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
    await button(panel, 'Save').click();
    const target = join(product.workspace.path, 'tower.png');
    await typePath(product, target);
    await until('the image is saved', () => existsSync(target));
    assert.equal(paidRequests(product).length, 1);
  });

  test('with the panel hidden, one notification inserts; a hostile prompt is text in it, in the progress and in the page', async () => {
    const { window, standIn } = product;
    standIn.set({ held: true });
    await goToLine(product, 'welcome.md', 4);
    await window.runCommand('Generate Image');
    await window.type(HOSTILE);
    await window.pick(/1:1/);
    const progress = window.notification('Generating “<img id="pwned"');
    await progress.waitFor();
    assert.equal(await progress.locator('.notification-list-item-message a').count(), 0);
    await statusItem(product).waitFor();
    await hidePanel(product);
    standIn.release();
    const ready = window.notification(/The image of “.*\] \(command:.* is ready/);
    await ready.waitFor();
    assert.equal(await ready.count(), 1);
    assert.equal(await ready.locator('.notification-list-item-message a').count(), 0);
    assert.doesNotMatch((await window.notifications()).join(), /\u202e/);
    for (const name of ['Save', 'Don’t show again']) assert.ok(await button(ready, name).isVisible());
    await assertKept(HOSTILE);
    const before = filesIn(images()).length;
    await button(ready, 'Insert').click();
    await until('the file is there', () => filesIn(images()).length === before + 1);
    await until('the link is there', async () => (await window.editorText()).includes('](images/img-id-pwned-'));
    const panel = await openPanel(product);
    await shownImage(panel, HOSTILE).waitFor();
    assert.deepEqual([await panel.locator('#pwned').count(), await panel.locator('a[href^="command:"]').count()], [0, 0]);
    await clearNotifications(product);
  });

  test('four at once from the panel, one refused and one cancelled: the other two are there', async () => {
    const panel = await openPanel(product);
    const refused: PostStep = { kind: 'error', status: 400, code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.', held: true };
    product.standIn.plan({ kind: 'ok', held: true }, refused, { kind: 'hang', when: 'headers' }, { kind: 'ok' });
    const before = keptImages(product).length;
    await openOptions(panel);
    await promptBox(panel).fill('four of a kind');
    await panel.getByRole('spinbutton', { name: 'Images' }).fill('4');
    await button(panel, 'Generate 4: 4 paid requests').click();
    const rows = panel.getByRole('listitem').filter({ has: panel.getByRole('progressbar') });
    await until('each has a row of its own', async () => (await rows.count()) === 4);
    assert.equal(await button(rows, 'Cancel').count(), 4);
    await until('two are on their way', async () => (await rows.filter({ hasText: 'Queued' }).count()) === 2 && (await rows.filter({ hasText: 'Generating' }).count()) === 2);
    assert.ok(await button(panel, 'Cancel all').isVisible());
    product.standIn.release(2);
    const alert = panel.getByRole('alert').filter({ hasText: 'The service refused the content of this prompt.' });
    await alert.waitFor();
    await until('one is left', async () => (await rows.count()) === 1);
    await button(rows, 'Cancel').click();
    await panel.getByText('Cancelled. The service may still charge for it.', { exact: true }).waitFor();
    assert.equal(await rows.count(), 0);
    await until('both images are in the history', () => keptImages(product).length === before + 2);
    assert.deepEqual([await panel.getByRole('alert').count(), paidRequests(product).length], [1, 4]);
    for (let left = 2; left > 0; left--) {
      await button(panel, 'Dismiss').first().click();
      await until('one note less', async () => (await button(panel, 'Dismiss').count()) < left);
    }
    await panel.getByRole('spinbutton', { name: 'Images' }).fill('1');
  });

  test('over the limit, code gets an image only if a person says so in a dialog', async () => {
    const { window } = product;
    const before = keptImages(product).length;
    await window.runCommand(CALL);
    await window.notification(MADE).waitFor();
    await clearNotifications(product);
    await window.runCommand(CALL);
    await dialog(product).getByText('1 unattended requests were sent in this window already').waitFor();
    await button(dialog(product), 'Cancel').click();
    await window.notification(REFUSED).waitFor();
    assert.equal(paidRequests(product).length, 1);
    await window.runCommand(CALL);
    await button(dialog(product), 'Allow 1 more').click();
    await window.notification(MADE).waitFor();
    assert.deepEqual([paidRequests(product).length, keptImages(product).length], [2, before + 2]);
    await clearNotifications(product);
  });

  /** Moves the panel's view and checks that it is at home there. */
  async function moveTo(place: string, part: string): Promise<void> {
    const { window } = product;
    const frame = await movePanel(product, place);
    // The page in the old place is there for a moment longer, and goes while it is looked at.
    const box = async (locator: Locator): Promise<{ left: number; top: number; right: number }> => {
      const { x, y, width } = (await locator.boundingBox({ timeout: 1000 }).catch(() => null)) ?? { x: NaN, y: NaN, width: NaN };
      return { left: x, top: y, right: x + width };
    };
    await until(`${place}: the panel is inside ${part}`, async () => {
      const [inner, outer] = [await box(promptBox(frame)), await box(window.page.locator(part))];
      return inner.left > outer.left && inner.right < outer.right && inner.top > outer.top;
    });
    assert.deepEqual(await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0, 'nothing is cut off at the side');
    await generateInPanel(frame, `a boat in ${place}`);
    await shownImage(frame, `a boat in ${place}`).waitFor();
  }

  test('the panel works in the secondary side bar, in the bottom panel, and back in its own place', async () => {
    await moveTo('New Secondary Side Bar Entry', '.part.auxiliarybar');
    await moveTo('New Panel Entry', '.part.panel');
    await moveTo('New Side Bar Entry', '.part.sidebar');
    await product.window.runCommand('View: Reset View Locations');
  });
});
