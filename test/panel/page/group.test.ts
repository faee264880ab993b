// Holds the result in sight, still buttons while jobs come and go, and several images as one group.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { NOW_MS, sampleGroup, sampleImage, sampleJob, sampleSnapshot, STATES } from './snapshots.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();

const draft = { revision: 1, value: { prompt: 'a boat', size: '1328x1328', promptExtend: true, watermark: false, count: 1 } };
const requesting = (id: string) => sampleJob(id, { phase: 'requesting', sinceMs: NOW_MS - 12_000 });

/** What stands above the history, by name and place; none of it scrolled to. */
function places(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('.asking :is(button, input, textarea), .belowStage :is(button, input), .stage')];
    return Object.fromEntries(controls.filter((control) => !control.closest('.slot')).map((control) => {
      const { x, y, width, height } = control.getBoundingClientRect();
      const name = control.matches('.stage') ? 'stage' : control.id || control.getAttribute('aria-label') || control.textContent.trim() || control.className;
      return [name, [x, y, width, height].join(' ')];
    }));
  });
}

async function assertInView(page: Page): Promise<void> {
  const preview = page.getByRole('region', { name: 'Preview' });
  const shown = [page.getByRole('textbox', { name: 'Prompt' }), page.getByRole('button', { name: 'Generate', exact: true }), preview.getByRole('img'), ...['Insert', 'Save', 'More…'].map((name) => preview.getByRole('button', { name, exact: true }))];
  for (const control of shown) {
    const box = await control.boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 800 && box.x >= 0 && box.x + box.width <= 300, `${String(control)} is at ${JSON.stringify(box)}`);
  }
}

describe('the result', () => {
  it('is in sight at 300 × 800 the moment it is there, with the options still open, and when the page opens anew', () =>
    withPage(sampleSnapshot(0, { draft }), async ({ page, push }) => {
      await page.getByRole('radio', { name: '16:9 1664x928' }).waitFor({ state: 'attached' });
      await push(sampleSnapshot(0, { draft, jobs: [requesting('a')] }));
      await page.getByRole('progressbar').waitFor();
      const busy = await places(page);
      for (const place of [0, 1, 2]) {
        await push(sampleSnapshot(1, { draft, doneCount: 1, current: sampleImage(place) }));
        await page.getByRole('region', { name: 'Preview' }).getByRole('img').waitFor();
        await assertInView(page);
      }
      const done = await places(page);
      for (const [name, place] of Object.entries(busy)) assert.equal(done[name], place, name);
      await page.reload();
      await page.getByRole('button', { name: 'Options: 1:1 · improved · 1 image', expanded: false }).waitFor();
      await page.getByRole('region', { name: 'Preview' }).getByRole('img').waitFor();
      await assertInView(page);
    }));

  it('makes room for itself only once nobody is in the page', () =>
    withPage(sampleSnapshot(0, { draft }), async ({ page, push }) => {
      await push(sampleSnapshot(1, { draft }));
      await page.getByRole('region', { name: 'Preview' }).getByRole('img').waitFor();
      assert.equal(await page.getByRole('radiogroup', { name: 'Size' }).count(), 1);
      await page.evaluate(() => {
        document.hasFocus = () => false;
        document.documentElement.dispatchEvent(new MouseEvent('mouseleave'));
      });
      await page.getByRole('radiogroup', { name: 'Size' }).waitFor({ state: 'detached' });
    }));

  it('leaves the options as the person left them', () =>
    withPage(sampleSnapshot(1, { draft }), async ({ page }) => {
      const line = page.getByRole('button', { name: /^Options:/ });
      assert.equal(await line.getAttribute('aria-expanded'), 'false');
      await line.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: '1:1 1328x1328' }).waitFor({ state: 'attached' });
      await page.reload();
      await page.getByRole('radio', { name: '1:1 1328x1328' }).waitFor({ state: 'attached' });
      await line.click();
      await page.reload();
      await line.waitFor();
      assert.equal(await line.getAttribute('aria-expanded'), 'false');
    }));
});

