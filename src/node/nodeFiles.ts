// Keeps files under one folder with Node's file system, so that a file has its name only when all of it is on the disk.
import { closeSync, fdatasync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileError, type Files, type UnfinishedFile } from '../history/files.ts';

const TEMPORARY = /^\.(.+)~([^~]+)~\d+\.tmp$/;
/** The journal holds signed URLs, which are secrets. */
const OWNER_ONLY = 0o600;
/** Stands for the writer in the name of a claim: all who want one name must want the same file. It holds its writer instead. */
const CLAIM = 'claim';
/** A claim lasts for two calls of the system; one that is older was left by a process that died between them. */
const CLAIM_LASTS_MS = 1000;
const CLAIM_PAUSE_MS = 20;
/** Bytes that are handed to the system at a time: the thread is free again after each. */
const SLICE_BYTES = 1 << 20;
/** What systems answer that do not flush a folder (Windows, some network drives). */
const NO_FOLDER_FLUSH = new Set(['EPERM', 'EISDIR', 'EINVAL', 'EACCES', 'ENOTSUP', 'EBADF']);
/** On Windows, a virus scanner that looks at a file keeps it from being renamed for a moment. */
const RENAME_PAUSES_MS = process.platform === 'win32' ? [10, 30, 100, 300, 600] : [];

/**
 * @param rootFolder absolute path of the history folder; made when something is written.
 * @param writer id of this window: tells its half-written files from those of others.
 */
export function createNodeFiles(rootFolder: string, writer: string): Files {
  let written = 0;

  const pathOf = (path: string): string => {
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))) throw new FileError('EINVAL');
    return join(rootFolder, path);
  };
  const temporaryFor = (path: string): string => {
    const folder = dirname(path);
    return join(folder, `.${path.slice(folder.length + 1)}~${writer}~${written++}.tmp`);
  };

  return {
    list: (folder) => named(async () => (await readNames(pathOf(folder))).filter((name) => !TEMPORARY.test(name))),

    listUnfinished: (folder) =>
      named(async () => {
        const found = (await readNames(pathOf(folder))).map(async (temporaryName): Promise<UnfinishedFile[]> => {
          const [, name, named = ''] = TEMPORARY.exec(temporaryName) ?? [];
          // One that cannot be read keeps nobody from the others.
          const writer = named === CLAIM ? await readFile(join(pathOf(folder), temporaryName), 'utf8').catch(() => '') : named;
          return name !== undefined && writer !== '' ? [{ name, writer, temporaryName }] : [];
        });
        return (await Promise.all(found)).flat();
      }),

    read: (path) => named(() => readFile(pathOf(path))),

    stat: (path) =>
      named(async () => {
        const found = await orIfGone(stat(pathOf(path)), undefined);
        return found && { sizeBytes: found.size, modifiedMs: found.mtimeMs };
      }),

    create: (folder, files) =>
      named(async () => {
        const parts = files.map(({ name, bytes }) => {
          const path = pathOf(`${folder}/${name}`);
          return { path, temporary: temporaryFor(path), bytes };
        });
        try {
          const writes = await Promise.allSettled(parts.map(({ temporary, bytes }) => writeWhole(temporary, bytes)));
          for (const write of writes) if (write.status === 'rejected') throw write.reason;
          for (const { temporary, path } of parts) await nameOnce(temporary, path, writer);
          await flushFolder(pathOf(folder));
        } finally {
          await Promise.allSettled(parts.map(({ temporary }) => rm(temporary, { force: true })));
        }
      }),

    replace: (path, bytes) =>
      named(async () => {
        const target = pathOf(path);
        const temporary = temporaryFor(target);
        try {
          await writeWhole(temporary, bytes);
          await renamePatiently(temporary, target);
          await flushFolder(dirname(target));
        } catch (error) {
          await rm(temporary, { force: true }).catch(() => undefined);
          throw error;
        }
      }),

    rename: (from, to) =>
      named(async () => {
        const [source, target] = [pathOf(from), pathOf(to)];
        if (dirname(source) !== dirname(target)) await mkdir(dirname(target), { recursive: true });
        return orIfGone(renamePatiently(source, target).then(() => true), false);
      }),

    remove: (path) => named(() => orIfGone(unlink(pathOf(path)).then(() => true), false)),
  };
}

async function readNames(folder: string): Promise<string[]> {
  return orIfGone(readdir(folder), []);
}

/**
 * Writes, then flushes. The first slice is with the system before anything else runs, and no slice waits for the threads
 * that flush other files: a process that is killed loses only what it had no time to hand over.
 */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const descriptor = openNew(path);
  try {
    for (let at = 0; at < bytes.length; ) {
      if (at > 0) await new Promise((resolve) => setImmediate(resolve));
      const end = Math.min(bytes.length, at + SLICE_BYTES);
      while (at < end) at += writeSync(descriptor, bytes, at, end - at);
    }
    await new Promise<void>((resolve, reject) => fdatasync(descriptor, (error) => (error ? reject(error) : resolve())));
  } finally {
    closeSync(descriptor);
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', OWNER_ONLY);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'wx', OWNER_ONLY);
  }
}

/**
 * Renaming would write over a file that is there, and hard links, which would not, are unknown to many file systems
 * (exFAT, network drives): so whoever holds the claim of a name may look whether it is free and take it.
 */
async function nameOnce(temporary: string, path: string, writer: string): Promise<void> {
  const claim = join(dirname(path), `.${basename(path)}~${CLAIM}~0.tmp`);
  await takeClaim(claim, writer);
  try {
    if (await orIfGone(stat(path), undefined)) throw new FileError('EEXIST');
    await renamePatiently(temporary, path);
  } finally {
    await rm(claim, { force: true });
  }
}

async function takeClaim(claim: string, writer: string): Promise<void> {
  let seen: { modifiedMs: number; sinceMs: number } | undefined;
  for (;;) {
    try {
      return writeClaim(claim, writer);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const modifiedMs = (await orIfGone(stat(claim), undefined))?.mtimeMs;
    if (modifiedMs === undefined) continue;
    // How long it was seen, not when it was made: clocks of file servers differ.
    if (modifiedMs !== seen?.modifiedMs) seen = { modifiedMs, sinceMs: performance.now() };
    else if (performance.now() - seen.sinceMs > CLAIM_LASTS_MS) await rm(claim, { force: true });
    await new Promise((resolve) => setTimeout(resolve, CLAIM_PAUSE_MS));
  }
}

/** By the writer in it, others find out that it was left by a window that died. @throws EEXIST if another one holds the claim */
function writeClaim(claim: string, writer: string): void {
  const descriptor = openNew(claim);
  try {
    writeSync(descriptor, writer);
  } catch (error) {
    rmSync(claim, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (const pauseMs of RENAME_PAUSES_MS) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return rename(from, to);
}

async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!NO_FOLDER_FLUSH.has(codeOf(error))) throw error;
  }
}

async function orIfGone<T, U>(result: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await result;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return otherwise;
    throw error;
  }
}

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(codeOf(error), error);
  }
}

/** The code of an error of the system; `EIO` for one that has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
}
