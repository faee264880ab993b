// Two windows of one person: what happens in the history of one is soon seen in the other, and each keeps its own newest.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../vscode/workbench.ts';
import { button, generateInPanel, goToLine, keptImages, openPanel, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let first: Product;
let second: Product;
let firstPanel: FrameLocator;
let secondPanel: FrameLocator;
let window: Workbench | undefined;
before(async () => {
  first = await startProduct({ standIn: { image: 'flat' } });
  window = await openWorkbench(first.vscode, { context: first.window.context, file: first.workspace.document });
  window.page.setDefaultTimeout(60_000);
  second = { ...first, window };
  for (const product of [first, second]) await goToLine(product, 'welcome.md', 4);
  firstPanel = await openPanel(first);
  secondPanel = await openPanel(second);
});
after(async () => {
  await window?.close();
  await first.stop();
});

const image = (panel: FrameLocator, prompt: string): Locator => button(panel.getByRole('list', { name: 'History' }), prompt);

test('an image made in one window is soon in the history of the other, whose own image stays in front', async () => {
  await generateInPanel(secondPanel, 'from the second');
  await shownImage(secondPanel, 'from the second').waitFor();
  await image(firstPanel, 'from the second').waitFor();
  await generateInPanel(firstPanel, 'from the first');
  await shownImage(firstPanel, 'from the first').waitFor();
  await image(secondPanel, 'from the first').waitFor();
  assert.ok(await shownImage(secondPanel, 'from the second').isVisible());
  assert.equal(await shownImage(secondPanel, 'from the first').count(), 0);
  assert.equal(keptImages(first).length, 2);
});

test('“Insert Image” takes the newest of its own window', async () => {
  await second.window.runCommand('Image Generator: Insert Image');
  await until('the second window has its link', async () => (await second.window.editorText()).includes('![from the second](images/from-the-second.png)'));
  await first.window.runCommand('Image Generator: Insert Image');
  await until('the first window has its link', async () => (await first.window.editorText()).includes('![from the first](images/from-the-first.png)'));
});

test('a star and a deletion are soon seen in the other window, too', async () => {
  await button(firstPanel, 'Star').click();
  await until('the second window shows the star', async () => ((await image(secondPanel, 'from the first').getAttribute('title')) ?? '').includes('Starred'));
  await image(secondPanel, 'from the first').click();
  await until('the star is in its preview', async () => (await button(secondPanel, 'Star').getAttribute('aria-pressed')) === 'true');
  await button(secondPanel, 'Delete').click();
  await image(firstPanel, 'from the first').waitFor({ state: 'detached' });
  await until('it is no longer in front', async () => (await shownImage(firstPanel, 'from the first').count()) === 0);
  await button(secondPanel, 'Undo').click();
  await image(firstPanel, 'from the first').waitFor();
  assert.equal(keptImages(first).length, 2);
});
