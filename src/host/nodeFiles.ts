// Keeps files under one folder with Node's file system, so that a file has its name only when all of it is on the disk.
import type { Files } from '../history/files.ts';

/** @param rootFolder absolute path of the history folder. @param writer tells this window's half-written files from others'. */
export function createNodeFiles(rootFolder: string, writer: string): Files { void [rootFolder, writer]; throw new Error('not yet'); }
