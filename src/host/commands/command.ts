// Runs a command behind the one error boundary: a cancel is silent, a known failure is one sentence with its fix.
import type { FailureReports } from '../failures/failureReports.ts';
import type { CommandId } from '../window/ids.ts';
import { RefusalToCaller } from '../window/refusal.ts';

export interface Command {
  id: CommandId;
  run(...args: readonly unknown[]): unknown;
}

/** Resolves to what the command returns, or to nothing once a person was told why not. @throws RefusalToCaller for the extension that called */
export async function runCommand(command: Command, args: readonly unknown[], reports: FailureReports): Promise<unknown> {
  try {
    return await command.run(...args);
  } catch (error) {
    if (error instanceof RefusalToCaller) throw error;
    reports.showError(error);
    return undefined;
  }
}
