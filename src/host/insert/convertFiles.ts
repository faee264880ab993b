// Makes new image files beside old ones, in another format, size or weight, and offers to change the links that name the old ones.
import * as vscode from 'vscode';
import { extensionOf, type ImageType } from '../../image/imageInfo.ts';
import type { FileWish } from '../../image/makeFile.ts';
import { freePath } from '../../insert/freeName.ts';
import { nameOf, splitEnding } from '../../insert/posixPath.ts';
import { sentenceOf } from '../history/imageFiles.ts';
import type { LinkFinder, Pixels } from '../platform.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { Anchors } from './anchors.ts';
import { refuseUnwritable, statOf } from './imageTarget.ts';
import { removeOwn } from './insertImages.ts';
import { findAgain, findLinkUses, type FollowedUse } from './linkUses.ts';

const t = vscode.l10n.t;

/** A larger file is no image that pixels are taken from. */
const LARGEST_FILE_BYTES = 256 * 1024 * 1024;
/** Somebody who types all the time changes the text between reading it and writing. */
const MOST_TRIES = 10;

interface ConvertedFile {
  oldUri: vscode.Uri;
  uri: vscode.Uri;
  bytes: Uint8Array;
  lostSignature: boolean;
  oldBytes: number;
}

/** Files and changed links are one edit: one undo. Nothing is written over; files that are what is wanted already are left out. */
export async function convertFiles(uris: readonly vscode.Uri[], wish: FileWish, pixels: Pixels, links: LinkFinder): Promise<void> {
  // A person may type behind the progress and the list: the places of the links are followed from the start.
  const anchors = new Anchors(Infinity);
  try {
    await convertAll(uris, wish, pixels, { links, anchors });
  } finally {
    anchors.dispose();
  }
}

interface Search {
  links: LinkFinder;
  anchors: Anchors;
}

async function convertAll(uris: readonly vscode.Uri[], wish: FileWish, pixels: Pixels, search: Search): Promise<void> {
  const problems: string[] = [];
  const uses: FollowedUse[] = [];
  const files = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: t('Converting images'), cancellable: true }, async (progress, token) => {
    const made: ConvertedFile[] = [];
    const taken = new Set<string>();
    for (const uri of uris) {
      if (token.isCancellationRequested) return [];
      const name = plainText(nameOf(uri.path));
      progress.report({ message: name, increment: 100 / uris.length });
      const file = await convert(uri, wish, pixels, taken);
      if (typeof file === 'string') problems.push(`${name}: ${file}`);
      else made.push(file);
      if (typeof file === 'object' && file.lostSignature) problems.push(`${name}: ${t('Its signature (C2PA) is not valid for the new file, which does not hold it.')}`);
    }
    uses.push(...(await findLinkUses(successorsOf(made), search.links, search.anchors, token)));
    return token.isCancellationRequested ? [] : made;
  });
  if (files.length === 0 && problems.length === 0) return;
  if (files.length === 0) throw new Refusal(plainText(problems.join(' '), 1500));
  const chosen = uses.length === 0 ? [] : await chooseUses(uses);
  if (!chosen) return;
  const changed = await write(files, chosen, search);
  if (changed < chosen.length) problems.push(t('Ticked links that are gone: {0}.', chosen.length - changed));
  tell(files, changed, problems);
}

function successorsOf(files: readonly ConvertedFile[]): ReadonlyMap<string, vscode.Uri> {
  return new Map(files.map(({ oldUri, uri }) => [oldUri.path, uri]));
}

/** How many links were changed, where they are by now. @throws Refusal with a sentence; nothing is left behind then */
async function write(files: readonly ConvertedFile[], chosen: readonly FollowedUse[], { links, anchors }: Search): Promise<number> {
  for (let left = MOST_TRIES; left > 0; left--) {
    for (const { oldUri, uri } of files) await refuseUnwritable(rootOf(oldUri), uri.path);
    const now = await findAgain(chosen, successorsOf(files), links, anchors);
    const isTyped = (): boolean => now.some(({ document, version }) => document.version !== version);
    if (isTyped()) continue;
    const edit = new vscode.WorkspaceEdit();
    for (const { uri, bytes } of files) edit.createFile(uri, { contents: bytes });
    for (const { document, edit: change } of now) edit.replace(document.uri, change.range, change.newText);
    if (await vscode.workspace.applyEdit(edit)) return now.length;
    await removeOwn(files);
    if (!isTyped()) break;
  }
  throw new Refusal(t('VS Code could not write the new files. The old ones are as they were.'));
}

function rootOf(uri: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
}

/** The new file, or the sentence that says why there is none. */
async function convert(oldUri: vscode.Uri, wish: FileWish, pixels: Pixels, taken: Set<string>): Promise<ConvertedFile | string> {
  const stat = await statOf(oldUri);
  if (!stat || stat.size > LARGEST_FILE_BYTES) return t('This file is too large to be read.');
  const bytes = await vscode.workspace.fs.readFile(oldUri);
  const made = await pixels.file(bytes, wish);
  if (typeof made === 'string') return sentenceOf(made);
  if (made.isOriginal) return t('It is what you want already, or would only grow.');
  const path = await freePath(newPath(oldUri.path, made.type, wish.size ? `${made.widthPx}x${made.heightPx}` : `${made.widthPx}w`), async (candidate) => taken.has(candidate.toLowerCase()) || (await statOf(oldUri.with({ path: candidate }))) !== undefined);
  await refuseUnwritable(rootOf(oldUri), path);
  taken.add(path.toLowerCase());
  return { oldUri, uri: oldUri.with({ path }), bytes: made.bytes, lostSignature: made.lostSignature, oldBytes: bytes.length };
}

/** `a.png` becomes `a.webp`; of the same type it gets its size behind the name. */
function newPath(oldPath: string, type: ImageType, size: string): string {
  const [stem, ending] = splitEnding(nameOf(oldPath));
  const folder = oldPath.slice(0, oldPath.lastIndexOf('/') + 1);
  const ext = extensionOf(type);
  const isSame = ending.slice(1).toLowerCase().replace('jpeg', 'jpg') === ext;
  return `${folder}${stem}${isSame ? `-${size}` : ''}${isSame ? ending : `.${ext}`}`;
}

/** The ticked links; undefined when the person left. */
async function chooseUses(uses: readonly FollowedUse[]): Promise<FollowedUse[] | undefined> {
  const items = uses.map((use) => ({
    label: plainText(use.edit.newText),
    description: `${plainText(vscode.workspace.asRelativePath(use.document.uri))}:${use.edit.range.start.line + 1}`,
    picked: true,
    use,
  }));
  const chosen = await vscode.window.showQuickPick(items, { canPickMany: true, ignoreFocusOut: true, title: t('Links that name the old files'), placeHolder: t('The ticked ones will name the new files.') });
  return chosen?.map(({ use }) => use);
}

function tell(files: readonly ConvertedFile[], changedLinks: number, problems: readonly string[]): void {
  const kB = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1000))} kB`;
  const [before, after] = [files.reduce((sum, file) => sum + file.oldBytes, 0), files.reduce((sum, file) => sum + file.bytes.length, 0)];
  const [first] = files;
  const made = files.length === 1 && first ? plainText(nameOf(first.uri.path)) : t('{0} files', files.length);
  const sentence = t('{0} made: {1} instead of {2}, links changed: {3}.', made, kB(after), kB(before), changedLinks);
  if (problems.length === 0) void vscode.window.showInformationMessage(sentence);
  else void vscode.window.showWarningMessage(plainText(`${sentence} ${problems.join(' ')}`, 1500));
}
