// Offers "Generate this image" on an image link without a file.
import * as vscode from 'vscode';
import { DOCUMENT_ENDINGS, DOCUMENT_IDS, imageLinkLanguageOf } from '../../missing/documentLanguage.ts';
import { mayHoldLinks } from '../../missing/imageLink.ts';
import { fullId } from '../window/ids.ts';
import type { MissingImage } from './missingImages.ts';

const t = vscode.l10n.t;

/** A language that nobody installed is told by the file's ending. */
const DOCUMENTS: vscode.DocumentFilter[] = [...DOCUMENT_IDS.map((language) => ({ language })), { pattern: `**/*.{${DOCUMENT_ENDINGS.join(',')}}` }];

/** The code action; `find` is asked only where the line holds an image, and nothing is parsed anywhere else. */
export function registerMissingAction(find: (document: vscode.TextDocument, range: vscode.Range) => Promise<MissingImage[]>): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range) {
      const language = imageLinkLanguageOf(document.languageId, document.uri.path);
      const lines = document.getText(new vscode.Range(range.start.line, 0, range.end.line + 1, 0));
      if (!language || !mayHoldLinks(lines, language)) return [];
      // A text that takes too long to read offers nothing; the command says so.
      const images = await find(document, range).catch(() => []);
      return images.map((image) => {
        const title = titleOf(image);
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.command = { command: fullId('generateMissing'), title, arguments: [document.uri, image.range] };
        return action;
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(DOCUMENTS, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

function titleOf({ change, isPlaceholder }: MissingImage): string {
  if (isPlaceholder) return t('Generate an image for this placeholder');
  return change === 'nothing' ? t('Generate this image') : t('Generate this image as .png');
}
