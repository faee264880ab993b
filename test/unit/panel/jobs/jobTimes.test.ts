// What has only begun is not drawn yet; what has ended is, however young the page.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { JobTimes } from '../../../../src/panel/jobs/jobTimes.ts';
import { sampleJob, sampleSnapshot } from '../../../panel/page/snapshots.ts';

/** The age of the page, which a test sets. */
function pageOf(t: TestContext): { ageMs: number } {
  const page = { ageMs: 0 };
  t.mock.method(performance, 'now', () => page.ageMs);
  Object.assign(globalThis, { window: { setTimeout: () => 0 } });
  t.after(() => Reflect.deleteProperty(globalThis, 'window'));
  return page;
}

const begun = sampleSnapshot(0, { jobs: [sampleJob('begun', { phase: 'queued' })] });

test('the images of a group whose jobs have ended are drawn by a page that is a moment old', (t) => {
  const page = pageOf(t);
  const times = new JobTimes(() => undefined);
  times.receive(sampleSnapshot(4), true);
  page.ageMs = 1;
  assert.equal(times.isDue('ended before'), true);
});

test('a job that was under way when the page opened is drawn at once, a later one after a moment', (t) => {
  const page = pageOf(t);
  const times = new JobTimes(() => undefined);
  page.ageMs = 20;
  times.receive(begun, true);
  assert.equal(times.isDue('begun'), true);
  page.ageMs = 1000;
  times.receive(sampleSnapshot(0, { jobs: [...begun.jobs, sampleJob('later', { phase: 'queued' })] }), false);
  page.ageMs = 1200;
  assert.equal(times.isDue('later'), false);
  page.ageMs = 1250;
  assert.equal(times.isDue('later'), true);
});
