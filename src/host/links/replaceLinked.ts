// Puts another image in the place of a linked one: a new file, the link changed, in one edit and one undo.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { freePath } from '../../insert/freeName.ts';
import { folderOf, nameOf, splitEnding } from '../../insert/posixPath.ts';
import { slugOf } from '../../insert/slug.ts';
import { checkTarget } from '../../insert/targetPath.ts';
import type { TextChange } from '../../missing/imageAsked.ts';
import { otherFile } from '../../missing/otherFile.ts';
import { type ImageFiles, type PreparedFile, tellLostSignature } from '../history/imageFiles.ts';
import type { Anchors } from '../insert/anchors.ts';
import { withImages } from '../insert/imagePaths.ts';
import { chooseTarget, namedEnding, refuseUnwritable, statOf } from '../insert/imageTarget.ts';
import { refuseReadOnly } from '../insert/readOnly.ts';
import { addressChanges, takeBack } from '../missing/placeImage.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import type { LinkedImage, LinkedImages } from './linkedImages.ts';

const t = vscode.l10n.t;

export interface ReplaceParts {
  linked: LinkedImages;
  files: ImageFiles;
  anchors: Anchors;
}

export interface ReplaceWish {
  /** Key of the anchor at the link, and the link's destination. */
  place: string;
  url: string;
  record: ImageRecord;
  /** Pixels that the file is to have; the record's own if not said. */
  widthPx?: number | undefined;
  heightPx?: number | undefined;
  /** The old file goes in the same edit. */
  dropsOld: boolean;
}

export interface Replaced {
  before: vscode.Uri | undefined;
  after: vscode.Uri;
}

/** Somebody who types all the time changes the text between reading it and writing. */
const MOST_TRIES = 10;

/** @throws Refusal with a sentence; nothing is left behind then */
export async function replaceLinked(wish: ReplaceWish, parts: ReplaceParts): Promise<Replaced> {
  const { record, dropsOld } = wish;
  const first = await findAgain(wish, parts);
  const { document, home } = first;
  await refuseReadOnly(document, home);
  const file = await parts.files.prepare({ record, scope: document, languageId: document.languageId, ending: endingFor(first, record), widthPx: wish.widthPx, heightPx: wish.heightPx });
  for (let left = MOST_TRIES; left > 0; left--) {
    const now = await findAgain(wish, parts);
    const planned = await plan(now, record, file).catch((error: unknown) => {
      if (document.version === now.version) throw error;
      return undefined;
    });
    if (!planned || document.version !== now.version) continue;
    const { uri, changes } = planned;
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: file.bytes });
    edit.set(document.uri, changes.map(({ start, end, text }) => vscode.TextEdit.replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), text)));
    const before = now.isMissing ? undefined : now.uri;
    if (before && dropsOld) edit.deleteFile(before, { ignoreIfNotExists: true });
    if (await vscode.workspace.applyEdit(edit)) {
      tellLostSignature([file]);
      return { before, after: uri };
    }
    const isTyped = document.version !== now.version;
    await takeBack(uri, file.bytes);
    if (!isTyped) break;
  }
  throw new Refusal(t('VS Code could not change the link. The image stays in the history.'));
}

async function findAgain(wish: ReplaceWish, parts: ReplaceParts, left = MOST_TRIES): Promise<LinkedImage> {
  const { place, url } = wish;
  const anchor = parts.anchors.get(place);
  const found = anchor && (await parts.anchors.find(anchor));
  const version = found?.document.version;
  const image = found && (await parts.linked.at(found.document, found.start));
  if (left > 0 && found?.document.version !== version) return findAgain(wish, parts, left - 1);
  if (!image || image.link.url !== url) throw new Refusal(t('The link to {0} is gone, so the image was not put there. It stays in the history.', plainText(url, 60)));
  return image;
}

/** The format stays the one of the old file, if it is one that can be written. */
function endingFor({ uri, home, document }: LinkedImage, record: ImageRecord): string | undefined {
  const ending = uri && splitEnding(nameOf(uri.path))[1];
  return ending !== undefined && /^\.(?:png|jpe?g|webp)$/i.test(ending) ? ending : namedEnding(record, home, document);
}

/** Beside the old file, so that the link stays as it is written but for the name; else where inserted images go. */
async function plan({ document, home, link, uri: old, isMissing }: LinkedImage, record: ImageRecord, { ext }: PreparedFile): Promise<{ uri: vscode.Uri; changes: TextChange[] }> {
  if (old) {
    const isWanted = isMissing && splitEnding(nameOf(old.path))[1].toLowerCase() === `.${ext}`;
    const wanted = isWanted ? old.path : `${folderOf(old.path)}/${slugOf(record.recipe.prompt)}.${ext}`;
    const checked = checkTarget(wanted, home.rootUri.path, ext);
    if ('path' in checked) {
      const path = await freePath(checked.path, async (candidate) => (await statOf(home.rootUri.with({ path: candidate }))) !== undefined);
      const change = path === old.path ? undefined : otherFile(link, document.getText(), nameOf(path));
      if (change || path === old.path) {
        await refuseUnwritable(home.rootUri, path);
        return { uri: home.rootUri.with({ path }), changes: change ? [change] : [] };
      }
    }
  }
  const here = await withImages(home, document, link.rawStart);
  const uri = await chooseTarget(record, ext, here, document, new Set());
  const changes = addressChanges([link], document, here, uri);
  if (!changes) throw new Refusal(t('A link to {0} cannot be changed. The image stays in the history.', plainText(uri.path)));
  return { uri, changes };
}
