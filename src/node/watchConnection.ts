// Learns of one HTTP request whether its connection ever stood, so that a failure can say that nothing was sent.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** Node tells of each request as it is made, see https://nodejs.org/api/diagnostics_channel.html#built-in-channels. */
const CREATED = 'http.client.request.created';

/**
 * Runs `start`, which makes one request at once, and watches the connection of it. `wasOpen` says later whether that
 * connection stood, over https the secure one: until then not one byte of the request is written. It is undefined if
 * no request was seen.
 */
export function watchConnection<T>(start: () => T): { result: T; wasOpen: () => boolean | undefined } {
  let isSeen = false;
  let isOpen = false;
  const onCreated = (message: unknown): void => {
    isSeen = true;
    const { request } = message as { request: ClientRequest };
    request.once('socket', (socket) => {
      const open = (): void => void (isOpen = true);
      if (isStanding(socket)) open();
      // A listener of ours comes before those that let the request's bytes go.
      else socket.prependOnceListener(isSecure(socket) ? 'secureConnect' : 'connect', open);
    });
  };
  subscribe(CREATED, onCreated);
  try {
    return { result: start(), wasOpen: () => (isSeen ? isOpen : undefined) };
  } finally {
    unsubscribe(CREATED, onCreated);
  }
}

function isSecure(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

/** An agent may hand over a connection that stood before, such as one to a proxy. */
function isStanding(socket: Socket): boolean {
  if (socket.connecting) return false;
  return !isSecure(socket) || (socket as TLSSocket & { secureConnecting?: boolean }).secureConnecting !== true;
}
