// Offers "Generate this image" on an image link without a file.
import * as vscode from 'vscode';
import { fullId, MISSING_LANGUAGES } from '../window/ids.ts';
import type { MissingImage } from './missingImages.ts';

const t = vscode.l10n.t;

/** The code action; `find` is asked only where the line holds an image, and nothing is parsed anywhere else. */
export function registerMissingAction(find: (document: vscode.TextDocument, range: vscode.Range) => Promise<MissingImage[]>): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range) {
      const lines = document.getText(new vscode.Range(range.start.line, 0, range.end.line + 1, 0));
      if (!/!\[|<im/i.test(lines)) return [];
      const images = await find(document, range);
      return images.map((image) => {
        const title = image.pathEdit ? t('Generate this image as .png') : t('Generate this image');
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.command = { command: fullId('generateMissing'), title, arguments: [document.uri, image.range] };
        return action;
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(MISSING_LANGUAGES, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}
