// Turns the base URL that a person typed into the addresses that are called, or names what is wrong with it.
import { basePathOf, hasNoImagePath } from './knownPaths.ts';
import { cleanAddress, hasPlaceholder, withScheme } from './typedAddress.ts';

/** Where requests go. Made by {@link readEndpoint} only, so its parts always agree. */
export interface Endpoint {
  /** Scheme, host and port, such as `https://api.example.com`: what a key is stored under. */
  origin: string;
  /** Takes the POST. */
  imagesUrl: string;
  /** Its sibling `models`, for the free check. */
  modelsUrl: string;
  /** Host name and port as a person reads them: `api.example.com`, `localhost:8080`, `[::1]:8080`. */
  host: string;
  /** Exactly localhost, 127.0.0.1 or ::1: what is sent does not leave the machine. */
  isLoopback: boolean;
  isHttps: boolean;
}

export type EndpointProblem = 'empty' | 'notAUrl' | 'notHttp' | 'hasUserInfo' | 'hasQuery' | 'hasFragment' | 'hasPlaceholder';

/** `noImagePath`: no public page of that service shows an image path at this address. */
type EndpointNote = 'noImagePath';

interface ReadEndpoint {
  endpoint: Endpoint;
  /** What was understood, as it belongs into the setting. */
  text: string;
  /** Whether `text` has a scheme that nobody typed: to be shown before it is taken. */
  isGuess: boolean;
  note?: EndpointNote;
}

const IMAGES = '/images/generations';
const ENDS_IN_IMAGES = /\/images\/generations$/i;
/** Other calls of the same API, which people copy from its pages. */
const OTHER_CALL = /\/(chat\/completions|completions|models|images(\/(edits?|variations|generation))?|embeddings|responses|messages|moderations|rerank|audio\/(speech|transcriptions|translations))$/i;

/**
 * Reads the setting `endpoint`: an empty path gets `/v1/images/generations`; a path that ends in `/images/generations`
 * is used as is; from one that ends in another call of the API that call is cut; any other gets `/images/generations`. A
 * `#` at the end means exactly this address. What people type besides, such as quotes, slashes or no scheme, is mended.
 */
export function readEndpoint(text: string): ReadEndpoint | { problem: EndpointProblem } {
  const cleaned = cleanAddress(text);
  if (cleaned === '') return { problem: 'empty' };
  if (hasPlaceholder(cleaned)) return { problem: 'hasPlaceholder' };
  const withIts = withScheme(cleaned);
  if (withIts === undefined) return { problem: /^[a-z][a-z0-9+.-]*:/i.test(cleaned) && !/^https?:/i.test(cleaned) ? 'notHttp' : 'notAUrl' };
  const url = URL.canParse(withIts) ? new URL(withIts) : undefined;
  if (!url) return { problem: 'notAUrl' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { problem: 'notHttp' };
  if (url.username !== '' || url.password !== '') return { problem: 'hasUserInfo' };
  const isExact = withIts.endsWith('#') && url.hash === '';
  if (withIts.includes('#') && !isExact) return { problem: 'hasFragment' };
  if (withIts.includes('?') && !isApiVersion(url)) return { problem: 'hasQuery' };
  const path = isExact ? url.pathname : pathOfImages(url);
  const endpoint: Endpoint = {
    origin: url.origin,
    imagesUrl: url.origin + path + url.search,
    modelsUrl: url.origin + pathOfModels(path) + url.search,
    host: url.host,
    isLoopback: isLoopbackName(url.hostname),
    isHttps: url.protocol === 'https:',
  };
  return { endpoint, text: withIts, isGuess: withIts !== cleaned, ...(hasNoImagePath(url) && { note: 'noImagePath' as const }) };
}

/** The text of the setting that leads to exactly this address of the POST. */
export function addressFor(imagesUrl: string): string {
  const result = readEndpoint(imagesUrl);
  return 'endpoint' in result && result.endpoint.imagesUrl === imagesUrl ? imagesUrl : `${imagesUrl}#`;
}

/** Whether a key may be sent there: over https, or over plain http to this machine only. */
export function mayCarryKey(endpoint: Pick<Endpoint, 'isHttps' | 'isLoopback'>): boolean {
  return endpoint.isHttps || endpoint.isLoopback;
}

/** The one query that is no secret and without which Azure answers nothing: `api-version=2025-04-01-preview`. */
function isApiVersion({ search }: URL): boolean {
  return /^\?api-version=[\w.-]{1,40}$/i.test(search);
}

function pathOfImages(url: URL): string {
  const typed = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  if (ENDS_IN_IMAGES.test(typed)) return typed;
  const base = typed.replace(OTHER_CALL, '');
  return (base === '' ? basePathOf(url.hostname) : base) + IMAGES;
}

/** Azure lists its models beside the deployments, not in one. */
function pathOfModels(path: string): string {
  const base = ENDS_IN_IMAGES.test(path.replace(/\/+$/, '')) ? path.replace(/\/images\/generations\/*$/i, '') : path.replace(/\/[^/]*\/*$/, '');
  return `${base.replace(/\/deployments\/[^/]+$/i, '')}/models`;
}

/** Takes a host name as `URL` writes it: lower case, IPv4 as four numbers, IPv6 in brackets. */
function isLoopbackName(hostname: string): boolean {
  // Whatever else means this machine, such as `a.localhost` or `localhost.`, a name server or a proxy may be asked for.
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
