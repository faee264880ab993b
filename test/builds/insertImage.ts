// Puts an image into a project on the disk, as the product does in VS Code.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { createRecord } from '../../src/history/record.ts';
import type { PreparedFile } from '../../src/host/history/imageFiles.ts';
import { insertImages } from '../../src/host/insert/insertImages.ts';
import type { LinkFinder } from '../../src/host/platform.ts';
import { choosePlace } from '../../src/insert/blocks/choosePlace.ts';
import { paint } from '../endpoint/paint.ts';
import { IMAGE_INFO, makeRecipe } from '../unit/history/folder.ts';
import { resetWorld, world } from '../vscodeModule/world.ts';

export interface InsertedImage {
  /** From the project's folder. */
  path: string;
  bytes: Uint8Array;
}

const links: LinkFinder = { find: () => Promise.resolve([]), choosePlace: (asked) => Promise.resolve(choosePlace(asked)), longestMs: 1000, dispose: () => undefined };
const PROMPT = 'A fox & “hills” — 100 % #1';

/** `files` by their paths. The image goes where `§` is in the text of `document`. */
export async function writeProject(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return Promise.resolve();
}

export async function insertImage(folder: string, path: string): Promise<InsertedImage> {
  resetWorld();
  world.openFolders(folder);
  const marked = readFileSync(join(folder, path), 'utf8');
  const text = marked.replace('§', '');
  const at = marked.indexOf('§');
  writeFileSync(join(folder, path), text);
  const document = world.open(join(folder, path), text, { languageId: 'plaintext' }) as unknown as vscode.TextDocument;
  world.activeEditor = { document } as unknown as vscode.TextEditor;
  const bytes = await paint({ prompt: PROMPT, widthPx: 512, heightPx: 512, watermark: false });
  const applyEdit = (edit: vscode.WorkspaceEdit): Promise<boolean> => {
    for (const { created, options } of (edit as unknown as { files: { created?: vscode.Uri; options?: { contents?: Uint8Array } }[] }).files) {
      if (!created) continue;
      mkdirSync(dirname(created.fsPath), { recursive: true });
      writeFileSync(created.fsPath, options?.contents ?? '');
    }
    for (const { range, newText } of edit.get(document.uri)) writeFileSync(join(folder, path), text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)));
    return Promise.resolve(true);
  };
  Object.assign(vscode.workspace, { applyEdit });
  const record = createRecord('20260101T000000000Z-00000000', makeRecipe(PROMPT), IMAGE_INFO, 9);
  const file = { bytes, ext: 'png', type: 'png', widthPx: 512, heightPx: 512 } as unknown as PreparedFile;
  const { files: [uri] } = await insertImages([{ record, file }], document, undefined, () => [{ start: at, end: at, mode: 'behind' }], links);
  if (!uri) throw new Error('no file was written');
  return { path: uri.fsPath.slice(folder.length + 1), bytes };
}
