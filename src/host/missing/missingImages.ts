// Finds the images that documents ask for: by links to files that are missing, and to stand-ins.
import * as vscode from 'vscode';
import { type AskedImage, askedImages, linksTo } from '../../missing/askedImages.ts';
import { imageLinkLanguageOf } from '../../missing/documentLanguage.ts';
import type { Ground } from '../../missing/linkedFile.ts';
import { sizeFor } from '../../missing/imageAsked.ts';
import { type ImageLink, mayHoldLinks } from '../../missing/imageLink.ts';
import { DEFAULT_SIZE } from '../../prompt/size.ts';
import { type DocumentHome, homeOf } from '../insert/documentHome.ts';
import type { LinkFinder } from '../platform.ts';
import type { Memory } from '../window/memory.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { offeredSizes, sizesInOrder } from '../window/settings.ts';
import { groundOf, type Surroundings, surroundingsOf } from './ground.ts';

/** An image that documents ask for. */
export interface MissingImage extends Pick<AskedImage, 'key' | 'format' | 'change' | 'isPlaceholder' | 'widthPx' | 'heightPx'> {
  prompt: string;
  size: string;
  /** The file to write; undefined where the image goes where inserted ones go. */
  uri: vscode.Uri | undefined;
  /** The documents that link to it, and where the first link stands in the first of them. */
  documents: [vscode.Uri, ...vscode.Uri[]];
  range: vscode.Range;
}

/** A text to look through: an open document's, or a file's. */
export interface Source {
  uri: vscode.Uri;
  languageId: string;
  text: string;
  home: Pick<DocumentHome, 'rootUri' | 'documentPath' | 'workspaceFolder'>;
}

const SURROUNDINGS_MS = 3000;

export class MissingImages {
  readonly #memory: Memory;
  readonly #finder: LinkFinder;
  readonly #parsed = new WeakMap<vscode.TextDocument, { version: number; languageId: string; links: Promise<ImageLink[]> }>();
  readonly #sites = new Map<string, { until: number; sites: Surroundings['sites'] }>();

  constructor(memory: Memory, finder: LinkFinder) {
    this.#memory = memory;
    this.#finder = finder;
  }

  /**
   * In the order of the text; links to one file ask for one image. Empty for languages that are not read. The
   * workspace's sites may be those of a moment ago unless `isFresh`.
   * @throws Refusal where the text takes too long to read
   */
  async find(document: vscode.TextDocument, within?: vscode.Range, isFresh = false): Promise<MissingImage[]> {
    const home = homeOf(document);
    if (!home || !isRead(document)) return [];
    const text = document.getText();
    const positionAt = positionsIn(text);
    const all = await this.#linksOf(document);
    const rangeOf = (link: ImageLink): vscode.Range => new vscode.Range(positionAt(link.rawStart), positionAt(link.rawEnd));
    const isWithin = (link: ImageLink): boolean => !within || rangeOf(link).intersection(within) !== undefined;
    if (!all.some(isWithin)) return [];
    const source: Source = { uri: document.uri, languageId: document.languageId, text, home };
    const images = await this.#ask([source], [all], await this.#around(home, isFresh));
    return images.filter(({ uses }) => uses.some(({ links }) => links.some(isWithin))).map(({ image }) => image);
  }

  /** In the order of the sources, which lie below one root. Skips those that take too long to read, and calls `skip`. */
  async findIn(sources: readonly Source[], skip: (source: Source) => void, step: () => boolean): Promise<MissingImage[]> {
    const read: { source: Source; links: ImageLink[] }[] = [];
    for (const source of sources) {
      if (!step()) return [];
      const language = imageLinkLanguageOf(source.languageId, source.uri.path);
      if (!language || !mayHoldLinks(source.text, language)) continue;
      const links = await this.#finder.find(source.text, language).catch(() => undefined);
      if (links) read.push({ source, links });
      else skip(source);
    }
    const [first] = read;
    if (!first) return [];
    const { rootUri, workspaceFolder } = first.source.home;
    const images = await this.#ask(read.map(({ source }) => source), read.map(({ links }) => links), await surroundingsOf(rootUri, workspaceFolder !== undefined));
    return images.map(({ image }) => image);
  }

