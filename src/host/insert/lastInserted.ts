// Remembers the link that was inserted last, and those that it replaced, so that another image can take its place.
import { toUrlPath } from '../../insert/escapePath.ts';
import type { ImageForm } from '../../insert/blocks/place.ts';
import type { Anchors } from './anchors.ts';
import type { Inserted, OldLink } from './insertImages.ts';

/** Replacements of one link that an undo can go back through. */
const MOST_LINKS = 20;

export class LastInserted {
  readonly #anchors: Anchors;
  /** Each took the place of the one before it. */
  readonly #links: { anchorKey: string; imageId: string; fileName: string; form: ImageForm; prefix: string }[] = [];
  #count = 0;

  constructor(anchors: Anchors) {
    this.#anchors = anchors;
  }

  /** A new link: what was inserted earlier no longer counts. */
  begin(inserted: Inserted, imageIds: readonly string[]): void {
    for (const { anchorKey } of this.#links.splice(0)) this.#anchors.drop(anchorKey);
    this.goOn(inserted, imageIds);
  }

  /** The same link, with another image. */
  goOn({ document, range, files, form, prefix }: Inserted, imageIds: readonly string[]): void {
    if (!range) return;
    const anchorKey = `inserted ${++this.#count}`;
    this.#anchors.markText(anchorKey, document, range);
    this.#links.push({ anchorKey, imageId: imageIds.join(' '), fileName: files[0]?.path.split('/').at(-1) ?? '', form, prefix });
    if (this.#links.length > MOST_LINKS) this.#anchors.drop(this.#links.shift()?.anchorKey ?? '');
  }

  /** Where the link stands by now, and the image that it shows: an earlier one again after an undo. */
  async find(): Promise<(OldLink & { imageId: string | undefined }) | undefined> {
    for (const [age, { anchorKey, form, prefix }] of [...this.#links].reverse().entries()) {
      const anchor = this.#anchors.get(anchorKey);
      const found = anchor && (age === 0 || !anchor.gone) ? await this.#anchors.find(anchor) : undefined;
      const text = found?.document.getText().slice(found.start, found.offset) ?? '';
      // Edits in small steps may leave other text in the place, which is nobody's to replace.
      if (found && /\.(?:png|jpe?g|webp|gif|avif)/i.test(text)) return { document: found.document, start: found.start, end: found.offset, form, prefix, imageId: this.#imageIn(text) };
    }
    return undefined;
  }

  /** One name may end with another: the longest that the link holds is meant. */
  #imageIn(text: string): string | undefined {
    const shown = this.#links.filter(({ fileName }) => text.includes(fileName) || text.includes(toUrlPath(fileName)));
    return shown.sort((one, other) => other.fileName.length - one.fileName.length)[0]?.imageId;
  }
}
