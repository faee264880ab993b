// Tells which document a person means: the one in front, and only where that is no text the editor that was used last.
import * as vscode from 'vscode';

/** Where an insertion goes. */
export interface EditorTarget {
  document: vscode.TextDocument;
  /** Read at the moment of use; undefined in an editor whose cursor no extension can read. */
  cursors: (() => vscode.Position[]) | undefined;
  viewColumn: vscode.ViewColumn | undefined;
  /** Whether the person sees it. */
  isVisible: boolean;
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

  /** Undefined when no text document is open in a tab. */
  async get(): Promise<EditorTarget | undefined> {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    return (activeTab && (await inFront(activeTab))) ?? this.#used();
  }

  async #used(): Promise<EditorTarget | undefined> {
    if (this.#last && isOpenInTab(this.#last.document.uri)) return targetOf(this.#last);
    const visible = vscode.window.visibleTextEditors.find((candidate) => usable(candidate));
    if (visible) return targetOf(visible);
    // Before the first change of editors is seen, only the tabs tell what was open behind an image.
    for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
      const document = tab.input instanceof vscode.TabInputText ? await documentOf(tab.input.uri) : undefined;
      if (document) return atEnd(document, tab);
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

/** The text document that the tab in front shows, in whatever editor; undefined for an image, a preview, settings. */
async function inFront(tab: vscode.Tab): Promise<EditorTarget | undefined> {
  const { input } = tab;
  const active = usable(vscode.window.activeTextEditor);
  if (input instanceof vscode.TabInputText) return editorOf([input.uri], active, tab);
  if (input instanceof vscode.TabInputTextDiff) return editorOf([input.modified, input.original], active, tab);
  if (input instanceof vscode.TabInputNotebook) return active?.document.uri.scheme === 'vscode-notebook-cell' ? targetOf(active) : cellInFront(tab);
  if (!(input instanceof vscode.TabInputCustom)) return undefined;
  // An image is opened as no text.
  const document = await documentOf(input.uri);
  return document && { document, cursors: undefined, viewColumn: tab.group.viewColumn, isVisible: true };
}

async function editorOf(uris: readonly vscode.Uri[], active: vscode.TextEditor | undefined, tab: vscode.Tab): Promise<EditorTarget | undefined> {
  const texts = uris.map((uri) => uri.toString());
  const shows = (editor: vscode.TextEditor): boolean => texts.includes(editor.document.uri.toString()) && canTakeText(editor.document.uri);
  if (active && shows(active)) return targetOf(active);
  const visible = vscode.window.visibleTextEditors.filter(shows);
  const editor = visible.find(({ viewColumn }) => viewColumn === tab.group.viewColumn) ?? visible[0];
  if (editor) return targetOf(editor);
  const document = uris[0] && (await documentOf(uris[0]));
  return document ? atEnd(document, tab) : undefined;
}

/** A notebook whose cell is chosen, not edited. */
function cellInFront(tab: vscode.Tab): EditorTarget | undefined {
  const editor = vscode.window.activeNotebookEditor;
  const index = editor?.selection.start ?? 0;
  if (!editor || index >= editor.notebook.cellCount) return undefined;
  return atEnd(editor.notebook.cellAt(index).document, tab);
}

/** Undefined for a file that is gone, or that is no text. */
async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  if (!canTakeText(uri)) return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function atEnd(document: vscode.TextDocument, { group, isActive }: vscode.Tab): EditorTarget {
  return { document, cursors: () => [document.lineAt(document.lineCount - 1).range.end], viewColumn: group.viewColumn, isVisible: isActive };
}

function targetOf(editor: vscode.TextEditor): EditorTarget {
  return {
    document: editor.document,
    cursors: () => editor.selections.map((selection) => selection.active),
    viewColumn: editor.viewColumn,
    isVisible: vscode.window.visibleTextEditors.some(({ document }) => document === editor.document),
  };
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
