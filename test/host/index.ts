// Turns the bundled *.test.cjs files beside it into one mocha run inside VS Code, and its result into a file.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Mocha from 'mocha';

/** What the file named by HOST_SUITE_RESULT holds after a run. */
export interface HostSuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  /** What each file took. */
  readonly files: readonly { readonly title: string; readonly seconds: number }[];
}

/** VS Code calls this. Rejects where a test failed, so that the desktop's exit code says so too. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const only = process.env['HOST_SUITE_ONLY'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, ...(only === undefined ? {} : { grep: only }) });
  const names = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.cjs'));
  for (const name of names.sort()) mocha.addFile(join(import.meta.dirname, name));
  await mocha.loadFilesAsync();
  const failures: { title: string; message: string }[] = [];
  let passed = 0;
  const secondsOf = new Map<string, number>();
  let last = performance.now();
  const note = ({ file = '' }: Mocha.Runnable): void => {
    const now = performance.now();
    secondsOf.set(file, (secondsOf.get(file) ?? 0) + (now - last) / 1000);
    last = now;
  };
  const failed = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('test end', note)
      .on('hook end', note)
      .on('pass', () => (passed += 1))
      .on('fail', (test: Mocha.Runnable, error: Error) => failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) }));
  });
  const files = [...secondsOf].map(([file, seconds]) => ({ title: `test/host/${basename(file, '.cjs')}.ts`, seconds }));
  const result: HostSuiteResult = { passed, failed, failures, files };
  const file = process.env['HOST_SUITE_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
