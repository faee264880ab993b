// Stands in for `workspace.fs` with the files of this machine.
import { cp, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Stats } from 'node:fs';
import type * as vscode from 'vscode';
import { FileType } from './values.ts';

/** What VS Code throws for a file that is not there, among others. */
export class FileSystemError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    [this.name, this.code] = [`${code} (FileSystemError)`, code];
  }
}

const CODES: Readonly<Record<string, string>> = { ENOENT: 'FileNotFound', EEXIST: 'FileExists', ENOTDIR: 'FileNotADirectory', EISDIR: 'FileIsADirectory', EACCES: 'NoPermissions', EPERM: 'NoPermissions' };

async function toldAsVsCode<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    const code = CODES[(error as NodeJS.ErrnoException).code ?? ''];
    throw code === undefined ? error : new FileSystemError((error as Error).message, code);
  }
}

const typeOf = (stats: { isFile(): boolean; isDirectory(): boolean }): number => (stats.isDirectory() ? FileType.Directory : stats.isFile() ? FileType.File : FileType.Unknown);

async function statOf(path: string): Promise<vscode.FileStat> {
  const own = await lstat(path);
  const target: Stats = own.isSymbolicLink() ? await stat(path).catch(() => own) : own;
  const type = typeOf(target) | (own.isSymbolicLink() ? FileType.SymbolicLink : 0);
  return { type, ctime: target.ctimeMs, mtime: target.mtimeMs, size: target.size };
}

/** Like VS Code's own: folders on the way to a written file are made. */
export const fileSystem = {
  stat: (uri: vscode.Uri) => toldAsVsCode(statOf(uri.fsPath)),
  readFile: (uri: vscode.Uri) => toldAsVsCode<Uint8Array>(readFile(uri.fsPath)),
  writeFile: (uri: vscode.Uri, bytes: Uint8Array) => toldAsVsCode(mkdir(dirname(uri.fsPath), { recursive: true }).then(() => writeFile(uri.fsPath, bytes))),
  createDirectory: async (uri: vscode.Uri) => void (await toldAsVsCode(mkdir(uri.fsPath, { recursive: true }))),
  delete: (uri: vscode.Uri, { recursive = false } = {}) => toldAsVsCode(rm(uri.fsPath, { recursive })),
  rename: (from: vscode.Uri, to: vscode.Uri) => toldAsVsCode(rename(from.fsPath, to.fsPath)),
  copy: (from: vscode.Uri, to: vscode.Uri) => toldAsVsCode(cp(from.fsPath, to.fsPath, { recursive: true })),
  readDirectory: async (uri: vscode.Uri): Promise<[string, number][]> => {
    const entries = await toldAsVsCode(readdir(uri.fsPath, { withFileTypes: true }));
    return entries.map((entry) => [entry.name, entry.isSymbolicLink() ? FileType.SymbolicLink : typeOf(entry)]);
  },
  /** Undefined for what nobody here serves. */
  isWritableFileSystem: (scheme: string): boolean | undefined => (scheme === 'file' ? true : undefined),
};
