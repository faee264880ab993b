// Shows a file or folder where the operating system shows files.
import * as vscode from 'vscode';

/** In a browser window, which has no file manager of the machine that the file lies on, the path is offered instead. */
export async function revealFile(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } catch {
    const copy = vscode.l10n.t('Copy path');
    const choice = await vscode.window.showInformationMessage(vscode.l10n.t('The file is at {0}', uri.fsPath), copy);
    if (choice === copy) await vscode.env.clipboard.writeText(uri.fsPath);
  }
}
