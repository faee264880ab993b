// Holds the history in a real browser: ten thousand images in few nodes, focus, search and selection.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OpenPage } from './openPage.ts';
import { pressTwice } from './pressTwice.ts';
import { sampleImage, sampleSnapshot } from './snapshots.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();

const MANY = 10_000;
let open: OpenPage;

const withHistory = (kept: number, run: (open: OpenPage) => Promise<void>): Promise<void> =>
  withPage(sampleSnapshot(kept), (opened) => {
    open = opened;
    return run(opened);
  }, { theme: 'light' });

const list = () => open.page.getByRole('list', { name: 'History', exact: true });
const tile = (index: number) => open.page.locator(`.thumbnail[data-index="${index}"]`);
const nodeCount = () => open.page.evaluate(() => document.querySelectorAll('*').length);
const focusedIndex = () => open.page.evaluate(() => (document.activeElement as HTMLElement).dataset['index']);

async function named(index: number): Promise<void> {
  await open.page.locator(`.thumbnail[data-index="${index}"] img`).waitFor();
}

/** Scrolls far down, and is done once thumbnails with their images stand there. */
async function scrollFar(): Promise<void> {
  await open.page.evaluate(() => window.scrollTo(0, 50_000));
  await open.page.waitForFunction(() =>
    [...document.querySelectorAll('.thumbnail img')].some((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return window.scrollY > 10_000 && bottom > 0 && top < window.innerHeight;
    }),
  );
  await untilDrawn();
}

/** What a key or a message changes is drawn with the next frame. */
const untilDrawn = (): Promise<unknown> => open.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** The page asks for a range 60 ms after it has drawn; a timer of the page that begins later and takes longer ends behind that. */
async function untilAsked(): Promise<void> {
  await untilDrawn();
  await open.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
}

const untilFocused = (index: number): Promise<unknown> => open.page.waitForFunction((wanted) => (document.activeElement as HTMLElement).dataset['index'] === wanted, String(index));

describe('a history of ten thousand', () => {
  it('takes as few nodes and messages as one of a hundred', async () => {
    const seen: { nodes: number; messages: number }[] = [];
    for (const kept of [100, MANY]) {
      await withHistory(kept, async ({ intents }) => {
        await named(0);
        await untilAsked();
        seen.push({ nodes: await nodeCount(), messages: intents.length });
      });
    }
    assert.deepEqual(seen[1], seen[0]);
  });

  it('reaches the oldest with End, the newest with Home, within bounds', () =>
    withHistory(MANY, async ({ page, ofType }) => {
      await tile(0).focus();
      await page.keyboard.press('End');
      await named(MANY - 1);
      assert.equal(await focusedIndex(), String(MANY - 1));
      const item = list().getByRole('listitem').last();
      assert.deepEqual([await item.getAttribute('aria-posinset'), await item.getAttribute('aria-setsize')], ['10000', '10000']);
      assert.equal(await tile(MANY - 1).getAttribute('aria-label'), sampleImage(MANY - 1).prompt);
      assert.ok((await nodeCount()) < 1_000, 'the document stays small');
      assert.ok(ofType('history').length <= 3, 'few ranges are asked for');
      await page.keyboard.press('Home');
      await named(0);
      assert.equal(await focusedIndex(), '0');
    }));

  it('keeps the image that has the focus while it is scrolled out of sight', () =>
    withHistory(MANY, async ({ page }) => {
      await tile(2).focus();
      await scrollFar();
      assert.equal(await focusedIndex(), '2');
      await page.keyboard.press('ArrowRight');
      await untilFocused(3);
      assert.equal(await tile(3).evaluate((node) => node.getBoundingClientRect().top >= 0 && node.getBoundingClientRect().bottom <= window.innerHeight), true);
    }));

  it('never hides the image that has the focus behind the pinned preview', () =>
    withHistory(MANY, async ({ page }) => {
      await tile(0).focus();
      for (let down = 0; down < 12; down++) await page.keyboard.press('ArrowDown');
      for (let up = 0; up < 4; up++) await page.keyboard.press('ArrowUp');
      await untilDrawn();
      const isOnTop = await page.evaluate(() => {
        const { left, top, width, height } = (document.activeElement as HTMLElement).getBoundingClientRect();
        return document.activeElement?.contains(document.elementFromPoint(left + width / 2, top + height / 2)) ?? false;
      });
      assert.equal(isOnTop, true);
    }));

  it('has one stop for Tab', () =>
    withHistory(MANY, async ({ page }) => {
      assert.equal(await page.locator('.thumbnail[tabindex="0"]').count(), 1);
      await scrollFar();
      assert.equal(await page.locator('.thumbnail[tabindex="0"]').count(), 1);
    }));
});

