// Describes the few file operations that keeping images needs; the folder behind them is handed in.

/** A file operation that failed; `code` is the system's name for why, such as ENOSPC, EROFS, EACCES or EEXIST. */
export class FileError extends Error {
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.name = 'FileError';
    this.code = code;
  }
}

export interface NewFile {
  name: string;
  bytes: Uint8Array;
}

/** A file that its writer never finished, because it died or still writes: it lies beside `name` under `temporaryName`. */
export interface UnfinishedFile {
  name: string;
  temporaryName: string;
  /** Id of the window that wrote it. */
  writer: string;
}

/**
 * Files under one folder, the history's. Paths are relative and written with `/`: `images/<id>.png`. A file has its name
 * only once all of its bytes are on the disk. Everything rejects with FileError; a folder that is missing is made by
 * writing, and is empty for reading.
 */
export interface Files {
  /** Names of the finished files in a folder, in no order. */
  list(folder: string): Promise<string[]>;
  /** What writers left half done in a folder. */
  listUnfinished(folder: string): Promise<UnfinishedFile[]>;
  /** @throws FileError ENOENT if there is none. */
  read(path: string): Promise<Uint8Array>;
  /** Undefined if there is no such file. */
  stat(path: string): Promise<{ sizeBytes: number; modifiedMs: number } | undefined>;
  /**
   * Writes new files into one folder so that they survive a loss of power; their names appear in the order given.
   * Their bytes are with the system before anything else runs, under `temporaryName`s: see `listUnfinished`.
   * @throws FileError EEXIST if a name is taken; the ones before it are there then.
   */
  create(folder: string, files: readonly NewFile[]): Promise<void>;
  /**
   * Writes a file that may be there already: who reads it finds the old bytes or the new ones, never a mixture. The new
   * ones are with the system before anything else runs, and have the name once they are flushed.
   */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  /** False if `from` is gone: of several that rename one file, one gets true. Never give a `to` that may be there. */
  rename(from: string, to: string): Promise<boolean>;
  /** False if it was gone already. */
  remove(path: string): Promise<boolean>;
}
