// Does what people want of a kept image: insert it where it belongs, or save it as a file.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { extensionOf } from '../../image/imageInfo.ts';
import { writtenTypeOf } from '../../insert/fileWish.ts';
import { freePath } from '../../insert/freeName.ts';
import { nameOf, splitEnding } from '../../insert/posixPath.ts';
import { slugOf } from '../../insert/slug.ts';
import { homeOf } from './documentHome.ts';
import type { KeptImages } from '../history/keptImages.ts';
import { fileSettings, type ImageFiles, type PreparedFile, tellLostSignature } from '../history/imageFiles.ts';
import { tellHeavyFileOnce } from './heavyFile.ts';
import { chooseTarget, namedEnding, statOf } from './imageTarget.ts';
import { copyLink } from './clipboardLink.ts';
import type { Wanted } from './findPlaces.ts';
import { type FileChoice, insertImages, prepareImages, replaceLink } from './insertImages.ts';
import type { LinkFinder } from '../platform.ts';
import type { LastEditor } from './lastEditor.ts';
import { LastInserted } from './lastInserted.ts';
import { usualFolder } from '../window/folders.ts';
import type { Memory } from '../window/memory.ts';
import { type Anchor, type Anchors, locate } from './anchors.ts';
import { revealFile } from '../window/revealFile.ts';
import { Refusal } from '../window/refusal.ts';
import { plainText } from '../window/plainText.ts';
import { tickStep } from '../window/walkthroughStep.ts';

const t = vscode.l10n.t;

export interface ImageActionsParts {
  history: KeptImages;
  files: ImageFiles;
  memory: Memory;
  links: LinkFinder;
  anchors: Anchors;
  lastEditor: LastEditor;
  homeFolder: string;
}

interface Target {
  document: vscode.TextDocument;
  viewColumn: vscode.ViewColumn | undefined;
  isVisible: boolean;
  /** Undefined in an editor whose cursor no extension can read. */
  wanted: (() => Wanted[]) | undefined;
}

export class ImageActions {
  readonly #parts: ImageActionsParts;
  readonly #lastInserted: LastInserted;

  constructor(parts: ImageActionsParts) {
    this.#parts = parts;
    this.#lastInserted = new LastInserted(parts.anchors);
  }

  /** @throws Refusal when one of them is no longer kept */
  async records(ids: readonly string[]): Promise<ImageRecord[]> {
    const records: ImageRecord[] = [];
    for (const id of ids) {
      const record = await this.#parts.history.record(id);
      if (!record) throw new Refusal(t('This image is no longer in the history.'));
      records.push(record);
    }
    return records;
  }

