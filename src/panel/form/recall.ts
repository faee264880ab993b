// Turns arrow keys in the prompt box into earlier prompts, as a shell does.

/** What the box shows after an arrow key, or undefined when the key keeps its usual meaning. */
export interface Recalled {
  text: string;
  /** Place in the list, newest 0; -1 for the empty box. */
  at: number;
}

/**
 * `caret` is undefined when text is selected. `shown` is what was recalled last: only an empty box, or one
 * that still holds exactly that, is replaced, so typed text is never lost.
 */
export function recallPrompt(
  key: 'ArrowUp' | 'ArrowDown',
  box: { text: string; caret: number | undefined },
  recent: readonly string[],
  shown: Recalled | undefined,
): Recalled | undefined {
  const isUnchanged = shown !== undefined && shown.text === box.text;
  if (box.text !== '' && !isUnchanged) return undefined;
  if (box.caret !== 0 && box.caret !== box.text.length) return undefined;
  const from = isUnchanged ? shown.at : -1;
  const at = key === 'ArrowUp' ? from + 1 : from - 1;
  if (at === -1 && from === 0) return { text: '', at };
  const text = recent[at];
  return text === undefined ? undefined : { text, at };
}