describe('no button moves', () => {
  it('from the start of jobs to their end, whether they bring images, fail or are cancelled', () =>
    withPage(sampleSnapshot(3, { draft, askedCount: 0 }), async ({ page, push }) => {
      await page.getByRole('region', { name: 'Preview' }).getByRole('img').waitFor();
      const still = await places(page);
      const ids = ['a', 'b', 'c', 'd'];
      const failed = (id: string) => sampleJob(id, { phase: 'failed', sentence: 'The service failed while making the image. Try again later.', actions: [{ id: 'generateAgain', label: 'Generate again' }] });
      const steps: [Partial<Snapshot>, string][] = [
        [{ jobs: [requesting('x')] }, '.slot [role=progressbar]'],
        [{ jobs: [sampleJob('x', { phase: 'waiting', untilMs: NOW_MS + 42_000, words: 'Slow down, please.' })] }, '.countdown'],
        [{ jobs: [failed('x')] }, '[role=alert]'],
        [{ jobs: ids.map(requesting), group: sampleGroup([]) }, '.cells'],
        [{ jobs: [...ids.slice(2).map(requesting), failed('b')], group: sampleGroup([0]) }, '.cellImage'],
        [{ jobs: [], group: sampleGroup([0, 1, 2, 3]), askedCount: 5 }, '[data-cell="3"]'],
        [{ notice: { id: 4, text: 'Copied. Paste it into a document.', actions: [] } }, '.notice'],
      ];
      for (const [part, seen] of steps) {
        await push(sampleSnapshot(3, { draft, ...part }));
        await page.locator(seen).first().waitFor();
        assert.deepEqual(await places(page), still, seen);
      }
    }));
});

describe('a group', () => {
  it('is walked through by keys alone, from the empty prompt to the third of four', () =>
    withPage(sampleSnapshot(0, { draft: { revision: 1, value: { ...draft.value, prompt: '', count: 4 } } }), async ({ page, push, ofType }) => {
      const walkTo = async (name: RegExp): Promise<void> => {
        for (let presses = 0; presses < 30; presses++) {
          await page.keyboard.press('Tab');
          const at = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim() ?? '');
          if (name.test(at)) return;
        }
        assert.fail(`No ${String(name)} on the way`);
      };
      await page.getByRole('textbox', { name: 'Prompt' }).focus();
      await page.keyboard.type('a boat');
      await walkTo(/^Generate 4/);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => true);
      assert.deepEqual(ofType('generate').map(({ value }) => value.count), [4]);
      await push(sampleSnapshot(0, { jobs: ['a', 'b', 'c', 'd'].map(requesting), group: sampleGroup([]) }));
      await page.getByRole('progressbar').nth(3).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Cancel', exact: true }).count(), 4);
      await page.getByText('0 of 4 ready').waitFor();
      await push(sampleSnapshot(4, { doneCount: 4, group: sampleGroup([0, 1, 2, 3]) }));
      await page.getByText('4 images made together').waitFor();
      assert.equal(await page.getByRole('status').textContent(), '4 of 4 ready');
      await walkTo(/^1 of 4: /);
      await page.keyboard.press('3');
      await page.locator('[data-cell="2"][aria-current="true"]:focus').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Preview' }).getByRole('img', { name: sampleGroup([0])?.members[0]?.image?.prompt ?? '' }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[data-cell="2"]:focus').waitFor();
      await walkTo(/^Insert$/);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => true);
      assert.deepEqual(ofType('insert').map(({ imageIds }) => imageIds), [['image-2']]);
    }));

  it('compares two with Space, moves with the arrows, and never chooses by itself what comes later', () =>
    withPage(sampleSnapshot(4, { group: sampleGroup([1]), jobs: ['a', 'c', 'd'].map(requesting) }), async ({ page, push, ofType }) => {
      await page.locator('[data-cell="1"][aria-current="true"]').waitFor();
      await push(sampleSnapshot(4, { group: sampleGroup([0, 1, 2, 3]), current: sampleImage(3) }));
      await page.locator('[data-cell="3"]').waitFor();
      assert.equal(await page.locator('[data-cell][aria-current="true"]').getAttribute('data-cell'), '1');
      await page.locator('[data-cell="1"]').focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await page.locator('[data-cell="3"]:focus').waitFor();
      await page.keyboard.press('Space');
      await page.waitForFunction(() => document.querySelector('.marked') === null);
      assert.deepEqual(ofType('compare').map(({ imageIds }) => imageIds), [['image-1', 'image-3']]);
      assert.deepEqual(ofType('show').map(({ imageId }) => imageId), ['image-3']);
    }));

  it('is put aside as one line, for the whole life of the group, and by an image from elsewhere', () =>
    withPage(sampleSnapshot(4, { group: sampleGroup([0, 1, 2, 3]) }), async ({ page, push }) => {
      await page.getByRole('button', { name: 'Show one' }).click();
      await page.locator('.cells').waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.locator('.cells').waitFor();
      await push(sampleSnapshot(9, { group: sampleGroup([0, 1, 2, 3]), current: sampleImage(7) }));
      await page.locator('.cells').waitFor({ state: 'detached' });
    }));

  it('has one alert for what its members share, and one request to try all of them again', () =>
    withPage(STATES['shared']?.() ?? assert.fail(), async ({ page, push, ofType }) => {
      await page.getByText('3 of 3: images.example.com refused the API key.').waitFor();
      assert.equal(await page.getByRole('alert').count(), 1);
      await push(STATES['mended']?.() ?? assert.fail());
      await page.getByText('3 of 3: What kept it from being made has changed since.').waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
      await page.getByRole('button', { name: 'Generate again' }).click();
      await page.waitForFunction(() => true);
      assert.deepEqual(ofType('jobAction').map(({ jobId, alsoJobIds, action }) => [jobId, alsoJobIds, action]), [['a', ['b', 'c'], 'generateAgain']]);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.waitForFunction(() => true);
      assert.deepEqual(ofType('dismiss').map(({ jobId }) => jobId), ['a', 'b', 'c']);
    }));
});

