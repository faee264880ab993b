// Writes, claims and removes the journals of unfinished jobs: one file each, one owner each.
import type { Files } from './files.ts';
import type { Journal, JournalFile } from './journal.ts';

export interface JournalsParts {
  files: Files;
  /** Id of this window, once others can tell that it lives: `Liveness.start`. */
  owner: () => Promise<string>;
}

export class Journals {
  constructor(parts: JournalsParts) { void parts; }
  create(journal: Omit<Journal, 'version' | 'owner'>): Promise<JournalFile> { void journal; throw new Error('not yet'); }
}
