// Kills windows at random moments, a few at a time, on folders of their own, and counts what became of what they asked for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostStep } from '../../endpoint/steps.ts';
import { openWindows, type Count } from './windows.ts';

/** Each folder has its own, so that a long run does not list an ever longer history. */
const KILLS_AT_A_FOLDER = 200;
/** While one is killed, the others take up what the killed ones left. */
const WINDOWS = 3;
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
    if (chance < 0.2) return { kind: 'ok', delayMs, like: { answer: chance < 0.15 ? 'url' : 'base64', items: 2 } };
    return { kind: 'ok', delayMs, like: { answer: chance < 0.6 ? 'url' : 'base64' } };
  });
}

/** One count for each folder. @throws if a window ends by itself */
export async function* killWindows(kills: number): AsyncGenerator<Count & { kills: number }> {
  for (let begun = 0; begun < kills; begun += KILLS_AT_A_FOLDER) {
    const root = mkdtempSync(join(tmpdir(), 'gi-kills-'));
    const windows = await openWindows(root, makeSteps(20_000));
    try {
      const here = Math.min(KILLS_AT_A_FOLDER, kills - begun);
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < here) await windows.kill(`w${next++}`, 1 + Math.random() * MOST_HAPPENINGS, Math.random() * LONGEST_DELAY_MS);
      };
      await Promise.all(Array.from({ length: WINDOWS }, lane));
      // One more start, as a person's: it takes up what is left.
      await windows.finish('last', 0);
      yield { kills: here, ...(await windows.count()) };
    } finally {
      await windows.service.close();
      rmSync(root, { recursive: true, force: true });
    }
  }
}
