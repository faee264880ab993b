// Holds what the page says of jobs under way and of those that were given up, and what each of their buttons asks for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Snapshot, SnapshotJob } from '../../../src/protocol/snapshot.ts';
import type { OpenPage } from './openPage.ts';
import { pressTwice } from './pressTwice.ts';
import { NOW_MS, sampleJob, sampleSnapshot } from './snapshots.ts';
import { usePages } from './withPage.ts';

const pages = usePages();
/** With a clock that stands, for the seconds that the rows say. */
const withPage = (first: Snapshot, run: (open: OpenPage) => Promise<void>): Promise<void> => pages(first, run, { isTimeFixed: true });

const withJobs = (...jobs: SnapshotJob[]): Snapshot => sampleSnapshot(1, { jobs });

describe('a job under way', () => {
  const PHASES: readonly (readonly [state: SnapshotJob['state'], said: RegExp, canCancel: boolean])[] = [
    [{ phase: 'queued' }, /^Queued$/, true],
    [{ phase: 'waiting', untilMs: NOW_MS + 42_000 }, /^Waiting$/, true],
    [{ phase: 'requesting', sinceMs: NOW_MS - 12_000 }, /^Generating · 12 sec · usually 30 sec$/, true],
    [{ phase: 'downloading', receivedBytes: 734_000, totalBytes: 1_640_000 }, /^Downloading · 734 kB of 1\.6 MB · 12 sec$/, true],
    [{ phase: 'downloading', receivedBytes: 734_000 }, /^Downloading · 734 kB · 12 sec$/, true],
    [{ phase: 'writing' }, /^Saving · 12 sec$/, false],
  ];

  it('says its phase, and can be given up until it is written', () =>
    withPage(withJobs(sampleJob('first', { phase: 'queued' })), async ({ page, push, ofType }) => {
      const row = page.getByRole('listitem').filter({ has: page.getByRole('progressbar') });
      for (const [index, [state, said, canCancel]] of PHASES.entries()) {
        await push(withJobs(sampleJob(`job-${index}`, state)));
        await row.getByText(said).waitFor();
        const cancel = row.getByRole('button', { name: 'Cancel', exact: true });
        assert.equal(await cancel.isEnabled(), canCancel, state.phase);
        await cancel.click({ force: true });
      }
      assert.deepEqual(ofType('cancel').map(({ jobId }) => jobId), ['job-0', 'job-1', 'job-2', 'job-3', 'job-4']);
      assert.equal(await page.getByRole('alert').count(), 0);
    }));

  it('that waits for the service shares one countdown with the others, which is no failure, and goes on by itself', () => {
    const waiting = (id: string): SnapshotJob => sampleJob(id, { phase: 'waiting', untilMs: NOW_MS + 42_000, words: 'Slow down, please.' });
    return withPage(withJobs(waiting('a'), waiting('b')), async ({ page, push }) => {
      const told = page.getByRole('region', { name: 'In progress' }).getByText('The service limits requests. Continues in 42 sec.', { exact: true });
      await told.waitFor();
      assert.deepEqual([await told.count(), await page.getByRole('alert').count(), await page.getByRole('button', { name: 'Cancel', exact: true }).count()], [1, 0, 2]);
      await page.getByText('The service says: “Slow down, please.”').waitFor();
      await push(withJobs(sampleJob('a', { phase: 'requesting', sinceMs: NOW_MS }), sampleJob('b', { phase: 'requesting', sinceMs: NOW_MS })));
      await told.waitFor({ state: 'detached' });
    });
  });
});

describe('a job that was given up', () => {
  const [MAYBE, PAID] = ['Cancelled. The service may still charge for it.', 'Cancelled while downloading. The image is paid for; downloading it again is free.'];
  const cancelled = (id: string, sentence: string, actions: { id: string; label: string }[] = []): SnapshotJob => sampleJob(id, { phase: 'cancelled', sentence, actions });

  it('is a quiet note with what it may cost, until it is put away', () =>
    withPage(withJobs(cancelled('a', MAYBE)), async ({ page, push, ofType }) => {
      const note = page.getByRole('group', { name: 'Cancelled.' });
      await note.getByText(MAYBE, { exact: true }).waitFor();
      assert.deepEqual([await page.getByRole('alert').count(), await page.getByRole('progressbar').count(), await note.getByRole('button').count()], [0, 0, 1]);
      await note.getByRole('button', { name: 'Dismiss', exact: true }).click();
      assert.deepEqual(ofType('dismiss').map(({ jobId }) => jobId), ['a']);
      await push(withJobs());
      await note.waitFor({ state: 'detached' });
    }));

  it('while it was downloaded offers the rest, free, and once however it is pressed', () =>
    withPage(withJobs(cancelled('a', PAID, [{ id: 'downloadAgain', label: 'Download again (free)' }, { id: 'copyAddress', label: 'Copy the address' }])), async ({ page, ofType }) => {
      await page.getByText(PAID, { exact: true }).waitFor();
      await pressTwice(page.getByRole('button', { name: 'Download again (free)', exact: true }));
      await page.getByRole('button', { name: 'Copy the address', exact: true }).click();
      assert.deepEqual(ofType('jobAction').map(({ jobId, action }) => [jobId, action]), [['a', 'downloadAgain'], ['a', 'copyAddress']]);
    }));
});

describe('a failure', () => {
  it('has the sentence, its buttons in their order, and Dismiss; mended, it is a note that can be tried again', () => {
    const failed = sampleJob('a', { phase: 'failed', sentence: 'The key was refused.', actions: [{ id: 'setApiKey', label: 'Set API Key' }, { id: 'showLog', label: 'Show Log' }] });
    return withPage(withJobs(failed), async ({ page, push, ofType }) => {
      const alert = page.getByRole('alert');
      assert.equal(await alert.getByRole('paragraph').innerText(), 'The key was refused.');
      const names = await alert.getByRole('button').evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label') ?? each.textContent.trim()));
      assert.deepEqual(names, ['Set API Key', 'Show Log', 'Dismiss']);
      await push(withJobs({ ...failed, mended: true, state: { phase: 'failed', sentence: 'The key was refused.', actions: [{ id: 'generateAgain', label: 'Generate again' }] } }));
      const note = page.getByRole('group', { name: 'What kept it from being made has changed since.' });
      await note.getByText('What kept it from being made has changed since.', { exact: true }).waitFor();
      assert.equal(await alert.count(), 0);
      await note.getByRole('button', { name: 'Generate again' }).click();
      await note.getByRole('button', { name: 'Dismiss' }).click();
      assert.deepEqual([ofType('jobAction').map(({ action }) => action), ofType('dismiss').length], [['generateAgain'], 1]);
    });
  });
});

describe('Set up', () => {
  it('takes the place of the form as soon as it is due, and gives it back', () =>
    withPage(sampleSnapshot(1), async ({ page, push }) => {
      const [setUp, prompt] = [page.getByRole('button', { name: 'Set up', exact: true }), page.getByRole('textbox', { name: 'Prompt' })];
      await prompt.waitFor();
      assert.equal(await setUp.count(), 0);
      await push(sampleSnapshot(1, { needsSetUp: true }));
      await setUp.waitFor();
      assert.equal(await prompt.count(), 0);
      await push(sampleSnapshot(1));
      await prompt.waitFor();
      assert.equal(await setUp.count(), 0);
    }));
});
