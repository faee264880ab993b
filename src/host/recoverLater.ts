// Looks, some time after activation, whether an earlier window left something unfinished.
import * as vscode from 'vscode';
import { TRASH, UNFINISHED } from '../history/folderNames.ts';

/** Recovery waits until the window has settled, and looks again: after a reload the old host may live on for a while. */
const DELAYS_MS = [1500, 20_000, 120_000];

/** Calls `recover` where there is something to recover or to throw away, or where the product is in use anyway. */
export function recoverLater(storage: vscode.Uri, isInUse: () => boolean, recover: () => Promise<void>): vscode.Disposable {
  const look = async (): Promise<void> => {
    if (isInUse() || (await holdsFiles(storage, UNFINISHED)) || (await holdsFiles(storage, TRASH))) await recover();
  };
  const timers = DELAYS_MS.map((delayMs) => setTimeout(() => void look(), delayMs));
  return { dispose: () => timers.forEach(clearTimeout) };
}

/** True, too, where the folder cannot be read: recovery logs why. */
async function holdsFiles(storage: vscode.Uri, name: string): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(storage, name))).length > 0;
  } catch (error) {
    return !(error instanceof vscode.FileSystemError && error.code === 'FileNotFound');
  }
}
