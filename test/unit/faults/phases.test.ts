// Kills a window in every phase of its jobs: what was paid for is kept by the next one, or told of.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { imageIdOf } from '../../../src/history/imageId.ts';
import type { DownloadStep, PostStep } from '../../endpoint/steps.ts';
import { until } from '../jobs/workbench.ts';
import { openWindows } from './windows.ts';

const JOBS = 2;

/** When the window is killed: so long after the first request of this kind has come, or after those of all jobs if all must end alike. */
interface Phase {
  title: string;
  posts?: PostStep;
  files?: DownloadStep;
  after: 'api' | 'files';
  delayMs: number;
  /** What must have become of both; either if left out. */
  is?: 'kept' | 'reported';
}

const ok = (delayMs: number, answer: 'url' | 'base64' = 'url'): PostStep => ({ kind: 'ok', delayMs, like: { answer } });
const PHASES: readonly Phase[] = [
  { title: 'before the answer', posts: { kind: 'hang', when: 'headers' }, after: 'api', delayMs: 0, is: 'reported' },
  { title: 'within the answer', posts: { kind: 'hang', when: 'midBody' }, after: 'api', delayMs: 100, is: 'reported' },
  { title: 'within the download', files: { kind: 'hang', when: 'midBody' }, after: 'files', delayMs: 100 },
  { title: 'before the download’s headers', files: { kind: 'hang', when: 'headers' }, after: 'files', delayMs: 0 },
  { title: 'at the first download', posts: ok(50), after: 'files', delayMs: 0 },
  { title: 'during the write', posts: ok(50), after: 'files', delayMs: 5 },
  { title: 'during the write, a little later', posts: ok(50), after: 'files', delayMs: 15 },
  { title: 'with bytes in the answer', posts: ok(100, 'base64'), after: 'api', delayMs: 105 },
  { title: 'with bytes in the answer, a little later', posts: ok(100, 'base64'), after: 'api', delayMs: 120 },
  { title: 'when all may be done', posts: ok(20), after: 'files', delayMs: 80, is: 'kept' },
];

/** Undefined if it has gone meanwhile, as it does once its image is kept. */
function readJournal(path: string): { phase: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { phase: string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

for (const { title, posts, files, after, delayMs, is } of PHASES) {
  test(`a window that is killed ${title} loses nothing`, async (t) => {
    const root = mkdtempSync(join(tmpdir(), 'gi-phase-'));
    const windows = await openWindows(root, []);
    const { service, folder } = windows;
    const names = (of: string): string[] => (existsSync(join(folder, of)) ? readdirSync(join(folder, of)) : []).filter((name) => !name.startsWith('.') && name.endsWith('.json'));
    /** The images whose address a journal holds, by the names that they will have. */
    const answered = (): string[] => names('unfinished').filter((name) => readJournal(join(folder, 'unfinished', name))?.phase === 'answered').map((name) => `${imageIdOf(name.replace(/\..*$/, ''), 0)}.json`);
    try {
      for (let job = 0; job < JOBS; job++) {
        if (posts) service.plan(posts);
        if (files) service.planDownload(files);
      }
      await windows.killAt('killed', JOBS, async () => {
        const count = is === undefined ? 1 : JOBS;
        await service.waitFor(() => service.requests.filter(({ origin }) => origin === after).length >= count, 15_000);
        // The address of an image goes to the disk while its download runs already.
        if (is === 'kept') await until(() => new Set([...names('images'), ...answered()]).size === JOBS);
        await sleep(delayMs);
      });
      const begun = new Set([...names('unfinished').map((name) => imageIdOf(name.replace(/\..*$/, ''), 0)), ...names('images').map((name) => name.slice(0, -5))]);
      assert.ok(service.requests.filter(({ origin }) => origin === 'api').length <= begun.size, 'a request was sent that no journal knows');
      // What was planned for a request that the dead did not come to send is not for those who take up their work.
      service.reset();
      await windows.finish('next', 0);
      assert.deepEqual(names('unfinished'), []);
      assert.equal(service.requests.filter(({ origin }) => origin === 'api').length, 0, 'a request was sent again');
      const { altered, kept, lostAfterTold, reported } = await windows.count();
      t.diagnostic(`${kept} kept, ${reported} reported`);
      assert.deepEqual([altered, lostAfterTold, kept + reported], [[], [], begun.size]);
      if (is !== undefined) assert.deepEqual([is, { kept, reported }[is]], [is, JOBS]);
    } finally {
      await service.close();
      rmSync(root, { recursive: true, force: true });
    }
  });
}
