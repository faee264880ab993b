// Takes out of a server's words what the request itself said: a prompt about a throttle is no rate limit.

/** How much must be the same to be a quotation and no coincidence, in characters; one of Chinese or Japanese weighs two. */
const SHORTEST_QUOTE = 12;
/** A shorter text that was sent says nothing. */
const SHORTEST_TEXT = 2;
const LONGEST_SENT = 20_000;
const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;

/** What is read for its meaning: small letters, escapes and references undone, blanks folded. */
export function foldWords(text: string): string {
  let folded = text;
  // A gateway escapes what the upstream had escaped already.
  for (let round = 0; round < 3 && /\\|&[#\w]{2,8};/.test(folded); round++) folded = unescape(folded);
  return folded.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Every text in the body of a request, to be handed to {@link withoutSent}. */
export function textsOf(json: unknown, depth = 4): string[] {
  if (typeof json === 'string') return json.length < SHORTEST_TEXT ? [] : [json];
  return typeof json === 'object' && json !== null && depth > 0 ? Object.values(json).flatMap((value) => textsOf(value, depth - 1)) : [];
}

/**
 * `folded` (see {@link foldWords}) without what it quotes of `sent`: the whole text, a piece of it that is long enough
 * to be no coincidence, and whatever stands in quotation marks and is part of it, but for the `names` of fields.
 */
export function withoutSent(folded: string, sent: readonly string[], names: readonly string[] = []): string {
  return sent.reduce((text, each) => cutQuotes(text, foldWords(each.slice(0, LONGEST_SENT)), names), folded);
}

function cutQuotes(text: string, sent: string, names: readonly string[]): string {
  if (sent.length < SHORTEST_TEXT) return text;
  const rest = cutRuns(text, sent).replace(/["'`“‘「『(<]([^"'`”’」』)>]{2,400}?)(?:\.{2,}|…)?["'`”’」』)>]/g, (whole, inner: string) => (sent.includes(inner.trim()) && !names.includes(inner) ? ' ' : whole));
  return sent.length < SHORTEST_QUOTE && /\s/.test(sent) ? rest.replaceAll(sent, ' ') : rest;
}

/** Blanks out each run of characters that stands in `sent` too and is long enough. Linear in both. */
function cutRuns(text: string, sent: string): string {
  const step = WIDE.test(sent) ? SHORTEST_QUOTE / 2 : SHORTEST_QUOTE;
  if (sent.length < step) return text;
  const pieces = new Set<string>();
  for (let at = 0; at + step <= sent.length; at++) pieces.add(sent.slice(at, at + step));
  const kept: string[] = [];
  let cutUntil = 0;
  for (let at = 0; at < text.length; at++) {
    if (pieces.has(text.slice(at, at + step))) cutUntil = at + step;
    kept.push(at < cutUntil ? '\u0000' : text.charAt(at));
  }
  return kept.join('').replace(/\u0000+/g, ' ');
}

function unescape(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\[nrtbf]/g, ' ')
    .replace(/\\(["'/\\])/g, '$1')
    .replace(/&(?:quot|#34|#x22);/gi, '"')
    .replace(/&(?:apos|#39|#x27);/gi, "'")
    .replace(/&(?:amp|#38|#x26);/gi, '&');
}
