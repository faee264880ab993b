// Turns the short line that Copy put on the clipboard into the same insertion: file, link, one undo.
import * as vscode from 'vscode';
import { placeOf } from './documentPlace.ts';
import type { HistoryView } from './historyView.ts';
import type { ImageFiles } from './imageFile.ts';
import { chooseTarget } from './imageTarget.ts';
import { linkTo, snippetOf } from './insertImages.ts';
import { readMark } from './pasteMark.ts';

const KIND = vscode.DocumentDropOrPasteEditKind.Text.append('generateImage');

export interface PasteParts {
  history: HistoryView;
  files: ImageFiles;
}

export function registerPaste({ history, files }: PasteParts): vscode.Disposable {
  const provider: vscode.DocumentPasteEditProvider = {
    async provideDocumentPasteEdits(document, _ranges, dataTransfer, _context, token) {
      const id = readMark((await dataTransfer.get('text/plain')?.asString()) ?? '');
      const record = id === undefined ? undefined : await history.record(id);
      const place = placeOf(document);
      if (!record || !place || token.isCancellationRequested) return undefined;
      const uri = await chooseTarget(record, place, document, new Set());
      const edit = new vscode.DocumentPasteEdit(snippetOf(linkTo(uri, record, place, document)), vscode.l10n.t('Insert the copied picture'), KIND);
      const file = new vscode.WorkspaceEdit();
      file.createFile(uri, { contents: await files.bytesForFile(record, document) });
      edit.additionalEdit = file;
      return [edit];
    },
  };
  return vscode.languages.registerDocumentPasteEditProvider({ pattern: '**' }, provider, { pasteMimeTypes: ['text/plain'], providedPasteEditKinds: [KIND] });
}
