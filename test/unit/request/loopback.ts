// Starts real servers on loopback for the request tests, and knows what is left open.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';
import { readEndpoint, type Endpoint } from '../../../src/request/send/endpointUrl.ts';
import { Failure } from '../../../src/request/failures/failure.ts';
import type { Connection, Transport } from '../../../src/request/send/client.ts';
import type { ImageRequest } from '../../../src/prompt/imageRequest.ts';
import { systemClock } from '../systemClock.ts';

export interface Loopback {
  origin: string;
  port: number;
  /** Each connection that is open now. */
  sockets: Set<Socket>;
  /** Resolves when no connection is open any more. */
  quiet(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function listen(server: Server, host = '127.0.0.1'): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const quiet = async (): Promise<void> => {
    const until = Date.now() + 5000;
    while (sockets.size > 0) {
      if (Date.now() > until) throw new Error(`${sockets.size} connections are still open`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  const name = host.includes(':') ? `[${host}]` : host;
  return { origin: `http://${name}:${port}`, port, sockets, quiet, close, [Symbol.asyncDispose]: close };
}

export async function serve(listener: RequestListener, host?: string): Promise<Loopback> {
  return listen(createServer(listener), host);
}

/** A server that says exactly these bytes, then does what `after` does (ends, by default). */
export async function serveRaw(bytes: string | Buffer, after: (socket: Socket) => void = (socket) => socket.end()): Promise<Loopback> {
  const server = createTcpServer((socket) => socket.once('data', () => socket.write(bytes, () => after(socket))));
  return listen(server);
}

export function answerJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

export function endpointAt(url: string): Endpoint {
  const result = readEndpoint(url);
  if (!('endpoint' in result)) throw new Error(result.problem);
  return result.endpoint;
}

export const KEY = 'sk-Test/key+0123456789=abcdef';

export function connectionTo(url: string, more: Partial<Connection> = {}): Connection {
  return { endpoint: endpointAt(url), key: KEY, timeoutMs: 20_000, ...more };
}

export const transport: Transport = { fetch: createNodeFetch(), clock: systemClock };

export const REQUEST: ImageRequest = { model: 'qwen-image-max', prompt: 'a cat', size: '1328x1328', watermark: false, promptExtend: true, fields: {} };

export const never = new AbortController().signal;

/** The failure a promise ends in; anything else it does is an error of the test. */
export async function failureFrom(promise: Promise<unknown>): Promise<Failure> {
  const end = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in end && end.error instanceof Failure) return end.error;
  throw new Error(`expected a Failure, got ${'error' in end ? String(end.error) : JSON.stringify(end.value)?.slice(0, 200)}`, { cause: end });
}

/** Everything that a failure says, to be searched for what it must not say. */
export function spoken(failure: Failure): string {
  const cause = failure.cause as (Error & { code?: string }) | undefined;
  return [failure.message, failure.stack, failure.facts.detail, failure.facts.field, cause?.message, cause?.stack, cause?.code, JSON.stringify(failure.facts)].join('\n');
}
