// What every suite of the test command is: a name, and a run that ends in counts.

/** Counts, and what is to be read about each failure. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

/** One step of the test command. */
export interface Suite {
  readonly name: string;
  run(): Promise<SuiteResult>;
}

/** A check that says what is wrong, or nothing. */
export interface Check {
  readonly title: string;
  /** Undefined where all is well, else what a person reads. */
  readonly find: () => Promise<string | undefined> | string | undefined;
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
