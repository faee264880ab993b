// Judges the URL of a result: whether it may be fetched, and until when it lives.
import type { Endpoint } from '../send/endpointUrl.ts';

/** Names of this machine; a server that listens on one of them may write another into its answers. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The URL if the image may be fetched from there: over https from any host; over http from the endpoint's own host (any
 * port) when the endpoint itself is http. Over http from the host of an https endpoint, the same over https: behind a
 * proxy a server does not know how it is spoken to. The names of this machine are one host. A redirect from https stays
 * on https. Undefined for all else, such as `file:`, another host over http, or user info.
 */
export function allowedUrl(text: string, endpoint: Pick<Endpoint, 'origin'>, from?: URL): URL | undefined {
  if (!URL.canParse(text, from?.href)) return undefined;
  const url = new URL(text, from?.href);
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:') return url;
  const own = URL.canParse(endpoint.origin) ? new URL(endpoint.origin) : undefined;
  if (url.protocol !== 'http:' || !own || !isSameHost(url.hostname, own.hostname)) return undefined;
  if (own.protocol === 'https:') return asHttps(url, own);
  return from?.protocol === 'https:' ? undefined : url;
}

function isSameHost(one: string, other: string): boolean {
  return one === other || (LOOPBACK.includes(one) && LOOPBACK.includes(other));
}

/** A port that the server does not name is the endpoint's own: a proxy leaves it out when it passes the host name on. */
function asHttps(url: URL, own: URL): URL {
  const secure = new URL(url);
  secure.protocol = 'https:';
  if (url.port === '') secure.port = own.port;
  return secure;
}

/** Milliseconds since 1970 at which a signed URL ends, by its query; undefined if it does not say. */
export function urlExpiresMs(url: string): number | undefined {
  if (!URL.canParse(url)) return undefined;
  const query = new Map([...new URL(url).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  return fromUnixSeconds(query.get('expires')) ?? fromDuration(query) ?? fromIsoTime(query.get('se'));
}

/** Object storage of Alibaba, AWS (version 2) and Google. */
function fromUnixSeconds(text: string | undefined): number | undefined {
  return /^\d{9,11}$/.test(text ?? '') ? Number(text) * 1000 : undefined;
}

/** `X-Amz-Date=20261122T120000Z&X-Amz-Expires=86400`, also with the prefixes of Google, Volcengine and Alibaba. */
function fromDuration(query: ReadonlyMap<string, string>): number | undefined {
  for (const prefix of ['x-amz', 'x-goog', 'x-tos', 'x-oss']) {
    const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get(`${prefix}-date`) ?? '');
    const seconds = query.get(`${prefix}-expires`) ?? '';
    if (!date || !/^\d{1,9}$/.test(seconds)) continue;
    const [, year, month, day, hour, minute, second] = date.map(Number);
    return Date.UTC(year!, month! - 1, day, hour, minute, second) + Number(seconds) * 1000;
  }
  return undefined;
}

/** Azure: `se=2026-11-23T12:00:00Z`. */
function fromIsoTime(text: string | undefined): number | undefined {
  const ms = /^\d{4}-\d\d-\d\d(T[\d:.]{5,12}Z)?$/.test(text ?? '') ? Date.parse(text!) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
