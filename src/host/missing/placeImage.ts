// Puts an image where its links lead, and changes them where they have to: as the documents are at that moment.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { changesTo } from '../../missing/askedImages.ts';
import { fileSizeFor } from '../../missing/fileSize.ts';
import type { TextChange } from '../../missing/imageAsked.ts';
import type { ImageLink } from '../../missing/imageLink.ts';
import { escapePathIn } from '../../missing/otherFile.ts';
import { type ImageFiles, tellLostSignature } from '../history/imageFiles.ts';
import { type DocumentHome, homeOf } from '../insert/documentHome.ts';
import { linkLanguage } from '../insert/findPlaces.ts';
import { linkPathTo, refuseUnwritablePath, withImages } from '../insert/imagePaths.ts';
import { chooseTarget, namedEnding, refuseUnwritable, statOf } from '../insert/imageTarget.ts';
import { refuseReadOnly } from '../insert/readOnly.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import type { MissingImage, MissingImages } from './missingImages.ts';

const t = vscode.l10n.t;

export interface PlaceImageParts {
  missing: MissingImages;
  files: ImageFiles;
}

/** Somebody who types all the time changes the text between reading it and writing; a few times is enough. */
const MOST_TRIES = 10;

/**
 * The file and the changes of all links to it are one edit, so that one undo takes them back.
 * @throws Refusal with a sentence; nothing is left behind then
 */
export async function placeImage(image: MissingImage, record: ImageRecord, parts: PlaceImageParts): Promise<void> {
  const documents = await openAll(image.documents);
  const [first] = documents;
  if (!first) throw new Refusal(linkGone(image));
  const { document: scope, home } = first;
  const ending = image.uri ? image.format : namedEnding(record, home, scope);
  const file = await parts.files.prepare({ record, scope, languageId: scope.languageId, ending, ...fileSizeFor(image, record.file, readSetting('missingImages.highDensity', scope)) });
  const { bytes, ext, type } = file;
  const uri = image.uri ?? (await chooseTarget(record, ext, home, scope, new Set()));
  if (image.uri && type !== image.format) throw new Refusal(t('The service sent {0}, which does not fit the ending of {1}. The image stays in the history.', type.toUpperCase(), plainText(uri.path)));
  await refuseUnwritable(home.rootUri, uri.path);
  if (image.change !== 'nothing') for (const { document, home } of documents) await refuseReadOnly(document, home);
  for (let left = MOST_TRIES; left > 0; left--) {
    // The file may have appeared while the image was made: it is somebody's, and stays.
    if (await statOf(uri)) throw new Refusal(t('{0} exists now, so it was left as it is. The image stays in the history.', plainText(uri.path)));
    const now = await Promise.all(documents.map(async (open) => ({ ...open, ...(await parts.missing.linksNow(image.key, open.document)) })));
    if (now.every(({ links }) => links.length === 0)) throw new Refusal(linkGone(image));
    // Whoever typed while the links were looked for moved them.
    if (now.some(({ document, version }) => document.version !== version)) continue;
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: bytes });
    for (const { document, home, links } of now) {
      const edits = textEdits(image, links, document, home, uri);
      if (edits.length > 0) edit.set(document.uri, edits);
    }
    if (await vscode.workspace.applyEdit(edit)) return tellLostSignature([file]);
    const isTyped = now.some(({ document, version }) => document.version !== version);
    await takeBack(uri, bytes);
    if (!isTyped) break;
  }
  throw new Refusal(t('VS Code could not write {0}. The image stays in the history.', plainText(uri.path)));
}

interface OpenDocument {
  document: vscode.TextDocument;
  home: DocumentHome;
}

/** Those that are still there. */
async function openAll(uris: readonly vscode.Uri[]): Promise<OpenDocument[]> {
  const opened = await Promise.all(uris.map(async (uri) => {
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const home = homeOf(document);
      return home && { document, home: await withImages(home, document) };
    } catch {
      return undefined;
    }
  }));
  return opened.filter((open) => open !== undefined);
}

function linkGone({ uri, prompt }: MissingImage): string {
  const name = uri ? vscode.workspace.asRelativePath(uri) : prompt;
  return t('No link asks for {0} any more, so the image was not put there. It stays in the history.', plainText(name, 60));
}

/** @throws Refusal where a link is written in a way that cannot be changed without changing more */
function textEdits({ change }: MissingImage, links: readonly ImageLink[], document: vscode.TextDocument, home: DocumentHome, uri: vscode.Uri): vscode.TextEdit[] {
  const changes = change === 'address' ? addressChanges(links, document, home, uri) : changesTo(change, links, document.getText(), uri.path);
  if (!changes) throw new Refusal(t('A link to {0} cannot be changed. The image stays in the history.', plainText(uri.path)));
  return changes.map(({ start, end, text }) => vscode.TextEdit.replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), text));
}

/** A stand-in's address gives way to the path that an inserted image would be linked by. */
export function addressChanges(links: readonly ImageLink[], document: vscode.TextDocument, home: DocumentHome, uri: vscode.Uri): TextChange[] | undefined {
  const path = linkPathTo(uri, home, document);
  if (path === undefined) return undefined;
  refuseUnwritablePath(linkLanguage(document), path);
  const changes = new Map(links.map((link) => [link.pathStart, { start: link.pathStart, end: link.pathEnd, text: writtenFor(link, path, document) }]));
  return [...changes.values()];
}

function writtenFor({ syntax, pathStart }: ImageLink, path: string, document: vscode.TextDocument): string {
  if (syntax === 'org') return `${document.getText().slice(pathStart - 5, pathStart) === 'file:' ? '' : 'file:'}${escapePathIn(syntax, path)}`;
  // A bundler takes a bare name for a package.
  const isBundled = syntax === 'jsx' || /\.vue$/i.test(document.uri.path);
  return escapePathIn(syntax, isBundled && !path.startsWith('/') && !path.startsWith('.') ? `./${path}` : path);
}

/** A file that was left without its links, if its bytes are ours. */
export async function takeBack(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  try {
    const there = await vscode.workspace.fs.readFile(uri);
    if (there.length === bytes.length && there.every((byte, index) => byte === bytes[index])) await vscode.workspace.fs.delete(uri);
  } catch {
    // Nothing is there, which is what was wanted.
  }
}
