// Turns files of node:test into pieces of work and their counts.
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { ROOT } from '../vscode/codeServer.ts';
import { runBehind } from './runBehind.ts';
import type { Lane, SuiteResult, Work } from './suite.ts';

const SEED = pathToFileURL(join(ROOT, 'test', 'unit', 'seed.ts')).href;
/** Runs the files that its arguments name, each as a suite of its own, in one process. */
const SHARED = join(ROOT, 'test', 'suites', 'sharedProcess.ts');
/** Runs one of both in a process of its own, and prints the result. */
const FILE_RUNNER = join(ROOT, 'test', 'suites', 'runFile.ts');
/** What V8 compiled once is read from here by every process after it. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');

/** Large memory in large pages, if the machine's C library is glibc: on some virtual machines the first touch of 4 kB takes 12 µs, and what these tests touch is large. */
const LARGE_PAGES = 'glibc.malloc.hugetlb=1';

/** Longer than a whole run beside much else. */
const LONGEST_BEHIND_MS = 2_400_000;

const NO_TEST = 'This file holds no test.';

/** What went wrong, without the lines about the test runner itself. */
function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  return text.replaceAll(/\n\s+at [^\n]*node:internal[^\n]*/g, '');
}

/** How the files of a suite are run. */
export interface NodeTestOptions {
  /** Bounds each piece of work. */
  readonly timeoutMs: number;
  /** Ends them all. */
  readonly signal: AbortSignal;
}

/** Runs one file, which is handed `argv`. */
export async function runFile(file: string, argv: readonly string[], environment: Readonly<Record<string, string>>, { timeoutMs, signal }: NodeTestOptions): Promise<SuiteResult> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: { title: string; message: string }[] = [];
  const printed: string[] = [];
  const withTests = new Set<string>();
  const fail = (title: string, message: string): void => {
    counts.failed += 1;
    failures.push({ title, message });
  };
  const env = { ...process.env, NODE_COMPILE_CACHE: COMPILED, GLIBC_TUNABLES: process.env['GLIBC_TUNABLES'] ?? LARGE_PAGES, ...environment };
  const stream = run({ files: [file], cwd: ROOT, concurrency: 1, timeout: timeoutMs, signal, execArgv: ['--import', SEED], argv: [...argv], env });
  const files: { title: string; seconds: number }[] = [];
  stream.on('test:complete', ({ name, details }) => {
    if (argv.includes(name)) files.push({ title: name, seconds: details.duration_ms / 1000 });
  });
  stream.on('test:pass', ({ name, file: where, skip, todo, details }) => {
    if (details.type === 'suite') return;
    if (skip !== undefined || todo !== undefined) counts.skipped += 1;
    // A file without a test in it is reported as one passed test.
    else if (name === file) fail(file, NO_TEST);
    else counts.passed += 1;
    if (where !== undefined) withTests.add(relative(ROOT, where));
  });
  stream.on('test:fail', ({ name, file: where, todo, details }) => {
    const { cause, failureType } = details.error as Error & { failureType?: string };
    if (failureType === 'subtestsFailed') return;
    if (todo !== undefined) counts.skipped += 1;
    else fail(`${where ?? file} › ${name}`, describeError(cause ?? details.error));
  });
  stream.on('test:stderr', ({ message }) => printed.push(message));
  for await (const event of stream) void event;
  if (counts.failed === 0) for (const silent of argv.filter((each) => !withTests.has(each))) fail(silent, NO_TEST);
  // What a failing file printed is often the reason; what a passing one prints is of no interest here.
  if (failures.length > 0 && printed.length > 0) failures.push({ title: `${file} printed`, message: printed.join('') });
  return { ...counts, failures, files };
}

/** The files that a pattern finds, or those of them that are `wanted` if any are. */
export function findFiles(pattern: string, wanted: readonly string[] = []): string[] {
  const files = globSync(pattern, { cwd: ROOT }).sort();
  return wanted.length === 0 ? files : files.filter((file) => wanted.includes(file));
}

/** Each file in a process of its own. */
export function separateFiles(files: readonly string[], options: NodeTestOptions): Work[] {
  return files.map((file) => ({ title: file, run: async (lane) => runFile(file, [], await lane.env(), options) }));
}

/** All the files one after the other in one process: none of them starts another or changes the environment. */
export function sharedFiles(title: string, files: readonly string[], options: NodeTestOptions): Work[] {
  return files.length === 0 ? [] : [{ title, run: async (lane) => runFile(SHARED, files, await lane.env(), options) }];
}

/** The same behind the lanes, in the time that they leave: for files that wait for nothing and have no limits of time. */
export function filesBehind(title: string, files: readonly string[], { signal }: NodeTestOptions): Work[] {
  const run = async ({ behind }: Lane): Promise<SuiteResult> => {
    const [file = SHARED, argv] = files.length === 1 ? [files[0], []] : [SHARED, files];
    const { code, printed } = await runBehind(process.execPath, [FILE_RUNNER, String(LONGEST_BEHIND_MS), file, ...argv], process.env, behind, signal);
    const result = printed.split('\n').findLast((line) => line.startsWith('{"passed":'));
    if (code !== 0 || result === undefined) throw new Error(`It ended with ${code}:\n${printed}`);
    return JSON.parse(result) as SuiteResult;
  };
  return files.length === 0 ? [] : [{ title, isBackground: true, run }];
}
