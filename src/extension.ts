// Builds the parts of the extension and hands each what it needs.
import * as vscode from 'vscode';
import { buildParts } from './host/buildParts.ts';
import { createCommands } from './host/createCommands.ts';
import { registerCommands } from './host/registerCommands.ts';
import { PANEL_VIEW_ID } from './host/ids.ts';
import { MissingHints, registerMissingAction } from './host/missingActions.ts';
import { registerPaste } from './host/pasteInsertion.ts';
import { recoverAndReport } from './host/recoveryReport.ts';

/** Recovery waits until the window has settled, and looks again: after a reload the old host may live on for a while. */
const RECOVERY_DELAYS_MS = [1500, 20_000, 120_000];

export function activate(context: vscode.ExtensionContext): void {
  const parts = buildParts(context);
  const recoveries = RECOVERY_DELAYS_MS.map((delayMs) => setTimeout(() => {
    recoverAndReport(parts.recovery, parts.view, parts.log, () => parts.panel.focus())
      .catch((error: unknown) => parts.log.error('Recovery failed', error));
  }, delayMs));
  context.subscriptions.push(
    ...parts.disposables,
    vscode.window.registerWebviewViewProvider(PANEL_VIEW_ID, parts.panel),
    registerPaste({ history: parts.view, files: parts.imageFiles }),
    registerMissingAction(parts.missing),
    new MissingHints(parts.missing),
    ...registerCommands(createCommands(parts), parts.reports, parts.log),
    { dispose: () => recoveries.forEach(clearTimeout) },
  );
}
