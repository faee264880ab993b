// Keeps plain http to this machine on this machine: past any proxy, and without asking a name server where localhost is.
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';

/** In the order in which they are tried; the second only if nobody listens on the first. */
const ADDRESSES = [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }] as const;
const NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A file or a name server may say that localhost is elsewhere, see https://www.rfc-editor.org/rfc/rfc6761#section-6.3. */
const lookUp: LookupFunction = (hostname, options, callback) => {
  if (hostname !== 'localhost') callback(Object.assign(new Error(`Not this machine: ${hostname}`), { code: 'ENOTFOUND' }), '');
  else if (options.all) callback(null, [...ADDRESSES]);
  else callback(null, ADDRESSES[0].address, ADDRESSES[0].family);
};

const agent = new Agent({ lookup: lookUp });

/**
 * The agent for plain http to exactly localhost, 127.0.0.1 or ::1; undefined for any other address. VS Code, which puts
 * an agent of its own in front of others for the sake of its proxy, uses this one for these names.
 */
export function loopbackAgentFor({ protocol, hostname }: URL): Agent | undefined {
  return protocol === 'http:' && NAMES.has(hostname) ? agent : undefined;
}
