// Names the failure behind an error of the transport, and says whether anything can have been sent.
import { Failure } from './failure.ts';

/** Errors that say by themselves that no connection came about (Node's and libuv's names): a name without an address, a port where nobody listens. */
const NEVER_OPENED = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ECONNREFUSED', 'ERR_INVALID_URL', 'UND_ERR_CONNECT_TIMEOUT']);
/** System calls that come before anything is sent: an error of theirs, ETIMEDOUT say, is one of connecting. */
const CONNECTING = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** OpenSSL's verification results as Node reports them, and Node's own. */
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_|ERROR_IN_CERT|ERROR_IN_CRL|EE_KEY_TOO_SMALL|CA_MD_TOO_WEAK|CA_KEY_TOO_SMALL)/;

/** zlib's complaints: the bytes came, but not as the header said. */
const UNPACKING = /^(Z_[A-Z]+_ERROR|ERR__ERROR_|ERR_BROTLI)/;

const BEFORE_TLS = /before secure TLS connection was established/;

interface SystemError {
  code?: unknown;
  syscall?: unknown;
  /** What node-fetch makes of `syscall`. */
  erroredSysCall?: unknown;
  wasOpen?: unknown;
  message?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/**
 * `unreachable` or `certificateRefused`, both unsent, only for what failed in name lookup, in connecting or before the
 * secure connection stood. Everything else may have been read and billed: `connectionLost`, or `answerUnreadable` for a
 * body that cannot be unpacked. A code alone proves nothing: `read EHOSTUNREACH` is a network that went to sleep under
 * an open socket, and bytes that somebody injects into a secure connection look like a server that speaks no TLS.
 *
 * The failure's cause holds the system's code and nothing else: the messages of transports quote URLs and headers.
 *
 * @param isAnswered true if the answer had begun: then the request was sent, whatever the error says.
 */
export function networkFailure(error: unknown, isAnswered = false): Failure {
  const links = chainOf(error);
  const code = links.map(codeOf).find((found) => found !== '') ?? '';
  const cause = Object.assign(new Error(code || 'network error'), { code });
  if (!isAnswered && !links.some(({ wasOpen }) => wasOpen === true)) {
    if (links.some((link) => CERTIFICATE.test(codeOf(link)))) return new Failure('certificateRefused', { unsent: true, cause });
    if (links.some((link) => link.wasOpen === false || neverOpened(link))) return new Failure('unreachable', { unsent: true, cause });
  }
  return new Failure(UNPACKING.test(code) ? 'answerUnreadable' : 'connectionLost', { cause });
}

function neverOpened(error: SystemError): boolean {
  // "Happy eyeballs" tries several addresses: only if each of them failed to open was nothing sent.
  if (Array.isArray(error.errors) && error.errors.length > 0) return error.errors.every((each) => chainOf(each).some(neverOpened));
  const code = codeOf(error);
  const call = error.syscall ?? error.erroredSysCall;
  if (typeof call === 'string') return CONNECTING.has(call);
  return NEVER_OPENED.has(code) || (code === 'ECONNRESET' && typeof error.message === 'string' && BEFORE_TLS.test(error.message));
}

function codeOf(error: SystemError): string {
  return typeof error.code === 'string' && /^[\w/-]{1,80}$/.test(error.code) ? error.code : '';
}

/** The error and its causes, four at most. */
function chainOf(error: unknown): SystemError[] {
  const links: SystemError[] = [];
  for (let link = error; typeof link === 'object' && link !== null && links.length < 4; link = (link as SystemError).cause) links.push(link);
  return links;
}
