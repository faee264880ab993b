// Makes documents for a test in the window's folder, or beside it, and takes everything away that the test made.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
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
  await until('the text', () => (document.getText() === text ? true : undefined)).catch(() => assert.equal(document.getText(), text));
}

/** Closes all editors without saving, and deletes what lies in the window's folder beside the sample. */
export async function cleanUp(): Promise<void> {
  // While a suite runs, VS Code asks nobody whether to save what it closes, and does not.
  for (let left = 10; left > 0 && vscode.window.tabGroups.all.some((group) => group.tabs.length > 0); left--) {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
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

type Settings = Readonly<Record<string, unknown>>;

/** Sets settings while `inside` runs; `workspace` ones are written into the folder. */
export async function withSettings<Result>(settings: Settings, inside: () => Promise<Result>, target = vscode.ConfigurationTarget.Global): Promise<Result> {
  const restore = await (target === vscode.ConfigurationTarget.Global ? setForPerson(settings) : setForFolder(settings));
  try {
    return await inside();
  } finally {
    await restore();
  }
}

async function setForPerson(settings: Settings): Promise<() => Promise<void>> {
  const setAll = async (values: Settings): Promise<void> => {
    for (const [name, value] of Object.entries(values)) await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  };
  const before = Object.fromEntries(Object.keys(settings).map((name) => [name, vscode.workspace.getConfiguration().inspect(name)?.globalValue]));
  await setAll(settings);
  return () => setAll(before);
}

/** As another program would: VS Code itself opens the file as a document for each setting. */
async function setForFolder(settings: Settings): Promise<() => Promise<void>> {
  const file = inRoot('.vscode/settings.json').fsPath;
  const untilRead = (values: Settings): Promise<unknown> => until('the settings of the folder', () => {
    const read = Object.keys(values).map((name) => vscode.workspace.getConfiguration().inspect(name)?.workspaceValue);
    return isDeepStrictEqual(read, Object.values(values)) || undefined;
  });
  if (Object.keys(settings).length > 0) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(settings));
  }
  await untilRead(settings);
  return async () => {
    rmSync(file, { force: true });
    await untilRead(Object.fromEntries(Object.keys(settings).map((name) => [name, undefined])));
  };
}
