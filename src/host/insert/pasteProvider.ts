// Recognises the short line that Copy put on the clipboard when it is pasted.
import * as vscode from 'vscode';
import { readMark } from './pasteMark.ts';

export const PASTE_KIND = vscode.DocumentDropOrPasteEditKind.Text.append('generateImage');

/** `paste` is asked only for a line of ours: every other text of every document is pasted without a look at the product. */
export function registerPaste(paste: (imageId: string, document: vscode.TextDocument, range: vscode.Range, token: vscode.CancellationToken) => Promise<vscode.DocumentPasteEdit | undefined>): vscode.Disposable {
  const provider: vscode.DocumentPasteEditProvider = {
    async provideDocumentPasteEdits(document, [range], dataTransfer, _context, token) {
      const id = readMark((await dataTransfer.get('text/plain')?.asString()) ?? '');
      const edit = id !== undefined && range ? await paste(id, document, range, token) : undefined;
      return edit && [edit];
    },
  };
  return vscode.languages.registerDocumentPasteEditProvider({ pattern: '**' }, provider, { pasteMimeTypes: ['text/plain'], providedPasteEditKinds: [PASTE_KIND] });
}