describe('the history', () => {
  it('keeps images that were asked for together on one line, and says so', () => {
    const { history } = sampleSnapshot(4);
    const items = history.items.map((image, place) => (place === 1 || place === 2 ? { ...image, group: 'g' } : place === 3 ? { ...image, group: 'left alone' } : image));
    return withPage(sampleSnapshot(4, { draft, history: { ...history, items } }), async ({ page }) => {
      const tile = (place: number) => page.locator('.tile', { has: page.locator(`.thumbnail[data-index="${place}"] img`) });
      await tile(3).waitFor();
      const classes = await Promise.all([0, 1, 2, 3].map(async (place) => ((await tile(place).getAttribute('class')) ?? '').split(/\s+/).filter((name) => /together|Of$/.test(name)).join(' ')));
      assert.deepEqual(classes, ['', 'together firstOf', 'together lastOf', '']);
      assert.match((await page.locator('.thumbnail[data-index="1"]').getAttribute('title')) ?? '', /Images asked for together$/);
    });
  });
});

describe('an image file', () => {
  it('dropped or pasted is handed to the host; text stays with the prompt box', () =>
    withPage(sampleSnapshot(1, { draft }), async ({ page, ofType }) => {
      const give = (kind: 'drop' | 'paste', text = ''): Promise<void> =>
        page.evaluate(([type, beside]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array([137, 80, 78, 71])], 'boat.png', { type: 'image/png' }));
          if (beside) data.setData('text/plain', beside);
          const init = { bubbles: true, cancelable: true };
          const box = document.querySelector('#prompt');
          box?.dispatchEvent(type === 'drop' ? new DragEvent('drop', { ...init, dataTransfer: data }) : new ClipboardEvent('paste', { ...init, clipboardData: data }));
        }, [kind, text] as const);
      await give('paste', 'words');
      await give('drop');
      await give('paste');
      await page.waitForFunction(() => true);
      while (ofType('imageFile').length < 2) await page.waitForFunction(() => true);
      assert.deepEqual(ofType('imageFile').map(({ name, bytes }) => [name, [...(bytes ?? [])]]), [['boat.png', [137, 80, 78, 71]], ['boat.png', [137, 80, 78, 71]]]);
    }));
});
