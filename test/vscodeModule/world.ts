// Holds what a unit test says of the VS Code around the code under test, and what that code did to it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { Document, type DocumentOptions } from './document.ts';
import { EventEmitter } from './events.ts';
import { Uri } from './uri.ts';

/** A message that was shown to the person. */
export interface ShownMessage {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly modal: boolean;
  readonly detail: string | undefined;
  readonly buttons: readonly string[];
}

interface Manifest {
  contributes: { configuration: { properties: Record<string, { default?: unknown }> } };
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as Manifest;

/** The defaults of our own settings, as package.json has them. */
export const DEFAULTS: ReadonlyMap<string, unknown> = new Map(Object.entries(manifest.contributes.configuration.properties).map(([name, { default: value }]) => [name, value]));

/** A VS Code with nothing open and nothing set. */
class World {
  /** The person's settings and those of the workspace, by their whole names. */
  readonly user = new Map<string, unknown>();
  readonly workspace = new Map<string, unknown>();
  readonly messages: ShownMessage[] = [];
  /** Commands that were run, those of VS Code itself too. */
  readonly executed: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  readonly documents: Document[] = [];
  folders: vscode.WorkspaceFolder[] | undefined;
  isTrusted = true;
  clipboard = '';
  activeEditor: vscode.TextEditor | undefined;
  visibleEditors: readonly vscode.TextEditor[] = [];
  tabs: readonly vscode.Tab[] = [];
  /** The translations of the display language; none in English. */
  bundle: Readonly<Record<string, string>> = {};
  /** The button that the person presses; undefined closes the message. */
  answer: (message: ShownMessage) => string | undefined | Promise<string | undefined> = () => undefined;

  readonly changedSettings = new EventEmitter<vscode.ConfigurationChangeEvent>();
  readonly changedDocument = new EventEmitter<vscode.TextDocumentChangeEvent>();
  readonly renamedFiles = new EventEmitter<vscode.FileRenameEvent>();
  readonly changedEditor = new EventEmitter<vscode.TextEditor | undefined>();

  /** Sets or, with undefined, unsets one of the person's settings, and tells of it. */
  set(name: string, value: unknown, layer = this.user): void {
    if (value === undefined) layer.delete(name);
    else layer.set(name, value);
    const affects = (section: string): boolean => name === section || name.startsWith(`${section}.`) || section.startsWith(`${name}.`);
    this.changedSettings.fire({ affectsConfiguration: affects });
  }

  /** Opens these folders, by their paths. */
  openFolders(...paths: string[]): void {
    this.folders = paths.map((path, index) => ({ uri: Uri.file(path), name: path.split('/').at(-1) ?? path, index }));
  }

  /** Opens a document, as `workspace.openTextDocument` then finds it. */
  open(uri: vscode.Uri | string, text: string, options?: DocumentOptions): Document {
    const document = new Document(typeof uri === 'string' ? Uri.file(uri) : uri, text, options);
    this.documents.push(document);
    return document;
  }

  /** Changes an open document as one edit does, and tells of it. */
  edit(document: Document, ...changes: { range: vscode.Range; text: string }[]): void {
    this.changedDocument.fire({ document, contentChanges: document.change(changes), reason: undefined });
  }
}

/** What the stand-in's functions read. A fresh one comes with `resetWorld`. */
export let world = new World();

/** Forgets everything, listeners too: each test begins with it. */
export function resetWorld(): World {
  world = new World();
  return world;
}

/** What `ExtensionContext.workspaceState` and `globalState` are. */
export function createMemento(values: Readonly<Record<string, unknown>> = {}): vscode.Memento & { setKeysForSync(): void } {
  const kept = new Map<string, unknown>(Object.entries(values));
  return {
    keys: () => [...kept].filter(([, value]) => value !== undefined).map(([key]) => key),
    get: <T>(key: string, otherwise?: T): T => (kept.get(key) ?? otherwise) as T,
    update: (key, value: unknown) => {
      // An object is kept as it would be read after a reload.
      kept.set(key, typeof value === 'object' && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value);
      return Promise.resolve();
    },
    setKeysForSync: () => undefined,
  };
}

/** What `ExtensionContext.secrets` is. */
export function createSecrets(): vscode.SecretStorage {
  const kept = new Map<string, string>();
  const changed = new EventEmitter<vscode.SecretStorageChangeEvent>();
  return {
    keys: () => Promise.resolve([...kept.keys()]),
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => {
      kept.set(key, value);
      changed.fire({ key });
      return Promise.resolve();
    },
    delete: (key) => {
      kept.delete(key);
      changed.fire({ key });
      return Promise.resolve();
    },
    onDidChange: changed.event,
  };
}
