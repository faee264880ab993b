// Serves an editor whose cursor no extension can read: the file is written, its link is copied, or put at the end.
import * as vscode from 'vscode';
import type { LinkFinder } from '../platform.ts';
import { plainText } from '../window/plainText.ts';
import type { Wanted } from './findPlaces.ts';
import { type Inserted, insertImages, type PreparedImage, writeFiles } from './insertImages.ts';

const t = vscode.l10n.t;

/** The link at the end of the document, if the person chose that; else it is on the clipboard. */
export async function copyLink(images: readonly PreparedImage[], document: vscode.TextDocument, viewColumn: vscode.ViewColumn | undefined, finder: LinkFinder): Promise<Inserted | undefined> {
  const { files, links } = await writeFiles(images, document);
  await vscode.env.clipboard.writeText(links.join('\n'));
  const atEnd = t('Insert at the end');
  const name = plainText(document.uri.path.split('/').at(-1) ?? '');
  const choice = await vscode.window.showInformationMessage(t('No cursor can be read in this editor of {0}: the image is in its folder, and its link is on the clipboard. Paste it where you want it.', name), atEnd);
  if (choice !== atEnd) return undefined;
  const wanted = (): Wanted[] => {
    const end = document.getText().trimEnd().length;
    return [{ start: end, end, mode: 'behind' }];
  };
  return insertImages(images, document, viewColumn, wanted, finder, files);
}
