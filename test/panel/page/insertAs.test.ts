// Holds "Insert as…" in a real browser: formats with their weight, exact sizes, the crop by mouse and keys, the remembered choice.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import type { OpenPage } from './openPage.ts';
import { sampleImage, sampleSnapshot } from './snapshots.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();

// 1664 × 928
const image = sampleImage(2);

const withImage = (run: (open: OpenPage) => Promise<void>, insertAs?: Snapshot['insertAs']): Promise<void> =>
  withPage({ ...sampleSnapshot(3), current: image, insertAs }, run);

describe('insert as', () => {
  it('asks for the weights when the menu opens, shows them as they come, and inserts what is chosen', () =>
    withImage(async ({ page, ofType, push }) => {
      await page.getByRole('button', { name: 'Insert as…' }).click();
      assert.deepEqual(ofType('weigh').map(({ imageId }) => imageId), ['image-2']);
      await page.getByRole('menuitem', { name: 'WebP', exact: true }).waitFor();
      await push({ ...sampleSnapshot(3), current: image, insertAs: { choice: { format: 'settings' }, weights: { imageId: 'image-2', webpBytes: 74_282, jpegBytes: 128_265 } } });
      await page.getByRole('menuitem', { name: 'JPEG · 128 kB' }).waitFor();
      await page.getByRole('menuitem', { name: 'Original · 1.6 MB' }).waitFor();
      await page.getByRole('menuitem', { name: 'WebP · 74 kB' }).click();
      assert.deepEqual(ofType('insert').map(({ imageIds, as }) => ({ imageIds, as })), [{ imageIds: ['image-2'], as: { format: 'webp' } }]);
    }));

  it('shows the remembered choice on the button, which leaves it to the host', () =>
    withImage(async ({ page, ofType }) => {
      await page.getByRole('button', { name: 'Insert · WebP · 1200 × 630', exact: true }).click();
      assert.deepEqual(ofType('insert').map(({ as }) => as), [undefined]);
    }, { choice: { format: 'webp', size: { widthPx: 1200, heightPx: 630 } } }));

  it('takes an exact size whose view moves by keys and by mouse', () =>
    withImage(async ({ page, ofType }) => {
      await page.getByRole('button', { name: 'Insert as…' }).focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      const field = page.getByRole('textbox', { name: 'Width and height in pixels, such as 1200x630' }).or(page.getByRole('combobox', { name: 'Width and height in pixels, such as 1200x630' }));
      await field.fill('nonsense');
      await page.getByText('Write a width and a height').waitFor();
      await field.fill('400x400');
      const crop = page.getByRole('slider', { name: /Part of the image in view/ });
      await crop.focus();
      await page.keyboard.press('End');
      const part = 928 / 1664 / 2;
      const box = await crop.boundingBox();
      assert.ok(box);
      assert.ok(Math.abs(Number(await crop.getAttribute('aria-valuenow')) - (1 - part) * 100) <= 1);
      await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
      await page.mouse.up();
      await page.getByRole('form', { name: 'Exact size…' }).getByRole('button', { name: 'Insert', exact: true }).click();
      const [sent] = ofType('insert');
      assert.deepEqual([sent?.as?.format, sent?.as?.size], ['settings', { widthPx: 400, heightPx: 400 }]);
      assert.ok(Math.abs((sent?.as?.focus?.x ?? 0) - 0.4) < 0.02, JSON.stringify(sent));
      assert.equal(await crop.count(), 0);
    }));
});
