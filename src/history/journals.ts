// Writes, claims and removes the journals of unfinished jobs: one file each, one owner each.
import * as v from 'valibot';
import { FileError, type Files } from './files.ts';
import { UNFINISHED } from './folderNames.ts';
import { JOURNAL_VERSION, journalSchema, type Journal, type JournalFile } from './journal.ts';
import { formatJson, parseJson } from './record.ts';

/** `<id>.json` as its first owner writes it, `<id>.<window>.json` once another window claimed it. */
const FILE_NAME = /^([^.]+)(?:\.([^.]+))?\.json$/;

export interface JournalsParts {
  files: Files;
  /** Id of this window, once others can tell that it lives: `Liveness.start`. */
  owner: () => Promise<string>;
}

export class Journals {
  readonly #files: Files;
  readonly #owner: () => Promise<string>;

  constructor({ files, owner }: JournalsParts) {
    this.#files = files;
    this.#owner = owner;
  }

  /** On the disk when it resolves: the request may be sent then. @throws FileError, or what `owner` throws */
  async create(content: Omit<Journal, 'version' | 'owner'>): Promise<JournalFile> {
    const journal: Journal = { version: JOURNAL_VERSION, owner: await this.#owner(), ...content };
    const name = `${journal.id}.json`;
    await this.#files.create(UNFINISHED, [{ name, bytes: formatJson(journal) }]);
    return { name, journal };
  }

  /** Notes what became known; `file.journal` has it even if the disk does not. @throws FileError */
  async update(file: JournalFile, changes: Partial<Journal>): Promise<void> {
    file.journal = { ...file.journal, ...changes };
    await this.#files.replace(`${UNFINISHED}/${file.name}`, formatJson(file.journal));
  }

  /** @throws FileError */
  async remove(file: JournalFile): Promise<void> {
    await this.#files.remove(`${UNFINISHED}/${file.name}`);
  }

  /** Every journal of every window; `journal` is undefined if it cannot be read or a later version wrote it. @throws FileError if the folder cannot be listed */
  async list(): Promise<{ name: string; owner: string | undefined; journal: Journal | undefined }[]> {
    const names = (await this.#files.list(UNFINISHED)).filter((name) => FILE_NAME.test(name));
    const found = await Promise.all(
      names.map(async (name) => {
        // One that this person may not read, or the disk does not give, keeps nobody from the others.
        const journal = await this.#read(name).catch(() => undefined);
        return journal === 'gone' ? [] : [{ name, owner: FILE_NAME.exec(name)?.[2] ?? journal?.owner, journal }];
      }),
    );
    return found.flat();
  }

  /** Takes over a dead window's journal; undefined if another window was first. @throws FileError */
  async claim(name: string, id: string): Promise<JournalFile | undefined> {
    const claimed = `${id}.${await this.#owner()}.json`;
    if (!(await this.#files.rename(`${UNFINISHED}/${name}`, `${UNFINISHED}/${claimed}`))) return undefined;
    try {
      // Read only now: the owner may have noted its answer after the folder was listed, and died then.
      const journal = await this.#read(claimed);
      if (!journal || journal === 'gone') return undefined;
      const file = { name: claimed, journal };
      await this.#takeNotes(file);
      return file;
    } catch (error) {
      await this.#files.rename(`${UNFINISHED}/${claimed}`, `${UNFINISHED}/${name}`);
      throw error;
    }
  }

  /** Gives back what was claimed and could not be taken up: to be found again, under its first owner's name. @throws FileError */
  async release({ name, journal }: JournalFile): Promise<void> {
    await this.#files.rename(`${UNFINISHED}/${name}`, `${UNFINISHED}/${journal.id}.json`);
  }

  /** Takes over what was noted whole by windows that died before the note had its name. @throws FileError */
  async #takeNotes(file: JournalFile): Promise<void> {
    const { id } = file.journal;
    const notes = (await this.#files.listUnfinished(UNFINISHED)).filter(({ name }) => name.startsWith(`${id}.`));
    let latest = file.journal;
    for (const { temporaryName } of notes) {
      const note = await this.#read(temporaryName);
      if (note && note !== 'gone' && isLater(note, latest)) latest = note;
    }
    if (latest !== file.journal) await this.update(file, latest);
    for (const { temporaryName } of notes) await this.#files.remove(`${UNFINISHED}/${temporaryName}`);
  }

  async #read(name: string): Promise<Journal | undefined | 'gone'> {
    try {
      const parsed = v.safeParse(journalSchema, parseJson(await this.#files.read(`${UNFINISHED}/${name}`)));
      return parsed.success ? parsed.output : undefined;
    } catch (error) {
      // One that is gone meanwhile was finished or claimed by another window.
      if (error instanceof FileError && error.code === 'ENOENT') return 'gone';
      throw error;
    }
  }
}

/** Of two notes of one job, the one with an answer is later, and of two with an answer the one that counts more tries. */
function isLater(note: Journal, other: Journal): boolean {
  if (note.phase !== other.phase) return note.phase === 'answered';
  return (note.tries ?? 0) > (other.tries ?? 0);
}
