// Moves a range of text along with an edit, and finds its text again when an edit swallowed it.

export interface PlaceRange {
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

/** Changes `place` in place. Offsets of `change` are those before it. */
export function shiftPlace(place: PlaceRange, change: TextChange): void {
  const changeEnd = change.offset + change.length;
  const delta = change.text.length - change.length;
  if (place.gone) {
    const found = findAnchor(change.text, place.text, 0);
    if (found) Object.assign(place, { start: change.offset + found.start, end: change.offset + found.end, gone: false });
    else if (changeEnd <= place.start) Object.assign(place, { start: place.start + delta, end: place.end + delta });
    else if (change.offset < place.start) place.start = place.end = change.offset;
    return;
  }
  if (changeEnd <= place.start) {
    place.start += delta;
    place.end += delta;
    return;
  }
  if (change.offset >= place.end) return;
  const inside = change.offset >= place.start && changeEnd <= place.end;
  const whole = change.offset <= place.start && changeEnd >= place.end;
  if (inside && !whole) {
    place.end += delta;
    return;
  }
  const found = findAnchor(change.text, place.text, place.start - change.offset);
  if (found) {
    place.start = change.offset + found.start;
    place.end = change.offset + found.end;
  } else if (whole) {
    place.start = place.end = change.offset;
    place.gone = true;
  } else if (change.offset < place.start) {
    place.start = change.offset + change.text.length;
    place.end += delta;
  } else {
    place.end = change.offset;
  }
}

/**
 * Where `anchor` stands in `text`: the occurrence nearest to `near`, first letter by letter, then with any white
 * space where the anchor has some, as after formatting. Undefined for an empty anchor.
 */
export function findAnchor(text: string, anchor: string, near: number): { start: number; end: number } | undefined {
  if (anchor === '') return undefined;
  const words = anchor.split(/\s+/).filter((word) => word !== '').map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const exact = new RegExp(anchor.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');
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
