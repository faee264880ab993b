// Turns the kept images into the range that the panel draws: filtered, counted by day, records read as needed.
import type * as vscode from 'vscode';
import { EventEmitter } from 'vscode';
import type { History } from '../../history/history.ts';
import { parseImageId } from '../../history/imageId.ts';
import type { ImageRecord } from '../../history/record.ts';
import type { Log } from '../window/log.ts';
import type { HistoryQuery } from '../window/windowState.ts';

/** Records are read in slices, so that the first search in a long history leaves the host's thread free. */
const SLICE = 64;

export interface DrawnRange {
  revision: number;
  total: number;
  keptTotal: number;
  newestId: string | undefined;
  sizeBytes: number;
  days: { day: string; count: number }[];
  offset: number;
  records: ImageRecord[];
}

interface Known {
  text: string;
  starred: boolean;
}

export class KeptImages implements vscode.Disposable {
  readonly #history: History;
  readonly #log: Log;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, Known>();
  readonly #records = new Map<string, ImageRecord>();
  #ids: Promise<string[]> | undefined;
  /** When the folder had changed last as it was listed. */
  #listedMs: number | undefined;
  #sizeBytes = 0;
  #revision = 0;
  #measuredRevision = -1;

  constructor(history: History, log: Log) {
    this.#history = history;
    this.#log = log;
  }

  /** The folder changed: by this window, or by another one. */
  refresh(): void {
    this.#ids = undefined;
    this.#records.clear();
    this.#known.clear();
    this.#revision++;
    this.#changed.fire();
  }

  /** The same, unless the folder says that nothing was added to it, changed or taken away since it was listed. */
  async refreshIfChanged(): Promise<void> {
    const changedMs = await this.#history.changedMs().catch(() => undefined);
    if (changedMs === undefined || changedMs !== this.#listedMs) this.refresh();
  }

  /** What is shown beside the list changed, the list itself did not. */
  notify(): void {
    this.#changed.fire();
  }

  async record(id: string): Promise<ImageRecord | undefined> {
    const cached = this.#records.get(id);
    if (cached) return cached;
    const revision = this.#revision;
    const record = await this.#history.read(id);
    // What was read before a change is told to whoever asked then, and to nobody later.
    if (record && revision === this.#revision) {
      if (this.#records.size > 500) this.#records.clear();
      this.#records.set(id, record);
    }
    return record;
  }

  /** Ids of all kept images, newest first. */
  async ids(): Promise<string[]> {
    if (!this.#ids) {
      const listing = this.#list();
      this.#ids = listing;
      listing.catch(() => {
        if (this.#ids === listing) this.#ids = undefined;
      });
    }
    return this.#ids;
  }

  /** Ids of all that are surely without a star. */
  async unstarredIds(): Promise<string[]> {
    return this.#select(await this.ids(), ({ starred }) => !starred);
  }

  async #list(): Promise<string[]> {
    // Before the listing: what comes in between is seen the next time.
    this.#listedMs = await this.#history.changedMs();
    return this.#history.listIds();
  }

  async draw(range: HistoryQuery): Promise<DrawnRange> {
    const all = await this.ids().catch((error: unknown) => this.#withoutFolder(error));
    const fitting = range.query.trim() === '' && !range.starredOnly ? all : await this.#filter(all, range);
    const records = await Promise.all(fitting.slice(range.offset, range.offset + range.count).map((id) => this.record(id)));
    if (this.#measuredRevision !== this.#revision) this.#measure().catch(() => undefined);
    return {
      revision: this.#revision,
      total: fitting.length,
      keptTotal: all.length,
      newestId: all[0],
      sizeBytes: this.#sizeBytes,
      days: countByDay(fitting),
      offset: range.offset,
      records: records.filter((record) => record !== undefined),
    };
  }

  /** Form and jobs are drawn all the same: an image that this very folder refused waits there to be saved. */
  #withoutFolder(error: unknown): string[] {
    this.#log.error('The history could not be listed', error);
    return [];
  }

  /** Measures the space used; slow in a long history, so no push waits for it. */
  async #measure(): Promise<void> {
    const revision = this.#revision;
    this.#measuredRevision = revision;
    const sizeBytes = await this.#history.sizeBytes();
    if (sizeBytes === this.#sizeBytes || revision !== this.#revision) return;
    this.#sizeBytes = sizeBytes;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #filter(all: readonly string[], { query, starredOnly }: HistoryQuery): Promise<string[]> {
    const words = query.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
    return this.#select(all, ({ text, starred }) => (!starredOnly || starred) && words.every((word) => text.includes(word)));
  }

  async #select(all: readonly string[], isWanted: (known: Known) => boolean): Promise<string[]> {
    const fitting: string[] = [];
    for (let start = 0; start < all.length; start += SLICE) {
      const slice = all.slice(start, start + SLICE);
      const known = await Promise.all(slice.map((id) => this.#know(id)));
      slice.forEach((id, index) => {
        const entry = known[index];
        if (entry && isWanted(entry)) fitting.push(id);
      });
    }
    return fitting;
  }

  async #know(id: string): Promise<Known | undefined> {
    const cached = this.#known.get(id);
    if (cached) return cached;
    const revision = this.#revision;
    const record = await this.#history.read(id);
    if (!record) return undefined;
    const known = { text: `${record.recipe.prompt}\n${record.recipe.revisedPrompt ?? ''}`.toLocaleLowerCase(), starred: record.starred };
    if (revision === this.#revision) this.#known.set(id, known);
    return known;
  }
}

/** Days by the person's own calendar, in the order of the ids; ids tell the time without a file being opened. */
function countByDay(ids: readonly string[]): { day: string; count: number }[] {
  const days: { day: string; count: number }[] = [];
  for (const id of ids) {
    const timeMs = parseImageId(id)?.timeMs;
    const day = timeMs === undefined ? '' : localDay(new Date(timeMs));
    const last = days.at(-1);
    if (last?.day === day) last.count++;
    else days.push({ day, count: 1 });
  }
  return days;
}

function localDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
