// Turns the bytes of an answer into JSON whose very long texts stay where they are, as bytes.

/** Texts longer than this are images; the rest of an answer is small. In bytes. */
const LONG_TEXT = 16 * 1024;
const LARGEST_SKELETON = 2 * 1024 * 1024;
const MOST_ESCAPED_QUOTES = 100_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MARK = '\u0000';

/** Where a long text stands in the body, still with its JSON escapes. */
export interface TextRange {
  start: number;
  end: number;
}

/**
 * Parses the body with each long text replaced by a mark ({@link longText} reads it): an image of 20 MB in base64 is
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
      copy(open + 1);
      parts.push(`\\u0000${open + 1},${close}`);
      copied = close;
    } else if (skeleton + close - copied > LARGEST_SKELETON) throw new SyntaxError('too large');
    open = body.indexOf(QUOTE, close + 1);
  }
  copy(body.length);
  return JSON.parse(parts.join(''));
}

/** The range of a text that was too long to be parsed; undefined for any other. */
export function longText(text: string, body: Uint8Array): TextRange | undefined {
  const match = text.startsWith(MARK) ? /^(\d{1,10}),(\d{1,10})$/.exec(text.slice(1)) : undefined;
  if (!match) return undefined;
  // A server can forge the mark; it then points into that server's own answer, so only the bounds matter.
  const range = { start: Number(match[1]), end: Number(match[2]) };
  return range.start <= range.end && range.end <= body.length ? range : undefined;
}

function isEscaped(body: Uint8Array, open: number, quote: number): boolean {
  let backslashes = 0;
  while (quote - 1 - backslashes > open && body[quote - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
