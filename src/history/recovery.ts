// Finds the journals whose windows died and claims them, so that exactly one living window takes each up.
import type { Files } from './files.ts';
import { IMAGES, UNFINISHED } from './folderNames.ts';
import type { JournalFile } from './journal.ts';
import type { Journals } from './journals.ts';

/** Whether a window lives; undefined where that cannot be told from here. */
export type IsAlive = (windowId: string) => Promise<boolean | undefined>;

const DAY_MS = 86_400_000;

export interface Claims {
  claimed: JournalFile[];
  /** Names of journals that cannot be read or claimed; they stay where they are. */
  unreadable: string[];
}

/** @param nowMs wall clock. @throws FileError where the folder cannot be listed */
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

/** Removes files that dead windows left half written, once nobody can need them any more. @throws FileError */
export async function removeLeftovers(files: Files, isAlive: IsAlive, nowMs: number): Promise<void> {
  for (const folder of [IMAGES, UNFINISHED]) {
    for (const { temporaryName, writer } of await files.listUnfinished(folder)) {
      const path = `${folder}/${temporaryName}`;
      if ((await isAlive(writer)) !== false) continue;
      const found = await files.stat(path);
      // An image may be the one that another window is about to complete; a journal holds a secret, and was read already.
      if (found && (folder === UNFINISHED || nowMs - found.modifiedMs > DAY_MS)) await files.remove(path);
    }
  }
}