describe('the history', () => {
  it('is searched and filtered by the host', () =>
    withHistory(100, async ({ page, ofType }) => {
      await page.getByRole('searchbox', { name: 'Search history' }).fill('bakery');
      await page.getByText('17 images found').waitFor();
      const starred = page.getByRole('button', { name: 'Starred', exact: true });
      await starred.click();
      await page.getByText('3 images found').waitFor();
      assert.equal(await starred.getAttribute('aria-pressed'), 'true');
      assert.deepEqual(ofType('history').at(-1), { type: 'history', offset: 0, count: 50, query: 'bakery', starredOnly: true });
      await page.reload();
      await page.getByText('3 images found').waitFor();
      await page.getByRole('searchbox', { name: 'Search history' }).fill('a submarine');
      await page.getByText('No image matches.', { exact: true }).waitFor();
      await starred.click();
      await page.getByRole('searchbox', { name: 'Search history' }).fill('');
      await page.getByText('100 images, ').waitFor();
      assert.equal(await starred.getAttribute('aria-pressed'), 'false');
    }));

  it('draws the thumbnails, says which are starred, and asks to delete the others once for each press', () =>
    withHistory(20, async ({ page, ofType }) => {
      await named(1);
      assert.equal(await tile(0).locator('img').getAttribute('src'), sampleImage(0).thumbnailUri);
      assert.deepEqual([/ · Starred$/.test((await tile(0).getAttribute('title')) ?? ''), / · Starred/.test((await tile(1).getAttribute('title')) ?? '')], [true, false]);
      await pressTwice(page.getByRole('button', { name: 'Delete unstarred', exact: true }));
      assert.equal(ofType('deleteUnstarred').length, 1);
    }));

  it('shows an image in the preview, once for each press', () =>
    withHistory(20, async ({ ofType }) => {
      await list().getByRole('button', { name: sampleImage(2).prompt }).first().click();
      assert.deepEqual(ofType('show').map(({ imageId }) => imageId), ['image-2']);
    }));

  it('selects several to save, insert, delete, and two to compare', () =>
    withHistory(20, async ({ page, ofType }) => {
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      const boxes = list().getByRole('checkbox', { name: 'Select' });
      await boxes.nth(1).check();
      await boxes.nth(2).check();
      const bar = page.getByRole('group', { name: '2 selected' });
      for (const name of ['Insert', 'Save', 'Compare']) await bar.getByRole('button', { name, exact: true }).click();
      await tile(4).click();
      assert.equal(await page.getByRole('group', { name: '3 selected' }).getByRole('button', { name: 'Compare' }).isDisabled(), true);
      await page.getByRole('group', { name: '3 selected' }).getByRole('button', { name: 'Delete' }).click();
      assert.deepEqual(ofType('insert')[0]?.imageIds, ['image-1', 'image-2']);
      assert.deepEqual(ofType('save')[0]?.imageIds, ['image-1', 'image-2']);
      assert.deepEqual(ofType('compare')[0]?.imageIds, ['image-1', 'image-2']);
      assert.deepEqual(ofType('delete')[0]?.imageIds, ['image-1', 'image-2', 'image-4']);
      assert.equal(ofType('show').length, 0);
    }));

  it('keeps the focus on its image when a newer one arrives', () =>
    withHistory(20, async ({ page, push }) => {
      await tile(3).focus();
      const next = sampleSnapshot(20);
      const items = [sampleImage(900), ...next.history.items];
      await push({ ...next, history: { ...next.history, revision: 2, total: 21, keptTotal: 21, days: [], items } });
      await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset['index'] === '4');
    }));
});
