// Finds the image link at a place of a document, and tells what is known of its image.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { type ImageInfo, readImageInfo } from '../../image/imageInfo.ts';
import type { PromptFromImage } from '../../image/readPrompt.ts';
import { isPath } from '../../missing/imageAsked.ts';
import type { ImageLink } from '../../missing/imageLink.ts';
import { linkedFile } from '../../missing/linkedFile.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { DocumentHome } from '../insert/documentHome.ts';
import { statOf } from '../insert/imageTarget.ts';
import type { MissingImages } from '../missing/missingImages.ts';
import type { Pixels } from '../platform.ts';

export interface LinkedImage {
  document: vscode.TextDocument;
  /** Of the document in which the link was found. */
  version: number;
  home: DocumentHome;
  link: ImageLink;
  /** The file; undefined for an address, and for a file that lies elsewhere. */
  uri: vscode.Uri | undefined;
  isMissing: boolean;
}

export interface ImageFacts {
  bytes: Uint8Array;
  info: ImageInfo | undefined;
  /** From the file, or from the history for an image that is kept. */
  prompt: string | undefined;
  inFile: PromptFromImage | undefined;
  record: ImageRecord | undefined;
}

export interface LinkedImagesParts {
  missing: MissingImages;
  kept: KeptImages;
  pixels: Pixels;
  imageUri: (record: ImageRecord) => vscode.Uri;
}

/** A larger file is not read for a look at it. */
const LARGEST_BYTES = 64_000_000;
/** Newest images that a file is compared with. */
const MOST_RECORDS = 500;
/** Of these, so many whose bytes are read: hardly two have the same size in pixels and to the byte. */
const MOST_READ = 8;
/** Somebody who types all the time changes the text while it is read. */
const MOST_TRIES = 10;

export class LinkedImages {
  readonly #parts: LinkedImagesParts;

  constructor(parts: LinkedImagesParts) {
    this.#parts = parts;
  }

  /** The link whose text or destination holds the offset; for a reference also its definition. Undefined also if somebody typed meanwhile. @throws Refusal if the text takes too long to read */
  async at(document: vscode.TextDocument, offset: number): Promise<LinkedImage | undefined> {
    const { line } = document.positionAt(offset);
    const holds = (start: number, end: number): boolean => start <= offset && offset <= end;
    const isDefinedAt = ({ rawStart, rawEnd, pathStart }: ImageLink): boolean => (pathStart < rawStart || pathStart > rawEnd) && document.positionAt(pathStart).line === line;
    return this.#find(document, (links) => links.find(({ rawStart, rawEnd }) => holds(rawStart, rawEnd)) ?? links.find(isDefinedAt));
  }

  /** The link with this destination that begins nearest. */
  async near(document: vscode.TextDocument, url: string, start: number): Promise<LinkedImage | undefined> {
    const away = ({ rawStart }: ImageLink): number => Math.abs(rawStart - start);
    for (let left = MOST_TRIES; left > 0; left--) {
      const { version } = document;
      const found = await this.#find(document, (links) => links.filter((link) => link.url === url).sort((one, other) => away(one) - away(other))[0]);
      if (found || document.version === version) return found;
    }
    return undefined;
  }

  async #find(document: vscode.TextDocument, choose: (links: ImageLink[]) => ImageLink | undefined): Promise<LinkedImage | undefined> {
    const looked = await this.#parts.missing.look(document);
    const link = looked && choose(looked.links);
    if (!link) return undefined;
    const { version, home, ground } = looked;
    const file = isPath(link.url) && isPath(link.path) ? await linkedFile(link, ground) : undefined;
    // Offsets of another text lead elsewhere.
    if (document.version !== version) return undefined;
    return { document, version, home, link, uri: file && home.rootUri.with({ path: file.path }), isMissing: file?.isMissing ?? false };
  }

  /** Undefined if there is no file to read. */
  async factsOf({ uri }: LinkedImage): Promise<ImageFacts | undefined> {
    const stat = uri && (await statOf(uri));
    if (!stat || stat.size > LARGEST_BYTES) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    const info = readImageInfo(bytes);
    const inFile = await this.#parts.pixels.prompt(bytes).catch(() => undefined);
    const record = info && (await this.#recordOf(bytes, info, inFile));
    return { bytes, info, inFile, record, prompt: inFile?.prompt ?? record?.recipe.prompt };
  }

  /** The kept image that a file was made from: by its recipe, else by its bytes. */
  async #recordOf(bytes: Uint8Array, info: ImageInfo, inFile: PromptFromImage | undefined): Promise<ImageRecord | undefined> {
    const { kept, imageUri } = this.#parts;
    let ownDigest: string | undefined;
    let left = MOST_READ;
    for (const record of await newestRecords(kept, MOST_RECORDS)) {
      const { recipe, file } = record;
      if (inFile?.source === 'recipe') {
        if (recipe.prompt === inFile.prompt && recipe.size === inFile.size && recipe.model === inFile.model && recipe.revisedPrompt === inFile.revisedPrompt) return record;
      } else if (file.sizeBytes === bytes.length && file.widthPx === info.widthPx && file.heightPx === info.heightPx && left-- > 0) {
        const there = await Promise.resolve(vscode.workspace.fs.readFile(imageUri(record))).catch(() => undefined);
        ownDigest ??= await digestOf(bytes);
        if (there && (await digestOf(there)) === ownDigest) return record;
      }
    }
    return undefined;
  }
}

/** Made on a thread of the system's, for millions of bytes compared here would hold up every extension. */
async function digestOf(bytes: Uint8Array): Promise<string> {
  return String(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))));
}

/** Newest first; in slices, so that the host's thread stays free. */
export async function newestRecords(kept: KeptImages, most: number): Promise<ImageRecord[]> {
  const ids = (await kept.ids().catch(() => [])).slice(0, most);
  const records: ImageRecord[] = [];
  for (let start = 0; start < ids.length; start += 64) {
    const slice = await Promise.all(ids.slice(start, start + 64).map((id) => kept.record(id).catch(() => undefined)));
    records.push(...slice.filter((record) => record !== undefined));
  }
  return records;
}
