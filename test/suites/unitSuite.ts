// Says which unit tests share a process, and which have one of their own.
import { separateFiles, sharedFiles } from './nodeTests.ts';
import type { Suite } from './suite.ts';

/** These start no process and change nothing of theirs, but wait for disks and sockets: they share a second process, so that the first is not the last to end. */
const WAITING = /^test\/unit\/(history|jobs)\/|^test\/unit\/endpoint\/(?!server)|faults\/(disk|fileFaults)\.test|node\/nodeFiles\.test/;

/** These start processes, change the environment, count what the process holds, or await something before their first test. */
const OWN = /^test\/unit\/(faults|node|endpoint|lint)\/|standIn\.test|thumbnail\.test|decodePixels\.test/;

/** The longest begin first. */
const LONGEST = ['faults/crash', 'faults/memory', 'faults/race', 'faults/leak', 'faults/matrix'];

export function unitSuite(files: readonly string[], signal: AbortSignal): Suite {
  const options = { timeoutMs: 600_000, signal };
  const rank = (file: string): number => (LONGEST.findIndex((part) => file.includes(part)) + LONGEST.length + 1) % (LONGEST.length + 1);
  const waiting = files.filter((file) => WAITING.test(file));
  const own = files.filter((file) => OWN.test(file) && !WAITING.test(file)).sort((one, other) => rank(one) - rank(other));
  const shared = files.filter((file) => !OWN.test(file) && !WAITING.test(file));
  return {
    name: 'unit',
    works: () => {
      if (files.length === 1) return separateFiles(files, options);
      const together = [waiting, shared].flatMap((each) => sharedFiles(`test/unit (${each.length} files in one process)`, each, options));
      const alone = separateFiles(own, options).map((work) => ({ ...work, isFiller: !LONGEST.some((part) => work.title.includes(part)) }));
      return [...alone, ...together];
    },
  };
}
