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
  #keep: (typed: string | undefined) => void;
  #isComposing = false;

  /**
   * `prompt` is what this page kept: VS Code shows the same HTML again each time that the panel was hidden, however old its
   * text is. `typed` is what stood in such a box if the panel was hidden before the page drew its own; `keep` keeps it.
   */
  constructor(root: HTMLElement, { prompt, typed }: { prompt: string | undefined; typed: string | undefined }, keep: (typed: string | undefined) => void) {
    this.#root = root;
    this.#keep = keep;
    this.#box = root.querySelector('textarea');
    const box = this.#box;
    const keepTyped = (): void => {
      if (box) this.#keep(box.value === box.defaultValue ? undefined : box.value);
    };
    if (box && box.value === box.defaultValue) write(box, prompt, typed);
    else keepTyped();
    this.#written = asInBox(box?.defaultValue ?? '');
    box?.addEventListener('input', keepTyped);
    box?.addEventListener('compositionstart', () => (this.#isComposing = true));
    box?.addEventListener('compositionend', () => (this.#isComposing = false));
  }

  keepBy(keep: (typed: string | undefined) => void): void {
    this.#keep = keep;
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
    this.#keep(undefined);
    return { text, written: this.#written, caret };
  }
}

function write(box: HTMLTextAreaElement, prompt = box.defaultValue, typed = prompt): void {
  if (prompt === box.defaultValue && typed === prompt) return;
  box.defaultValue = prompt;
  box.value = typed;
}

/** Boxes write every line break as one character. */
export function asInBox(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
