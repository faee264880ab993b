// Turns a glob of node:test files into one run and its counts.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { ROOT } from '../vscode/codeServer.ts';
import type { Suite, SuiteResult } from './suite.ts';

const SEED = pathToFileURL(join(ROOT, 'test', 'unit', 'seed.ts')).href;

/** What went wrong, without the lines about the test runner itself. */
function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  return text.replaceAll(/\n\s+at [^\n]*node:internal[^\n]*/g, '');
}

async function runFiles(files: string[], concurrency: number, timeoutMs: number, signal: AbortSignal): Promise<SuiteResult> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: { title: string; message: string }[] = [];
  const fail = (title: string, message: string): void => {
    counts.failed += 1;
    failures.push({ title, message });
  };
  const stream = run({ files, cwd: ROOT, concurrency, timeout: timeoutMs, signal, execArgv: ['--import', SEED] });
  stream.on('test:pass', ({ name, file, skip, todo, details }) => {
    if (details.type === 'suite') return;
    if (skip !== undefined || todo !== undefined) counts.skipped += 1;
    // A file without a test in it is reported as one passed test.
    else if (files.includes(name)) fail(file ?? name, 'This file holds no test.');
    else counts.passed += 1;
  });
  stream.on('test:fail', ({ name, file, todo, details }) => {
    const { cause, failureType } = details.error as Error & { failureType?: string };
    if (failureType === 'subtestsFailed') return;
    if (todo !== undefined) counts.skipped += 1;
    else fail(`${file ?? ''} › ${name}`, describeError(cause ?? details.error));
  });
  // What a failing file printed is often the reason; what a passing one prints is of no interest here.
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  for await (const event of stream) void event;
  return { ...counts, failures };
}

/** A suite of the test files that `pattern` finds. `timeoutMs` bounds each file; `signal` ends them all. */
export function nodeTests(name: string, pattern: string, concurrency: number, timeoutMs: number, signal: AbortSignal): Suite {
  return { name, run: () => runFiles(globSync(pattern, { cwd: ROOT }).sort(), concurrency, timeoutMs, signal) };
}

/**
 * A suite of test files that drive whole windows, each in a VS Code of its own, `concurrency` at a time: most of it is
 * waiting. A window on a busy machine may lose a key or be late once: a file that failed is run a second time, with the
 * machine to itself, and that is said. What fails twice has failed.
 */
export function windowTests(name: string, pattern: string, concurrency: number, timeoutMs: number, signal: AbortSignal): Suite {
  const runFile = (file: string): Promise<SuiteResult> => runFiles([file], 1, timeoutMs, signal);
  return {
    name,
    async run() {
      let total: SuiteResult = { passed: 0, failed: 0, skipped: 0, failures: [] };
      const files = globSync(pattern, { cwd: ROOT }).sort();
      const failed: string[] = [];
      const work = async (): Promise<void> => {
        for (let file = files.shift(); file !== undefined && !signal.aborted; file = files.shift()) {
          const result = await runFile(file);
          if (result.failed > 0 && !signal.aborted) {
            failed.push(file);
            tellFirst(file, result);
          } else total = add(total, result);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, work));
      for (const file of failed) total = add(total, await runFile(file));
      return total;
    },
  };
}

/** The first run's result, or, where that failed, the second's. */
export async function runAgainOnce(what: string, run: () => Promise<SuiteResult>, signal: AbortSignal): Promise<SuiteResult> {
  const first = await run();
  if (first.failed === 0 || signal.aborted) return first;
  tellFirst(what, first);
  return run();
}

function tellFirst(what: string, { failures }: SuiteResult): void {
  for (const { title, message } of failures) console.log(`  failed once: ${title}\n    ${message.split('\n').slice(0, 6).join('\n    ')}`);
  console.log(`  to be run again: ${what}`);
}

function add(one: SuiteResult, other: SuiteResult): SuiteResult {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: (one.skipped ?? 0) + (other.skipped ?? 0),
    failures: [...one.failures, ...other.failures],
  };
}
