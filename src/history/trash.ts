// Moves images to the trash and back, and empties it; a file's name there tells when it was deleted.
import type { Files } from './files.ts';
import { IMAGES, TRASH } from './folderNames.ts';
import { groupByImage } from './imageFolder.ts';

const TRASHED = /^(\d+)~(.+)$/;

/** How long what was deleted is kept, in milliseconds: far longer than any undo of it is offered, in this window or another. */
export const TRASH_KEPT_MS = 24 * 60 * 60 * 1000;

/** Wall clock of the deletion, in milliseconds; undefined for a file that is none of ours. */
export function deletedMsOf(name: string): number | undefined {
  const deletedMs = TRASHED.exec(name)?.[1];
  return deletedMs === undefined ? undefined : Number(deletedMs);
}

/** @param what whether their recipes go, too. @returns the ids that were there. @throws FileError */
export async function moveToTrash(files: Files, ids: readonly string[], nowMs: number, what: 'all' | 'images'): Promise<string[]> {
  const wanted = new Set(ids);
  const moved: string[] = [];
  for (const { id, imageName, recordName } of groupByImage(await files.list(IMAGES))) {
    if (!wanted.has(id)) continue;
    // The image first: what is left if this is cut short is a recipe, never an image that nobody knows.
    const names = [imageName, what === 'all' ? recordName : undefined].filter((name) => name !== undefined);
    const renames = [];
    for (const name of names) renames.push(await files.rename(`${IMAGES}/${name}`, `${TRASH}/${nowMs}~${name}`));
    if (renames.includes(true)) moved.push(id);
  }
  return moved;
}

/** @returns the ids that were there. @throws FileError */
export async function restoreFromTrash(files: Files, ids: readonly string[]): Promise<string[]> {
  const trashed = new Map<string, string>();
  for (const name of await files.list(TRASH)) {
    const original = TRASHED.exec(name)?.[2];
    if (original) trashed.set(original, name);
  }
  const wanted = new Set(ids);
  const restored: string[] = [];
  for (const { id, imageName, recordName } of groupByImage([...trashed.keys()])) {
    if (!wanted.has(id)) continue;
    const renames = [];
    for (const name of [imageName, recordName]) {
      if (name === undefined || (await files.stat(`${IMAGES}/${name}`))) continue;
      renames.push(await files.rename(`${TRASH}/${trashed.get(name)}`, `${IMAGES}/${name}`));
    }
    if (renames.includes(true)) restored.push(id);
  }
  return restored;
}

/** Deletes for good what was put there before `beforeMs` (wall clock), but for the ids in `except`. @throws FileError */
export async function emptyTrash(files: Files, beforeMs: number, except: ReadonlySet<string>): Promise<void> {
  for (const name of await files.list(TRASH)) {
    const deletedMs = deletedMsOf(name);
    const [id = ''] = (TRASHED.exec(name)?.[2] ?? '').split('.');
    if (deletedMs !== undefined && deletedMs <= beforeMs && !except.has(id)) await files.remove(`${TRASH}/${name}`);
  }
}
