// Holds what is said of jobs and how far they are.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idleWords } from '../../../../src/panel/form/formView.ts';
import { announceChanges } from '../../../../src/panel/jobs/announcements.ts';
import { factsOf } from '../../../../src/panel/jobs/jobFacts.ts';
import { estimateAll, progressOf } from '../../../../src/panel/jobs/jobProgress.ts';
import { PressGuard } from '../../../../src/panel/parts/press.ts';
import { Wording } from '../../../../src/panel/parts/wording.ts';
import type { Draft, Snapshot, SnapshotJob } from '../../../../src/protocol/snapshot.ts';

const job = (id: string, state: SnapshotJob['state'], part: Partial<SnapshotJob> = {}): SnapshotJob => ({ id, prompt: 'p', size: '1x1', state, ...part });
const withJobs = (...jobs: SnapshotJob[]): Snapshot => ({ jobs, doneCount: 0 }) as unknown as Snapshot;
const withDone = (doneCount: number, ...jobs: SnapshotJob[]): Snapshot => ({ jobs, doneCount }) as unknown as Snapshot;
const queued = { phase: 'queued' } as const;
const none = new Set<string>();

describe('what is said', () => {
  it('is each start, end and wait once', () => {
    const two = withJobs(job('a', queued), job('b', queued));
    assert.deepEqual(announceChanges(withJobs(), two, none), [{ kind: 'started', count: 2 }]);
    assert.deepEqual(announceChanges(two, two, none), []);
    const waiting = withJobs(job('a', { phase: 'waiting', untilMs: 9 }), job('b', { phase: 'waiting', untilMs: 8 }));
    assert.deepEqual(announceChanges(two, waiting, none), [{ kind: 'waiting', untilMs: 9 }]);
    assert.deepEqual(announceChanges(waiting, waiting, none), []);
    assert.deepEqual(announceChanges(two, withDone(2), none), [{ kind: 'done', count: 2 }]);
  });

  it('tells what was given up from what was made', () => {
    const two = withJobs(job('a', queued), job('b', queued));
    assert.deepEqual(announceChanges(two, withJobs(job('b', queued)), new Set(['a'])), [{ kind: 'cancelled', count: 1 }]);
    assert.deepEqual(announceChanges(two, withDone(1), none), [{ kind: 'cancelled', count: 1 }, { kind: 'done', count: 1 }]);
    const stopped = withJobs(job('a', { phase: 'cancelled', sentence: '', actions: [] }), job('b', queued));
    assert.deepEqual(announceChanges(two, stopped, new Set(['a'])), [{ kind: 'cancelled', count: 1 }]);
  });

  it('leaves a failure to its alert', () => {
    const failed = withJobs(job('a', { phase: 'failed', sentence: '', actions: [] }));
    assert.deepEqual(announceChanges(withJobs(job('a', queued)), failed, none), []);
    assert.deepEqual(announceChanges(failed, withJobs(), none), []);
  });
});

describe('how far a job is', () => {
  const requesting = { phase: 'requesting', sinceMs: 1_000 } as const;

  it('is measured against what such jobs take, and never full before the answer', () => {
    assert.deepEqual(progressOf(job('a', requesting, { estimateMs: 30_000 }), 16_000), { part: 0.5, elapsedMs: 15_000, isLate: false });
    assert.equal(progressOf(job('a', requesting, { estimateMs: 30_000 }), 31_000).part, 0.95);
  });

  it('is unknown once that is exceeded, and if nothing is known', () => {
    assert.deepEqual(progressOf(job('a', requesting, { estimateMs: 30_000 }), 41_000), { part: undefined, elapsedMs: 40_000, isLate: true });
    assert.equal(progressOf(job('a', requesting), 16_000).part, undefined);
    assert.equal(progressOf(job('a', { phase: 'downloading', receivedBytes: 5 }), 0).part, undefined);
  });

  it('is measured by bytes while downloading', () => {
    const downloading = job('a', { phase: 'downloading', receivedBytes: 5, totalBytes: 20 }, { startedMs: 1_000 });
    assert.deepEqual(progressOf(downloading, 3_000), { part: 0.25, elapsedMs: 2_000, isLate: false });
  });

  it('for several is told roughly, as many at once as the queue allows', () => {
    assert.equal(estimateAll(1, 31_400, 2), 30_000);
    assert.equal(estimateAll(8, 31_400, 2), 120_000);
    assert.equal(estimateAll(1, 3_400, 2), 3_000);
    assert.equal(estimateAll(1, 400, 2), undefined, 'nobody waits for that');
  });
});

