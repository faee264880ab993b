// Runs the tests that look at the page or at whole windows, each file in a process of its own, with the lane's VS Code and browser.
import { separateFiles } from './nodeTests.ts';
import type { Suite } from './suite.ts';

/** The longest begin first, so that no lane waits for the other at the end. */
const LONGEST = ['crash', 'documents', 'history', 'windows', 'flows', 'pageWalls', 'secrets', 'jobs', 'chat', 'setUp', 'accessible', 'restricted', 'page/axe', 'chinese'];

export function windowSuite(files: readonly string[], signal: AbortSignal): Suite {
  const rank = (file: string): number => {
    const at = LONGEST.findIndex((part) => file.startsWith(`test/panel/${part}`));
    return at < 0 ? LONGEST.length : at;
  };
  const sorted = files.toSorted((one, other) => rank(one) - rank(other));
  return {
    name: 'panel',
    works: () => separateFiles(sorted, { timeoutMs: 600_000, signal }).map((work) => (work.title.includes('/page/') ? work : { ...work, run: (lane) => work.run({ ...lane, env: lane.windows }) })),
  };
}
