// Turns the whole project into one line, "N passed, N failed": every suite in turn, or those named as arguments.
import { commandSuite } from './suites/commandSuite.ts';
import { nodeTests, runAgainOnce, windowTests } from './suites/nodeTests.ts';
import { packageSuite, vsixUnderTest } from './suites/packageExtension.ts';
import type { Suite, SuiteResult } from './suites/suite.ts';
import { ensureBrowser } from './vscode/browser.ts';
import { ensureCodeServer } from './vscode/codeServer.ts';
import { useOwnTemporaryFolder } from './vscode/temporary.ts';

const MINUTE_MS = 60_000;

/** Ends the test files that run, and they their windows. */
const stopped = new AbortController();

/** Whatever `suite` needs is made ready first; what goes wrong there is a failure of the suite. */
function inVsCode(suite: Suite): Suite {
  return {
    name: suite.name,
    async run() {
      process.env['CHROME_PATH'] = ensureBrowser();
      await ensureCodeServer();
      process.env['GENERATE_IMAGE_VSIX'] = vsixUnderTest();
      return suite.run();
    },
  };
}

const hostSuite: Suite = {
  name: 'host',
  async run() {
    const { runHostSuite } = await import('./vscode/runHostSuite.ts');
    return runAgainOnce('test/host', () => runHostSuite(vsixUnderTest()), stopped.signal);
  },
};

const SUITES: readonly Suite[] = [
  commandSuite('build', 'build'),
  commandSuite('lint', 'lint'),
  commandSuite('types', 'types'),
  nodeTests('unit', 'test/unit/**/*.test.ts', 2, 5 * MINUTE_MS, stopped.signal),
  packageSuite,
  inVsCode(hostSuite),
  inVsCode(windowTests('panel', 'test/panel/**/*.test.ts', 2, 5 * MINUTE_MS, stopped.signal)),
];

async function runSuite(suite: Suite): Promise<SuiteResult> {
  try {
    const result = await suite.run();
    if (result.passed + result.failed > 0) return result;
    return { passed: 0, failed: 1, failures: [{ title: suite.name, message: 'This suite ran no test at all.' }] };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, failures: [{ title: suite.name, message }] };
  }
}

// What is temporary goes away also when the run is broken off.
useOwnTemporaryFolder();
function breakOff(): void {
  stopped.abort();
  setTimeout(() => process.exit(130), 500);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, breakOff);
process.once('disconnect', breakOff);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) throw new Error(`No such suite: ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`);

const total = { passed: 0, failed: 0 };
for (const suite of SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`▸ ${suite.name}`);
  const startedMs = performance.now();
  const { passed, failed, skipped = 0, failures } = await runSuite(suite);
  total.passed += passed;
  total.failed += failed;
  for (const { title, message } of failures) console.log(`\n✖ ${title}\n${message.replace(/^/gm, '  ')}\n`);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${failed > 0 ? '✖' : '✔'} ${suite.name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} (${seconds} s)`);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