describe('a press', () => {
  it('counts once in half a second, for each kind on its own', () => {
    let now = 0;
    const guard = new PressGuard(() => now);
    assert.deepEqual([guard.isFirst('generate'), guard.isFirst('generate'), guard.isFirst('save')], [true, false, true]);
    now = 499;
    assert.equal(guard.isFirst('generate'), false);
    now = 500;
    assert.equal(guard.isFirst('generate'), true);
  });

  it('counts again at once after something that shows that it is meant', () => {
    const guard = new PressGuard(() => 0);
    assert.deepEqual([guard.isFirst('generate'), guard.isFirst('generate')], [true, false]);
    guard.forget();
    assert.equal(guard.isFirst('generate'), true);
  });
});

describe('what a job is said to take', () => {
  const words = new Wording({ requesting: 'Generating', usually: 'usually {0}', usuallyDocumented: 'documented: {0}', longerThanUsual: 'longer than the usual {0}', longerThanDocumented: 'longer than the documented {0}', about: 'about {0}', aboutDocumented: 'about {0} (documented)' }, 'en');
  const facts = (part: Partial<SnapshotJob>, nowMs: number): string[] => {
    const one = job('a', { phase: 'requesting', sinceMs: 0 }, part);
    return factsOf(one, progressOf(one, nowMs), words);
  };

  it('is told as documented if it is not from images made here', () => {
    assert.deepEqual(facts({ estimateMs: 28_000 }, 4_000), ['Generating', '4 sec', 'usually 30 sec']);
    assert.deepEqual(facts({ estimateMs: 30_000, isDocumented: true }, 4_000), ['Generating', '4 sec', 'documented: 30 sec']);
    assert.deepEqual(facts({ estimateMs: 30_000, isDocumented: true }, 44_000), ['Generating', '44 sec', 'longer than the documented 30 sec']);
    assert.deepEqual(facts({ estimateMs: 300 }, 100), ['Generating', '0 sec'], 'nobody waits for that');
  });

  it('is told the same way before anything is asked for', () => {
    const draft = { size: '1x1', promptExtend: true, count: 4 } as unknown as Draft;
    const idle = (isDocumented: boolean): string => idleWords(draft, { askedCount: 0, concurrency: 2, estimates: [{ size: '1x1', promptExtend: true, durationMs: 30_000, isDocumented }] } as unknown as Snapshot, words);
    assert.deepEqual([idle(false), idle(true)], ['about 1 min', 'about 1 min (documented)']);
  });
});

describe('words', () => {
  it('follow the language in plurals, sizes and times', () => {
    const english = new Wording({ saidDoneOne: 'one', saidDoneOther: '{0} images', today: 'Today' }, 'en');
    assert.deepEqual([english.counted('saidDone', 1), english.counted('saidDone', 1_200)], ['one', '1,200 images']);
    assert.deepEqual([english.bytes(999), english.bytes(734_000), english.bytes(1_640_000), english.bytes(2.1e12)], ['999 byte', '734 kB', '1.6 MB', '2,100 GB']);
    assert.deepEqual([english.duration(12_400), english.duration(60_000), english.duration(3_725_000)], ['12 sec', '1 min', '1 hr 2 min']);
    assert.equal(english.day('2026-11-22', new Date(2026, 10, 22, 23, 59)), 'Today');
    assert.equal(english.day('2026-10', new Date(2026, 10, 22)), 'October 2026');
    const chinese = new Wording({ saidDoneOther: '{0} 张' }, 'zh-cn');
    assert.deepEqual([chinese.counted('saidDone', 1), chinese.duration(65_000)], ['1 张', '1分钟5秒']);
  });

  it('put values where they belong, once, and leave odd text alone', () => {
    const words = new Wording({ ofTotal: '{1} / {0} {2}' }, 'en');
    assert.equal(words.text('ofTotal', '{1}', 'b'), 'b / {1} {2}');
  });
});
