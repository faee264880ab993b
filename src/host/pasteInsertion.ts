// Turns the short line that Copy put on the clipboard into the same insertion: file, link, one undo.
import * as vscode from 'vscode';
import type { ImageRecord } from '../history/record.ts';
import { placeOf, type DocumentPlace } from './documentPlace.ts';
import type { HistoryView } from './historyView.ts';
import type { ImageFiles } from './imageFile.ts';
import { chooseTarget } from './imageTarget.ts';
import { linkTo, snippetOf } from './insertImages.ts';
import { roomForBlock, roomInText } from './ownLine.ts';
import { readMark } from './pasteMark.ts';
import { Refusal } from './refusal.ts';

const KIND = vscode.DocumentDropOrPasteEditKind.Text.append('generateImage');

export interface PasteParts {
  history: HistoryView;
  files: ImageFiles;
}

export function registerPaste({ history, files }: PasteParts): vscode.Disposable {
  const editFor = async (record: ImageRecord, place: DocumentPlace, document: vscode.TextDocument, range: vscode.Range): Promise<vscode.DocumentPasteEdit> => {
    const uri = await chooseTarget(record, place, document, new Set());
    const link = linkTo(uri, record, place, document);
    const room = (link.block ? roomForBlock : roomInText)(document, range);
    const edit = new vscode.DocumentPasteEdit(snippetOf(link, room), vscode.l10n.t('Insert the copied picture'), KIND);
    const file = new vscode.WorkspaceEdit();
    file.createFile(uri, { contents: await files.bytesForFile(record, document) });
    edit.additionalEdit = file;
    return edit;
  };
  const provider: vscode.DocumentPasteEditProvider = {
    async provideDocumentPasteEdits(document, [range], dataTransfer, _context, token) {
      const id = readMark((await dataTransfer.get('text/plain')?.asString()) ?? '');
      const record = id === undefined ? undefined : await history.record(id);
      const place = placeOf(document);
      if (!record || !place || !range || token.isCancellationRequested) return undefined;
      try {
        return [await editFor(record, place, document, range)];
      } catch (error) {
        // VS Code would log it, and paste the line as it is without a word.
        if (!(error instanceof Refusal)) throw error;
        void vscode.window.showWarningMessage(error.message);
        return undefined;
      }
    },
  };
  return vscode.languages.registerDocumentPasteEditProvider({ pattern: '**' }, provider, { pasteMimeTypes: ['text/plain'], providedPasteEditKinds: [KIND] });
}
