// Keeps files in memory, as a file system that VS Code can be given beside the disk.
import * as vscode from 'vscode';

interface Entry {
  stat: vscode.FileStat;
  bytes: Uint8Array | undefined;
}

/** An empty file system with one folder, its root. */
export function memoryFiles(): vscode.FileSystemProvider {
  const entries = new Map<string, Entry>();
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const folder = (path: string): string => path.replace(/\/[^/]*$/, '') || '/';
  const put = (path: string, bytes?: Uint8Array): void => {
    const type = bytes ? vscode.FileType.File : vscode.FileType.Directory;
    entries.set(path, { stat: { type, ctime: 1, mtime: Date.now(), size: bytes?.length ?? 0 }, bytes });
  };
  const find = (uri: vscode.Uri): Entry => {
    const entry = entries.get(uri.path);
    if (!entry) throw vscode.FileSystemError.FileNotFound(uri);
    return entry;
  };
  const tell = (uri: vscode.Uri, type: vscode.FileChangeType): void => changes.fire([{ uri, type }]);
  put('/');
  return {
    onDidChangeFile: changes.event,
    watch: () => ({ dispose: () => undefined }),
    stat: (uri) => find(uri).stat,
    readDirectory: (uri) => [...entries].filter(([path]) => path !== '/' && folder(path) === uri.path).map(([path, { stat }]) => [path.slice(path.lastIndexOf('/') + 1), stat.type]),
    createDirectory: (uri) => put(uri.path),
    readFile: (uri) => find(uri).bytes ?? new Uint8Array(),
    writeFile(uri, bytes, { create, overwrite }) {
      const there = entries.has(uri.path);
      if (!there && !create) throw vscode.FileSystemError.FileNotFound(uri);
      if (there && create && !overwrite) throw vscode.FileSystemError.FileExists(uri);
      put(uri.path, bytes);
      tell(uri, there ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created);
    },
    delete(uri) {
      find(uri);
      for (const path of [...entries.keys()]) if (path === uri.path || path.startsWith(`${uri.path}/`)) entries.delete(path);
      tell(uri, vscode.FileChangeType.Deleted);
    },
    rename(from, to) {
      const entry = find(from);
      entries.delete(from.path);
      entries.set(to.path, entry);
    },
  };
}
