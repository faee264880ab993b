// The window as a person meets it first: the commands in the palette, and the panel with its page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startProduct, type Product } from './product.ts';

let product: Product;
before(async () => {
  product = await startProduct();
});
after(() => product.stop());

test('the sample document is open', async () => {
  const { page } = product.window;
  await page.locator('.tab.active[data-resource-name="welcome.md"]').waitFor();
  await page.locator('.view-line', { hasText: 'A page that needs a picture' }).waitFor();
  assert.match(await product.window.editorText(), /^# A page that needs a picture\n/);
});

test('the panel opens from the palette, and a prompt can be typed into it', async () => {
  await product.window.runCommand('Generate Image: Open Panel');
  const prompt = product.window.panelFrame().getByRole('textbox', { name: 'Prompt' });
  await prompt.fill('a cat at the window');
  assert.equal(await prompt.inputValue(), 'a cat at the window');
});
