// Finds the image links of a document whose file is missing and that ask for an image.
import * as vscode from 'vscode';
import { checkTarget } from '../../insert/targetPath.ts';
import { mayHoldLinks, type ImageLink, type ImageLinkLanguage } from '../../missing/imageLink.ts';
import { asksForImage, pngEnding, resolveLinkPath, sizeFor } from '../../missing/imageAsked.ts';
import { homeOf } from '../insert/documentHome.ts';
import { statOf } from '../insert/imageTarget.ts';
import type { LinkFinder } from '../platform.ts';
import type { Memory } from '../window/memory.ts';
import { offeredSizes, readSetting, sizesInOrder } from '../window/settings.ts';
import { DEFAULT_SIZE } from '../../prompt/size.ts';

/** An image that a document asks for: by an image link to a file that does not exist. */
export interface MissingImage {
  prompt: string;
  size: string;
  /** The file to write: the very path that the link names, or the one with `.png` for endings that are not made. */
  uri: vscode.Uri;
  format: 'png' | 'jpeg';
  /** The link, in the document's text. */
  range: vscode.Range;
  /** What has to change in the document for the link to hit the file. */
  pathEdit: vscode.TextEdit | undefined;
}

const LANGUAGES: Readonly<Record<string, ImageLinkLanguage>> = { markdown: 'markdown', mdx: 'mdx', html: 'html' };

export class MissingImages {
  readonly #memory: Memory;
  readonly #finder: LinkFinder;
  readonly #parsed = new WeakMap<vscode.TextDocument, { version: number; links: Promise<ImageLink[]> }>();

  constructor(memory: Memory, finder: LinkFinder) {
    this.#memory = memory;
    this.#finder = finder;
  }

  /** In the order of the text; two links to one file ask for one image. Empty for other languages. */
  async find(document: vscode.TextDocument, within?: vscode.Range): Promise<MissingImage[]> {
    const home = homeOf(document);
    if (!home || !(document.languageId in LANGUAGES)) return [];
    const linkBase = readSetting('linkBase', document);
    const sizes = offeredSizes(document);
    const [usualSize = DEFAULT_SIZE] = sizesInOrder(this.#memory.lastSize, document);
    const found = new Map<string, MissingImage>();
    for (const link of await this.#links(document)) {
      const range = new vscode.Range(document.positionAt(link.rawStart), document.positionAt(link.rawEnd));
      if (within && !range.intersection(within)) continue;
      const asked = asksForImage(link);
      const path = asked && resolveLinkPath(home.documentPath, link.path, home.rootUri.path, linkBase);
      if (!asked || path === undefined) continue;
      const edit = asked.target === 'other' ? pngEnding(link, document.getText()) : undefined;
      if (asked.target === 'other' && !edit) continue;
      const target = edit ? `${path.slice(0, path.lastIndexOf('.'))}.png` : path;
      const format = asked.target === 'jpeg' ? 'jpeg' : 'png';
      const checked = checkTarget(target, home.rootUri.path, format === 'jpeg' ? 'jpg' : 'png');
      // A path that would have to be written differently is not the one that the link names.
      if (!('path' in checked) || checked.path !== target || found.has(target)) continue;
      const uri = home.rootUri.with({ path: target });
      if ((await statOf(home.rootUri.with({ path }))) !== undefined || (await statOf(uri)) !== undefined) continue;
      const pathEdit = edit && vscode.TextEdit.replace(new vscode.Range(document.positionAt(edit.start), document.positionAt(edit.end)), edit.text);
      found.set(target, { prompt: asked.prompt, size: sizeFor(link, sizes, usualSize), uri, format, range, pathEdit });
    }
    return [...found.values()];
  }

  /** Parsed once for each version of the text: code actions are asked for at every move of the cursor. */
  #links(document: vscode.TextDocument): Promise<ImageLink[]> {
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known.links;
    const language = LANGUAGES[document.languageId] ?? 'markdown';
    const text = document.getText();
    const links = mayHoldLinks(text) ? this.#finder.find(text, language) : Promise.resolve([]);
    this.#parsed.set(document, { version: document.version, links });
    return links;
  }
}
