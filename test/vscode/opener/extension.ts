// Turns a freshly opened window into one to try things in: the panel and the sample document are open.
import * as vscode from 'vscode';

/** Line of the sample, counted from 0, that waits for an image. */
const EMPTY_LINE = 4;

/** Acts once for each window, so that a reload finds what the person left. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined || context.workspaceState.get('opened') === true) return;
  await context.workspaceState.update('opened', true);
  await vscode.commands.executeCommand('generateImage.openPanel');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'docs', 'welcome.md'));
  const cursor = new vscode.Range(EMPTY_LINE, 0, EMPTY_LINE, 0);
  await vscode.window.showTextDocument(document, { preview: false, selection: cursor });
}
