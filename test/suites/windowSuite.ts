// Runs the tests that look at whole windows, each file in a process of its own with the lane's VS Code and browser, and those of the page alone, which share one.
import { separateFiles, sharedFiles } from './nodeTests.ts';
import type { Suite, Work } from './suite.ts';

/** The longest begin first, so that no lane waits for the other at the end. */
const LONGEST = ['page (', 'jobs', 'windows', 'flows', 'chat', 'restricted', 'chinese'];

const rank = ({ title }: Work): number => {
  const at = LONGEST.findIndex((part) => title.startsWith(`test/panel/${part}`));
  return at < 0 ? LONGEST.length : at;
};

export function windowSuite(files: readonly string[], signal: AbortSignal): Suite {
  const options = { timeoutMs: 600_000, signal };
  const pages = files.filter((file) => file.includes('/page/'));
  const windows = files.filter((file) => !pages.includes(file));
  return {
    name: 'panel',
    works: () => {
      const ofPages = pages.length === 1 ? separateFiles(pages, options) : sharedFiles(`test/panel/page (${pages.length} files in one process)`, pages, options);
      const ofWindows = separateFiles(windows, options).map((work): Work => ({ ...work, run: (lane) => work.run({ ...lane, env: lane.windows }) }));
      return [...ofWindows, ...ofPages].sort((one, other) => rank(one) - rank(other));
    },
  };
}
