// Holds that keys alone lead through all of the page, both ways, and that what has the focus is always seen.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { THEMES, type ThemeName } from './server.ts';
import { NOW_MS, sampleImage, sampleJob, sampleSnapshot } from './snapshots.ts';
import { bringThemes, type Wearing } from './wearThemes.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();

interface Focus {
  /** How a screen reader would name it; empty if nothing has the focus. */
  name: string;
  /** The themes in which nothing shows that it has the focus. */
  unseenIn: readonly ThemeName[];
}

function focused(page: Page): Promise<Focus> {
  return page.evaluate((themes) => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', unseenIn: [] };
    const name = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
    const unseenIn = themes.filter((theme) => {
      (window as unknown as Wearing).wear(theme);
      // The frame of a size is drawn around the radio button, which itself cannot be seen.
      return ![element, element.parentElement].some((candidate) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(candidate as HTMLElement);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && outlineColor !== 'rgba(0, 0, 0, 0)';
      });
    });
    return { name: name.trim().replace(/\s+/g, ' '), unseenIn };
  }, THEMES);
}

/** The names of all stops until the focus leaves the page; each is seen in every theme. */
async function walk(page: Page, key: string): Promise<string[]> {
  const way: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    const { name, unseenIn } = await focused(page);
    assert.deepEqual(unseenIn, [], `the focus on “${name}” cannot be seen`);
    if (name === '') return way;
    way.push(name);
  }
  throw new Error(`The focus is caught: ${way.join(' → ')}`);
}

it('the focus is seen at every stop in every theme, and never caught', () => {
  const draft = { revision: 1, value: { prompt: 'a boat', size: '1328x1328', promptExtend: true, watermark: false, count: 1 } };
  const failed = sampleJob('b', { phase: 'failed', sentence: 'The key was refused.', actions: [{ id: 'setApiKey', label: 'Set API Key' }] });
  return withPage(sampleSnapshot(20, { draft, current: sampleImage(0), jobs: [sampleJob('a', { phase: 'requesting', sinceMs: NOW_MS - 12_000 }), failed] }), async ({ page }) => {
    await bringThemes(page);
    await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor();
    const options = page.getByRole('button', { name: /^Options:/ });
    if ((await options.getAttribute('aria-expanded')) === 'false') await options.click();
    await page.getByRole('checkbox', { name: 'Watermark' }).waitFor();
    await page.getByRole('textbox', { name: 'Prompt' }).focus();
    const there = await walk(page, 'Tab');
    const inOrder = ['1:1 1328x1328', 'Improve prompt', 'Watermark', 'Generate', 'Images×', 'Cancel', 'Insert', 'Save', 'More…', 'Set API Key', 'Dismiss', 'Starred', 'Select', 'Search history', sampleImage(0).prompt, 'Delete unstarred'];
    assert.deepEqual(there.filter((name) => inOrder.includes(name)), inOrder, there.join(' → '));
    assert.deepEqual((await walk(page, 'Shift+Tab')).slice(0, there.length + 1), [...there.toReversed(), 'Prompt']);
  });
});

it('Ctrl+A in a text box is the browser’s alone: VS Code, which listens at the window, would select what is typed next', () => {
  const draft = { revision: 1, value: { prompt: 'a boat', size: '1328x1328', promptExtend: true, watermark: false, count: 1 } };
  return withPage(sampleSnapshot(20, { draft }), async ({ page }) => {
    const box = page.getByRole('textbox', { name: 'Prompt' });
    await page.getByRole('searchbox', { name: 'Search history' }).waitFor();
    await page.evaluate(() => {
      window.addEventListener('keydown', ({ key, ctrlKey }) => (document.body.dataset['heard'] = `${document.body.dataset['heard'] ?? ''}${ctrlKey ? '^' : ''}${key} `));
    });
    await box.focus();
    for (const key of ['Control+a', 'x', 'Control+f', 'Control+KeyA']) await page.keyboard.press(key);
    assert.equal(await box.inputValue(), 'x');
    await page.getByRole('searchbox', { name: 'Search history' }).press('Control+a');
    await page.getByRole('button', { name: 'Generate', exact: true }).press('Control+a');
    const heard = await page.evaluate(() => document.body.dataset['heard']);
    assert.deepEqual(heard?.split(' ').filter((key) => !key.includes('Control')), ['x', '^f', '^a', '']);
  });
});
