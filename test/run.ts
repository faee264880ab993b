// Turns the whole project into one line, "N passed, N failed": every suite, or those named as arguments, or some of their files.
import { commandSuite } from './suites/commandSuite.ts';
import { hostSuite } from './suites/hostSuite.ts';
import { LanePair } from './suites/lanes.ts';
import { findFiles } from './suites/nodeTests.ts';
import { packageSuite } from './suites/packageExtension.ts';
import type { Suite } from './suites/suite.ts';
import { unitSuite } from './suites/unitSuite.ts';
import { windowSuite } from './suites/windowSuite.ts';
import { useOwnTemporaryFolder } from './vscode/temporary.ts';

/** Ends the test files that run, and they their windows. */
const stopped = new AbortController();

/** Where a file belongs that is named as an argument. */
const FOLDERS: Readonly<Record<string, string>> = { unit: 'test/unit/**/*.test.ts', panel: 'test/panel/**/*.test.ts' };

const args = process.argv.slice(2);
const files = args.filter((arg) => arg.endsWith('.ts'));
const names = args.filter((arg) => !files.includes(arg));

const SUITES: readonly Suite[] = [
  commandSuite('build', 'build'),
  packageSuite,
  hostSuite,
  commandSuite('types', 'types', { isBackground: true }),
  commandSuite('lint', 'lint', { isBackground: true }),
  windowSuite(findFiles(FOLDERS['panel'] ?? '', files), stopped.signal),
  unitSuite(findFiles(FOLDERS['unit'] ?? '', files), stopped.signal),
];

// What is temporary goes away also when the run is broken off.
useOwnTemporaryFolder({ isBusy: true });
function breakOff(): void {
  stopped.abort();
  setTimeout(() => process.exit(130), 500);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, breakOff);
process.once('disconnect', breakOff);

const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) throw new Error(`No such suite: ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`);
const lost = files.filter((file) => !Object.values(FOLDERS).some((pattern) => findFiles(pattern, [file]).length > 0));
if (lost.length > 0) throw new Error(`No such test file: ${lost.join(', ')}.`);

const isWanted = ({ name }: Suite): boolean => {
  if (files.length > 0) return names.includes(name) || (name in FOLDERS && findFiles(FOLDERS[name] ?? '', files).length > 0);
  return names.length === 0 || names.includes(name);
};
const { passed, failed, skipped } = await new LanePair(stopped.signal).run(SUITES.filter(isWanted));
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);
