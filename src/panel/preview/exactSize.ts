// Lets a person choose an exact size and which part of the image stays in view, with mouse or keys.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { InsertChoice, SnapshotImage } from '../../protocol/snapshot.ts';
import { parseSize } from '../../prompt/size.ts';
import { textButton } from '../parts/button.ts';
import type { PageContext } from '../parts/pageContext.ts';

/** Those that sites ask for most: social card, repository card, full screen, icons. */
const USUAL_SIZES: readonly string[] = ['1200x630', '1280x640', '1920x1080', '512x512', '256x256', '128x128'];
/** How far an arrow key moves the view, as a share of the image. */
const KEY_STEP = 0.02;
const KEY_PAGE = 0.1;

interface Open {
  imageId: string;
  text: string;
  format: InsertChoice['format'];
  focus: { x: number; y: number };
}

export class ExactSize {
  readonly #page: PageContext;
  readonly #insert: (image: SnapshotImage, as: InsertChoice) => void;
  #open: Open | undefined;

  constructor(page: PageContext, insert: (image: SnapshotImage, as: InsertChoice) => void) {
    this.#page = page;
    this.#insert = insert;
  }

  open(image: SnapshotImage, { format, size }: InsertChoice): void {
    this.#open = { imageId: image.id, text: size ? `${size.widthPx}x${size.heightPx}` : (USUAL_SIZES[0] ?? ''), format, focus: { x: 0.5, y: 0.5 } };
    this.#page.redraw();
    // The field exists only after the redraw, which runs as a microtask.
    queueMicrotask(() => document.querySelector<HTMLInputElement>('#exactSize')?.select());
  }

  view(image: SnapshotImage): TemplateResult | typeof nothing {
    const open = this.#open;
    if (open?.imageId !== image.id) return nothing;
    const { words } = this.#page;
    const size = parseSize(open.text);
    const isWrong = open.text.trim() !== '' && !size;
    return html`<form class="exactSize" aria-label=${words.text('exactSize')} @submit=${(event: Event) => this.#submit(event, image)} @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.#close()}>
      <label for="exactSize">${words.text('exactSizeHint')}</label>
      <input id="exactSize" type="text" list="usualSizes" autocomplete="off" spellcheck="false" .value=${open.text} aria-invalid=${String(isWrong)} aria-describedby=${isWrong ? 'exactSizeWrong' : nothing}
        @input=${(event: Event) => this.#change({ text: (event.target as HTMLInputElement).value })} />
      <datalist id="usualSizes">${USUAL_SIZES.map((value) => html`<option value=${value}></option>`)}</datalist>
      ${isWrong ? html`<p id="exactSizeWrong" class="quiet">${words.text('exactSizeWrong')}</p>` : nothing}
      ${size ? this.#cropView(image, size, open) : nothing}
      <div class="toolbar"><button type="submit" class="primary" ?disabled=${!size}>${words.text('insert')}</button>${textButton({ label: words.text('back'), run: () => this.#close() })}</div>
    </form>`;
  }

  #cropView(image: SnapshotImage, size: { widthPx: number; heightPx: number }, { focus }: Open): TemplateResult {
    const part = shareOf(image, size);
    const place = { x: clamp(focus.x - part.x / 2, 1 - part.x), y: clamp(focus.y - part.y / 2, 1 - part.y) };
    const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
    const at = part.x < 1 ? focus.x : focus.y;
    const style = `left:${percent(place.x)};top:${percent(place.y)};width:${percent(part.x)};height:${percent(part.y)}`;
    return html`<div class="crop" role="slider" tabindex="0" aria-label=${this.#page.words.text('cropHint')} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(at * 100)}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event, part)} @pointerdown=${(event: PointerEvent) => this.#onPointer(event, part)} @pointermove=${(event: PointerEvent) => event.buttons === 1 && this.#onPointer(event, part)}>
      <img src=${image.thumbnailUri ?? image.uri} alt="" draggable="false" /><div class="cropped" .style=${style}></div>
    </div>`;
  }

  #onKey(event: KeyboardEvent, part: { x: number; y: number }): void {
    const step = event.shiftKey ? KEY_PAGE : KEY_STEP;
    const moves: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step], Home: [-1, -1], End: [1, 1] };
    const move = moves[event.key];
    if (!move || !this.#open) return;
    event.preventDefault();
    const { focus } = this.#open;
    this.#focus(focus.x + move[0], focus.y + move[1], part);
  }

  #onPointer(event: PointerEvent, part: { x: number; y: number }): void {
    const box = event.currentTarget as HTMLElement;
    const { left, top, width, height } = box.getBoundingClientRect();
    box.setPointerCapture(event.pointerId);
    this.#focus((event.clientX - left) / width, (event.clientY - top) / height, part);
  }

  /** The middle of the view, kept if the view lies inside the image. */
  #focus(x: number, y: number, part: { x: number; y: number }): void {
    const keep = (share: number, side: number): number => Math.min(1 - side / 2, Math.max(side / 2, share));
    this.#change({ focus: { x: keep(x, part.x), y: keep(y, part.y) } });
  }

  #change(change: Partial<Open>): void {
    if (this.#open) this.#open = { ...this.#open, ...change };
    this.#page.redraw();
  }

  #submit(event: Event, image: SnapshotImage): void {
    event.preventDefault();
    const open = this.#open;
    const size = open && parseSize(open.text);
    if (!open || !size) return;
    this.#insert(image, { format: open.format, size, focus: open.focus });
    this.#close();
  }

  #close(): void {
    this.#open = undefined;
    this.#page.redraw();
    document.querySelector<HTMLElement>('#insertAs')?.focus();
  }
}

/** How much of the image the size shows, as shares of its width and height. */
function shareOf(image: { widthPx: number; heightPx: number }, size: { widthPx: number; heightPx: number }): { x: number; y: number } {
  const scale = Math.min(image.widthPx / size.widthPx, image.heightPx / size.heightPx);
  return { x: Math.min(1, (size.widthPx * scale) / image.widthPx), y: Math.min(1, (size.heightPx * scale) / image.heightPx) };
}

function clamp(share: number, most: number): number {
  return Math.min(most, Math.max(0, share));
}
