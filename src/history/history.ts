// Keeps every image and its recipe as two files, and reads them back; no index, so that windows share the folder.
import { isComplete, readImageInfo, type ImageInfo } from '../image/imageInfo.ts';
import type { Recipe } from '../prompt/recipe.ts';
import { FileError, type Files } from './files.ts';
import { IMAGES } from './folderNames.ts';
import { groupByImage, possibleNames } from './imageFolder.ts';
import { adoptImage, createRecord, formatJson, parseRecord, type ImageRecord } from './record.ts';
import { emptyTrash, moveToTrash, restoreFromTrash } from './trash.ts';

/** What lies on the disk for one id. */
export interface HistoryEntry {
  /** Made up from the image's bytes where `recordState` is not `whole`: its recipe is empty then. */
  record: ImageRecord;
  /** The image is gone and its recipe stayed. */
  imageMissing: boolean;
  recordState: 'whole' | 'missing' | 'damaged' | 'newer';
}

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

  constructor({ files, now }: HistoryParts) {
    this.#files = files;
    this.#now = now;
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
   * The record; for an image with none that can be read, one made of the image's own bytes with an empty recipe.
   * Undefined where there is nothing. @throws FileError where the disk fails, never for damaged files
   */
  async read(id: string): Promise<ImageRecord | undefined> {
    const found = await this.#readRecord(id);
    return typeof found === 'object' ? found : this.#adopt(id);
  }

  /** As `read`, and in which state the two files are. @throws FileError */
  async inspect(id: string): Promise<HistoryEntry | undefined> {
    const found = await this.#readRecord(id);
    if (typeof found === 'object') {
      return { record: found, imageMissing: !(await this.#files.stat(this.imagePath(found))), recordState: 'whole' };
    }
    const record = await this.#adopt(id);
    return record && { record, imageMissing: false, recordState: found };
  }

  /**
   * Writes the image, then its record. Kept once per id: where the image is there already only the record is
   * completed, and where both are, the record found is returned.
   * @throws FileError
   */
  async keep(bytes: Uint8Array, recipe: Recipe, info: ImageInfo, id: string): Promise<ImageRecord> {
    const record = createRecord(id, recipe, info, bytes.length);
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
   * Finishes what `keep` began before its process died: undefined where no image is there, whole or nearly so.
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

  /** Path under the history folder, with `/`: `images/<id>.png`. */
  imagePath(record: ImageRecord): string {
    return `${IMAGES}/${record.file.name}`;
  }

  /** The changed record; undefined where there is none that may be written over. @throws FileError */
  async star(id: string, starred: boolean): Promise<ImageRecord | undefined> {
    const found = await this.inspect(id);
    // A record that cannot be read holds a recipe that somebody may still want.
    if (!found || found.recordState === 'damaged' || found.recordState === 'newer') return undefined;
    const record = { ...found.record, starred };
    await this.#files.replace(`${IMAGES}/${id}.json`, formatJson(record));
    return record;
  }

  /** Moves images and records to `trash/`; returns the ids that were there. @throws FileError */
  moveToTrash(ids: readonly string[]): Promise<string[]> {
    return moveToTrash(this.#files, ids, this.#now());
  }

  /** Takes them back; returns the ids that were there. @throws FileError */
  restore(ids: readonly string[]): Promise<string[]> {
    return restoreFromTrash(this.#files, ids);
  }

  /** Deletes for good what has been in the trash for `olderThanMs`; 0 is all. @throws FileError */
  emptyTrash(olderThanMs: number): Promise<void> {
    return emptyTrash(this.#files, this.#now() - olderThanMs);
  }

  /** Bytes of all images; each is measured once. @throws FileError */
  async sizeBytes(): Promise<number> {
    return sum((await this.#measure()).values());
  }

  /** The oldest unstarred images that must go for the rest to fit, and their bytes; empty where all fits. @throws FileError */
  async planMaxSize(maxBytes: number): Promise<{ ids: string[]; bytes: number }> {
    const sizes = await this.#measure();
    const plan: { ids: string[]; bytes: number } = { ids: [], bytes: 0 };
    let total = sum(sizes.values());
    for (const { id, imageName } of groupByImage([...sizes.keys()]).reverse()) {
      if (total <= maxBytes) break;
      if ((await this.#readRecord(id).then((record) => typeof record === 'object' && record.starred)) || !imageName) continue;
      const bytes = sizes.get(imageName) ?? 0;
      plan.ids.push(id);
      plan.bytes += bytes;
      total -= bytes;
    }
    return plan;
  }

  /** Deletes the images of these ids for good, the starred ones not; their recipes stay. @throws FileError */
  async dropImages(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const record = await this.#readRecord(id);
      if (typeof record === 'object' && record.starred) continue;
      for (const name of possibleNames(id)) await this.#files.remove(`${IMAGES}/${name}`);
    }
  }

  async #readRecord(id: string): Promise<ImageRecord | 'missing' | 'damaged' | 'newer'> {
    try {
      return parseRecord(await this.#files.read(`${IMAGES}/${id}.json`), id);
    } catch (error) {
      if (error instanceof FileError && error.code === 'ENOENT') return 'missing';
      throw error;
    }
  }

  async #adopt(id: string): Promise<ImageRecord | undefined> {
    for (const name of possibleNames(id)) {
      if (await this.#files.stat(`${IMAGES}/${name}`)) return adoptImage(await this.#files.read(`${IMAGES}/${name}`), id);
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