  /** Every image link of the document as it is now, and what lies around it; undefined if they are not read. @throws Refusal if that takes too long */
  async look(document: vscode.TextDocument): Promise<{ links: ImageLink[]; version: number; home: DocumentHome; ground: Ground } | undefined> {
    const { version } = document;
    const home = homeOf(document);
    if (!home || !isRead(document)) return undefined;
    const links = await this.#linksOf(document);
    return { links, version, home, ground: groundOf(home.documentPath, document, await this.#around(home, false)) };
  }

  /** The links that lead to an image in the document's text of this moment, and that text's version. */
  async linksNow(key: string, document: vscode.TextDocument): Promise<{ links: ImageLink[]; version: number }> {
    const { version } = document;
    const home = homeOf(document);
    if (!home) return { links: [], version };
    const surroundings = await surroundingsOf(home.rootUri, home.workspaceFolder !== undefined);
    return { links: await linksTo(key, await this.#linksOf(document), groundOf(home.documentPath, document, surroundings)), version };
  }

  async #ask(sources: readonly Source[], links: readonly ImageLink[][], surroundings: Surroundings): Promise<{ image: MissingImage; uses: AskedImage['uses'] }[]> {
    const asked = await askedImages(sources.map((source, index) => ({ text: source.text, links: links[index] ?? [], ground: groundOf(source.home.documentPath, source.uri, surroundings) })));
    return asked.flatMap((image) => {
      const [use] = image.uses;
      const source = sources[use?.document ?? -1];
      const [link] = use?.links ?? [];
      if (!source || !link) return [];
      const [usualSize = DEFAULT_SIZE] = sizesInOrder(this.#memory.lastSize, source.uri);
      const positionAt = positionsIn(source.text);
      const others = image.uses.slice(1).flatMap(({ document }) => sources[document]?.uri ?? []);
      const { key, prompt, format, change, isPlaceholder, widthPx, heightPx } = image;
      const made: MissingImage = {
        key,
        prompt,
        format,
        change,
        isPlaceholder,
        ...(widthPx === undefined ? {} : { widthPx }),
        ...(heightPx === undefined ? {} : { heightPx }),
        size: sizeFor(image, offeredSizes(source.uri), usualSize),
        uri: image.path === undefined ? undefined : source.home.rootUri.with({ path: image.path }),
        documents: [source.uri, ...others],
        range: new vscode.Range(positionAt(link.rawStart), positionAt(link.rawEnd)),
      };
      return [{ image: made, uses: image.uses }];
    });
  }

  /** Code actions are asked for at every move of the cursor: the workspace is not searched for its sites each time. */
  async #around({ rootUri, workspaceFolder }: Source['home'], isFresh: boolean): Promise<Surroundings> {
    const name = rootUri.toString();
    const known = this.#sites.get(name);
    const surroundings = await surroundingsOf(rootUri, workspaceFolder !== undefined, !isFresh && known && known.until > Date.now() ? known.sites : undefined);
    if (surroundings.sites === known?.sites) return surroundings;
    this.#sites.set(name, { until: Date.now() + SURROUNDINGS_MS, sites: surroundings.sites });
    return surroundings;
  }

  /** Read once for each version of the text, also where that took too long. */
  #linksOf(document: vscode.TextDocument): Promise<ImageLink[]> {
    const { version, languageId } = document;
    const known = this.#parsed.get(document);
    if (known?.version === version && known.languageId === languageId) return known.links;
    const language = imageLinkLanguageOf(languageId, document.uri.path);
    const links = language ? this.#finder.find(document.getText(), language).catch((cause: unknown) => {
      throw new Refusal(vscode.l10n.t('The image links of {0} could not be found within {1} seconds. It is tried again after the document has changed.', plainText(vscode.workspace.asRelativePath(document.uri)), this.#finder.longestMs / 1000), { cause });
    }) : Promise.resolve([]);
    this.#parsed.set(document, { version, languageId, links });
    return links;
  }
}

/** Whether the image links of a document are read. */
export function isRead({ languageId, uri }: Pick<vscode.TextDocument, 'languageId' | 'uri'>): boolean {
  return imageLinkLanguageOf(languageId, uri.path) !== undefined;
}

/** Positions by offsets, for a text that no document may hold any more. */
function positionsIn(text: string): (offset: number) => vscode.Position {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new vscode.Position(low, offset - (starts[low] ?? 0));
  };
}
