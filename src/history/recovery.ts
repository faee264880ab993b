// Finds the journals whose windows died and claims them, so that exactly one living window takes each up.
import type { Files } from './files.ts';
import { IMAGES, UNFINISHED } from './folderNames.ts';
import { parseImageId } from './imageId.ts';
import type { JournalFile } from './journal.ts';
import type { Journals } from './journals.ts';

/** Whether a window lives; undefined if that cannot be told from here. */
export type IsAlive = (windowId: string) => Promise<boolean | undefined>;

const DAY_MS = 86_400_000;

export interface Claims {
  claimed: JournalFile[];
  /** Names of journals that cannot be read or claimed; they stay where they are. */
  unreadable: string[];
}

/** @param nowMs wall clock. @throws FileError if the folder cannot be listed */
export async function claimUnfinished(journals: Journals, isAlive: IsAlive, nowMs: number): Promise<Claims> {
  const claims: Claims = { claimed: [], unreadable: [] };
  for (const { name, owner, journal } of await journals.list()) {
    if (!journal || owner === undefined) {
      claims.unreadable.push(name);
      continue;
    }
    const alive = await isAlive(owner);
    // A window on another machine cannot be seen: its job is left until it must be over. A start that lies in the
    // future was noted by a clock that is not to be trusted.
    const mayBeBusy = nowMs < journal.busyUntilMs && nowMs > journal.startedMs - DAY_MS;
    if (alive || (alive === undefined && mayBeBusy)) continue;
    // What is claimed already belongs to this window, and must reach whoever takes it up.
    const file = await journals.claim(name, journal.id).catch(() => 'failed' as const);
    if (file === 'failed') claims.unreadable.push(name);
    else if (file) claims.claimed.push(file);
  }
  return claims;
}

/**
 * Removes files that dead windows left half written. What belongs to a job that still has a journal stays: its window
 * may have died after recovery looked, and the file may be all that is left of a paid image. @throws FileError
 */
export async function removeLeftovers(files: Files, isAlive: IsAlive, nowMs: number): Promise<void> {
  for (const folder of [IMAGES, UNFINISHED]) {
    for (const { name, temporaryName, writer } of await files.listUnfinished(folder)) {
      const path = `${folder}/${temporaryName}`;
      // A journal holds a secret, so it does not wait a day.
      if ((await isAlive(writer)) !== false || (folder === IMAGES && !(await isOld(files, path, nowMs)))) continue;
      if (!(await hasJournal(files, jobIdOf(name)))) await files.remove(path);
    }
  }
}

async function isOld(files: Files, path: string, nowMs: number): Promise<boolean> {
  const found = await files.stat(path);
  return found !== undefined && nowMs - found.modifiedMs > DAY_MS;
}

/** Asked twice, since a listing may miss a file that another window is renaming. */
async function hasJournal(files: Files, jobId: string): Promise<boolean> {
  const find = async (): Promise<boolean> => (await files.list(UNFINISHED)).some((name) => name.startsWith(`${jobId}.`));
  return (await find()) || find();
}

/** Images of one answer are called after their job, with `-1`, `-2` behind it. */
function jobIdOf(name: string): string {
  const id = name.split('.')[0] ?? name;
  return parseImageId(id)?.item ? id.slice(0, id.lastIndexOf('-')) : id;
}
