// The window as a person meets it first: the palette, the panel in each place where VS Code lets it live, the walkthrough.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { button, clearNotifications, generateInPanel, hidePanel, openPanel, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
before(async () => {
  product = await startProduct();
});
after(() => product.stop());

test('the sample document is open', async () => {
  const { page } = product.window;
  await page.locator('.tab.active[data-resource-name="welcome.md"]').waitFor();
  await page.locator('.view-line', { hasText: 'A page that needs an image' }).waitFor();
  assert.match(await product.window.editorText(), /^# A page that needs an image\n/);
});

test('the panel opens from the palette, and a prompt can be typed into it', async () => {
  await product.window.runCommand('Image Generator: Open Panel');
  const prompt = product.window.panelFrame().getByRole('textbox', { name: 'Prompt' });
  await prompt.fill('a cat at the window');
  assert.equal(await prompt.inputValue(), 'a cat at the window');
});

/** Whether the walkthrough's step is ticked, undefined if that cannot be seen; it is opened anew where an insertion has left it. */
async function isTicked(title: string): Promise<boolean | undefined> {
  const { window } = product;
  const step = window.page.getByRole('button', { name: new RegExp(`^${title}: (Not completed|Completed)`) });
  if (!(await step.isVisible())) {
    await window.runCommand('Welcome: Open Walkthrough...');
    await window.pick(/Generate Image/);
    await step.waitFor();
  }
  // An insertion puts its document in front, also between these two lines.
  const checked = await step.getAttribute('aria-checked', { timeout: 2000 }).catch(() => undefined);
  return checked === undefined ? undefined : checked === 'true';
}

test('the walkthrough ticks what was done, also if images were made before it was opened', async () => {
  const panel = await openPanel(product);
  await generateInPanel(panel, 'a boat before the walkthrough');
  await shownImage(panel, 'a boat before the walkthrough').waitFor();
  assert.deepEqual([await isTicked('Generate'), await isTicked('Insert')], [false, false]);
  await generateInPanel(panel, 'a boat beside the walkthrough');
  await shownImage(panel, 'a boat beside the walkthrough').waitFor();
  await until('the first step is ticked', () => isTicked('Generate'));
  assert.equal(await isTicked('Insert'), false);
  await button(panel, 'Insert').click();
  await until('the second step is ticked', () => isTicked('Insert'));
  await clearNotifications(product);
});

/** Moves the panel's view as VS Code lets a person do, and checks that it is at home there. */
async function moveTo(place: string, part: string): Promise<void> {
  const { window } = product;
  await window.runCommand('View: Move View');
  await window.pick('Generate Image');
  await window.pick(place);
  const frame = window.panelFrame();
  await frame.getByRole('textbox', { name: 'Prompt' }).waitFor();
  const box = async (locator: Locator): Promise<{ left: number; top: number; right: number; bottom: number }> => {
    const { x, y, width, height } = (await locator.boundingBox()) ?? { x: NaN, y: NaN, width: NaN, height: NaN };
    return { left: x, top: y, right: x + width, bottom: y + height };
  };
  const [inner, outer] = [await box(frame.getByRole('textbox', { name: 'Prompt' })), await box(window.page.locator(part))];
  assert.ok(inner.left > outer.left && inner.right < outer.right && inner.top > outer.top, `${place}: ${JSON.stringify({ inner, outer })}`);
  assert.deepEqual(await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0, 'nothing is cut off at the side');
  await generateInPanel(frame, `a boat in ${place}`);
  await shownImage(frame, `a boat in ${place}`).waitFor();
}

test('the panel works in the secondary side bar, in the bottom panel, and back in its own place', async () => {
  await moveTo('New Secondary Side Bar Entry', '.part.auxiliarybar');
  await moveTo('New Panel Entry', '.part.panel');
  await moveTo('New Side Bar Entry', '.part.sidebar');
});

test('a window that shows only a document tidies up what earlier ones left, once it is old', async () => {
  await hidePanel(product);
  const trash = join(product.historyFolder, 'trash');
  const [old, young] = [48, 1].map((hours) => join(trash, `${Date.now() - hours * 3_600_000}~20260101T000000000Z-0123abcd.png`)) as [string, string];
  mkdirSync(trash, { recursive: true });
  for (const path of [old, young]) writeFileSync(path, 'a deleted image');
  await product.window.page.reload();
  await until('the old one is gone', () => !existsSync(old), 60_000);
  assert.ok(existsSync(young));
});
