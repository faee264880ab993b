// Names the failure behind an error of the transport, and says whether anything can have been sent.
import { Failure } from './failure.ts';

/** Errors that only occur before a connection is open (Node's and libuv's names). */
const NEVER_OPENED = new Set([
  'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ECONNREFUSED', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN',
  'EADDRNOTAVAIL', 'ERR_INVALID_URL', 'UND_ERR_CONNECT_TIMEOUT',
]);
/** System calls that come before anything is sent: an error of theirs, ETIMEDOUT say, is one of connecting. */
const CONNECTING = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** OpenSSL's verification results as Node reports them, and Node's own. */
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_|ERROR_IN_CERT|ERROR_IN_CRL|EE_KEY_TOO_SMALL|CA_MD_TOO_WEAK|CA_KEY_TOO_SMALL)/;

/** zlib's complaints: the bytes came, but not as the header said. */
const UNPACKING = /^(Z_[A-Z]+_ERROR|ERR__ERROR_|ERR_BROTLI)/;

/** The handshake broke off before a byte of HTTP could go out; not the alerts that TLS 1.3 sends afterwards. */
const HANDSHAKE = /^ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|SSL\/TLS_ALERT_HANDSHAKE_FAILURE|SSLV3_ALERT_HANDSHAKE_FAILURE|TLSV1_ALERT_PROTOCOL_VERSION|TLSV1_UNRECOGNIZED_NAME|TLSV1_ALERT_INTERNAL_ERROR)$/;
const BEFORE_TLS = /before secure TLS connection was established/;

interface SystemError {
  code?: unknown;
  syscall?: unknown;
  message?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/**
 * `answerUnreadable` for a body that cannot be unpacked; `unreachable` or `certificateRefused` (both unsent) when the connection plainly never opened, else `connectionLost`,
 * which may have been billed. The failure's cause holds the system's code and nothing else: the messages of transports
 * quote URLs and headers.
 */
export function networkFailure(error: unknown): Failure {
  const links = chainOf(error);
  const code = links.map(codeOf).find((found) => found !== '') ?? '';
  const cause = Object.assign(new Error(code || 'network error'), { code });
  if (links.some((link) => CERTIFICATE.test(codeOf(link)))) return new Failure('certificateRefused', { unsent: true, cause });
  if (UNPACKING.test(code)) return new Failure('answerUnreadable', { cause });
  return links.some(neverOpened) ? new Failure('unreachable', { unsent: true, cause }) : new Failure('connectionLost', { cause });
}

function neverOpened(error: SystemError): boolean {
  // "Happy eyeballs" tries several addresses: only if each of them failed to open was nothing sent.
  if (Array.isArray(error.errors) && error.errors.length > 0) return error.errors.every((each) => chainOf(each).some(neverOpened));
  const code = codeOf(error);
  if (NEVER_OPENED.has(code) || HANDSHAKE.test(code)) return true;
  if (typeof error.syscall === 'string' && CONNECTING.has(error.syscall)) return true;
  return code === 'ECONNRESET' && typeof error.message === 'string' && BEFORE_TLS.test(error.message);
}

function codeOf(error: SystemError): string {
  // EPROTO is what Node says where OpenSSL's own code is only in the message.
  if (error.code === 'EPROTO' && typeof error.message === 'string') {
    const match = /:SSL routines:[^:]*:([^:]+):/.exec(error.message);
    if (match) return `ERR_SSL_${match[1]!.trim().toUpperCase().replace(/ /g, '_')}`;
  }
  return typeof error.code === 'string' && /^[\w/-]{1,80}$/.test(error.code) ? error.code : '';
}

/** The error and its causes, four at most. */
function chainOf(error: unknown): SystemError[] {
  const links: SystemError[] = [];
  for (let link = error; typeof link === 'object' && link !== null && links.length < 4; link = (link as SystemError).cause) links.push(link);
  return links;
}
