// Says which unit tests share a process, and which have one of their own.
import { separateFiles, sharedFiles } from './nodeTests.ts';
import type { Suite } from './suite.ts';

/** These start processes, change the environment, or count what the process holds. */
const OWN = /^test\/unit\/(faults|history|jobs|node|endpoint|lint)\/|standIn\.test|thumbnail\.test|decodePixels\.test/;

/** The longest begin first. */
const LONGEST = ['faults/crash', 'faults/memory', 'faults/race', 'faults/leak', 'faults/matrix'];

export function unitSuite(files: readonly string[], signal: AbortSignal): Suite {
  const options = { timeoutMs: 600_000, signal };
  const rank = (file: string): number => (LONGEST.findIndex((part) => file.includes(part)) + LONGEST.length + 1) % (LONGEST.length + 1);
  const own = files.filter((file) => OWN.test(file)).sort((one, other) => rank(one) - rank(other));
  const shared = files.filter((file) => !OWN.test(file));
  return {
    name: 'unit',
    works: () => (files.length === 1 ? separateFiles(files, options) : [...separateFiles(own, options), ...sharedFiles(`test/unit (${shared.length} files in one process)`, shared, options)]),
  };
}
