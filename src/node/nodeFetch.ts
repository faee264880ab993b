// Wraps node-fetch as the one HTTP call of the product.
import type { Fetch } from '../request/transport/fetch.ts';
import { loopbackAgentFor } from './loopbackAgent.ts';
import { watchConnection } from './watchConnection.ts';

/**
 * The transport of the desktop host. node-fetch calls Node's `http` and `https`, which VS Code patches for its proxy
 * and certificate settings; so an agent is passed only for this machine. Each call has its own connection: on a kept one a POST can meet a
 * close that was on its way, and then nobody knows whether it was received.
 *
 * A body must be read at once: node-fetch takes a connection that closes after a complete chunked body for one that
 * was cut short while the body still waits unread.
 */
export function createNodeFetch(): Fetch {
  return async (url, { method, headers, body, signal, redirect }) => {
    // Loaded with the first request, so that a window in which nothing is asked for does not pay for it.
    const { default: fetch } = await import('node-fetch');
    const { result, wasOpen } = watchConnection(() =>
      fetch(url, {
        method,
        headers: { 'User-Agent': 'generate-image', ...headers, Connection: 'close' },
        signal,
        redirect,
        referrer: '',
        agent: loopbackAgentFor,
        ...(body !== undefined && { body }),
      }),
    );
    try {
      const response = await result;
      return { status: response.status, headers: response.headers, body: response.body as AsyncIterable<Uint8Array> | null };
    } catch (error) {
      throw typeof error === 'object' && error !== null ? Object.assign(error, { wasOpen: wasOpen() }) : error;
    }
  };
}
