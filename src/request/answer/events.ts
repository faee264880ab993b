// Takes server-sent events, and lines that only look like them, off the JSON that an answer is made of.

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** More than any service sends for one image. */
const MOST_LINES = 20_000;
const LONGEST_NAME = 8;

/**
 * The JSON texts of a body that has lines such as `data: {…}`, `event: …`, `: keep-alive` or `data: [DONE]` in it, the last
 * first, for the last one holds the finished image. Empty if there are no such lines. They are views of the body.
 *
 * The format: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function eventTexts(body: Uint8Array): Uint8Array[] {
  const texts: Uint8Array[] = [];
  let hasEvents = false;
  let open: Uint8Array | undefined;
  let lines = 0;
  for (let at = 0; at < body.length; ) {
    if (++lines > MOST_LINES) return [];
    const feed = body.indexOf(LINE_FEED, at);
    const next = feed === -1 ? body.length : feed + 1;
    const end = feed > at && body[feed - 1] === CARRIAGE_RETURN ? feed - 1 : feed === -1 ? body.length : feed;
    const field = fieldOfLine(body.subarray(at, Math.min(end, at + LONGEST_NAME)));
    if (field === undefined) {
      // JSON in lines of its own: it goes on until the next event.
      const from = open ? open.byteOffset - body.byteOffset : at;
      if (open || end > at) open = body.subarray(from, end);
    } else {
      hasEvents = true;
      if (open) texts.push(open);
      open = undefined;
      const value = body.subarray(at + field.length, end);
      if (field.name === 'data' && !isDone(value)) texts.push(value);
    }
    at = next;
  }
  if (open) texts.push(open);
  return hasEvents ? texts.reverse() : [];
}

function fieldOfLine(start: Uint8Array): { name: string; length: number } | undefined {
  const match = /^(data|event|id|retry|):/.exec(asciiOf(start));
  return match ? { name: match[1] ?? '', length: match[0].length } : undefined;
}

function isDone(value: Uint8Array): boolean {
  return value.length < 20 && asciiOf(value).trim() === '[DONE]';
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
