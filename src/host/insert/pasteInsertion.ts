// Turns a copied image into the edit that inserts it: file, link, one undo.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { homeOf, type DocumentHome } from './documentHome.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { ImageFiles } from '../history/imageFiles.ts';
import { chooseTarget } from './imageTarget.ts';
import { linkTo, prepareFor, snippetOf } from './insertImages.ts';
import { roomForBlock, roomInText } from './ownLine.ts';
import { Refusal } from '../window/refusal.ts';

export const PASTE_KIND = vscode.DocumentDropOrPasteEditKind.Text.append('generateImage');

export interface PasteParts {
  history: KeptImages;
  files: ImageFiles;
}

/** Undefined where the image is not kept or cannot be put, which is told: VS Code then pastes the text as it is. */
export async function pasteImage({ history, files }: PasteParts, imageId: string, document: vscode.TextDocument, range: vscode.Range, token: vscode.CancellationToken): Promise<vscode.DocumentPasteEdit | undefined> {
  const record = await history.record(imageId);
  const home = homeOf(document);
  if (!record || !home || token.isCancellationRequested) return undefined;
  try {
    return await editFor(record, home, document, range, files);
  } catch (error) {
    // VS Code would log it, and paste the line as it is without a word.
    if (!(error instanceof Refusal)) throw error;
    void vscode.window.showWarningMessage(error.message);
    return undefined;
  }
}

async function editFor(record: ImageRecord, home: DocumentHome, document: vscode.TextDocument, range: vscode.Range, files: ImageFiles): Promise<vscode.DocumentPasteEdit> {
  const prepared = await prepareFor(record, home, document, files);
  const uri = await chooseTarget(record, prepared.ext, home, document, new Set());
  const link = linkTo(uri, record, prepared, home, document);
  const room = (link.block ? roomForBlock : roomInText)(document, range);
  const edit = new vscode.DocumentPasteEdit(snippetOf(link, room), vscode.l10n.t('Insert the copied image'), PASTE_KIND);
  const file = new vscode.WorkspaceEdit();
  file.createFile(uri, { contents: prepared.bytes });
  edit.additionalEdit = file;
  return edit;
}
