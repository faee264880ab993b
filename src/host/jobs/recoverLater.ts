// Looks, some time after activation, whether earlier windows left something that is to be taken up or thrown away.
import * as vscode from 'vscode';
import { TRASH, UNFINISHED } from '../../history/folderNames.ts';
import { deletedMsOf, TRASH_KEPT_MS } from '../../history/trash.ts';

/** Recovery waits until the window has settled, and looks again: after a reload the old host may live on for a while. */
const DELAYS_MS = [1500, 20_000, 120_000];

/** Calls `recover` if there is something to do. */
export function recoverLater(storage: vscode.Uri, recover: () => Promise<void>): vscode.Disposable {
  let isDisposed = false;
  const look = async (): Promise<void> => {
    const isSomethingLeft = (await holds(storage, UNFINISHED, isJournal)) || (await holds(storage, TRASH, isOld));
    if (isSomethingLeft && !isDisposed) await recover();
  };
  const timers = DELAYS_MS.map((delayMs) => setTimeout(() => {
    // After an update of the extension its files cannot be read; whoever asks for something next is told so.
    look().catch(() => undefined);
  }, delayMs));
  return {
    dispose: () => {
      isDisposed = true;
      timers.forEach(clearTimeout);
    },
  };
}

/** Half-written ones, too: what systems leave in folders, such as `.DS_Store`, is not ours. */
function isJournal(name: string): boolean {
  return name.includes('.json');
}

function isOld(name: string): boolean {
  const deletedMs = deletedMsOf(name);
  return deletedMs !== undefined && deletedMs <= Date.now() - TRASH_KEPT_MS;
}

/** True, too, if the folder cannot be read: recovery logs why. */
async function holds(storage: vscode.Uri, folder: string, isWanted: (name: string) => boolean): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(storage, folder))).some(([name]) => isWanted(name));
  } catch (error) {
    return !(error instanceof vscode.FileSystemError && error.code === 'FileNotFound');
  }
}
