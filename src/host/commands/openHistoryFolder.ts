// "Open History Folder": shows the kept images where the operating system shows files.
import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { revealFile } from '../window/revealFile.ts';

export function openHistoryFolderCommand(imagesFolder: vscode.Uri): Command {
  return {
    id: 'openHistoryFolder',
    async run() {
      await vscode.workspace.fs.createDirectory(imagesFolder);
      await revealFile(imagesFolder);
    },
  };
}
