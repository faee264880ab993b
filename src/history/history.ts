// Keeps every image and its recipe as two files, and reads them back; no index, so that windows share the folder.
import { isComplete, readImageInfo, type ImageInfo } from '../image/imageInfo.ts';
import type { Recipe } from '../prompt/recipe.ts';
import { FileError, type Files } from './files.ts';
import { imagePath, IMAGES } from './folderNames.ts';
import { groupByImage, possibleNames } from './imageFolder.ts';
import { parseImageId } from './imageId.ts';
import { adoptImage, createRecord, describeUnreadable, formatJson, parseRecord, type ImageRecord } from './record.ts';
import { emptyTrash, moveToTrash, restoreFromTrash } from './trash.ts';

/** What lies on the disk for one id. */
export interface HistoryEntry {
  /** Made up from the image's bytes if `recordState` is not `whole`: its recipe is empty then. */
  record: ImageRecord;
  /** The image is gone and its recipe stayed. */
  imageMissing: boolean;
  recordState: RecordState;
}

/** `unreadable` is a record that the disk does not give just now. */
export type RecordState = 'whole' | 'missing' | 'damaged' | 'newer' | 'unreadable';

export interface HistoryParts {
  files: Files;
  /** Wall clock in milliseconds. */
  now: () => number;
}

/** An image whose record is younger than this may be on its way, in another window. */
const RECORD_PATIENCE_MS = 60_000;
const STATS_AT_ONCE = 64;

export class History {
  readonly #files: Files;
  readonly #now: () => number;
  /** An image never changes, so its size is asked for once. */
  #sizes = new Map<string, number>();
  /** What this window deleted, and offers to take back. */
  readonly #deleted = new Set<string>();

  constructor({ files, now }: HistoryParts) {
    this.#files = files;
    this.#now = now;
  }

