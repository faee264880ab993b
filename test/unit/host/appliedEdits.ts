// Applies the edits of the code under test as VS Code does: files are made, open documents change, all or nothing.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TestContext } from 'node:test';
import * as vscode from 'vscode';
import { world } from '../../vscodeModule/world.ts';

interface MadeFile {
  readonly created?: vscode.Uri;
  readonly options?: { readonly contents: Uint8Array };
}

/** From now on; the list holds each edit that came, oldest first. */
export function applyEdits(t: Pick<TestContext, 'after'>): vscode.WorkspaceEdit[] {
  const edits: vscode.WorkspaceEdit[] = [];
  Object.assign(vscode.workspace, {
    async applyEdit(edit: vscode.WorkspaceEdit): Promise<boolean> {
      edits.push(edit);
      const { files } = edit as unknown as { files: readonly MadeFile[] };
      // A file that is there already is never written over, and then nothing is done.
      if (files.some(({ created }) => created && existsSync(created.fsPath))) return false;
      for (const { created, options } of files) {
        if (!created) continue;
        await mkdir(dirname(created.fsPath), { recursive: true });
        await writeFile(created.fsPath, options?.contents ?? '');
      }
      for (const [uri, changes] of edit.entries()) {
        const document = world.documents.find((open) => open.uri.toString() === uri.toString());
        if (document) world.edit(document, ...changes.map((change) => ({ range: change.range, text: textIn(change) })));
      }
      return true;
    },
  });
  t.after(() => delete (vscode.workspace as { applyEdit?: unknown }).applyEdit);
  return edits;
}

function textIn(change: vscode.TextEdit | vscode.SnippetTextEdit): string {
  return 'snippet' in change ? filled(change.snippet) : change.newText;
}

/** The text of a snippet once it is in, its tab stops filled as they are. */
export function filled({ value }: vscode.SnippetString): string {
  return value.replaceAll(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1').replaceAll(/\\([$}\\])/g, '$1');
}
