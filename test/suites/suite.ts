// What every suite of the test command is: a name, and pieces of work that end in counts.

/** Counts, and what is to be read about each failure. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  /** What each file took, if there were several. */
  readonly files?: readonly { readonly title: string; readonly seconds: number }[];
}

/** What a piece of work is handed by the lane that takes it. */
export interface Lane {
  /** More environment for its test files. */
  env(this: void): Promise<Readonly<Record<string, string>>>;
  /** The same with a VS Code and a browser in it, which are started now if they are not there. */
  windows(this: void): Promise<Readonly<Record<string, string>>>;
  /** For what goes on behind the lanes; aborted when they are done. */
  readonly behind?: AbortSignal;
}

/** Something that one lane does while the other does something else: a check, a test file, a few that share a process. */
export interface Work {
  /** As it is named in the list of the slowest, such as a file's path. */
  readonly title: string;
  /** About how long it takes: among what needs the package the longest begins first, so that no lane waits for the other at the end. */
  readonly seconds?: number;
  /** Kept for the end, when either lane takes what is left, so that neither waits long for the other. */
  readonly isFiller?: boolean;
  /** Goes on behind both lanes, in the time that they leave. For what waits for nothing and has no limits of time. */
  readonly isBackground?: boolean;
  run(this: void, lane: Lane): Promise<SuiteResult>;
}

/** One step of the test command. */
export interface Suite {
  readonly name: string;
  /** In the order in which it should begin, unless its `seconds` say another. */
  works(this: void): readonly Work[];
}

/** A check that says what is wrong, or nothing. */
export interface Check {
  readonly title: string;
  /** Undefined if all is well, else what a person reads. */
  readonly find: () => Promise<string | undefined> | string | undefined;
}

export const NOTHING: SuiteResult = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function add(one: SuiteResult, other: SuiteResult): SuiteResult {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: (one.skipped ?? 0) + (other.skipped ?? 0),
    failures: [...one.failures, ...other.failures],
  };
}

/** Runs checks in order; one that throws has failed. */
export async function runChecks(checks: readonly Check[]): Promise<SuiteResult> {
  const failures: { title: string; message: string }[] = [];
  for (const { title, find } of checks) {
    try {
      const message = await find();
      if (message !== undefined) failures.push({ title, message });
    } catch (error) {
      failures.push({ title, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return { passed: checks.length - failures.length, failed: failures.length, failures };
}