  /** When the list of images changed last, by the file system's clock; undefined if there is none yet. @throws FileError */
  async changedMs(): Promise<number | undefined> {
    return (await this.#files.stat(IMAGES))?.modifiedMs;
  }

  /** Ids of the images whose image is there, newest first: one folder listing, no file is opened. @throws FileError */
  async listIds(): Promise<string[]> {
    const images = groupByImage(await this.#files.list(IMAGES)).filter(({ imageName }) => imageName !== undefined);
    const isListed = await Promise.all(
      images.map(async ({ imageName, recordName }) => recordName !== undefined || this.#isSettled(`${IMAGES}/${imageName}`)),
    );
    return images.filter((_, index) => isListed[index]).map(({ id }) => id);
  }

  /**
   * The record; for an image with none that can be read, one made of the image's own bytes with an empty recipe, or of
   * its name alone. Undefined if there is nothing. Never rejects: one bad file must not stop a list.
   */
  async read(id: string): Promise<ImageRecord | undefined> {
    if (!parseImageId(id)) return undefined;
    const found = await this.#readRecord(id);
    if (typeof found === 'object') return found;
    try {
      return (await this.#adopt(id, found)) ?? (found === 'missing' ? undefined : describeUnreadable(id));
    } catch {
      return describeUnreadable(id);
    }
  }

  /** As `read`, and in which state the two files are. @throws FileError */
  async inspect(id: string): Promise<HistoryEntry | undefined> {
    if (!parseImageId(id)) return undefined;
    const found = await this.#readRecord(id);
    if (typeof found === 'object') {
      return { record: found, imageMissing: !(await this.#files.stat(imagePath(found))), recordState: 'whole' };
    }
    const record = await this.#adopt(id, found);
    return record && { record, imageMissing: false, recordState: found };
  }

  /**
   * Writes the image, then its record. Kept once per id: if the image is there already only the record is
   * completed, and if both are, the record found is returned.
   * @param group what it was asked for together with
   * @throws FileError
   */
  async keep(bytes: Uint8Array, recipe: Recipe, info: ImageInfo, id: string, group?: string): Promise<ImageRecord> {
    const record = createRecord(id, recipe, info, bytes.length, group);
    const image = { name: record.file.name, bytes };
    const description = { name: `${id}.json`, bytes: formatJson(record) };
    try {
      await this.#files.create(IMAGES, [image, description]);
      return record;
    } catch (error) {
      if (!(error instanceof FileError && error.code === 'EEXIST')) throw error;
    }
    const found = await this.inspect(id);
    if (found?.recordState === 'missing') return (await this.complete(id, recipe)) ?? record;
    if (!found || found.imageMissing) await this.#files.create(IMAGES, [image]);
    return found?.record ?? record;
  }

  /**
   * Finishes what `keep` began before its process died: undefined if no image is there, whole or nearly so.
   * Only for ids that no living window works on. @throws FileError
   */
  async complete(id: string, recipe: Recipe): Promise<ImageRecord | undefined> {
    await this.#nameWholeImage(id);
    const found = await this.inspect(id);
    if (!found || found.imageMissing) return undefined;
    if (found.recordState !== 'missing') return found.record;
    const record = { ...found.record, recipe };
    await this.#files.create(IMAGES, [{ name: `${id}.json`, bytes: formatJson(record) }]);
    return record;
  }

  /** The changed record; undefined if there is none that may be written over. @throws FileError */
  async star(id: string, starred: boolean): Promise<ImageRecord | undefined> {
    const found = await this.inspect(id);
    // A record that cannot be read holds a recipe that somebody may still want.
    if (!found || !['whole', 'missing'].includes(found.recordState)) return undefined;
    const record = { ...found.record, starred };
    await this.#files.replace(`${IMAGES}/${id}.json`, formatJson(record));
    return record;
  }

  /** Moves images and records to `trash/`; returns the ids that were there. @throws FileError */
  moveToTrash(ids: readonly string[]): Promise<string[]> {
    for (const id of ids) this.#deleted.add(id);
    return moveToTrash(this.#files, ids, this.#now(), 'all');
  }

  /** Takes them back; returns the ids that were there. @throws FileError */
  restore(ids: readonly string[]): Promise<string[]> {
    return restoreFromTrash(this.#files, ids);
  }

  /** Deletes for good what has been in the trash for `olderThanMs`, but for what this window may take back. @throws FileError */
  emptyTrash(olderThanMs: number): Promise<void> {
    return emptyTrash(this.#files, this.#now() - olderThanMs, this.#deleted);
  }

  /** Bytes of all images; each is measured once. @throws FileError */
  async sizeBytes(): Promise<number> {
    return sum((await this.#measure()).values());
  }

  /** The oldest unstarred images that must go for the rest to fit, and their bytes; empty if all fits. @throws FileError */
  async planMaxSize(maxBytes: number): Promise<{ ids: string[]; bytes: number }> {
    const sizes = await this.#measure();
    const plan: { ids: string[]; bytes: number } = { ids: [], bytes: 0 };
    let total = sum(sizes.values());
    for (const { id, imageName } of groupByImage([...sizes.keys()]).reverse()) {
      if (total <= maxBytes) break;
      if (!imageName || (await this.#mustStay(id))) continue;
      const bytes = sizes.get(imageName) ?? 0;
      plan.ids.push(id);
      plan.bytes += bytes;
      total -= bytes;
    }
    return plan;
  }

  /** Moves the images of these ids to the trash, the starred ones not; their recipes stay. @returns the ids. @throws FileError */
  async dropImages(ids: readonly string[]): Promise<string[]> {
    const dropped: string[] = [];
    for (const id of ids) if (!(await this.#mustStay(id))) dropped.push(id);
    return moveToTrash(this.#files, dropped, this.#now(), 'images');
  }

  /** True with a star, and for a record that nobody can read: it may have had one. */
  async #mustStay(id: string): Promise<boolean> {
    const record = await this.#readRecord(id);
    return record !== 'missing' && (typeof record !== 'object' || record.starred);
  }

  async #readRecord(id: string): Promise<ImageRecord | Exclude<RecordState, 'whole'>> {
    try {
      return parseRecord(await this.#files.read(`${IMAGES}/${id}.json`), id);
    } catch (error) {
      return error instanceof FileError && error.code === 'ENOENT' ? 'missing' : 'unreadable';
    }
  }

  async #adopt(id: string, state: RecordState): Promise<ImageRecord | undefined> {
    for (const name of possibleNames(id)) {
      if (await this.#files.stat(`${IMAGES}/${name}`)) return adoptImage(await this.#files.read(`${IMAGES}/${name}`), id, state !== 'missing');
    }
    return undefined;
  }

  /** An image that was written whole and not yet named when its process died. */
  async #nameWholeImage(id: string): Promise<void> {
    for (const { name, temporaryName } of await this.#files.listUnfinished(IMAGES)) {
      if (!possibleNames(id).includes(name) || (await this.#files.stat(`${IMAGES}/${name}`))) continue;
      const bytes = await this.#files.read(`${IMAGES}/${temporaryName}`);
      const info = readImageInfo(bytes);
      if (info && isComplete(bytes, info)) await this.#files.rename(`${IMAGES}/${temporaryName}`, `${IMAGES}/${name}`);
    }
  }

  async #isSettled(path: string): Promise<boolean> {
    const found = await this.#files.stat(path);
    return found !== undefined && Math.abs(this.#now() - found.modifiedMs) > RECORD_PATIENCE_MS;
  }

  async #measure(): Promise<ReadonlyMap<string, number>> {
    const names = groupByImage(await this.#files.list(IMAGES)).flatMap(({ imageName }) => imageName ?? []);
    const sizes = new Map<string, number>();
    for (let at = 0; at < names.length; at += STATS_AT_ONCE) {
      await Promise.all(
        names.slice(at, at + STATS_AT_ONCE).map(async (name) => {
          const size = this.#sizes.get(name) ?? (await this.#files.stat(`${IMAGES}/${name}`))?.sizeBytes;
          if (size !== undefined) sizes.set(name, size);
        }),
      );
    }
    this.#sizes = sizes;
    return sizes;
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
