// Opens the door for agents some time after the window has started, if a person ever connected one; else nothing is read.
import * as vscode from 'vscode';
import { AGENTS_CONNECTED } from '../window/ids.ts';

/** The window comes first. */
const DELAY_MS = 2000;

/** @param open never rejects */
export function openDoorLater(memory: vscode.Memento, open: () => Promise<void>): vscode.Disposable {
  const look = (): void => void (memory.get(AGENTS_CONNECTED) === true && open());
  const timer = setTimeout(look, DELAY_MS);
  // Another window may have connected an agent since.
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => focused && look());
  return vscode.Disposable.from(focus, { dispose: () => clearTimeout(timer) });
}
