// Turns the prompt box that the host wrote into the page into what a person did there before the page drew its own.

/** What was there when it went. */
export interface EarlyText {
  text: string;
  /** What stood there before anybody typed. */
  written: string;
  /** Undefined if the focus was elsewhere. */
  caret: { start: number; end: number } | undefined;
}

/** To be made before the browser draws the box: a composition may begin with the first key. */
export class EarlyBox {
  readonly #root: HTMLElement;
  readonly #box: HTMLTextAreaElement | null;
  readonly #written: string;
  #isComposing = false;

  /** `prompt` is what this page kept: VS Code shows the same HTML again each time that the panel was hidden, however old its text is. */
  constructor(root: HTMLElement, prompt: string | undefined) {
    this.#root = root;
    this.#box = root.querySelector('textarea');
    const box = this.#box;
    if (box && prompt !== undefined && prompt !== box.defaultValue && box.value === box.defaultValue) {
      box.defaultValue = prompt;
      box.value = prompt;
    }
    this.#written = asInBox(box?.defaultValue ?? '');
    box?.addEventListener('compositionstart', () => (this.#isComposing = true));
    box?.addEventListener('compositionend', () => (this.#isComposing = false));
  }

  get isThere(): boolean {
    return this.#box?.isConnected === true;
  }

  /** Removes it, if it is there. If somebody composes in it, it stays; undefined then, and `later` is called at the end. */
  leave(later: () => void): EarlyText | undefined {
    if (!this.#box || this.#isComposing) {
      this.#box?.addEventListener('compositionend', later, { once: true });
      return undefined;
    }
    const { value: text, selectionStart: start, selectionEnd: end } = this.#box;
    // The box is the document's active element also while the person is elsewhere in the window.
    const caret = document.hasFocus() && document.activeElement === this.#box ? { start, end } : undefined;
    this.#root.replaceChildren();
    return { text, written: this.#written, caret };
  }
}

/** Boxes write every line break as one character. */
export function asInBox(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