  /** Inserts into the place that the image was made for, else at the cursors of the last text editor. */
  async insert(ids: readonly string[], choice?: FileChoice): Promise<void> {
    const records = await this.records(ids);
    const target = await this.#targetOf(ids);
    if (target === 'left') return;
    if (!target) {
      await this.#offerSave(records);
      return;
    }
    if (!homeOf(target.document)) {
      await this.saveRecords(records);
      return;
    }
    const images = await prepareImages(records, target.document, this.#parts.files, choice);
    const { document, viewColumn, wanted, isVisible } = target;
    const { links } = this.#parts;
    const inserted = wanted ? await insertImages(images, document, viewColumn, wanted, links) : await copyLink(images, document, viewColumn, links);
    for (const id of ids) this.#parts.anchors.drop(id);
    if (inserted) this.#lastInserted.begin(inserted, ids);
    if (!isVisible) void vscode.window.showInformationMessage(t('The image is in {0}, the document that you used last.', plainText(nameOf(document.uri.path))));
    void tickStep('inserted');
    const [first] = images;
    if (first) this.#parts.files.tellOnce(first.file.type, target.document);
    tellLostSignature(images.map(({ file }) => file));
    images.forEach(({ record, file }, index) => this.#tellHeavy(inserted?.files[index], record, file));
  }

  #tellHeavy(uri: vscode.Uri | undefined, record: ImageRecord, file: PreparedFile): void {
    if (uri) void tellHeavyFileOnce(uri, record, file, this.#parts.files, this.#parts.memory);
  }

  /** The image takes the place of the one inserted last: a new file, the link changed, one undo. */
  async replaceLast(id: string): Promise<void> {
    const [record] = await this.records([id]);
    const before = await this.#lastInserted.find();
    if (!record || !before) throw new Refusal(t('No link of an inserted image was found. Insert an image first.'));
    if (before.imageId === id) throw new Refusal(t('The newest image is the one that is inserted already. Generate another one first.'));
    const [image] = await prepareImages([record], before.document, this.#parts.files);
    if (!image) return;
    this.#lastInserted.goOn(await replaceLink(image, before.document, () => this.#lastInserted.find()), [id]);
    tellLostSignature([image.file]);
  }

  /** Saves one image as a file that the person names, several into a folder that they choose. */
  async save(ids: readonly string[]): Promise<void> {
    await this.saveRecords(await this.records(ids));
  }

  async saveRecords(records: readonly ImageRecord[]): Promise<void> {
    const [first] = records;
    if (!first) return;
    if (records.length > 1) return this.#saveIntoFolder(records);
    const suggested = await suggestedUri(first, this.#parts.homeFolder);
    const ext = endingOf(suggested) || extensionOf(first.file.type);
    const target = await vscode.window.showSaveDialog({ defaultUri: suggested, filters: { [t('Images')]: [...new Set([ext, extensionOf(first.file.type), 'png', 'jpg', 'webp'])] }, title: t('Save Image') });
    if (target) await this.#write(target, first, await this.#parts.files.prepare({ record: first, scope: target, ending: endingOf(target) }));
  }

  /** One question for all of them; nothing that lies there is written over. */
  async #saveIntoFolder(records: readonly ImageRecord[]): Promise<void> {
    const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
    const chosen = await vscode.window.showOpenDialog({
      canSelectFiles: false, canSelectFolders: true, title: t('Save {0} Images', records.length), openLabel: t('Save Here'), ...(defaultUri && { defaultUri }),
    });
    const [folder] = chosen ?? [];
    if (!folder) return;
    for (const record of records) {
      const file = await this.#parts.files.prepare({ record, scope: folder });
      const { path } = vscode.Uri.joinPath(folder, `${slugOf(record.recipe.prompt)}.${file.ext}`);
      const free = await freePath(path, async (candidate) => (await statOf(folder.with({ path: candidate }))) !== undefined);
      await this.#write(folder.with({ path: free }), record, file);
    }
  }

  async #write(target: vscode.Uri, record: ImageRecord, file: PreparedFile): Promise<void> {
    try {
      await vscode.workspace.fs.writeFile(target, file.bytes);
    } catch (error) {
      throw new Refusal(t('{0} could not be written: {1} The image stays in the history.', plainText(target.path), plainText(error instanceof Error ? error.message : String(error))));
    }
    this.#parts.files.tellOnce(file.type, target);
    tellLostSignature([file]);
    this.#tellHeavy(target, record, file);
  }

  /** Opens the image in VS Code's own image editor. */
  async open(id: string): Promise<void> {
    const [record] = await this.records([id]);
    if (record) await vscode.commands.executeCommand('vscode.open', this.#parts.files.uri(record));
  }

  /** Shows two images side by side. */
  async compare(ids: readonly string[]): Promise<void> {
    const [left, right] = await this.records(ids);
    if (!left || !right) return;
    const title = `${plainText(left.recipe.prompt, 30)} ↔ ${plainText(right.recipe.prompt, 30)}`;
    await vscode.commands.executeCommand('vscode.diff', this.#parts.files.uri(left), this.#parts.files.uri(right), title);
  }

  async reveal(id: string): Promise<void> {
    const [record] = await this.records([id]);
    if (record) await revealFile(this.#parts.files.uri(record));
  }

  async #targetOf(ids: readonly string[]): Promise<Target | 'left' | undefined> {
    const { anchors, lastEditor } = this.#parts;
    const [id] = ids;
    const anchor = ids.length === 1 && id !== undefined ? anchors.get(id) : undefined;
    // Files take a while, and meanwhile people type and move the cursor: the place is looked up when it is used.
    const at = (document: vscode.TextDocument, kept: Anchor, mode: Wanted['mode']): Wanted[] => {
      const { start = 0, offset = 0 } = locate(kept, document) ?? {};
      return [{ start: mode === 'cursor' ? offset : start, end: offset, mode }];
    };
    if (anchor?.kind === 'selection' && id !== undefined) {
      const found = await anchors.find(anchor);
      if (found) return { document: found.document, viewColumn: undefined, isVisible: true, wanted: () => at(found.document, anchor, 'behind') };
      if (!(await askWhenGone())) return 'left';
      anchors.drop(id);
    }
    const editor = await lastEditor.get();
    if (editor) {
      const { document, cursors } = editor;
      const wanted = cursors && ((): Wanted[] => cursors().map((cursor) => document.offsetAt(cursor)).map((end): Wanted => ({ start: end, end, mode: 'cursor' })));
      return { ...editor, wanted };
    }
    // The document that was open when the image was asked for, if it was closed since.
    const found = anchor?.kind === 'cursor' ? await anchors.find(anchor) : undefined;
    return found && anchor && { document: found.document, viewColumn: undefined, isVisible: true, wanted: () => at(found.document, anchor, 'cursor') };
  }

  async #offerSave(records: readonly ImageRecord[]): Promise<void> {
    const save = t('Save…');
    const choice = await vscode.window.showInformationMessage(t('No document is open to insert the image into. Open one and insert again, or save the image as a file.'), save);
    if (choice === save) await this.saveRecords(records);
  }
}

/** True when the person wants the image at the cursor instead. */
async function askWhenGone(): Promise<boolean> {
  const atCursor = t('Insert at the cursor');
  const choice = await vscode.window.showWarningMessage(t('The text that this image was made for is gone. Where should the image go?'), { modal: true }, atCursor);
  return choice === atCursor;
}

/** A free name in the first workspace folder by the settings; in the person's own folder if none is open. */
async function suggestedUri(record: ImageRecord, homeFolder: string): Promise<vscode.Uri> {
  const workspaceFolder = vscode.workspace.workspaceFolders?.[0];
  const home = workspaceFolder && { fileUri: undefined, rootUri: workspaceFolder.uri, workspaceFolder, documentPath: `${workspaceFolder.uri.path}/untitled` };
  const { format } = fileSettings(workspaceFolder?.uri);
  const type = writtenTypeOf(home && namedEnding(record, home, undefined)) ?? (format === 'original' ? record.file.type : format);
  const name = `${slugOf(record.recipe.prompt)}.${extensionOf(type)}`;
  if (!home) return vscode.Uri.joinPath(usualFolder(homeFolder), name);
  try {
    return await chooseTarget(record, extensionOf(type), home, undefined, new Set());
  } catch {
    // A setting that leads nowhere must not keep a person from saving by hand.
    return vscode.Uri.joinPath(home.rootUri, name);
  }
}

function endingOf(uri: vscode.Uri): string {
  return splitEnding(nameOf(uri.path))[1].slice(1);
}
