// Mends what happens to an address on its way from a page, a chat or a table into a setting.

/** What wraps an address in a sentence or a configuration file. */
const BEFORE = /^[\s"'`“”‘’„«»「『《<(（【]+/;
const AFTER = /[\s"'`“”‘’«»」』》>)）】,，;；。、.!！…]+$/;
/** `OPENAI_BASE_URL=https://…`, `base_url: "https://…"`, `POST https://…`. */
const NAME_BEFORE = /^(?:(?:export\s+)?[\w .-]{1,40}\s*[=:]\s*|(?:post|get|curl)\s+)(?=["'`“‘]?https?:\/)/i;

/**
 * The address without invisible characters, quotes and the punctuation of a sentence, in ASCII instead of full-width
 * forms, with one scheme instead of two. Nothing that could change its meaning is touched.
 */
export function cleanAddress(text: string): string {
  const visible = text.replace(/[\p{Cf}\p{Cc}]/gu, '').normalize('NFKC').replace(/。/g, '.');
  const bare = stripEnds(stripEnds(visible.trim()).replace(NAME_BEFORE, ''));
  return bare.replace(/^(?:https?:\/*)+(?=https?:\/)/i, '').replace(/^(https?)(?::\/*|\/{2,})(?=[^/:\s])/i, '$1://');
}

function stripEnds(text: string): string {
  const start = text.replace(BEFORE, '');
  // The bracket of an IPv6 host belongs to it.
  return start.replace(AFTER, '');
}

/** Whether a part is left for the reader to fill in: `{model}`, `<region>`, `${HOST}`. */
export function hasPlaceholder(address: string): boolean {
  return /[{}<>]|%7b|%7d|%3c|%3e/i.test(address);
}

/**
 * The address with the scheme that was left out: `http://` before the name of this machine or of a private network,
 * `https://` before any other. Undefined for what is no host name, such as `mailto:a` or one word.
 */
export function withScheme(address: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  const match = /^(\[[0-9a-f:.]+\]|[^\s/:?#@[\]\\]+)(:\d{1,5})?(?=[/?#]|$)/i.exec(address.replace(/^\/\//, ''));
  if (!match) return undefined;
  const [whole, host = '', port] = match;
  const isHost = host.includes('.') || host.startsWith('[') || host.toLowerCase() === 'localhost' || port !== undefined;
  if (!isHost || whole === '') return undefined;
  return `${isPrivateHost(host) ? 'http' : 'https'}://${address.replace(/^\/\//, '')}`;
}

/** This machine, a private network (RFC 1918, 3927, 4193, 4291, 6598), or a name that no public server has. */
function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!name.includes('.') && !name.startsWith('[')) return true;
  return /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/.test(name)
    || name === '0.0.0.0'
    || /^\[(::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(name)
    || /\.(localhost|local|lan|internal|intranet|home|home\.arpa)$/.test(name);
}
