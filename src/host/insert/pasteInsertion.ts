// Turns a copied image into the edit that inserts it: file, link, one undo.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { inLine, textOf } from '../../insert/blocks/place.ts';
import { homeOf, type DocumentHome } from './documentHome.ts';
import type { KeptImages } from '../history/keptImages.ts';
import { type ImageFiles, tellLostSignature } from '../history/imageFiles.ts';
import { chooseTarget } from './imageTarget.ts';
import { withImages } from './imagePaths.ts';
import { linkWriter, prepareFor } from './insertImages.ts';
import { editFor, eolOf, findPlaces, snippetOf } from './findPlaces.ts';
import type { LinkFinder } from '../platform.ts';
import { Refusal } from '../window/refusal.ts';

export const PASTE_KIND = vscode.DocumentDropOrPasteEditKind.Text.append('generateImage');

export interface PasteParts {
  history: KeptImages;
  files: ImageFiles;
  links: LinkFinder;
}

/** Undefined where the image is not kept or cannot be put, which is told: VS Code then pastes the text as it is. */
export async function pasteImage(parts: PasteParts, imageId: string, document: vscode.TextDocument, range: vscode.Range, token: vscode.CancellationToken): Promise<vscode.DocumentPasteEdit | undefined> {
  const record = await parts.history.record(imageId);
  const home = homeOf(document);
  if (!record || !home || token.isCancellationRequested) return undefined;
  try {
    return await pasteEdit(record, home, document, range, parts);
  } catch (error) {
    // VS Code would log it, and paste the line as it is without a word.
    if (!(error instanceof Refusal)) throw error;
    void vscode.window.showWarningMessage(error.message);
    return undefined;
  }
}

async function pasteEdit(record: ImageRecord, plainHome: DocumentHome, document: vscode.TextDocument, range: vscode.Range, { files, links }: PasteParts): Promise<vscode.DocumentPasteEdit> {
  const home = await withImages(plainHome, document, document.offsetAt(range.end));
  const prepared = await prepareFor(record, home, document, files);
  const uri = await chooseTarget(record, prepared.ext, home, document, new Set());
  const at = document.offsetAt(range.end);
  const [place = inLine(at)] = await findPlaces(document, () => [{ start: at, end: at, mode: 'cursor' }], links);
  const link = linkWriter(document, home)(uri, { record, file: prepared }, place.form);
  const rest = new vscode.WorkspaceEdit();
  rest.createFile(uri, { contents: prepared.bytes });
  const isHere = place.start === at && place.end === at;
  // VS Code indents the lines of a pasted snippet like the line that it is put into.
  const isPlain = (place.before + link.plain + place.after).includes('\n');
  const text = isPlain ? textOf(place, [link.plain], eolOf(document)) : snippetOf(link, place, eolOf(document));
  const edit = new vscode.DocumentPasteEdit(isHere ? text : '', vscode.l10n.t('Insert the copied image'), PASTE_KIND);
  if (!isHere) rest.set(document.uri, [editFor(document, place, [link], false)]);
  edit.additionalEdit = rest;
  if (prepared.lostSignature) {
    // VS Code makes the file right after, or drops the paste because somebody typed: the next new file tells which.
    const listener = vscode.workspace.onDidCreateFiles(({ files: made }) => {
      listener.dispose();
      if (made.some((each) => each.toString() === uri.toString())) tellLostSignature([prepared]);
    });
  }
  return edit;
}
