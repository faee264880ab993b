// Binds a request handler to one port on both loopback addresses, over http or https.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CERTIFICATE, CERTIFICATE_KEY } from './certificate.ts';

export interface Listening {
  port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Port 0 takes a free one. Rejects where 127.0.0.1 cannot be bound; ::1 is left out where the machine has none. */
export async function listen(handler: RequestListener, port: number, tls: boolean): Promise<Listening> {
  for (let tries = 5; ; tries--) {
    const first = await bind(make(handler, tls), port, '127.0.0.1');
    const chosen = (first.address() as AddressInfo).port;
    const second = await bind(make(handler, tls), chosen, '::1').catch((error: NodeJS.ErrnoException) => error.code ?? '');
    if (second === 'EADDRINUSE' && port === 0 && tries > 0) {
      await shut(first);
      continue;
    }
    const servers = typeof second === 'string' ? [first] : [first, second];
    return { port: chosen, close: async () => void (await Promise.all(servers.map(shut))) };
  }
}

function make(handler: RequestListener, tls: boolean): Server {
  const server = tls ? createTlsServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, handler) : createServer(handler);
  server.requestTimeout = 0;
  server.timeout = 0;
  return server;
}

function bind(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
