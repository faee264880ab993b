// Makes the small images of the history list, one after the other, on another thread; they can be made again any time.
import type * as vscode from 'vscode';
import { EventEmitter } from 'vscode';
import type { Files } from '../../history/files.ts';
import { imagePath, THUMBNAILS } from '../../history/folderNames.ts';
import type { ImageRecord } from '../../history/record.ts';
import type { Log } from '../window/log.ts';
import type { Pixels } from '../platform.ts';

export class Thumbnails implements vscode.Disposable {
  readonly #files: Files;
  readonly #pixels: Pixels;
  readonly #log: Log;
  readonly #made = new EventEmitter<void>();
  readonly onDidMake = this.#made.event;
  readonly #tried = new Set<string>();
  #known: Promise<Set<string>> | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(files: Files, pixels: Pixels, log: Log) {
    this.#files = files;
    this.#pixels = pixels;
    this.#log = log;
  }

  /** Path under the history folder, or undefined while there is none; then one is made. */
  async pathFor(record: ImageRecord): Promise<string | undefined> {
    const known = await this.#list();
    const name = `${record.id}.jpg`;
    if (known.has(name)) return `${THUMBNAILS}/${name}`;
    this.make(record);
    return undefined;
  }

  /** Makes one soon; each image is tried once in a window, since what cannot be decoded will not be later. */
  make(record: ImageRecord): void {
    if (this.#tried.has(record.id)) return;
    this.#tried.add(record.id);
    this.#queue = this.#queue.then(() => this.#make(record)).catch((error: unknown) => this.#log.warn(`No thumbnail of ${record.id}: ${String(error)}`));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const known = await this.#list();
    for (const id of ids) {
      this.#tried.delete(id);
      known.delete(`${id}.jpg`);
      await this.#files.remove(`${THUMBNAILS}/${id}.jpg`);
    }
  }

  dispose(): void {
    this.#made.dispose();
  }

  #list(): Promise<Set<string>> {
    this.#known ??= this.#files.list(THUMBNAILS).then((names) => new Set(names), () => new Set<string>());
    return this.#known;
  }

  async #make(record: ImageRecord): Promise<void> {
    const name = `${record.id}.jpg`;
    // Another window may have made it since the folder was listed.
    if (!(await this.#files.stat(`${THUMBNAILS}/${name}`))) {
      const bytes = await this.#files.read(imagePath(record));
      const thumbnail = await this.#pixels.thumbnail(bytes);
      if (!thumbnail) return;
      await this.#files.replace(`${THUMBNAILS}/${name}`, thumbnail.jpeg);
    }
    (await this.#list()).add(name);
    this.#made.fire();
  }
}
