// Cuts secrets out of text that is shown or logged: keys, bearer tokens, queries and user info of URLs.
import { CUT, cutSecrets } from './cutSecrets.ts';

/** Parameters that sign an address, wherever they stand. */
const SIGNATURE = /\b([\w-]{0,40}(?:signature|sig|accesskeyid|access_token|security-token|api[_-]?key|token|credential))=[^\s&"'<>`]+/gi;

/**
 * The text without `secrets` (see `cutSecrets`) and what is left of them behind masking stars, without anything that
 * follows `Bearer`, and with every address reduced to its scheme, host and path. Runs in linear time.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return cutSecrets(text, secrets)
    .replace(/\b(bearer|basic)((\s|%20|\+){1,4})[^\s"'<>,;}{]+/gi, `$1 ${CUT}`)
    .replace(/\bsk-[\w-]{8,}/gi, CUT)
    .replace(/[^\s"'`<>*]{0,40}\*{3,}[^\s"'`<>*]{0,40}/g, CUT)
    .replace(/\bdata:[\w.+/-]{0,60}(;[\w=.-]{0,60}){0,4},[^\s"'<>]*/gi, `data:${CUT}`)
    .replace(/\b([a-z][a-z0-9+.-]{1,20}:(?:\\?\/){2})([^\s"'<>`]+)/gi, (_, scheme: string, rest: string) => scheme + cutUrl(rest))
    // An address without its scheme: a path, and a query of names and values.
    .replace(/([\w.~%-]\/[\w.~%/-]{0,400})\?[\w.~%-]{1,80}=[^\s"'<>`]*/g, `$1${CUT}`)
    .replace(SIGNATURE, `$1=${CUT}`);
}

/** Cuts user info, query and fragment from what follows `https://`. */
function cutUrl(rest: string): string {
  const end = rest.search(/[?#]|%3f/i);
  const path = end === -1 ? rest : rest.slice(0, end) + CUT;
  const slash = path.search(/[\\/]/);
  const at = path.lastIndexOf('@', slash === -1 ? path.length : slash);
  return at === -1 ? path : CUT + path.slice(at);
}
