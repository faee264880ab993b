// Registers the commands behind the one error boundary: a cancel is silent, a known failure is one sentence with its fix.
import * as vscode from 'vscode';
import type { FailureReports } from './failureReports.ts';
import { fullId, type CommandId } from './ids.ts';
import type { Log } from './log.ts';
import { RefusalToCaller } from './refusal.ts';

export interface Command {
  id: CommandId;
  run(...args: unknown[]): unknown;
}

export function registerCommands(commands: readonly Command[], reports: FailureReports, log: Log): vscode.Disposable[] {
  return commands.map((command) =>
    vscode.commands.registerCommand(fullId(command.id), async (...args: unknown[]) => {
      try {
        return await command.run(...args);
      } catch (error) {
        if (error instanceof RefusalToCaller) throw error;
        reports.showError(error, log);
        return undefined;
      }
    }),
  );
}
