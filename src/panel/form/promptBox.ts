// Turns typing in the prompt box into draft changes, and leaves the box alone while an input method composes.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { DraftKeeper } from './draftKeeper.ts';
import { asInBox, type EarlyBox } from './earlyBox.ts';
import { isComposingKey } from '../parts/press.ts';
import { recallPrompt, type Recalled } from './recall.ts';
import type { Wording } from '../parts/wording.ts';

export interface PromptBoxPorts {
  words: Wording;
  keeper: DraftKeeper;
  redraw(): void;
  recentPrompts(): readonly string[];
}

/** The box's text belongs to the person: it is written to only between compositions. */
export class PromptBox {
  readonly #ports: PromptBoxPorts;
  readonly #early: EarlyBox;
  #isComposing = false;
  #recalled: Recalled | undefined;
  /** Where the caret comes in the box that is drawn next. */
  #caret: { start: number; end: number } | undefined;

  constructor(ports: PromptBoxPorts, early: EarlyBox) {
    this.#ports = ports;
    this.#early = early;
  }

  view(isTooLong: boolean): TemplateResult {
    const { words } = this.#ports;
    return html`<textarea
      id="prompt"
      dir="auto"
      rows="3"
      aria-describedby="counter"
      aria-invalid=${isTooLong ? 'true' : nothing}
      placeholder=${words.text('promptPlaceholder')}
      @input=${() => this.#takeText()}
      @blur=${() => this.#ports.keeper.flush()}
      @compositionstart=${() => this.#startComposing()}
      @compositionend=${() => this.#endComposing()}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
    ></textarea>`;
  }

  /** Before the page draws: goes on where a person was in the box that stood here before. False if the drawing has to wait. */
  takeOver(): boolean {
    if (!this.#early.isThere) return true;
    const { keeper } = this.#ports;
    const left = this.#early.leave(() => this.#ports.redraw());
    if (!left) return false;
    const { text, written, isTypedHere, caret } = left;
    const draft = keeper.value?.prompt ?? '';
    // If the draft is another one by now, only what was typed is added to it.
    const [before, typed] = isSame(draft, written) ? ['', text] : [draft === '' ? '' : `${draft} `, text.startsWith(written) ? text.slice(written.length) : text];
    const moved = before.length + typed.length - text.length;
    if (text !== written) keeper.change({ prompt: before + typed }, isTypedHere);
    this.#caret = caret && { start: Math.max(0, moved + caret.start), end: Math.max(0, moved + caret.end) };
    return true;
  }

  /** Shows the draft's text if it differs, unless a composition is under way. */
  showDraft(): void {
    const box = findBox();
    const text = this.#ports.keeper.value?.prompt;
    if (box && text !== undefined && !this.#isComposing && box.value !== text) box.value = text;
    const caret = this.#caret;
    // If something else was drawn, a person goes where they want.
    this.#caret = undefined;
    if (!box || !caret) return;
    box.focus({ preventScroll: true });
    box.setSelectionRange(caret.start, caret.end);
  }

  /** Writes as the person would, so that their undo takes it back; the focus stays where it is. */
  write(text: string): void {
    const box = findBox();
    if (!box || this.#isComposing) return;
    const focused = document.activeElement;
    box.focus({ preventScroll: true });
    replaceText(box, text);
    if (focused instanceof HTMLElement && focused !== box) focused.focus({ preventScroll: true });
  }

  #takeText(): void {
    const box = findBox();
    if (!box || this.#isComposing || box.value === this.#ports.keeper.value?.prompt) return;
    this.#ports.keeper.change({ prompt: box.value });
    this.#ports.redraw();
  }

  #startComposing(): void {
    this.#isComposing = true;
    this.#ports.keeper.startComposing();
  }

  #endComposing(): void {
    this.#isComposing = false;
    this.#takeText();
    if (this.#ports.keeper.endComposing()) this.#ports.redraw();
  }

  #onKey(event: KeyboardEvent): void {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (isComposingKey(event) || hasModifier || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const box = findBox();
    if (!box) return;
    const caret = box.selectionStart === box.selectionEnd ? box.selectionStart : undefined;
    const recalled = recallPrompt(event.key, { text: box.value, caret }, this.#ports.recentPrompts(), this.#recalled);
    if (!recalled) return;
    event.preventDefault();
    this.#recalled = recalled;
    replaceText(box, recalled.text);
  }
}

/** Some parsers on the way drop the line breaks that a text begins with. */
function isSame(draft: string, written: string): boolean {
  const [one, other] = [draft, written].map((text) => asInBox(text).replace(/^\n+/, ''));
  return one === other;
}

function findBox(): HTMLTextAreaElement | null {
  return document.querySelector<HTMLTextAreaElement>('#prompt');
}

/** Typed, not set, so that the editor's undo brings the old text back. */
function replaceText(box: HTMLTextAreaElement, text: string): void {
  box.select();
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
