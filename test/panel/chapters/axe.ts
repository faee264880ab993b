// The panel's page in a real window before axe-core, in each kind of theme.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { THEMES, type Theme } from '../../vscode/workbench.ts';
import { button, generateInPanel, openOptions, openPanel, paidRequests, pressAll, shownImage, until } from '../person.ts';
import type { Product } from '../product.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/** Tests in a window that others had before, or will have: its history and its documents are not empty. */
export const testAxe = (opened: () => Promise<Product>): void => void describe('whoever has no eyes', () => {
  let product: Product;
  let panel: FrameLocator;
  before(async () => {
    product = await opened();
  });
  beforeEach(() => product.standIn.reset());

  async function violations(): Promise<string[]> {
    const body = await panel.locator('body').elementHandle();
    const frame = await body?.ownerFrame();
    if (!frame) throw new Error('There is no panel.');
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(AXE);
    // The page is see-through, and axe cannot look out of its frame: it is told what stands behind it.
    const behind = await product.window.page.locator('.part.sidebar').evaluate((part) => getComputedStyle(part).backgroundColor);
    assert.match(behind, /^rgb\(/);
    await frame.evaluate((colour) => (document.documentElement.style.backgroundColor = colour), behind);
    return frame.evaluate(async () => {
      const { violations: found } = await (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
      return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
    });
  }

  /** Whatever became of the test, the next finds one image asked for, no selection and no job. */
  afterEach(async () => {
    const selecting = panel.getByRole('button', { name: 'Select', exact: true, pressed: true });
    if ((await selecting.count()) > 0) await selecting.click();
    await panel.getByRole('spinbutton', { name: 'Images' }).fill('1');
    for (const name of ['Cancel', 'Dismiss']) await pressAll(panel, name);
  });

  test('axe-core finds nothing in the menu of an image; in any kind of theme, in form, jobs that run and wait, a failure and a selection', async () => {
    product.standIn.plan(
      { kind: 'ok' },
      { kind: 'error', status: 400, code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' },
      { kind: 'hang', when: 'headers' },
      { kind: 'error', status: 429, code: 'rate_limit_exceeded', message: 'Requests rate limit exceeded.', headers: { 'retry-after': '120' } },
    );
    panel = await openPanel(product);
    await generateInPanel(panel, 'a quiet bay');
    await shownImage(panel, 'a quiet bay').waitFor();
    await openOptions(panel);
    await button(panel, 'More…').click();
    await panel.getByRole('menu').waitFor();
    const found = await violations();
    await panel.getByRole('menu').press('Escape');
    await panel.getByRole('spinbutton', { name: 'Images' }).fill('3');
    await button(panel, 'Generate 3: 3 paid requests').click();
    await panel.getByRole('alert').waitFor();
    await until('the service has every request', () => paidRequests(product).length === 4);
    await panel.getByRole('region', { name: 'In progress' }).getByText(/Continues in/).waitFor({ timeout: 60_000 });
    await button(panel, 'Select').click();
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await product.window.setTheme(theme);
      found.push(...(await violations()).map((violation) => `${theme}: ${violation}`));
    }
    assert.deepEqual(found, []);
  });
});
