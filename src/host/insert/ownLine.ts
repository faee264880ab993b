// Finds how a link gets lines of its own: behind a text that stays as it is, or at a cursor.
import * as vscode from 'vscode';

export interface OwnLine {
  position: vscode.Position;
  /** Line breaks and indentation to put before and after the link. */
  before: string;
  after: string;
  /** For further lines of the link. */
  indent: string;
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
    indent,
  };
}

/** Where a link goes at a cursor, and what stands around it. */
export interface Room {
  range: vscode.Range;
  /** Line breaks only, `\n` each: what follows one is indented like the cursor's line. */
  before: string;
  after: string;
  /** Blanks at the start of the cursor's line. */
  indent: string;
}

/** Room for a link in the middle of a text. */
export function roomInText(document: vscode.TextDocument, range: vscode.Range): Room {
  const head = document.lineAt(range.start.line).text.slice(0, range.start.character);
  return { range, before: '', after: '', indent: /^\s*/.exec(head)?.[0] ?? '' };
}

/** Room for a block: lines of its own and an empty one on either side, or it would be read as part of a paragraph. */
export function roomForBlock(document: vscode.TextDocument, range: vscode.Range): Room {
  const [first, last] = [range.start.line, range.end.line];
  const head = document.lineAt(first).text.slice(0, range.start.character);
  const tail = document.lineAt(last).text.slice(range.end.character);
  const isEmpty = (line: number): boolean => line < 0 || line >= document.lineCount || document.lineAt(line).isEmptyOrWhitespace;
  const [startsLine, endsLine] = [head.trim() === '', tail.trim() === ''];
  return {
    // Blanks between words would indent the next line, or trail behind the last one.
    range: new vscode.Range(first, startsLine ? head.length : head.trimEnd().length, last, range.end.character + (endsLine ? 0 : tail.length - tail.trimStart().length)),
    before: startsLine ? (isEmpty(first - 1) ? '' : '\n') : '\n\n',
    after: endsLine ? (isEmpty(last + 1) ? '' : '\n') : '\n\n',
    indent: /^\s*/.exec(head)?.[0] ?? '',
  };
}
