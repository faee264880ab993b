// Waits for a visible document that wants its missing images underlined: few people turn that on.
import * as vscode from 'vscode';
import { imageLinkLanguageOf } from '../../missing/documentLanguage.ts';
import { PREFIX } from '../window/ids.ts';

const SETTING = 'missingImages.hints';

/** Calls `begin` once, and stops looking then. */
export function whenHintsAreWanted(begin: () => void): vscode.Disposable {
  const look = (): void => {
    const isWanted = vscode.window.visibleTextEditors.some(({ document }) => imageLinkLanguageOf(document.languageId, document.uri.path) !== undefined
      && vscode.workspace.getConfiguration(PREFIX, document).get(SETTING) === true);
    if (!isWanted) return;
    listeners.dispose();
    begin();
  };
  const listeners = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(look),
    // A document whose language was changed is opened anew.
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${PREFIX}.${SETTING}`)) look();
    }),
  );
  // Not within activation, which a document with hints would make long.
  const first = setTimeout(look, 0);
  return vscode.Disposable.from(listeners, { dispose: () => clearTimeout(first) });
}
