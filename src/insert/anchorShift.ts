// Moves a range of text along with an edit, and finds its text again when an edit swallowed it.

export interface AnchorRange {
  /** Offsets in UTF-16 units, end exclusive. */
  start: number;
  end: number;
  /** The text that stood there last; empty for a cursor. */
  text: string;
  /** An edit took the text away; a later one, such as undo, may bring it back. */
  gone: boolean;
}

export interface TextChange {
  offset: number;
  length: number;
  text: string;
}

/** Moves `anchor`. Offsets of `change` are those before it. */
export function shiftAnchor(anchor: AnchorRange, change: TextChange): void {
  const changeEnd = change.offset + change.length;
  const delta = change.text.length - change.length;
  if (anchor.gone) {
    const found = findAnchor(change.text, anchor.text, 0);
    if (found) Object.assign(anchor, { start: change.offset + found.start, end: change.offset + found.end, gone: false });
    else if (changeEnd <= anchor.start) Object.assign(anchor, { start: anchor.start + delta, end: anchor.end + delta });
    else if (change.offset < anchor.start) anchor.start = anchor.end = change.offset;
    return;
  }
  if (changeEnd <= anchor.start) {
    anchor.start += delta;
    anchor.end += delta;
    return;
  }
  if (change.offset >= anchor.end) return;
  const inside = change.offset >= anchor.start && changeEnd <= anchor.end;
  const whole = change.offset <= anchor.start && changeEnd >= anchor.end;
  if (inside && !whole) {
    anchor.end += delta;
    return;
  }
  const found = findAnchor(change.text, anchor.text, anchor.start - change.offset);
  if (found) {
    anchor.start = change.offset + found.start;
    anchor.end = change.offset + found.end;
  } else if (whole) {
    anchor.start = anchor.end = change.offset;
    anchor.gone = true;
  } else if (change.offset < anchor.start) {
    anchor.start = change.offset + change.text.length;
    anchor.end += delta;
  } else {
    anchor.end = change.offset;
  }
}

/**
 * Where `anchor` stands in `text`: the occurrence nearest to `near`, first letter by letter, then with any white
 * space where the anchor has some, as after formatting. Undefined for an empty anchor.
 */
export function findAnchor(text: string, anchor: string, near: number): { start: number; end: number } | undefined {
  if (anchor === '') return undefined;
  const words = anchor.split(/\s+/).filter((word) => word !== '').map(literally);
  const exact = new RegExp(literally(anchor), 'g');
  const relaxed = new RegExp(words.join('\\s+'), 'g');
  for (const pattern of [exact, relaxed]) {
    let best: { start: number; end: number } | undefined;
    for (const match of text.matchAll(pattern)) {
      const candidate = { start: match.index, end: match.index + match[0].length };
      if (!best || Math.abs(candidate.start - near) < Math.abs(best.start - near)) best = candidate;
    }
    if (best) return best;
  }
  return undefined;
}

/** As a pattern that matches exactly this text. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
