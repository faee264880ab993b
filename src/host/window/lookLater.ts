// Looks at what windows share some time after this one has started, and when it comes to the front.
import * as vscode from 'vscode';

/** The window comes first. */
const DELAY_MS = 2000;

/** Another window may have changed it since the last look. */
export function lookLater(look: () => void): vscode.Disposable {
  const lookOnce = (): void => {
    try {
      look();
    } catch {
      // After an update of the extension its files cannot be read; whoever asks for something next is told so.
    }
  };
  const timer = setTimeout(lookOnce, DELAY_MS);
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => focused && lookOnce());
  return vscode.Disposable.from(focus, { dispose: () => clearTimeout(timer) });
}
