// Stands in for a text document: lines, offsets and the changes that an editor makes to them.
import type * as vscode from 'vscode';
import { Position, Range } from './positions.ts';
import { EndOfLine } from './values.ts';

/** How a document begins; English prose in a file when left out. */
export interface DocumentOptions {
  readonly languageId?: string;
  readonly isUntitled?: boolean;
}

/** A document as VS Code holds it: one kind of line end throughout. */
export class Document implements vscode.TextDocument {
  readonly uri: vscode.Uri;
  readonly languageId: string;
  readonly isUntitled: boolean;
  readonly encoding = 'utf8';
  readonly eol: vscode.EndOfLine;
  version = 1;
  isDirty = false;
  isClosed = false;
  #lines: string[];

  constructor(uri: vscode.Uri, text: string, { languageId = 'plaintext', isUntitled = false }: DocumentOptions = {}) {
    [this.uri, this.languageId, this.isUntitled] = [uri, languageId, isUntitled];
    this.eol = text.includes('\r\n') ? EndOfLine.CRLF : EndOfLine.LF;
    this.#lines = text.split(/\r\n|\r|\n/);
  }

  get fileName(): string {
    return this.uri.fsPath;
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  getText(range?: vscode.Range): string {
    if (range === undefined) return this.#lines.join(this.#lineEnd);
    const { start, end } = this.validateRange(range);
    const lines = this.#lines.slice(start.line, end.line + 1);
    lines.push(lines.pop()?.slice(0, end.character) ?? '');
    return [lines.shift()?.slice(start.character) ?? '', ...lines].join(this.#lineEnd);
  }

  lineAt(at: number | vscode.Position): vscode.TextLine {
    const line = typeof at === 'number' ? at : at.line;
    const text = this.#lines[line];
    if (text === undefined) throw new Error('Illegal value for `line`');
    const firstNonWhitespaceCharacterIndex = /^\s*/.exec(text)?.[0].length ?? 0;
    const isEmptyOrWhitespace = firstNonWhitespaceCharacterIndex === text.length;
    const range = new Range(line, 0, line, text.length);
    const rangeIncludingLineBreak = line + 1 < this.lineCount ? new Range(line, 0, line + 1, 0) : range;
    return { lineNumber: line, text, range, rangeIncludingLineBreak, firstNonWhitespaceCharacterIndex, isEmptyOrWhitespace };
  }

  offsetAt(position: vscode.Position): number {
    const { line, character } = this.validatePosition(position);
    return this.#lines.slice(0, line).reduce((sum, text) => sum + text.length + this.#lineEnd.length, character);
  }

  positionAt(offset: number): Position {
    let left = Math.max(0, Math.floor(offset));
    for (const [line, text] of this.#lines.entries()) {
      // Within a line end is at the end of its line.
      if (left < text.length + this.#lineEnd.length || line === this.lineCount - 1) return new Position(line, Math.min(left, text.length));
      left -= text.length + this.#lineEnd.length;
    }
    return new Position(0, 0);
  }

  validatePosition({ line, character }: vscode.Position): Position {
    const text = this.#lines[line];
    if (text === undefined) return new Position(this.lineCount - 1, this.#lines.at(-1)?.length ?? 0);
    return new Position(line, Math.min(character, text.length));
  }

  validateRange({ start, end }: vscode.Range): Range {
    return new Range(this.validatePosition(start), this.validatePosition(end));
  }

  /** Words are VS Code's to know. */
  getWordRangeAtPosition(): undefined {
    return undefined;
  }

  save(): Promise<boolean> {
    this.isDirty = false;
    return Promise.resolve(true);
  }

  /** Makes the changes at once, all ranges meant as before; returns what VS Code tells of them, the last one first. */
  change(changes: readonly { range: vscode.Range; text: string }[]): vscode.TextDocumentContentChangeEvent[] {
    const told = changes.map(({ range, text }) => {
      const rangeOffset = this.offsetAt(range.start);
      return { range: this.validateRange(range), rangeOffset, rangeLength: this.offsetAt(range.end) - rangeOffset, text };
    });
    told.sort((one, other) => other.rangeOffset - one.rangeOffset);
    let whole = this.getText();
    for (const { rangeOffset, rangeLength, text } of told) whole = whole.slice(0, rangeOffset) + text + whole.slice(rangeOffset + rangeLength);
    this.#lines = whole.split(/\r\n|\r|\n/);
    this.version += 1;
    this.isDirty = true;
    return told;
  }

  get #lineEnd(): string {
    return Number(this.eol) === EndOfLine.CRLF ? '\r\n' : '\n';
  }
}
