// Holds the panel as it stands in a real window, in each kind of theme, against axe-core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { THEMES, type Theme } from '../vscode/workbench.ts';
import { button, generateInPanel, openPanel, paidRequests, shownImage, promptBox, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' } });
  product.window.page.setDefaultTimeout(60_000);
  panel = await openPanel(product);
});
after(() => product.stop());

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

async function violations(): Promise<string[]> {
  const body = await panel.locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  if (!frame) throw new Error('There is no panel.');
  await frame.evaluate(AXE);
  // The page is see-through, and axe cannot look out of its frame: it is told what stands behind it.
  const behind = await product.window.page.locator('.part.sidebar').evaluate((part) => getComputedStyle(part).backgroundColor);
  assert.match(behind, /^rgb\(/);
  await frame.evaluate((colour) => (document.documentElement.style.backgroundColor = colour), behind);
  return frame.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

/** In each theme. `show` brings back what closes when the focus leaves the page, as it does to choose a theme. */
async function assertAccessible(state: string, show?: () => Promise<void>): Promise<void> {
  const found: string[] = [];
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await product.window.setTheme(theme);
    await show?.();
    found.push(...(await violations()).map((violation) => `${state} in ${theme}: ${violation}`));
  }
  assert.deepEqual(found, []);
}

test('axe-core finds nothing in the form', async () => {
  await promptBox(panel).fill('a quiet bay');
  await assertAccessible('form');
});

test('axe-core finds nothing while jobs run and wait beside a failure and an image', async () => {
  product.standIn.plan(
    { kind: 'ok' },
    { kind: 'error', status: 400, code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' },
    { kind: 'hang', when: 'headers' },
    { kind: 'error', status: 429, code: 'rate_limit_exceeded', message: 'Requests rate limit exceeded.', headers: { 'retry-after': '120' } },
  );
  await generateInPanel(panel, 'a quiet bay');
  await shownImage(panel, 'a quiet bay').waitFor();
  await assertAccessible('one image, and its menu', async () => {
    await button(panel, 'More…').click();
    await panel.getByRole('menu').waitFor();
  });
  await panel.getByRole('menu').press('Escape');
  await panel.getByRole('spinbutton', { name: 'Images' }).fill('3');
  await button(panel, 'Generate 3: 3 paid requests').click();
  await panel.getByRole('alert').waitFor();
  await until('the service has every request', () => paidRequests(product).length === 4);
  await panel.getByRole('region', { name: 'In progress' }).getByText(/Continues in/).waitFor({ timeout: 60_000 });
  await button(panel, 'Select').click();
  await assertAccessible('busy, waiting, failed and done');
});
