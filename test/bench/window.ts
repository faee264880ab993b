// Measures activation by VS Code's own figure, and how soon the panel can be used, against an empty extension's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startProduct } from '../panel/product.ts';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { packExtension } from '../vscode/packOpener.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { waitUntilQuiet } from './quiet.ts';
import { describeRatio, median, type Pair } from './ratios.ts';

/** Each a fresh window for either view. */
const PAIRS = 7;

/** After that long a window has nothing left to do of its start, which would be measured with it. */
const SETTLE_MS = 12_000;

const SIZE = { width: 1280, height: 900 };

/** VS Code writes down which view is open a tenth of a second after that changed. */
const WRITTEN_MS = 1000;

const MOST_RELOADS = 5;

/** A view that shows nothing by then will not. */
const LONGEST_MS = 60_000;

/** The two views; what a person would use first is a button in the one, the prompt box in the other. */
const EMPTY = { view: 'Empty View' };
const OURS = { view: 'Generate Image' };

const viewTab = ({ page }: Workbench, name: string): Locator => page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });

/** When the person pressed and when the control was there, in milliseconds since 1970; told by the pages themselves: asking them from outside blurs it by up to half a second. */
class Moments {
  #pressedMs = NaN;
  #seen = Promise.withResolvers<number>();

  /** To be called before the window's pages are loaded. */
  async watch({ context }: Workbench): Promise<void> {
    await context.exposeFunction('benchPressed', (ms: number) => (this.#pressedMs = ms));
    await context.exposeFunction('benchSaw', (ms: number) => this.#seen.resolve(ms));
    await context.addInitScript(() => {
      const { benchPressed, benchSaw } = window as unknown as Record<'benchPressed' | 'benchSaw', (ms: number) => void>;
      const nowMs = (): number => performance.timeOrigin + performance.now();
      if (window.top === window) return window.addEventListener('mousedown', () => benchPressed(nowMs()), { capture: true });
      const look = (): void => {
        // VS Code loads a page out of sight, and shows it then.
        const isShown = window.frameElement?.checkVisibility({ visibilityProperty: true }) === true;
        if (isShown && document.querySelector<HTMLElement>('body :is(textarea, button)')?.checkVisibility() === true) benchSaw(nowMs());
        else setTimeout(look, 4);
      };
      look();
    });
  }

  /** Milliseconds from the press in `act` to the control. */
  async between(act: () => Promise<void>): Promise<number> {
    this.#seen = Promise.withResolvers<number>();
    await act();
    const late = setTimeout(() => this.#seen.reject(new Error('The view showed nothing to use.')), LONGEST_MS);
    const seenMs = await this.#seen.promise;
    clearTimeout(late);
    return seenMs - this.#pressedMs;
  }
}

async function timeView(window: Workbench, { view }: typeof OURS, moments: Moments): Promise<number> {
  // A click in the middle of a change of views is lost.
  await window.page.waitForTimeout(500);
  await viewTab(window, 'Explorer').click();
  await window.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  return moments.between(() => viewTab(window, view).click());
}

/** VS Code's own figures in milliseconds, from its page of running extensions: code read and `activate` called. NaN for what it does not list: its first window leaves some out. */
async function readActivations(window: Workbench): Promise<{ ours: number; reference: number }> {
  // The list draws only the rows that are in sight. A window as high as that is never at rest: its blinking cursor is drawn with all the rest.
  await window.page.setViewportSize({ ...SIZE, height: 3000 });
  await window.runCommand('Developer: Show Running Extensions');
  const rows = window.page.locator('.runtime-extensions-editor .extension');
  await rows.first().waitFor();
  await window.page.waitForTimeout(1000);
  const texts = await rows.allInnerTexts();
  // The list may lie over the window, which takes no click then.
  await window.page.keyboard.press('Escape');
  await window.page.setViewportSize(SIZE);
  const figure = (name: string): number => Number(/Activation[^\d]*(\d+)ms/.exec(texts.find((text) => text.startsWith(name)) ?? '')?.[1]);
  return { ours: figure('Generate Image'), reference: figure('empty-view') };
}

/** Two lines of result. */
export async function measureWindow(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'generate-image-bench-'));
  // A document that activates neither extension: both begin when the window has started, in turn.
  const file = join(import.meta.dirname, 'empty', 'package.json');
  const product = await startProduct({ window: { file, looks: 'full' }, own: { reason: 'an extension to compare with', vsix: [await vsixUnderTest(), packExtension(join(import.meta.dirname, 'empty'), folder)] } });
  try {
    const { window } = product;
    await window.page.setViewportSize(SIZE);
    const moments = new Moments();
    await moments.watch(window);
    const pairs: Pair[] = [];
    const activations: { ours: number; reference: number }[] = [];
    let isQuiet = true;
    /** Cold: the window is a fresh one, in which neither extension was activated nor any view drawn. */
    const reloadCold = async (): Promise<void> => {
      // A view that is open comes back with the window, and would no longer be cold.
      for (let tries = 0; tries < MOST_RELOADS; tries++) {
        await viewTab(window, 'Explorer').click();
        await window.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
        await window.page.waitForTimeout(WRITTEN_MS);
        await window.page.reload();
        await viewTab(window, OURS.view).waitFor();
        await window.page.waitForTimeout(SETTLE_MS);
        if ((await window.page.locator('iframe.webview').count()) === 0) return;
      }
      throw new Error('Each window came back with an open view.');
    };
    const timeCold = async (one: typeof OURS): Promise<number> => {
      await reloadCold();
      isQuiet = (await waitUntilQuiet()) && isQuiet;
      return timeView(window, one, moments);
    };
    for (let pair = 0; pair < PAIRS; pair++) {
      const order = pair % 2 === 0 ? [EMPTY, OURS] : [OURS, EMPTY];
      const [first = 0, second = 0] = [await timeCold(order[0] ?? EMPTY), await timeCold(order[1] ?? OURS)];
      pairs.push(pair % 2 === 0 ? { reference: first, ours: second } : { ours: first, reference: second });
      // The other one, too, for VS Code's figures.
      await timeView(window, order[0] ?? EMPTY, moments);
      const figures = await readActivations(window);
      if (figures.ours >= 0 && figures.reference >= 0) activations.push(figures);
    }
    const figures = (part: keyof Pair): string => `${median(activations.map((one) => one[part]))} ms (${activations.map((one) => one[part]).join(', ')})`;
    return [
      describeRatio(`Panel usable, cold, against an empty view${isQuiet ? '' : ' (the machine was not quiet)'}`, pairs, 'ms', 1.2),
      `Activation by VS Code's own figure: ${figures('ours')}, that of an empty extension: ${figures('reference')}; wanted: at most 5 ms if that has 2`,
    ];
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
