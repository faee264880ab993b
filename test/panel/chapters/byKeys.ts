// The panel in a real window for whoever has no mouse: by keys alone to the image in the document, on through the panel and out of it.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { hidePanel, keptImages, paidRequests, promptBox, shownImage, until } from '../person.ts';
import type { Product } from '../product.ts';

interface Focus {
  /** How a screen reader would name it. */
  name: string;
  tag: string;
  isSeen: boolean;
}

/** Tests in a window that others had before, or will have: its history and its documents are not empty. */
export const testByKeys = (opened: () => Promise<Product>): void => void describe('whoever has no mouse', () => {
  let product: Product;
  let panel: FrameLocator;
  before(async () => {
    product = await opened();
  });
  beforeEach(() => product.standIn.reset());

  const press = (key: string): Promise<void> => product.window.page.keyboard.press(key);

  /** What has the focus in the panel's page; undefined if nothing there has. */
  async function focused(): Promise<Focus | undefined> {
    return panel.locator('html').evaluate(() => {
      const element = document.activeElement;
      if (!document.hasFocus() || !(element instanceof HTMLElement) || element === document.body) return undefined;
      const name = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
      // The frame of a size is drawn around the radio button, which itself cannot be seen.
      const isSeen = [element, element.parentElement].some((candidate) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(candidate as HTMLElement);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && outlineColor !== 'rgba(0, 0, 0, 0)';
      });
      return { name: name.trim().replace(/\s+/g, ' '), tag: element.tagName.toLowerCase(), isSeen };
    });
  }

  /** Presses Tab until what has the focus is named so; every stop on the way must be seen. */
  async function walkTo(name: string | RegExp): Promise<string[]> {
    const way: string[] = [];
    for (let presses = 0; presses < 40; presses++) {
      await press('Tab');
      const stop = await until('something in the panel has the focus', focused, 20_000);
      assert.ok(stop.isSeen, `the focus on ${stop.tag} “${stop.name}” cannot be seen`);
      way.push(stop.name);
      if (typeof name === 'string' ? stop.name === name : name.test(stop.name)) return way;
    }
    throw new Error(`No ${String(name)} on the way: ${way.join(' → ')}`);
  }

  /** The command of this title, run as by a person without a mouse. */
  async function runByKeys(title: string): Promise<void> {
    const { window } = product;
    await press('F1');
    await window.quickInput().waitFor();
    await window.page.keyboard.type(title);
    const first: Locator = window.quickInput().locator('.monaco-list-row.focused .label-name');
    await until(`${title} is offered first`, async () => (await first.count()) === 1 && (await first.innerText()) === title);
    await press('Enter');
    await window.quickInput().waitFor({ state: 'hidden' });
  }

  /** Opens the panel by keys, which brings the focus there. */
  async function goToPanel(): Promise<void> {
    await runByKeys('Image Generator: Open Panel');
    panel = product.window.panelFrame();
    await promptBox(panel).waitFor();
    await until('the panel has the focus', () => panel.locator('html').evaluate(() => document.hasFocus()));
  }

  test('by keys alone from the empty panel to the image in the document, on through the panel and out of it', async () => {
    const { window, standIn } = product;
    const before = keptImages(product).length;
    standIn.plan({ kind: 'ok', held: true });
    // Tab begins at the top of a page that is drawn anew, whatever was pressed in it before.
    await hidePanel(product);
    await goToPanel();
    if ((await focused())?.tag !== 'textarea') await walkTo('Prompt');
    await press('ControlOrMeta+A');
    await window.page.keyboard.type('by keys alone');
    // They fold if there are images already.
    if ((await panel.getByRole('button', { name: /^Options:/ }).getAttribute('aria-expanded')) === 'false') {
      await walkTo(/^Options:/);
      await press('Enter');
    }
    await walkTo(/^\d+:\d+ \d+x\d+$/);
    // Around once at most.
    for (let presses = 0; presses < 5 && (await focused())?.name !== '3:4 1104x1472'; presses++) await press('ArrowRight');
    assert.equal((await focused())?.name, '3:4 1104x1472');
    await walkTo('Watermark');
    const watermark = !(await panel.getByRole('checkbox', { name: 'Watermark' }).isChecked());
    await press('Space');
    await walkTo('Generate');
    await press('Enter');
    await until('the request is under way', () => paidRequests(product).length === 1);
    await panel.getByRole('progressbar').first().waitFor();
    for (let times = 0; times < 3; times++) await press('Escape');
    await walkTo('Cancel');
    await press('Escape');
    standIn.release();
    await shownImage(panel, 'by keys alone').waitFor();
    assert.deepEqual([keptImages(product).length, paidRequests(product)[0]?.closedEarly], [before + 1, false], 'Escape cancelled nothing');
    const sent = JSON.parse(paidRequests(product)[0]?.body ?? '') as Record<string, unknown>;
    assert.deepEqual([sent['prompt'], sent['size'], sent['watermark']], ['by keys alone', '1104x1472', watermark]);
    if ((await focused()) === undefined) await goToPanel();
    await walkTo('Insert');
    await press('Enter');
    await until('the link is in the document', async () => (await window.editorText()).includes('![by keys alone](images/by-keys-alone.png)'));
    await goToPanel();
    await walkTo('Search history');
    // Into the list, at whichever image, and to the newest.
    await walkTo(/./);
    await press('Home');
    await until('the newest image has the focus', async () => (await focused())?.name === 'by keys alone');
    await walkTo('Delete unstarred');
    await press('Tab');
    await until('the focus is back in the workbench', async () => (await focused()) === undefined);
    await goToPanel();
    await runByKeys('View: Focus Active Editor Group');
    await until('the editor has the focus', () => window.page.evaluate(() => document.activeElement?.closest('.editor-instance, .monaco-editor') !== null));
  });
});
