// Remembers which text editor was used last, also while an image or the panel is in front.
import * as vscode from 'vscode';

/** Where an insertion goes: a document and the cursors in it. */
export interface EditorTarget {
  document: vscode.TextDocument;
  cursors: vscode.Position[];
  viewColumn: vscode.ViewColumn | undefined;
}

export class LastEditor implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #last: vscode.TextEditor | undefined;

  constructor() {
    this.#last = usable(vscode.window.activeTextEditor);
    this.#listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#last = usable(editor) ?? this.#last;
    });
  }

  /** The last used text editor that is still open; undefined when no text document is open in a tab. */
  async get(): Promise<EditorTarget | undefined> {
    const active = usable(vscode.window.activeTextEditor);
    const editor = active ?? this.#last;
    if (editor && (editor === active || isOpenInTab(editor.document.uri))) return targetOf(editor);
    const visible = vscode.window.visibleTextEditors.find((candidate) => usable(candidate));
    if (visible) return targetOf(visible);
    // Before the first change of editors is seen, only the tabs tell what was open behind an image.
    for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
      const document = await documentOf(tab);
      if (document) return { document, cursors: [document.lineAt(document.lineCount - 1).range.end], viewColumn: tab.group.viewColumn };
    }
    return undefined;
  }

  /** The document whose settings hold: the one that was worked on last, else the first folder. */
  scope(): vscode.Uri | undefined {
    return this.#last?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

/** Undefined for a tab without a text to write into: another kind of tab, a file that is gone, or that is no text. */
async function documentOf({ input }: vscode.Tab): Promise<vscode.TextDocument | undefined> {
  if (!(input instanceof vscode.TabInputText) || !canTakeText(input.uri)) return undefined;
  try {
    return await vscode.workspace.openTextDocument(input.uri);
  } catch {
    return undefined;
  }
}

function targetOf(editor: vscode.TextEditor): EditorTarget {
  const cursors = editor.selections.map((selection) => selection.active);
  return { document: editor.document, cursors, viewColumn: editor.viewColumn };
}

function usable(editor: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
  return editor && canTakeText(editor.document.uri) ? editor : undefined;
}

/** Documents that people write, not output, logs, diffs or inputs of other views. */
function canTakeText(uri: vscode.Uri): boolean {
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return true;
  return vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined && !['output', 'git', 'debug', 'comment', 'vscode-scm'].includes(uri.scheme);
}

function isOpenInTab(uri: vscode.Uri): boolean {
  const wanted = uri.toString();
  return vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => {
    const { input } = tab;
    if (input instanceof vscode.TabInputText) return input.uri.toString() === wanted;
    if (input instanceof vscode.TabInputTextDiff) return input.modified.toString() === wanted;
    return input instanceof vscode.TabInputNotebook && uri.scheme === 'vscode-notebook-cell';
  }));
}
