// Stands in for the module `vscode` in plain Node: `import * as vscode from 'vscode'` of src/host leads here in unit tests.
import { matchesGlob } from 'node:path';
import type * as vscode from 'vscode';
import { getConfiguration } from './configuration.ts';
import { CancellationTokenSource, Disposable, EventEmitter } from './events.ts';
import { fileSystem, FileSystemError } from './fileSystem.ts';
import { l10n } from './l10n.ts';
import { Uri } from './uri.ts';
import { world, type ShownMessage } from './world.ts';

export * from './edits.ts';
export { CancellationError, CancellationTokenSource, Disposable, EventEmitter } from './events.ts';
export * from './positions.ts';
export * from './values.ts';
export { FileSystemError, l10n, Uri };

export const version = '1.106.0';

const never = new EventEmitter<never>().event;

function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const holds = ({ uri: { scheme, authority, path } }: vscode.WorkspaceFolder): boolean =>
    scheme === uri.scheme && authority === uri.authority && (uri.path === path || uri.path.startsWith(path.replace(/\/?$/, '/')));
  return world.folders?.filter(holds).sort((one, other) => other.uri.path.length - one.uri.path.length)[0];
}

async function openTextDocument(what: vscode.Uri | string | { content?: string; language?: string }): Promise<vscode.TextDocument> {
  if (typeof what === 'object' && !('scheme' in what)) {
    const { content = '', language = 'plaintext' } = what;
    return world.open(Uri.from({ scheme: 'untitled', path: `Untitled-${world.documents.length + 1}` }), content, { languageId: language, isUntitled: true });
  }
  const uri = typeof what === 'string' ? Uri.file(what) : what;
  const open = world.documents.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open;
  return world.open(uri, new TextDecoder().decode(await fileSystem.readFile(uri)));
}

export const workspace = {
  get workspaceFolders() { return world.folders; },
  get isTrusted() { return world.isTrusted; },
  get textDocuments() { return world.documents; },
  notebookDocuments: [] as vscode.NotebookDocument[],
  fs: fileSystem,
  getConfiguration,
  getWorkspaceFolder: folderOf,
  asRelativePath(what: vscode.Uri | string, includeFolder = (world.folders ?? []).length > 1): string {
    const uri = typeof what === 'string' ? Uri.file(what) : what;
    const folder = folderOf(uri);
    if (folder === undefined) return typeof what === 'string' ? what : uri.fsPath;
    const below = uri.path.slice(folder.uri.path.length).replace(/^\//, '');
    return includeFolder ? `${folder.name}/${below}` : below;
  },
  openTextDocument,
  onDidChangeConfiguration: ((...args) => world.changedSettings.event(...args)) as vscode.Event<vscode.ConfigurationChangeEvent>,
  onDidChangeTextDocument: ((...args) => world.changedDocument.event(...args)) as vscode.Event<vscode.TextDocumentChangeEvent>,
  onDidRenameFiles: ((...args) => world.renamedFiles.event(...args)) as vscode.Event<vscode.FileRenameEvent>,
  onDidOpenTextDocument: never, onDidCloseTextDocument: never, onDidSaveTextDocument: never,
  onDidCreateFiles: never, onDidDeleteFiles: never, onDidChangeWorkspaceFolders: never, onDidGrantWorkspaceTrust: never,
};

type Item = string | { title: string };

/** Shows a message: options may stand before its buttons, and the answer is one of these. */
function show(kind: ShownMessage['kind']) {
  return async (text: string, ...rest: (Item | vscode.MessageOptions | undefined)[]): Promise<Item | undefined> => {
    const isItem = (thing: (typeof rest)[number]): thing is Item => typeof thing === 'string' || (thing !== undefined && 'title' in thing);
    const items = rest.filter(isItem);
    const titleOf = (item: Item): string => (typeof item === 'string' ? item : item.title);
    const options: vscode.MessageOptions = rest.find((thing): thing is vscode.MessageOptions => thing !== undefined && !isItem(thing)) ?? {};
    const message = { kind, text, modal: options.modal === true, detail: options.detail, buttons: items.map(titleOf) };
    world.messages.push(message);
    const pressed = await world.answer(message);
    return items.find((item) => titleOf(item) === pressed);
  };
}

export const window = {
  get activeTextEditor() { return world.activeEditor; },
  get visibleTextEditors() { return world.visibleEditors; },
  tabGroups: {
    get all() { return [{ tabs: world.tabs }]; },
    get activeTabGroup() { return { tabs: world.tabs, activeTab: world.tabs.find(({ isActive }) => isActive) }; },
  },
  showInformationMessage: show('info'),
  showWarningMessage: show('warning'),
  showErrorMessage: show('error'),
  withProgress: <T>(_options: vscode.ProgressOptions, task: (progress: vscode.Progress<unknown>, token: vscode.CancellationToken) => Thenable<T>): Thenable<T> =>
    task({ report: () => undefined }, new CancellationTokenSource().token),
  onDidChangeActiveTextEditor: ((...args) => world.changedEditor.event(...args)) as vscode.Event<vscode.TextEditor | undefined>,
  onDidChangeVisibleTextEditors: never, onDidChangeWindowState: never,
};

export const commands = {
  registerCommand(command: string, run: (...args: unknown[]) => unknown): Disposable {
    const { commands: known } = world;
    if (known.has(command)) throw new Error(`command '${command}' already exists`);
    known.set(command, run);
    return new Disposable(() => known.delete(command));
  },
  /** Runs what the code under test registered; a command of VS Code itself is only noted. */
  executeCommand(command: string, ...args: unknown[]): Promise<unknown> {
    world.executed.push({ command, args });
    return new Promise((resolve) => resolve(world.commands.get(command)?.(...args)));
  },
};

export const env = {
  language: 'en', appName: 'Visual Studio Code', uiKind: 1, uriScheme: 'vscode', remoteName: undefined as string | undefined,
  clipboard: {
    readText: () => Promise.resolve(world.clipboard),
    writeText: (text: string) => Promise.resolve(void (world.clipboard = text)),
  },
};

export const languages = {
  /** Selectors of a language, a scheme and a pattern; ten where all of them fit, as in VS Code. */
  match(selector: { language?: string; scheme?: string; pattern?: string | { baseUri: vscode.Uri; pattern: string } }, { uri, languageId }: vscode.TextDocument): number {
    const { language = languageId, scheme = uri.scheme, pattern } = selector;
    const glob = typeof pattern === 'object' ? `${pattern.baseUri.fsPath}/${pattern.pattern}` : pattern;
    return language === languageId && scheme === uri.scheme && (glob === undefined || matchesGlob(uri.fsPath, glob)) ? 10 : 0;
  },
};
