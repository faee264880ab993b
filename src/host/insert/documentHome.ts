// Tells where a document lies and which folder its images may be written below.
import * as vscode from 'vscode';
import type { ImagePaths } from '../../insert/imagePaths.ts';

export interface DocumentHome {
  /** The file that links are relative to: the notebook for one of its cells; undefined for an untitled document. */
  fileUri: vscode.Uri | undefined;
  /** The workspace folder, or a lone document's own folder. */
  rootUri: vscode.Uri;
  workspaceFolder: vscode.WorkspaceFolder | undefined;
  /** Path that links are counted from: the document's, or the one an untitled document would have in its root. */
  documentPath: string;
  /** What the document and its language say of the images' folder; undefined where nobody asked, or nothing is said. */
  images?: ImagePaths | undefined;
}

/** Undefined for an untitled document with no folder open: nobody knows where its images should be. */
export function homeOf(document: vscode.TextDocument): DocumentHome | undefined {
  const fileUri = fileOf(document);
  if (!fileUri) {
    const workspaceFolder = vscode.workspace.workspaceFolders?.[0];
    if (!workspaceFolder) return undefined;
    const rootUri = workspaceFolder.uri;
    return { fileUri, rootUri, workspaceFolder, documentPath: vscode.Uri.joinPath(rootUri, 'untitled').path };
  }
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(fileUri);
  const rootUri = workspaceFolder?.uri ?? vscode.Uri.joinPath(fileUri, '..');
  return { fileUri, rootUri, workspaceFolder, documentPath: fileUri.path };
}

function fileOf(document: vscode.TextDocument): vscode.Uri | undefined {
  if (document.uri.scheme === 'vscode-notebook-cell') {
    const notebook = vscode.workspace.notebookDocuments.find((candidate) => candidate.getCells().some((cell) => cell.document === document));
    return notebook && !notebook.isUntitled ? notebook.uri : undefined;
  }
  return document.isUntitled ? undefined : document.uri;
}
