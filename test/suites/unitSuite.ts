// Says which unit tests share a process, and which have one of their own.
import { filesBehind, separateFiles, sharedFiles } from './nodeTests.ts';
import type { Suite } from './suite.ts';

/** These start no process and change nothing of theirs, but wait for disks and sockets: they share a second process, so that the first is not the last to end. */
const WAITING = /^test\/unit\/(history|jobs)\/|^test\/unit\/endpoint\/(?!server)|faults\/(disk|fileFaults)\.test|node\/nodeFiles\.test/;

/** These start processes, change the environment, count what the process holds, or await something before their first test. */
const OWN = /^test\/unit\/(faults|node|endpoint|lint)\/|standIn\.test|thumbnail\.test|decodePixels\.test/;

/** These wait for nothing, and no time is too long for them: they go on behind the lanes, a few at a time. */
const PATIENT = [/faults\/memory\.test/, /^test\/unit\/image\/(?!pixels)/, /^test\/unit\/(texts|prompt|protocol|manifest)\//, /^test\/unit\/insert\//];

/** The longest begin first. */
const LONGEST = ['faults/crash', 'faults/race', 'faults/leak', 'faults/matrix'];

const nameOf = (files: readonly string[]): string => (files.length === 1 ? (files[0] ?? '') : `test/unit (${files.length} files in one process)`);

export function unitSuite(files: readonly string[], signal: AbortSignal): Suite {
  const options = { timeoutMs: 600_000, signal };
  const rank = (file: string): number => (LONGEST.findIndex((part) => file.includes(part)) + LONGEST.length + 1) % (LONGEST.length + 1);
  const behind = PATIENT.map((kind) => files.filter((file) => kind.test(file)));
  const inLanes = files.filter((file) => !behind.flat().includes(file));
  const waiting = inLanes.filter((file) => WAITING.test(file));
  const own = inLanes.filter((file) => OWN.test(file) && !WAITING.test(file)).sort((one, other) => rank(one) - rank(other));
  const shared = inLanes.filter((file) => !OWN.test(file) && !WAITING.test(file));
  return {
    name: 'unit',
    works: () => {
      if (files.length === 1) return separateFiles(files, options);
      const together = [waiting, shared].flatMap((each) => sharedFiles(nameOf(each), each, options));
      const patient = behind.flatMap((each) => filesBehind(nameOf(each), each, options));
      const alone = separateFiles(own, options).map((work) => ({ ...work, isFiller: !LONGEST.some((part) => work.title.includes(part)) }));
      return [...patient, ...alone, ...together];
    },
  };
}
