// Makes documents for a test in the window's folder, or beside it, and takes everything away that the test made.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { pause, until } from './window.ts';

const { fs } = vscode.workspace;

/** The folder that the window shows. */
export function rootUri(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return folder.uri;
}

export const inRoot = (path: string): vscode.Uri => vscode.Uri.joinPath(rootUri(), path);

/** Writes and opens a document; the cursor stands at `|` in `text`, which is taken out, else at its end. */
export async function openDocument(uri: vscode.Uri, text = ''): Promise<vscode.TextEditor> {
  const at = text.indexOf('|');
  const written = text.replace('|', '');
  await fs.writeFile(uri, Buffer.from(written));
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  // VS Code remembers the text of a file that was closed a moment ago, and reads the new one then: that moves the cursor.
  await until('the text that was written', () => (editor.document.getText() === written ? true : undefined));
  const position = editor.document.positionAt(at < 0 ? text.length : at);
  editor.selection = new vscode.Selection(position, position);
  // Once the window has answered anything, it cannot tell of an older selection any more.
  await vscode.commands.executeCommand('setContext', 'test.selected', true);
  return editor;
}

/** Paths of all files below the folder, relative to it and sorted. */
export async function filesBelow(folder: vscode.Uri, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for (const [name, type] of await fs.readDirectory(folder).then((entries) => entries, () => [])) {
    if (type === vscode.FileType.Directory) found.push(...(await filesBelow(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`)));
    else found.push(prefix + name);
  }
  return found.sort();
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return fs.stat(uri).then(() => true, () => false);
}

/** Waits for the text, as edits and undo take a moment to arrive. */
export async function untilText(document: vscode.TextDocument, text: string): Promise<void> {
  await until('the text', () => (document.getText() === text ? true : undefined), 3000).catch(() => assert.equal(document.getText(), text));
}

/** Closes all editors without saving, and deletes what lies in the window's folder beside the sample. */
export async function cleanUp(): Promise<void> {
  for (let left = 20; left > 0 && vscode.window.tabGroups.all.some((group) => group.tabs.length > 0); left--) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    if (left < 10) await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
  const sample = new Set(['docs', 'page.html']);
  for (const [name] of await fs.readDirectory(rootUri())) {
    if (!sample.has(name)) await remove(inRoot(name));
  }
  for (const [name] of await fs.readDirectory(inRoot('docs'))) {
    if (name !== 'welcome.md') await remove(vscode.Uri.joinPath(inRoot('docs'), name));
  }
}

async function remove(uri: vscode.Uri): Promise<void> {
  try {
    await fs.delete(uri, { recursive: true });
  } catch {
    // A file that VS Code is still about to close may be written once more; the next try finds it still.
    await pause(100);
    rmSync(uri.fsPath, { recursive: true, force: true });
  }
}

/** A folder that no window shows. */
export function outsideFolder(): { uri: vscode.Uri; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'generate-image-outside-')));
  return { uri: vscode.Uri.file(path), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Sets settings while `inside` runs; `workspace` ones are written into the folder. */
export async function withSettings<Result>(settings: Readonly<Record<string, unknown>>, inside: () => Promise<Result>, target = vscode.ConfigurationTarget.Global): Promise<Result> {
  const set = (name: string, value: unknown): Thenable<void> => vscode.workspace.getConfiguration().update(name, value, target);
  const key = target === vscode.ConfigurationTarget.Global ? 'globalValue' : 'workspaceValue';
  const before = Object.keys(settings).map((name) => [name, vscode.workspace.getConfiguration().inspect(name)?.[key]] as const);
  try {
    for (const [name, value] of Object.entries(settings)) await set(name, value);
    return await inside();
  } finally {
    for (const [name, value] of before) await set(name, value);
  }
}
