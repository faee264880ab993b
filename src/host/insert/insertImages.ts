// Puts kept images into a document: the files and the links in one edit, so that one undo takes them back.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { altTextOf } from '../../insert/altText.ts';
import type { ImageForm, ImagePlace } from '../../insert/blocks/place.ts';
import { renderLink, type LinkText } from '../../insert/templates.ts';
import { homeOf, type DocumentHome } from './documentHome.ts';
import { linkPathTo, refuseUnwritablePath, withImages } from './imagePaths.ts';
import type { FileFor, ImageFiles, PreparedFile } from '../history/imageFiles.ts';
import { chooseTarget, namedEnding } from './imageTarget.ts';
import { editFor, findPlaces, linkLanguage, rangeAfter, type Wanted } from './findPlaces.ts';
import type { LinkFinder } from '../platform.ts';
import { refuseReadOnly } from './readOnly.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

export interface Inserted {
  document: vscode.TextDocument;
  files: vscode.Uri[];
  /** The links, from the first one's start to the last one's end, where one cursor took them. */
  range: vscode.Range | undefined;
  /** What the links had to be like there, and what each of their lines begins with. */
  form: ImageForm;
  prefix: string;
}

/** A link that another one takes the place of. */
export interface OldLink {
  document: vscode.TextDocument;
  start: number;
  end: number;
  form: ImageForm;
  prefix: string;
}

/**
 * Writes the image to a new file and puts its link where another one stands. `find` is asked as late as can be.
 * @throws Refusal with a sentence; nothing is left behind then
 */
export async function replaceLink(image: PreparedImage, document: vscode.TextDocument, find: () => Promise<OldLink | undefined>): Promise<Inserted> {
  const home = await withImages(requireHome(document), document);
  const uri = await chooseTarget(image.record, image.file.ext, home, document, new Set());
  await refuseReadOnly(document, home);
  const old = await find();
  if (!old) throw new Refusal(t('No link of an inserted image was found. Insert an image first.'));
  const { start, end, form, prefix } = old;
  const place: ImagePlace = { start, end, before: '', after: '', prefix, form, separator: '\n' };
  const links = [linkWriter(document, home)(uri, image, form)];
  const range = rangeAfter(document, place, links);
  await apply([{ uri, bytes: image.file.bytes }], [editFor(document, place, links, false)], links.map(({ plain }) => plain), document, home);
  return { document, files: [uri], range, form, prefix };
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
export async function insertImages(images: readonly PreparedImage[], document: vscode.TextDocument, viewColumn: vscode.ViewColumn | undefined, wanted: () => readonly Wanted[], finder: LinkFinder, written?: readonly NewFile[]): Promise<Inserted> {
  const home = await withImages(requireHome(document), document, wanted()[0]?.end);
  const files = written ?? (await chooseFiles(images, document, home));
  await refuseReadOnly(document, home);
  // A snippet becomes one only in the editor in front, and cursors belong to it.
  const inFront = !written && document.uri.scheme !== 'vscode-notebook-cell' && (await showDocument(document, viewColumn));
  const places = distinct(await findPlaces(document, wanted, finder));
  const write = linkWriter(document, home);
  const planned = places.map((place) => ({ place, links: images.map((image, index) => write(files[index]?.uri ?? document.uri, image, place.form)) }));
  const isCursor = wanted()[0]?.mode === 'cursor';
  const edits = planned.map(({ place, links }) => editFor(document, place, links, inFront && isCursor));
  const [first, more] = planned;
  const range = first && !more ? rangeAfter(document, first.place, first.links) : undefined;
  const texts = first?.links.map(({ plain }) => plain) ?? [];
  await apply(written ? [] : files, edits, texts, document, home);
  return { document, files: files.map(({ uri }) => uri), range, form: first?.place.form ?? 'inline', prefix: first?.place.prefix ?? '' };
}

/** Writes each image to a file of its own, and no link. @throws Refusal with a sentence; nothing is left behind then */
export async function writeFiles(images: readonly PreparedImage[], document: vscode.TextDocument): Promise<{ files: NewFile[]; links: string[] }> {
  const home = await withImages(requireHome(document), document);
  const files = await chooseFiles(images, document, home);
  const write = linkWriter(document, home);
  const links = images.map((image, index) => write(files[index]?.uri ?? document.uri, image).plain);
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, bytes } of files) edit.createFile(uri, { contents: bytes });
  if (await vscode.workspace.applyEdit(edit)) return { files, links };
  await removeOwn(files);
  throw new Refusal(t('VS Code could not write the image or its link, so nothing was inserted. The image stays in the history; save it elsewhere.'));
}

async function chooseFiles(images: readonly PreparedImage[], document: vscode.TextDocument, home: DocumentHome): Promise<NewFile[]> {
  const taken = new Set<string>();
  const files: NewFile[] = [];
  for (const { record, file } of images) files.push({ uri: await chooseTarget(record, file.ext, home, document, taken), bytes: file.bytes });
  return files;
}

/** Two cursors in one block lead behind it both: once is enough. */
function distinct(places: readonly ImagePlace[]): ImagePlace[] {
  return places.filter(({ start, end }, index) => !places.slice(0, index).some((other) => (end > other.start && other.end > start) || (start === end && other.start === start)));
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
  return imageFiles.prepare({ record, scope: document, languageId: linkLanguage(document), ending, ...choice });
}

/** How this document writes the link of an image, by the settings of this moment. The writer throws a Refusal where no path leads there. */
export function linkWriter(document: vscode.TextDocument, home: DocumentHome): (target: vscode.Uri, image: PreparedImage, form?: ImageForm) => LinkText {
  const languageId = linkLanguage(document);
  const altText = readSetting('altText', document);
  const templates = readSetting('linkTemplates', document);
  return (target, { record: { recipe }, file: { widthPx, heightPx } }, form) => {
    const path = linkPathTo(target, home, document);
    if (path === undefined) throw new Refusal(t('No relative link leads from the document to {0}. Change the setting “Save To”.', target.path));
    refuseUnwritablePath(languageId, path);
    const { prompt, revisedPrompt, size, model } = recipe;
    return renderLink({ languageId, form, path, alt: altTextOf(altText, { prompt, revisedPrompt, size, model }), widthPx, heightPx, prompt, templates });
  };
}

async function showDocument(document: vscode.TextDocument, viewColumn: vscode.ViewColumn | undefined): Promise<boolean> {
  if (vscode.window.activeTextEditor?.document === document) return true;
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, open?.viewColumn ?? viewColumn ?? vscode.ViewColumn.Active);
  return editor.document === document;
}

/** Whether each line of the link stands somewhere, however far it is indented. */
function holdsLink(document: vscode.TextDocument, link: string): boolean {
  const text = document.getText();
  return link.split(/\r?\n/).every((line) => text.includes(line.trim()));
}

/** Takes back files that were left without their link, if their bytes are ours. */
export async function removeOwn(files: readonly NewFile[]): Promise<void> {
  for (const { uri, bytes } of files) {
    try {
      const there = await vscode.workspace.fs.readFile(uri);
      if (there.length === bytes.length && there.every((byte, index) => byte === bytes[index])) await vscode.workspace.fs.delete(uri);
    } catch {
      // Nothing is there, which is what was wanted.
    }
  }
}
