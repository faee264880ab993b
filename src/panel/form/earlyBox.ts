// Turns the prompt box that the host wrote into the page into what a person did there before the page drew its own.

/** What was typed in such a box before the page drew its own, and what stood there before that. */
export interface TypedText {
  text: string;
  written: string;
}

/** What was there when it went. */
export interface EarlyText extends TypedText {
  /** False if it was typed the last time that the panel was shown, or not at all. */
  isTypedHere: boolean;
  /** Undefined if the focus was elsewhere. */
  caret: { start: number; end: number } | undefined;
}

/** To be made before the browser draws the box: a composition may begin with the first key. */
export class EarlyBox {
  readonly #root: HTMLElement;
  readonly #box: HTMLTextAreaElement | null;
  readonly #written: string;
  #keep: (typed: TypedText | undefined) => void;
  #isTypedHere = false;
  #isComposing = false;

  /**
   * `prompt` is what this page kept: VS Code shows the same HTML again each time that the panel was hidden, however old its
   * text is. `typed` is what stood here if the panel was hidden before the page drew its own box; `keep` keeps it.
   */
  constructor(root: HTMLElement, { prompt, typed }: { prompt: string | undefined; typed: TypedText | undefined }, keep: (typed: TypedText | undefined) => void) {
    this.#root = root;
    this.#keep = keep;
    this.#box = root.querySelector('textarea');
    const box = this.#box;
    const isUntouched = box?.value === box?.defaultValue;
    if (box && isUntouched) write(box, typed?.written ?? prompt, typed?.text);
    this.#written = asInBox(box?.defaultValue ?? '');
    const keepTyped = (): void => {
      const text = box?.value ?? '';
      this.#isTypedHere = true;
      this.#keep(text === this.#written ? undefined : { text, written: this.#written });
    };
    if (!isUntouched) keepTyped();
    box?.addEventListener('input', keepTyped);
    box?.addEventListener('compositionstart', () => (this.#isComposing = true));
    box?.addEventListener('compositionend', () => (this.#isComposing = false));
  }

  keepBy(keep: (typed: TypedText | undefined) => void): void {
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
    return { text, written: this.#written, isTypedHere: this.#isTypedHere, caret };
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
