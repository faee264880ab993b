// Holds what there is to read beside what there is to press: no message lies over a button, and a job says who asked for it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOW_MS, sampleGroup, sampleImage, sampleJob, sampleSnapshot } from './snapshots.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();

const draft = { revision: 1, value: { prompt: 'a boat', size: '1328x1328', promptExtend: true, watermark: false, count: 1 } };
const failed = (id: string, sentence: string) => sampleJob(id, { phase: 'failed', sentence, actions: [{ id: 'setApiKey', label: 'Set API Key' }, { id: 'showLog', label: 'Show Log' }] });
const REFUSED = failed('a', 'images.example.com refused the API key. Check that the key is right and belongs to this address.');
const LONG = failed('b', `The service answered with an error that is not known here: “${'something went wrong while the image was made; '.repeat(12)}”.`);

describe('an alert', () => {
  for (const widthPx of [240, 300, 480]) {
    for (const [what, jobs, current] of [
      ['one', [REFUSED], sampleImage(2)],
      ['a long one beside another', [REFUSED, LONG], sampleImage(2)],
      ['one beside a tall image', [LONG], sampleImage(4)],
    ] as const) {
      it(`leaves every button of the preview in reach at ${widthPx} × 800: ${what}`, () =>
        withPage(sampleSnapshot(3, { draft, jobs: [...jobs], current }), async ({ page }) => {
          await page.getByRole('alert').first().waitFor();
          const found = await page.evaluate(() => {
            const boxOf = (element: Element) => element.getBoundingClientRect();
            const under = [...document.querySelectorAll('.toolbar button')].filter((button) => {
              const { x, y, width, height } = boxOf(button);
              const top = document.elementFromPoint(x + width / 2, y + height / 2);
              return top !== null && top !== button && !button.contains(top) && !top.contains(button);
            });
            const messages = document.querySelector('.messages');
            if (!messages) throw new Error('There are no messages.');
            const { top, bottom } = boxOf(messages);
            return { under: under.map((button) => button.getAttribute('aria-label') ?? button.textContent), toolbarBottom: Math.max(...[...document.querySelectorAll('.toolbar button')].map((button) => boxOf(button).bottom)), top, bottom, heightPx: window.innerHeight };
          });
          assert.deepEqual(found.under, []);
          assert.ok(found.top >= found.toolbarBottom);
          assert.ok(found.heightPx - found.top >= 60, 'the alert itself is in sight');
        }, { widthPx, heightPx: 800 }));
    }
  }
});

describe('a service that asks for patience', () => {
  it('is one countdown for all, with its words; no alert, and each job keeps its row with its Cancel', () => {
    const waiting = (id: string) => sampleJob(id, { phase: 'waiting', untilMs: NOW_MS + 4000, words: 'Requests rate limit exceeded.' });
    return withPage(sampleSnapshot(1, { draft, group: sampleGroup([], ['a', 'b', 'c']), jobs: ['a', 'b', 'c'].map(waiting) }), async ({ page, push }) => {
      const countdown = page.getByRole('region', { name: 'In progress' }).getByText(/^The service limits requests\. Continues in [0-4] sec\.$/);
      await countdown.waitFor();
      assert.equal(await countdown.count(), 1);
      await page.getByText('Requests rate limit exceeded.').waitFor();
      await page.getByRole('progressbar').nth(2).waitFor();
      assert.deepEqual([await page.getByRole('progressbar').count(), await page.getByRole('button', { name: 'Cancel', exact: true }).count(), await page.getByRole('alert').count()], [3, 3, 0]);
      assert.ok(await page.getByRole('button', { name: 'Cancel all', exact: true }).isVisible());
      await push(sampleSnapshot(4, { draft, doneCount: 3 }));
      await countdown.waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('progressbar').count(), 0);
    }, { isTimeFixed: true });
  });
});

describe('a job that nobody clicked for', () => {
  const claim = '“<b>Claude</b> Code” asked (a name it gives itself)';
  const asked = { askedBy: claim };

  it('says who asked, on the line below Generate and to a screen reader, as text whatever it holds', () =>
    withPage(sampleSnapshot(1, { draft, jobs: [sampleJob('a', { phase: 'requesting', sinceMs: NOW_MS - 12_000 }, asked)] }), async ({ page, push }) => {
      const facts = page.locator('.slot .jobFacts');
      await facts.waitFor();
      assert.ok((await facts.textContent())?.includes(claim));
      assert.ok((await facts.getAttribute('title'))?.includes(claim));
      assert.ok((await page.getByRole('progressbar').getAttribute('aria-valuetext'))?.endsWith(claim));
      assert.equal(await page.locator('.slot b').count(), 0);
      await push(sampleSnapshot(1, { draft, jobs: [sampleJob('a', { phase: 'waiting', untilMs: NOW_MS + 42_000 }, asked)] }));
      await page.locator('.countdown').waitFor();
      assert.ok((await facts.textContent())?.includes(claim));
    }));

  it('says so in a cell of the grid, and above its sentence if it failed; a person’s own is told apart', () =>
    withPage(sampleSnapshot(1, { draft, group: sampleGroup([0]), jobs: ['b', 'c', 'd'].map((id) => sampleJob(id, { phase: 'queued' }, asked)) }), async ({ page, push }) => {
      await page.locator('.cell.job').nth(2).waitFor();
      assert.deepEqual((await page.locator('.cell.job .jobFacts').allTextContents()).map((text) => text.includes(claim)), [true, true, true]);
      await push(sampleSnapshot(1, { draft, jobs: [REFUSED, { ...REFUSED, id: 'z', askedBy: claim }] }));
      const alerts = page.getByRole('alert');
      await alerts.nth(1).waitFor();
      assert.deepEqual((await alerts.allTextContents()).map((text) => text.includes(claim)), [false, true]);
    }));
});
