// Runs the tests that look at whole windows, each file in a process of its own with the lane's VS Code and browser, and those of the page alone, which share one.
import { separateFiles, sharedFiles } from './nodeTests.ts';
import type { Suite, Work } from './suite.ts';

/** About how long each takes; the others are soon done. */
const SECONDS: Readonly<Record<string, number>> = { windows: 300, jobs: 160, chat: 90, 'page (': 60 };

const secondsOf = ({ title }: Work): number => Object.entries(SECONDS).find(([part]) => title.startsWith(`test/panel/${part}`))?.[1] ?? 10;

export function windowSuite(files: readonly string[], signal: AbortSignal): Suite {
  const options = { timeoutMs: 900_000, signal };
  const pages = files.filter((file) => file.includes('/page/'));
  const windows = files.filter((file) => !pages.includes(file));
  return {
    name: 'panel',
    works: () => {
      const ofPages = pages.length === 1 ? separateFiles(pages, options) : sharedFiles(`test/panel/page (${pages.length} files in one process)`, pages, options);
      const ofWindows = separateFiles(windows, options).map((work): Work => ({ ...work, run: (lane) => work.run({ ...lane, env: lane.windows }) }));
      return [...ofWindows, ...ofPages].map((work) => ({ ...work, seconds: secondsOf(work) }));
    },
  };
}
