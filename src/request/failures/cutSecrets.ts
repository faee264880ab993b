// Finds secrets in a text, whole or in part and however they are encoded, and cuts them out.

/** What stands where something was cut out. */
export const CUT = '…';

/** A shorter text is no key: cutting it would only spoil words. */
const SHORTEST_SECRET = 4;
/** So many characters in a row of a secret tell too much of it. */
const LONGEST_TOLD = 8;
/** Of base64, so many characters follow from `LONGEST_TOLD` bytes, whatever stands before and behind them. */
const LONGEST_TOLD_BASE64 = 10;
/** A text may be escaped, put into another and escaped again. */
const MOST_LAYERS = 4;
const ESCAPES = /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/])|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text as it reads without some of its escapes, and where in the original each character of it begins and ends. */
interface Reading {
  text: string;
  starts: readonly number[];
  ends: readonly number[];
}

/**
 * The text without any eight characters in a row of a secret, also in another letter case, JSON-escaped, percent-encoded,
 * as HTML references or in base64. A secret of four to seven characters is cut as a whole, a shorter one is a
 * placeholder and stays. Runs in linear time.
 */
export function cutSecrets(text: string, secrets: readonly string[]): string {
  const parts = partsOf(secrets);
  if (parts.size === 0) return text;
  const marked = new Uint8Array(text.length);
  const starts = Array.from({ length: text.length }, (_, index) => index);
  let reading: Reading | undefined = { text, starts, ends: starts.map((index) => index + 1) };
  for (let layer = 0; reading && layer < MOST_LAYERS; layer++) {
    mark(reading, parts, marked);
    reading = unescape(reading);
  }
  return cutMarked(text, marked);
}

/** What must not be told of the secrets, in small letters, by length. */
function partsOf(secrets: readonly string[]): Map<number, Set<string>> {
  const parts = new Map<number, Set<string>>();
  const add = (whole: string, longest: number): void => {
    const length = Math.min(whole.length, longest);
    const known = parts.get(length) ?? new Set();
    for (let at = 0; at + length <= whole.length; at++) known.add(fold(whole.slice(at, at + length)));
    parts.set(length, known);
  };
  for (const secret of secrets.map((secret) => secret.trim()).filter(({ length }) => length >= SHORTEST_SECRET)) {
    add(secret, LONGEST_TOLD);
    for (const encoded of base64Of(secret)) add(encoded, secret.length < LONGEST_TOLD ? encoded.length : LONGEST_TOLD_BASE64);
  }
  return parts;
}

/** The secret in base64 as it comes out behind 0, 1 or 2 other bytes, without the characters that these have a part in. */
function base64Of(secret: string): string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  // Of a short one too little is left behind others.
  if (secret.length < LONGEST_TOLD) return [btoa(bytes).replace(/=+$/, '')];
  return [0, 1, 2].map((before) => btoa('\0'.repeat(before) + bytes).slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + bytes.length)) / 6)));
}

function mark({ text, starts, ends }: Reading, parts: ReadonlyMap<number, ReadonlySet<string>>, marked: Uint8Array): void {
  const folded = fold(text);
  // Base64 for URLs has other signs for two characters; a secret that holds these signs is found as it is.
  const readings = /[-_]/.test(folded) ? [folded, folded.replace(/-/g, '+').replace(/_/g, '/')] : [folded];
  for (const [length, known] of parts) {
    for (const reading of readings) {
      for (let at = 0; at + length <= reading.length; at++) {
        if (known.has(reading.slice(at, at + length))) marked.fill(1, starts[at], ends[at + length - 1]);
      }
    }
  }
}

/** One layer of escapes less; undefined if there is none. */
function unescape({ text, starts, ends }: Reading): Reading | undefined {
  const next = { text: '', starts: [] as number[], ends: [] as number[] };
  const copy = (from: number, to: number): void => {
    next.text += text.slice(from, to);
    for (let at = from; at < to; at++) {
      next.starts.push(starts[at] ?? 0);
      next.ends.push(ends[at] ?? 0);
    }
  };
  let done = 0;
  for (const match of text.matchAll(ESCAPES)) {
    const [whole, unicode, hex, escaped, percent, hexReference, reference, name] = match;
    const digits = unicode ?? hex ?? percent ?? hexReference;
    const code = digits === undefined ? Number(reference) : parseInt(digits, 16);
    const character = escaped ?? (name === undefined ? String.fromCharCode(code) : (NAMED[name.toLowerCase()] ?? ''));
    copy(done, match.index);
    done = match.index + whole.length;
    next.text += character;
    next.starts.push(starts[match.index] ?? 0);
    next.ends.push(ends[done - 1] ?? 0);
  }
  if (done === 0) return undefined;
  copy(done, text.length);
  return next;
}

function cutMarked(text: string, marked: Uint8Array): string {
  let kept = '';
  for (let at = 0; at < text.length; ) {
    const isSecret = marked[at] === 1;
    const change = marked.indexOf(isSecret ? 0 : 1, at);
    const end = change === -1 ? text.length : change;
    kept += isSecret ? CUT : text.slice(at, end);
    at = end;
  }
  return kept;
}

/** Small letters of ASCII only: others may change the length. */
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
