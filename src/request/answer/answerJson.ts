// Turns the bytes of an answer into JSON in which each very long text is only a note of where it stands.

/** Texts longer than this are images; the rest of an answer is small. In bytes. */
const LONG_TEXT = 16 * 1024;
const LARGEST_SKELETON = 1024 * 1024;
const MOST_ESCAPED_QUOTES = 100_000;
const MOST_BACKSLASHES = 1000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Stands in the JSON for a text that was too long to be parsed; a server that writes such an object itself gains nothing. */
interface LongText {
  longText: [start: number, end: number];
}

/**
 * Parses the body with each long text replaced by an object ({@link longTextOf} reads it): an image of 20 MB in base64 is
 * then neither decoded to UTF-16 nor copied by the parser, and 100 MB of anything else is refused before parsing.
 * Throws `SyntaxError` for what is no JSON, or is JSON too large to be an answer.
 */
export function parseAnswerJson(body: Uint8Array): unknown {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let copied = 0;
  let skeleton = 0;
  let escapedQuotes = 0;
  const copy = (end: number): void => {
    skeleton += end - copied;
    if (skeleton > LARGEST_SKELETON) throw new SyntaxError('too large');
    parts.push(decoder.decode(body.subarray(copied, end)));
    copied = end;
  };
  for (let open = body.indexOf(QUOTE); open !== -1; ) {
    let close = body.indexOf(QUOTE, open + 1);
    while (close !== -1 && isEscaped(body, open, close)) {
      if (++escapedQuotes > MOST_ESCAPED_QUOTES) throw new SyntaxError('too many escapes');
      close = body.indexOf(QUOTE, close + 1);
    }
    if (close === -1) throw new SyntaxError('cut short');
    if (close - open > LONG_TEXT) {
      copy(open);
      const note: LongText = { longText: [open + 1, close] };
      parts.push(JSON.stringify(note));
      copied = close + 1;
    } else if (skeleton + close - copied > LARGEST_SKELETON) throw new SyntaxError('too large');
    open = body.indexOf(QUOTE, close + 1);
  }
  copy(body.length);
  return JSON.parse(parts.join(''));
}

/** The bytes of a text that was too long to be parsed, still with its JSON escapes; undefined for anything else. */
export function longTextOf(value: unknown, body: Uint8Array): Uint8Array | undefined {
  const range = typeof value === 'object' && value !== null && 'longText' in value && Array.isArray(value.longText) ? value.longText : [];
  const [start, end] = range as unknown[];
  const isRange = Number.isInteger(start) && Number.isInteger(end) && 0 <= Number(start) && Number(end) <= body.length;
  return isRange ? body.subarray(Number(start), Number(end)) : undefined;
}

function isEscaped(body: Uint8Array, open: number, quote: number): boolean {
  let backslashes = 0;
  while (quote - 1 - backslashes > open && body[quote - 1 - backslashes] === BACKSLASH) {
    if (++backslashes > MOST_BACKSLASHES) throw new SyntaxError('too many escapes');
  }
  return backslashes % 2 === 1;
}
