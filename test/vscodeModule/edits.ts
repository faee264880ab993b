// Stands in for edits, which hold what is to be changed until somebody applies them.
import type * as vscode from 'vscode';
import { Range } from './positions.ts';

export class TextEdit implements vscode.TextEdit {
  range: vscode.Range;
  newText: string;
  newEol?: vscode.EndOfLine;

  constructor(range: vscode.Range, newText: string) {
    [this.range, this.newText] = [range, newText];
  }

  static replace(range: vscode.Range, newText: string): TextEdit {
    return new TextEdit(range, newText);
  }

  static insert(position: vscode.Position, newText: string): TextEdit {
    return new TextEdit(new Range(position, position), newText);
  }

  static delete(range: vscode.Range): TextEdit {
    return new TextEdit(range, '');
  }
}

export class SnippetString {
  value: string;
  #nextTabStop = 1;

  constructor(value = '') {
    this.value = value;
  }

  appendText(text: string): this {
    this.value += text.replaceAll(/[$}\\]/g, '\\$&');
    return this;
  }

  /** A tab stop that is filled, and chosen when the snippet is in. */
  appendPlaceholder(fill: (inner: SnippetString) => unknown): this {
    const tabStop = this.#nextTabStop++;
    const inner = new SnippetString();
    inner.#nextTabStop = this.#nextTabStop;
    fill(inner);
    this.#nextTabStop = inner.#nextTabStop;
    this.value += `\${${tabStop}:${inner.value}}`;
    return this;
  }
}

export class SnippetTextEdit {
  range: vscode.Range;
  snippet: SnippetString;

  constructor(range: vscode.Range, snippet: SnippetString) {
    [this.range, this.snippet] = [range, snippet];
  }

  static replace(range: vscode.Range, snippet: SnippetString): SnippetTextEdit {
    return new SnippetTextEdit(range, snippet);
  }

  static insert(position: vscode.Position, snippet: SnippetString): SnippetTextEdit {
    return new SnippetTextEdit(new Range(position, position), snippet);
  }
}

export class DocumentPasteEdit {
  insertText: string | SnippetString;
  title: string;
  kind: unknown;
  additionalEdit?: vscode.WorkspaceEdit;

  constructor(insertText: string | SnippetString, title: string, kind: unknown) {
    [this.insertText, this.title, this.kind] = [insertText, title, kind];
  }
}

/** Files and texts that one step changes; a test reads what is to be done out of `files` and `entries`. */
export class WorkspaceEdit {
  readonly files: { readonly created?: vscode.Uri; readonly deleted?: vscode.Uri; readonly options: unknown }[] = [];
  readonly #texts = new Map<string, [vscode.Uri, (TextEdit | SnippetTextEdit)[]]>();

  get size(): number {
    return this.#texts.size + this.files.length;
  }

  createFile(uri: vscode.Uri, options?: object): void {
    this.files.push({ created: uri, options });
  }

  deleteFile(uri: vscode.Uri, options?: object): void {
    this.files.push({ deleted: uri, options });
  }

  /** Adds to what is there, as VS Code does; its documentation speaks of replacing. */
  set(uri: vscode.Uri, edits: readonly (TextEdit | SnippetTextEdit)[]): void {
    this.#texts.set(uri.toString(), [uri, [...this.get(uri), ...edits]]);
  }

  get(uri: vscode.Uri): (TextEdit | SnippetTextEdit)[] {
    return this.#texts.get(uri.toString())?.[1] ?? [];
  }

  has(uri: vscode.Uri): boolean {
    return this.#texts.has(uri.toString());
  }

  replace(uri: vscode.Uri, range: vscode.Range, newText: string): void {
    this.set(uri, [new TextEdit(range, newText)]);
  }

  entries(): [vscode.Uri, (TextEdit | SnippetTextEdit)[]][] {
    return [...this.#texts.values()];
  }
}
