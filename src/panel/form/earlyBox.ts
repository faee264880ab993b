// Turns the prompt box that the host wrote into the page into what a person did there before the page drew its own.

/** What was there when it went. */
export interface EarlyText {
  text: string;
  /** What the host had written. */
  written: string;
  /** Undefined if the focus was elsewhere. */
  caret: { start: number; end: number } | undefined;
}

/** To be made before the browser draws the box: a composition may begin with the first key. */
export class EarlyBox {
  readonly #root: HTMLElement;
  readonly #box: HTMLTextAreaElement | null;
  #isComposing = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#box = root.querySelector('textarea');
    this.#box?.addEventListener('compositionstart', () => (this.#isComposing = true));
    this.#box?.addEventListener('compositionend', () => (this.#isComposing = false));
  }

  get isThere(): boolean {
    return this.#box?.isConnected === true;
  }

  /** Removes it. If somebody composes there, it stays; undefined then, and `later` is called at the end. */
  leave(later: () => void): EarlyText | undefined {
    if (!this.#box) return { text: '', written: '', caret: undefined };
    if (this.#isComposing) {
      this.#box.addEventListener('compositionend', later, { once: true });
      return undefined;
    }
    const { value: text, defaultValue: written, selectionStart: start, selectionEnd: end } = this.#box;
    const caret = document.activeElement === this.#box ? { start, end } : undefined;
    this.#root.replaceChildren();
    return { text, written, caret };
  }
}
