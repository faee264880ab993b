// Draws the button Insert with its menu of formats, each with the bytes that the file would have.
import { html, type nothing, type TemplateResult } from 'lit-html';
import type { InsertChoice, Snapshot, SnapshotImage } from '../../protocol/snapshot.ts';
import { textButton } from '../parts/button.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { ExactSize } from './exactSize.ts';
import { MoreMenu } from './moreMenu.ts';

const FORMAT_NAMES = { webp: 'WebP', jpeg: 'JPEG' } as const;

export class InsertAs {
  readonly #page: PageContext;
  readonly #menu: MoreMenu;
  readonly #exact: ExactSize;
  #image: SnapshotImage | undefined;

  constructor(page: PageContext) {
    this.#page = page;
    this.#menu = new MoreMenu(() => page.redraw(), { id: 'insertAs', icon: 'down', opened: () => this.#image && page.post({ type: 'weigh', imageId: this.#image.id }) });
    this.#exact = new ExactSize(page, (image, as) => this.#insert(image, as));
  }

  /** The button, named after what is remembered, and the menu behind it. */
  buttons(image: SnapshotImage, insertAs: Snapshot['insertAs']): TemplateResult {
    this.#image = image;
    const { words } = this.#page;
    const choice: InsertChoice = insertAs?.choice ?? { format: 'settings' };
    const weights = insertAs?.weights?.imageId === image.id ? insertAs.weights : undefined;
    const withBytes = (name: string, bytes: number | undefined): string => (bytes === undefined ? name : `${name} · ${words.bytes(bytes)}`);
    return html`${textButton({ label: this.#label(choice), isPrimary: true, run: () => this.#insert(image) })}
      ${this.#menu.view(words.text('insertAs'), [
        { label: words.text('insertBySettings'), run: () => this.#insert(image, { format: 'settings' }) },
        { label: withBytes(words.text('insertOriginal'), image.sizeBytes), run: () => this.#insert(image, { format: 'original' }) },
        { label: withBytes(FORMAT_NAMES.webp, weights?.webpBytes), run: () => this.#insert(image, { format: 'webp' }) },
        { label: withBytes(FORMAT_NAMES.jpeg, weights?.jpegBytes), run: () => this.#insert(image, { format: 'jpeg' }) },
        { label: words.text('exactSize'), run: () => this.#exact.open(image, choice) },
      ])}`;
  }

  /** The size and its crop, while they are chosen. */
  exactView(image: SnapshotImage): TemplateResult | typeof nothing {
    return this.#exact.view(image);
  }

  #insert(image: SnapshotImage, as?: InsertChoice): void {
    this.#page.press(`insert ${image.id}`, (intentId) => this.#page.post({ type: 'insert', intentId, imageIds: [image.id], ...(as ? { as } : {}) }));
  }

  #label({ format, size }: InsertChoice): string {
    const { words } = this.#page;
    const name = format === 'settings' ? [] : [format === 'original' ? words.text('insertOriginal') : FORMAT_NAMES[format]];
    return [words.text('insert'), ...name, ...(size ? [`${size.widthPx} × ${size.heightPx}`] : [])].join(' · ');
  }
}
