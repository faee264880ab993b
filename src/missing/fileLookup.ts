// Tells whether a file is there, by the listings of the folders on the way to it: each is asked for once.
import { segmentsBelow } from '../insert/posixPath.ts';

export type FolderListing = ReadonlyMap<string, 'file' | 'folder'>;
/** The names in a folder; undefined where it cannot be read. */
export type ListFolder = (path: string) => Promise<FolderListing | undefined>;

/** `otherCase`: there is one whose name differs in case alone, which is the same file on many systems. `unknown`: a folder on the way cannot be read. */
export type Found = 'there' | 'otherCase' | 'unknown' | 'missing';

export class FileLookup {
  readonly #list: ListFolder;
  readonly #rootPath: string;
  readonly #listings = new Map<string, Promise<FolderListing | undefined>>();

  /** Holds for a moment: what is listed is not listed again. */
  constructor(list: ListFolder, rootPath: string) {
    this.#list = list;
    this.#rootPath = rootPath.replace(/(?<=.)\/$/, '');
  }

  /** Nothing above the root is looked at: paths there are `missing`. */
  async find(path: string): Promise<Found> {
    return this.#walk(path, 'file');
  }

  async isFolder(path: string): Promise<boolean> {
    return (await this.#walk(path, 'folder')) === 'there';
  }

  async #walk(path: string, kind: 'file' | 'folder'): Promise<Found> {
    const segments = segmentsBelow(this.#rootPath, path);
    if (!segments) return 'missing';
    let folder = this.#rootPath;
    let found: Found = 'there';
    for (const [index, segment] of segments.entries()) {
      const names = await this.#names(folder);
      if (!names) return index === 0 && folder === this.#rootPath ? 'missing' : 'unknown';
      const name = names.has(segment) ? segment : [...names.keys()].find((candidate) => fold(candidate) === fold(segment));
      if (name === undefined) return 'missing';
      if (name !== segment) found = 'otherCase';
      const isLast = index === segments.length - 1;
      if (isLast ? kind === 'folder' && names.get(name) !== 'folder' : names.get(name) !== 'folder') return 'missing';
      folder = `${folder === '/' ? '' : folder}/${name}`;
    }
    return found;
  }

  #names(folder: string): Promise<FolderListing | undefined> {
    const known = this.#listings.get(folder);
    if (known) return known;
    const listing = this.#list(folder);
    this.#listings.set(folder, listing);
    return listing;
  }
}

/** macOS keeps names decomposed, and neither it nor Windows tells case: https://developer.apple.com/support/downloads/Apple-File-System-Reference.pdf */
function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
