// Cuts secrets out of text that is shown or logged: keys, bearer tokens, queries and user info of URLs.

/** What stands where something was cut out. */
export const CUT = '…';

/** A shorter text is no key: cutting it would only spoil words. */
const SHORTEST_SECRET = 4;

/**
 * The text without `secrets` (in any letter case, also URL-encoded, JSON-escaped, in base64, or behind masking stars),
 * without anything that follows `Bearer`, and with every URL reduced to its scheme, host and path. Secrets under 4
 * characters are left: they are placeholders. Runs in linear time.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const secret = patternOf(secrets);
  return (secret ? text.replace(secret, CUT) : text)
    .replace(/\b(bearer|basic)((\s|%20|\+){1,4})[^\s"'<>,;}{]+/gi, `$1 ${CUT}`)
    .replace(/\bsk-[\w-]{8,}/gi, CUT)
    .replace(/[^\s"'`<>*]{0,40}\*{3,}[^\s"'`<>*]{0,40}/g, CUT)
    .replace(/\bdata:[\w.+/-]{0,60}(;[\w=.-]{0,60}){0,4},[^\s"'<>]*/gi, `data:${CUT}`)
    .replace(/\b([a-z][a-z0-9+.-]{1,20}:(?:\\?\/){2})([^\s"'<>`]+)/gi, (_, scheme: string, rest: string) => scheme + cutUrl(rest));
}

/** Cuts user info, query and fragment from what follows `https://`. */
function cutUrl(rest: string): string {
  const end = rest.search(/[?#]|%3f/i);
  const path = end === -1 ? rest : rest.slice(0, end) + CUT;
  const slash = path.search(/[\\/]/);
  const at = path.lastIndexOf('@', slash === -1 ? path.length : slash);
  return at === -1 ? path : CUT + path.slice(at);
}

function patternOf(secrets: readonly string[]): RegExp | undefined {
  const forms = new Set<string>();
  for (const secret of secrets.map((secret) => secret.trim())) {
    if (secret.length < SHORTEST_SECRET) continue;
    forms.add(secret);
    forms.add(encodeUrlPart(secret));
    forms.add(encodeUrlPart(secret).replace(/%20/g, '+'));
    const inJson = JSON.stringify(secret).slice(1, -1);
    forms.add(inJson);
    forms.add(JSON.stringify(inJson).slice(1, -1));
    forms.add(inJson.replace(/\//g, '\\/'));
    // What a server did to letters and digits cannot be guessed in full; these are the usual ways.
    forms.add(escapeAll(secret, (char) => (/\w/.test(char) ? char : `\\u${hex(char)}`)));
    forms.add(escapeAll(secret, (char) => (/\w/.test(char) ? char : `&#${char.charCodeAt(0)};`)));
    forms.add(escapeAll(secret, (char) => (/\w/.test(char) ? char : `&#x${hex(char).replace(/^0+/, '')};`)));
    const latin = /^[\u0020-\u00ff]*$/.test(secret);
    if (latin) forms.add(btoa(secret).replace(/=+$/, ''));
  }
  if (forms.size === 0) return undefined;
  // The longest first: a form may begin with another.
  const sorted = [...forms].sort((a, b) => b.length - a.length).map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(sorted.join('|'), 'gi');
}

function encodeUrlPart(text: string): string {
  return encodeURIComponent(/\p{Cs}/u.test(text) ? '' : text);
}

function escapeAll(text: string, escape: (char: string) => string): string {
  return [...text].map(escape).join('');
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(4, '0');
}
