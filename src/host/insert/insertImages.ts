// Puts kept images into a document: the files and the links in one edit, so that one undo takes them back.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { altTextOf } from '../../insert/altText.ts';
import { relativeLink, siteLink } from '../../insert/linkPath.ts';
import { renderLink, type LinkText } from '../../insert/templates.ts';
import { homeOf, type DocumentHome } from './documentHome.ts';
import type { FileFor, ImageFiles, PreparedFile } from '../history/imageFiles.ts';
import { chooseTarget, namedEnding } from './imageTarget.ts';
import { ownLine, type Room, roomForBlock, roomInText } from './ownLine.ts';
import { refuseReadOnly } from './readOnly.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

/** Where links go: at each cursor, or on an own line behind the text that ends at an offset. */
export type InsertAt = { kind: 'cursors'; cursors: readonly vscode.Position[] } | { kind: 'ownLine'; offset: number };

export interface Inserted {
  document: vscode.TextDocument;
  files: vscode.Uri[];
  /** The links, from the first one's start to the last one's end, where one cursor took them. */
  range: vscode.Range | undefined;
}

/**
 * Writes the image to a new file and puts its link where another one stands, from `start` to `end`.
 * @throws Refusal with a sentence; nothing is left behind then
 */
export async function replaceLink({ record, file: prepared }: PreparedImage, document: vscode.TextDocument, start: number, end: number): Promise<Inserted> {
  const home = requireHome(document);
  const uri = await chooseTarget(record, prepared.ext, home, document, new Set());
  await refuseReadOnly(document, home);
  const file = { uri, bytes: prepared.bytes };
  const old = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const { indent } = roomInText(document, old);
  const text = linkTo(uri, record, prepared, home, document).plain.replace(/\n/g, `\n${indent}`);
  await apply([file], [vscode.TextEdit.replace(old, text)], [text], document, home);
  return { document, files: [uri], range: rangeAfter(old.start, '', text) };
}

/** What a person chose for this time, in place of the settings. */
export type FileChoice = Pick<FileFor, 'choice' | 'widthPx' | 'heightPx' | 'focus'>;

interface NewFile {
  uri: vscode.Uri;
  bytes: Uint8Array;
}

/** An image whose file is ready to be written. */
export interface PreparedImage {
  record: ImageRecord;
  file: PreparedFile;
}

/** The files of images for this document, which may take a second each. @throws Refusal with a sentence */
export async function prepareImages(records: readonly ImageRecord[], document: vscode.TextDocument, imageFiles: ImageFiles, choice?: FileChoice): Promise<PreparedImage[]> {
  const home = requireHome(document);
  const images: PreparedImage[] = [];
  for (const record of records) images.push({ record, file: await prepareFor(record, home, document, imageFiles, choice) });
  return images;
}

/**
 * Writes each image to a file of its own and its link into the document.
 * @throws Refusal with a sentence; nothing is left behind then
 */
export async function insertImages(images: readonly PreparedImage[], document: vscode.TextDocument, viewColumn: vscode.ViewColumn | undefined, at: InsertAt): Promise<Inserted> {
  const home = requireHome(document);
  const taken = new Set<string>();
  const files: NewFile[] = [];
  const links: LinkText[] = [];
  for (const { record, file } of images) {
    const uri = await chooseTarget(record, file.ext, home, document, taken);
    files.push({ uri, bytes: file.bytes });
    links.push(linkTo(uri, record, file, home, document));
  }
  await refuseReadOnly(document, home);
  // A snippet becomes one only in the editor in front, and cursors belong to it.
  const inFront = document.uri.scheme !== 'vscode-notebook-cell' && (await showDocument(document, viewColumn));
  const { edits, range } = linkEdits(links, document, at, inFront);
  await apply(files, edits, links.map(({ plain }) => plain), document, home);
  return { document, files: files.map(({ uri }) => uri), range };
}

function requireHome(document: vscode.TextDocument): DocumentHome {
  const home = homeOf(document);
  if (!home) throw new Refusal(t('The document is not saved and no folder is open, so there is no place for the image. Save the document first.'));
  return home;
}

/** Files and links in one edit, so that one undo takes both back. */
async function apply(files: readonly NewFile[], edits: (vscode.TextEdit | vscode.SnippetTextEdit)[], links: readonly string[], document: vscode.TextDocument, home: DocumentHome): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, bytes } of files) edit.createFile(uri, { contents: bytes });
  edit.set(document.uri, edits);
  let applied = false;
  try {
    applied = await vscode.workspace.applyEdit(edit);
  } finally {
    // Somebody may have typed meanwhile, so a new version alone does not mean that the links are there.
    if (!applied && !links.some((link) => holdsLink(document, link))) await removeOwn(files);
  }
  if (applied) return;
  await refuseReadOnly(document, home);
  throw new Refusal(t('VS Code could not write the image or its link, so nothing was inserted. The image stays in the history; save it elsewhere.'));
}

