// A proxy that knows the way to one host, which is this machine, and writes down what it was asked for.
import { createServer, request as sendOn } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly url: string;
  /** `GET images.test`, oldest first. */
  readonly seen: readonly string[];
  close(this: void): Promise<void>;
}

/** Where nobody is but by way of the proxy. */
export const PROXIED_HOST = 'images.test';

export async function startProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', 'http://nowhere.test');
    seen.push(`${incoming.method} ${target.hostname}`);
    if (target.hostname !== PROXIED_HOST) return void outgoing.writeHead(502).end();
    const onward = sendOn({ host: '127.0.0.1', port: target.port, method: incoming.method, path: target.pathname + target.search, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
