// Ties the panel to what it shows: intents go to their runner, every change leads to a push.
import * as vscode from 'vscode';
import type { Estimates } from '../../jobs/estimate.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { KeptImages } from '../history/keptImages.ts';
import { PREFIX } from '../window/ids.ts';
import type { KeyStore } from '../connection/keyStore.ts';
import type { Log } from '../window/log.ts';
import type { PanelIntents } from './panelIntents.ts';
import type { PanelView } from './panelView.ts';

export interface PanelConnections {
  panel: PanelView;
  intents: PanelIntents;
  changed: vscode.Event<void>;
  kept: KeptImages;
  keys: KeyStore;
  estimates: Estimates;
  imagesFolder: vscode.Uri;
  reports: FailureReports;
  log: Log;
}

/** Changes by other windows come in bursts of files; one look is enough. */
const SETTLE_MS = 300;
const SAMPLES = 60;

export function registerPanel(parts: PanelConnections): vscode.Disposable {
  const { panel, intents, changed, keys, reports, log } = parts;
  const push = (): void => panel.push();
  let watching: vscode.Disposable | undefined;
  const disposables = [
    panel.onIntent((intent) => {
      intents.run(intent).catch((error: unknown) => reports.showError(error));
      if (intent.type === 'ready' && !watching) {
        watching = watchHistory(parts);
        noteEstimates(parts).catch((error: unknown) => log.error('Past durations could not be read', error));
      }
    }),
    changed(push),
    keys.onDidChange(push),
    // Another document may have other settings.
    vscode.window.onDidChangeActiveTextEditor(push),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(PREFIX)) push();
    }),
  ];
  return {
    dispose: () => {
      watching?.dispose();
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** Other windows write into the same folder. */
function watchHistory({ imagesFolder, kept }: PanelConnections): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      kept.refresh();
    }, SETTLE_MS);
  };
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) void kept.refreshIfChanged();
  });
  const disposables: vscode.Disposable[] = [focus];
  let isDisposed = false;
  const watch = (): void => {
    if (isDisposed) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(imagesFolder, '*.json'));
    disposables.push(watcher, watcher.onDidCreate(refreshSoon), watcher.onDidChange(refreshSoon), watcher.onDidDelete(refreshSoon));
    refreshSoon();
  };
  // VS Code looks for a folder that is not there only every few seconds, and misses the files that come with it.
  vscode.workspace.fs.createDirectory(imagesFolder).then(watch, watch);
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** The newest kept images tell how long the next one takes. */
async function noteEstimates({ kept, estimates }: PanelConnections): Promise<void> {
  const ids = await kept.ids();
  const records = await Promise.all(ids.slice(0, SAMPLES).map((id) => kept.record(id)));
  for (const record of records.reverse()) if (record) estimates.note(record.recipe);
  kept.notify();
}
