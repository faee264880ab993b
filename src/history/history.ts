// Keeps every image and its recipe as two files, and reads them back; no index, so that windows share the folder.
import type { ImageInfo } from '../image/imageInfo.ts';
import type { Recipe } from '../prompt/recipe.ts';
import type { Files } from './files.ts';
import type { ImageRecord } from './record.ts';

/** What lies on the disk for one id. */
export interface HistoryEntry {
  /** Made up from the picture's bytes where `recordState` is not `whole`: its recipe is empty then. */
  record: ImageRecord;
  /** The picture is gone and its recipe stayed. */
  imageMissing: boolean;
  recordState: 'whole' | 'missing' | 'damaged' | 'newer';
}

export interface HistoryParts {
  files: Files;
  /** Wall clock in milliseconds. */
  now: () => number;
}

export class History {
  constructor(parts: HistoryParts) { void parts; }
  /** Ids of the images whose picture is there, newest first: one folder listing, no file is opened. @throws FileError */
  listIds(): Promise<string[]> { throw new Error('not yet'); }
  /** The record, or undefined where there is none or neither it nor the picture can be read. Never rejects for damaged files. */
  read(id: string): Promise<ImageRecord | undefined> { void id; throw new Error('not yet'); }
  inspect(id: string): Promise<HistoryEntry | undefined> { void id; throw new Error('not yet'); }
  /**
   * Writes the picture, then its record. Kept once per id: where the picture is there already only the record is
   * completed, and where both are the record found is returned.
   * @throws FileError
   */
  keep(bytes: Uint8Array, recipe: Recipe, info: ImageInfo, id: string): Promise<ImageRecord> { void [bytes, recipe, info, id]; throw new Error('not yet'); }
  /** Path under the history folder, with `/`: `images/<id>.png`. */
  imagePath(record: ImageRecord): string { return `images/${record.file.name}`; }
  /** The changed record; undefined where there is none that may be written over. @throws FileError */
  star(id: string, starred: boolean): Promise<ImageRecord | undefined> { void [id, starred]; throw new Error('not yet'); }
  /** Moves pictures and records to `trash/`; returns the ids that were there. @throws FileError */
  moveToTrash(ids: readonly string[]): Promise<string[]> { void ids; throw new Error('not yet'); }
  /** Takes them back; returns the ids that were there. @throws FileError */
  restore(ids: readonly string[]): Promise<string[]> { void ids; throw new Error('not yet'); }
  /** Deletes for good what has been in the trash for longer. @throws FileError */
  emptyTrash(olderThanMs: number): Promise<void> { void olderThanMs; throw new Error('not yet'); }
  /** Bytes of all pictures; a file is measured once. @throws FileError */
  sizeBytes(): Promise<number> { throw new Error('not yet'); }
  /** The oldest unstarred images that must go for the rest to fit, and their bytes; empty where all fits. @throws FileError */
  planMaxSize(maxBytes: number): Promise<{ ids: string[]; bytes: number }> { void maxBytes; throw new Error('not yet'); }
  /** Deletes the pictures of these ids for good, the starred ones not; their recipes stay. @throws FileError */
  dropImages(ids: readonly string[]): Promise<void> { void ids; throw new Error('not yet'); }
}
