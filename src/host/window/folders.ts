// Names the folders of the history below the extension's own storage.
import * as vscode from 'vscode';
import { IMAGES, THUMBNAILS } from '../../history/folderNames.ts';

export interface Folders {
  root: vscode.Uri;
  images: vscode.Uri;
  thumbnails: vscode.Uri;
  /** A path below the root, written with `/`. */
  uriOf: (path: string) => vscode.Uri;
}

export function foldersBelow(root: vscode.Uri): Folders {
  const uriOf = (path: string): vscode.Uri => vscode.Uri.joinPath(root, ...path.split('/'));
  return { root, images: uriOf(IMAGES), thumbnails: uriOf(THUMBNAILS), uriOf };
}

/** Where a file that belongs to no document is offered to be saved: the first folder, else the person's own. */
export function usualFolder(homeFolder: string): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homeFolder);
}
