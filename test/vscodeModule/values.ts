// Stands in for VS Code's constants and for the classes that only carry what they are given.
import type * as vscode from 'vscode';

type Names<Enum> = Record<keyof Enum, number>;

export const ViewColumn = { Active: -1, Beside: -2, One: 1, Two: 2, Three: 3, Four: 4, Five: 5, Six: 6, Seven: 7, Eight: 8, Nine: 9 } satisfies Names<typeof vscode.ViewColumn>;
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 } satisfies Names<typeof vscode.ProgressLocation>;
export const StatusBarAlignment = { Left: 1, Right: 2 } satisfies Names<typeof vscode.StatusBarAlignment>;
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } satisfies Names<typeof vscode.ConfigurationTarget>;
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } satisfies Names<typeof vscode.FileType>;
export const FilePermission = { Readonly: 1 } satisfies Names<typeof vscode.FilePermission>;
export const EndOfLine = { LF: 1, CRLF: 2 } satisfies Names<typeof vscode.EndOfLine>;
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 } satisfies Names<typeof vscode.DiagnosticSeverity>;
export const QuickPickItemKind = { Separator: -1, Default: 0 } satisfies Names<typeof vscode.QuickPickItemKind>;
export const TextDocumentChangeReason = { Undo: 1, Redo: 2 } satisfies Names<typeof vscode.TextDocumentChangeReason>;
export const QuickInputButtons = { Back: { iconPath: { id: 'arrow-left' } } };

/** A kind such as `quickfix`, which others refine with a dot. */
class Kind {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  append(part: string): Kind {
    return new Kind(this.value === '' ? part : `${this.value}.${part}`);
  }
}

export const CodeActionKind = { Empty: new Kind(''), QuickFix: new Kind('quickfix') };
export const DocumentDropOrPasteEditKind = { Empty: new Kind(''), Text: new Kind('text') };

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  value: string;

  constructor(value = '') {
    this.value = value;
  }
}

export class RelativePattern {
  readonly baseUri: vscode.Uri;
  readonly pattern: string;

  constructor(base: vscode.WorkspaceFolder | vscode.Uri, pattern: string) {
    [this.baseUri, this.pattern] = ['uri' in base ? base.uri : base, pattern];
  }
}

export class TabInputText {
  readonly uri: vscode.Uri;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: vscode.Uri;
  readonly modified: vscode.Uri;

  constructor(original: vscode.Uri, modified: vscode.Uri) {
    [this.original, this.modified] = [original, modified];
  }
}

export class TabInputCustom {
  readonly uri: vscode.Uri;
  readonly viewType: string;

  constructor(uri: vscode.Uri, viewType: string) {
    [this.uri, this.viewType] = [uri, viewType];
  }
}

export class TabInputNotebook {
  readonly uri: vscode.Uri;
  readonly notebookType: string;

  constructor(uri: vscode.Uri, notebookType: string) {
    [this.uri, this.notebookType] = [uri, notebookType];
  }
}
