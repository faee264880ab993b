// Draws the small menu behind a button and moves through it by keyboard.
import { html, nothing, type TemplateResult } from 'lit-html';
import { icon, type IconName } from '../parts/icons.ts';

export interface MenuItem {
  label: string;
  run(): void;
}

/** A button that opens a menu; Escape, Tab and a click elsewhere close it. */
export class MoreMenu {
  readonly #redraw: () => void;
  readonly #id: string;
  readonly #icon: IconName;
  readonly #opened: () => void;
  #isOpen = false;

  /** @param opened called whenever the menu opens */
  constructor(redraw: () => void, { id, icon, opened = () => undefined }: { id: string; icon: IconName; opened?: () => void }) {
    this.#redraw = redraw;
    this.#id = id;
    this.#icon = icon;
    this.#opened = opened;
  }

  view(label: string, items: readonly MenuItem[]): TemplateResult {
    return html`<div class="menuPlace" @keydown=${(event: KeyboardEvent) => this.#onKey(event)} @focusout=${(event: FocusEvent) => this.#onFocusOut(event)}>
      <button type="button" id=${this.#id} class="iconButton" title=${label} aria-label=${label} aria-haspopup="menu" aria-expanded=${String(this.#isOpen)}
        @click=${() => (this.#isOpen ? this.#close() : this.#open(0))}>${icon(this.#icon)}</button>
      ${this.#isOpen
        ? html`<div class="menu" role="menu" aria-label=${label}>
            ${items.map((item) => html`<button type="button" role="menuitem" tabindex="-1" @click=${() => {
              this.#close();
              item.run();
            }}>${item.label}</button>`)}
          </div>`
        : nothing}
    </div>`;
  }

  #open(place: number): void {
    this.#isOpen = true;
    this.#opened();
    this.#redraw();
    // The items exist only after the redraw, which runs as a microtask.
    queueMicrotask(() => this.#items().at(place)?.focus());
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#items().includes(document.activeElement as HTMLElement)) document.querySelector<HTMLElement>(`#${this.#id}`)?.focus();
    this.#redraw();
  }

  #onFocusOut(event: FocusEvent): void {
    const place = event.currentTarget as HTMLElement;
    if (event.relatedTarget instanceof Node && place.contains(event.relatedTarget)) return;
    this.#isOpen = false;
    this.#redraw();
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#isOpen) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#take(event, () => this.#open(event.key === 'ArrowDown' ? 0 : -1));
      return;
    }
    const items = this.#items();
    const at = items.indexOf(document.activeElement as HTMLElement);
    const go = (place: number): void => items.at(place % items.length)?.focus();
    if (event.key === 'Escape') this.#take(event, () => this.#close());
    else if (event.key === 'Tab') this.#close();
    else if (event.key === 'ArrowDown') this.#take(event, () => go(at + 1));
    else if (event.key === 'ArrowUp') this.#take(event, () => go(at - 1));
    else if (event.key === 'Home') this.#take(event, () => go(0));
    else if (event.key === 'End') this.#take(event, () => go(-1));
  }

  #take(event: KeyboardEvent, run: () => void): void {
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  #items(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(`#${this.#id} + .menu [role="menuitem"]`)];
  }
}
