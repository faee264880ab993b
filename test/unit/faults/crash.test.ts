// Kills windows at random moments, two at a time, and holds the product to its word: nothing that was paid for is lost.
// CRASH_RUNS sets how many are killed (200; 10000 takes about half an hour).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostStep } from '../../endpoint/steps.ts';
import { makeFolder } from '../history/folder.ts';
import { openWindows } from './windows.ts';

const RUNS = Number(process.env['CRASH_RUNS'] ?? 200);
/** Each folder has its own, so that a long run does not list an ever longer history. */
const RUNS_AT_A_FOLDER = 200;
const LANES = 2;
/** A moment is so many changes of jobs, and a little: a slow machine is killed in the same places as a fast one. */
const MOST_HAPPENINGS = 20;
const LONGEST_DELAY_MS = 8;

/** Answers as they come: by URL, of one or two items, in the answer itself, and now and then none. */
function makeSteps(count: number): PostStep[] {
  return Array.from({ length: count }, (): PostStep => {
    const delayMs = Math.random() * 25;
    const chance = Math.random();
    if (chance < 0.05) return { kind: 'error', status: 500, delayMs };
    if (chance < 0.1) return { kind: 'cut', delayMs };
    if (chance < 0.2) return { kind: 'ok', delayMs, like: { answer: 'url', items: 2 } };
    return { kind: 'ok', delayMs, like: { answer: chance < 0.6 ? 'url' : 'base64' } };
  });
}

for (let begun = 0; begun < RUNS; begun += RUNS_AT_A_FOLDER) {
  const runs = Math.min(RUNS_AT_A_FOLDER, RUNS - begun);
  test(`${runs} windows are killed (from ${begun})`, async (t) => {
    const windows = await openWindows(makeFolder(t), makeSteps(20_000));
    t.after(() => windows.service.close());
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < runs) await windows.kill(`w${next++}`, 1 + Math.random() * MOST_HAPPENINGS, Math.random() * LONGEST_DELAY_MS);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // One more start, as a person's: it takes up what is left.
    await windows.finish('last', 0);
    const count = await windows.count();
    t.diagnostic(`${count.posts} sent: ${count.kept} images kept, ${count.reported} requests reported, ${count.gone.length} gone`);
    assert.deepEqual([count.gone, count.doubled, count.altered], [[], [], []]);
    assert.ok(count.posts > runs && count.kept > runs / 2 && count.reported > 0, 'the windows were killed before they did anything');
  });
}
