// Turns the files that open windows leave for agents into the window that a folder belongs to.
import { readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseWindow } from '../../agents/chooseWindow.ts';
import type { Problem } from '../../agents/toolArguments.ts';
import { parseMessage, type WindowFile, windowFileSchema } from '../../agents/windowMessages.ts';

/** The folder of these files, beside the server's script. */
export const WINDOWS = 'windows';

const isWindows = process.platform === 'win32';
const IGNORE_CASE = isWindows || process.platform === 'darwin';

/**
 * The window for the first of `places` that one can be found for, or a sentence about the last.
 * @param folder where the server's script lies
 * @param places folders as paths or `file:` addresses
 */
export async function findWindow(folder: string, places: readonly string[]): Promise<WindowFile | Problem> {
  const windows = await openWindows(folder);
  let answer: WindowFile | Problem = { problem: 'The agent works in no folder.' };
  for (const place of places) {
    const path = await realFolder(place);
    if (path === undefined) continue;
    answer = chooseWindow(path, windows, IGNORE_CASE);
    if (!('problem' in answer)) return answer;
  }
  return answer;
}

/** Every window that lives. What a dead one left is removed. */
export async function openWindows(folder: string): Promise<WindowFile[]> {
  const windows = join(folder, WINDOWS);
  const names = await readdir(windows).catch(() => []);
  const read = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readWindow(join(windows, name))));
  return read.filter((window) => window !== undefined);
}

async function readWindow(path: string): Promise<WindowFile | undefined> {
  // A file that others may write could name a socket of theirs.
  const { mode, uid } = await stat(path).catch(() => ({ mode: 0o777, uid: -1 }));
  if (!isWindows && ((mode & 0o077) !== 0 || uid !== process.getuid?.())) return undefined;
  const window = parseMessage(windowFileSchema, await readFile(path, 'utf8').catch(() => undefined));
  if (!window) return undefined;
  const folders = await Promise.all(window.folders.map(async (own) => (await realFolder(own)) ?? own));
  if (isProcessAlive(window.pid)) return { ...window, folders };
  await rm(path, { force: true });
  if (!isWindows) await rm(dirname(window.address), { recursive: true, force: true }).catch(() => undefined);
  return undefined;
}

/** Links on the way are followed, so that one folder with two names is one. */
async function realFolder(place: string): Promise<string | undefined> {
  try {
    return await realpath(place.startsWith('file:') ? fileURLToPath(place) : place);
  } catch {
    return undefined;
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
