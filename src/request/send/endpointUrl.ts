// Turns the base URL that a person typed into the addresses that are called, or names what is wrong with it.

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
  /** localhost, *.localhost, 127.0.0.0/8 or ::1: what is sent does not leave the machine. */
  isLoopback: boolean;
  isHttps: boolean;
}

export type EndpointProblem = 'empty' | 'notAUrl' | 'notHttp' | 'hasUserInfo' | 'hasQuery' | 'hasFragment';

const IMAGES = '/images/generations';
const DEFAULT_PATH = `/v1${IMAGES}`;

/**
 * Reads the setting `endpoint`: an empty path gets `/v1/images/generations`; a path that ends in `/images/generations`
 * is used as is; any other gets `/images/generations`. Blanks around it and slashes at its end do not matter.
 */
export function readEndpoint(text: string): { endpoint: Endpoint } | { problem: EndpointProblem } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (!url) return { problem: 'notAUrl' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { problem: 'notHttp' };
  if (url.username !== '' || url.password !== '') return { problem: 'hasUserInfo' };
  if (trimmed.includes('#')) return { problem: 'hasFragment' };
  if (trimmed.includes('?')) return { problem: 'hasQuery' };
  const path = pathOfImages(url.pathname);
  return {
    endpoint: {
      origin: url.origin,
      imagesUrl: url.origin + path,
      modelsUrl: `${url.origin}${path.slice(0, -IMAGES.length)}/models`,
      host: url.host,
      isLoopback: isLoopbackName(url.hostname),
      isHttps: url.protocol === 'https:',
    },
  };
}

/** Whether a key may be sent there: over https, or over plain http to this machine only. */
export function mayCarryKey(endpoint: Pick<Endpoint, 'isHttps' | 'isLoopback'>): boolean {
  return endpoint.isHttps || endpoint.isLoopback;
}

function pathOfImages(path: string): string {
  const base = path.replace(/\/+$/, '');
  if (base === '') return DEFAULT_PATH;
  return base.endsWith(IMAGES) ? base : base + IMAGES;
}

/** Takes a host name as `URL` writes it: lower case, IPv4 as four numbers, IPv6 in brackets. */
function isLoopbackName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]';
}
