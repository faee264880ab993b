// Registers what is offered on an image link: a hover and the light bulb. The product is asked only near a link.
import * as vscode from 'vscode';
import { DOCUMENT_ENDINGS, DOCUMENT_IDS, imageLinkLanguageOf } from '../../missing/documentLanguage.ts';
import { mayHoldLinks } from '../../missing/imageLink.ts';
import { LINK_COMMAND } from './linkCommand.ts';

/** What the offers ask of the product. */
export interface LinkCalls {
  /** Undefined if no image link stands there. Never rejects. */
  linkHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined>;
  linkActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]>;
  changeLink(call: unknown): Promise<void>;
}

/** A language that nobody installed is told by the file's ending. */
const DOCUMENTS: vscode.DocumentFilter[] = [...DOCUMENT_IDS.map((language) => ({ language })), { pattern: `**/*.{${DOCUMENT_ENDINGS.join(',')}}` }];
/** A tag may go over several lines. */
const LINES_AROUND = 8;

export function registerLinkOffers(calls: () => LinkCalls): vscode.Disposable {
  const hover: vscode.HoverProvider = {
    provideHover: (document, position) => (isNearLink(document, position, position) ? calls().linkHover(document, position) : undefined),
  };
  const actions: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) => (isNearLink(document, range.start, range.end) ? calls().linkActions(document, range) : []),
  };
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(DOCUMENTS, hover),
    vscode.languages.registerCodeActionsProvider(DOCUMENTS, actions, { providedCodeActionKinds: [vscode.CodeActionKind.RefactorRewrite] }),
    vscode.commands.registerCommand(LINK_COMMAND, (call: unknown) => calls().changeLink(call)),
  );
}

function isNearLink(document: vscode.TextDocument, start: vscode.Position, end: vscode.Position): boolean {
  const language = imageLinkLanguageOf(document.languageId, document.uri.path);
  if (!language) return false;
  const textOf = (around: number): string => document.getText(new vscode.Range(Math.max(0, start.line - around), 0, end.line + around + 1, 0));
  // A reference's definition stands anywhere.
  return mayHoldLinks(textOf(LINES_AROUND), language) || /^\s{0,3}\[[^\]]+\]:/m.test(textOf(0));
}