/** The file's bytes for this document, by the ending that its destination names, else by settings and language. */
export function prepareFor(record: ImageRecord, home: DocumentHome, document: vscode.TextDocument, imageFiles: ImageFiles, choice?: FileChoice): Promise<PreparedFile> {
  const ending = namedEnding(record, home, document);
  return imageFiles.prepare({ record, scope: document, languageId: document.languageId, ending, ...choice });
}

/** The link of an image as the document's language writes it. @throws Refusal where no path leads there */
export function linkTo(target: vscode.Uri, record: ImageRecord, file: { widthPx: number; heightPx: number }, home: DocumentHome, document: vscode.TextDocument): LinkText {
  const { recipe } = record;
  const path = siteLink(target.path, home.rootUri.path, readSetting('linkBase', document)) ?? relativeLink(home.documentPath, target.path);
  if (path === undefined) throw new Refusal(t('No relative link leads from the document to {0}. Change the setting “Save To”.', target.path));
  return renderLink({
    languageId: document.languageId,
    path,
    alt: altTextOf(readSetting('altText', document), { prompt: recipe.prompt, revisedPrompt: recipe.revisedPrompt, size: recipe.size, model: recipe.model }),
    widthPx: file.widthPx,
    heightPx: file.heightPx,
    prompt: recipe.prompt,
    templates: readSetting('linkTemplates', document),
    eol: document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
  });
}

async function showDocument(document: vscode.TextDocument, viewColumn: vscode.ViewColumn | undefined): Promise<boolean> {
  if (vscode.window.activeTextEditor?.document === document) return true;
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, open?.viewColumn ?? viewColumn ?? vscode.ViewColumn.Active);
  return editor.document === document;
}

function linkEdits(links: readonly LinkText[], document: vscode.TextDocument, at: InsertAt, inFront: boolean): { edits: (vscode.TextEdit | vscode.SnippetTextEdit)[]; range: vscode.Range | undefined } {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const isBlock = links.some((link) => link.block);
  const text = links.map((link) => link.plain).join(isBlock ? '\n\n' : '\n');
  const indented = (lines: string, indent: string): string => lines.replace(/\r?\n/g, () => eol + indent);
  if (at.kind === 'ownLine') {
    const line = ownLine(document, at.offset, eol, isBlock);
    const own = indented(text, line.indent);
    return { edits: [vscode.TextEdit.insert(line.position, line.before + own + line.after)], range: rangeAfter(line.position, line.before, own) };
  }
  const rooms = at.cursors.map((cursor) => (isBlock ? roomForBlock : roomInText)(document, new vscode.Range(cursor, cursor)));
  const [link] = links;
  const asSnippet = inFront && links.length === 1 && link;
  const edits = rooms.map((room) => {
    // The editor indents the lines of a snippet like the line that it is put into.
    if (asSnippet) return vscode.SnippetTextEdit.replace(room.range, snippetOf(link, room));
    return vscode.TextEdit.replace(room.range, indented(room.before + text + room.after, room.indent));
  });
  const [room, more] = rooms;
  return { edits, range: room && !more ? rangeAfter(room.range.start, indented(room.before, room.indent), indented(text, room.indent)) : undefined };
}

/** Where `text` will stand once `before` and it are inserted at `position`. */
function rangeAfter(position: vscode.Position, before: string, text: string): vscode.Range {
  const move = (from: vscode.Position, added: string): vscode.Position => {
    const lines = added.split(/\r?\n/);
    const last = lines.at(-1) ?? '';
    return lines.length === 1 ? from.translate(0, last.length) : new vscode.Position(from.line + lines.length - 1, last.length);
  };
  const start = move(position, before);
  return new vscode.Range(start, move(start, text));
}

/** Prompts may hold `$` and `}`: nothing of a link is ever read as snippet syntax. */
export function snippetOf(link: LinkText, { before, after }: Room): vscode.SnippetString {
  const snippet = new vscode.SnippetString(before);
  for (const part of link.parts) {
    if ('text' in part) snippet.appendText(part.text);
    else snippet.appendPlaceholder((inner) => inner.appendText(part.tabStop));
  }
  snippet.appendText(after);
  return snippet;
}

/** Whether each line of the link stands somewhere, however far it is indented. */
function holdsLink(document: vscode.TextDocument, link: string): boolean {
  const text = document.getText();
  return link.split(/\r?\n/).every((line) => text.includes(line.trim()));
}

/** Takes back files that were left without their link, if their bytes are ours. */
async function removeOwn(files: readonly NewFile[]): Promise<void> {
  for (const { uri, bytes } of files) {
    try {
      const there = await vscode.workspace.fs.readFile(uri);
      if (there.length === bytes.length && there.every((byte, index) => byte === bytes[index])) await vscode.workspace.fs.delete(uri);
    } catch {
      // Nothing is there, which is what was wanted.
    }
  }
}
