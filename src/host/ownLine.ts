// Finds how a link gets a line of its own behind a text that stays as it is.
import type * as vscode from 'vscode';

export interface OwnLine {
  position: vscode.Position;
  /** Line breaks and indentation to put before and after the link. */
  before: string;
  after: string;
}

/**
 * The line behind the one in which `offset` lies, with the same indentation. A block in prose gets an empty line on
 * either side, so that it neither joins the paragraph nor the next one.
 */
export function ownLine(document: vscode.TextDocument, offset: number, eol: string, block: boolean): OwnLine {
  const line = document.lineAt(document.positionAt(offset).line);
  const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const next = line.lineNumber + 1 < document.lineCount ? document.lineAt(line.lineNumber + 1) : undefined;
  const prose = block || ['markdown', 'mdx', 'quarto', 'rmd', 'org', 'latex', 'tex', 'typst', 'asciidoc', 'restructuredtext'].includes(document.languageId);
  return {
    position: line.range.end,
    before: (prose ? eol + eol : eol) + indent,
    after: prose && next && !next.isEmptyOrWhitespace ? eol : '',
  };
}
