// Turns presses into intents: a double click or a held key is one press.

const GUARD_MS = 500;

/** Lets one press of a kind through, then none for half a second or until something was done that makes the next one meant. */
export class PressGuard {
  readonly #now: () => number;
  readonly #last = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  isFirst(kind: string): boolean {
    const now = this.#now();
    const last = this.#last.get(kind);
    if (last !== undefined && now - last < GUARD_MS) return false;
    for (const [old, ms] of this.#last) if (now - ms >= GUARD_MS) this.#last.delete(old);
    this.#last.set(kind, now);
    return true;
  }

  /** A person who cancelled or dismissed in between means the next press. */
  forget(): void {
    this.#last.clear();
  }
}

/** Drops the clicks that a held Enter key makes on a button. */
export function ignoreHeldEnter(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) event.preventDefault();
}

/** VS Code answers Ctrl+A once more, a moment later, and what was typed since would be typed over: in a text box the browser's own answer is enough. */
export function selectAllOnce(event: KeyboardEvent): void {
  const { target, keyCode, ctrlKey, shiftKey, altKey, metaKey } = event;
  const isText = target instanceof HTMLElement && target.matches('textarea, input:not([type="checkbox"], [type="radio"])');
  // 65 is this key in every layout, also if its letter is another one; VS Code goes by it, too.
  if (isText && ctrlKey && !shiftKey && !altKey && !metaKey && keyCode === 65) event.stopPropagation();
}

/** Whether an input method has this key, so that no shortcut may take it. */
export function isComposingKey(event: KeyboardEvent): boolean {
  // 229 is what Chromium reports for keys that an input method swallowed before the composition began.
  return event.isComposing || event.keyCode === 229;
}
