// One request and its answer: waiting, writing with back pressure and breaking off, all ended by the socket's close.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordedRequest, RequestLog } from './record.ts';
import type { Whole } from './refusal.ts';

export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RecordedRequest;
  readonly #log: RequestLog;
  /** Resolves when the exchange is over, whoever ended it. */
  readonly over: Promise<void>;

  constructor(log: RequestLog, origin: RecordedRequest['origin'], request: IncomingMessage, response: ServerResponse) {
    this.#log = log;
    this.request = request;
    this.response = response;
    this.record = log.open(origin, request, response);
    this.over = new Promise((resolve) => response.once('close', resolve));
    response.on('error', () => undefined);
    request.on('error', () => undefined);
  }

  get isOver(): boolean {
    return this.response.closed;
  }

  /** Notes which planned step is followed. */
  startStep(kind: string | undefined): void {
    if (kind === undefined) return;
    this.record.step = kind;
    this.#log.changed();
  }

  /** The request's body, or undefined if it is larger or never came whole. */
  async readBody(maxBytes: number): Promise<Buffer | undefined> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const chunk of this.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) return undefined;
        chunks.push(chunk);
      }
    } catch {
      return undefined;
    }
    const body = Buffer.concat(chunks);
    this.record.body = body.toString('utf8');
    this.record.times.bodyMs = Date.now();
    this.#log.changed();
    return body;
  }

  /** Waits; sooner where the exchange ends. */
  async sleep(ms: number): Promise<void> {
    if (ms <= 0 || this.isOver) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.over, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
    clearTimeout(timer);
  }

  /** Sends the status line and headers at once. */
  head(status: number, headers: Record<string, string | number>): void {
    if (this.isOver) return;
    this.response.writeHead(status, headers);
    this.response.flushHeaders();
    this.record.status = status;
    this.record.times.headersMs = Date.now();
    this.#log.changed();
  }

  /** Writes and waits until the connection takes more. False: the exchange is over. */
  async write(bytes: Uint8Array): Promise<boolean> {
    if (this.isOver) return false;
    const room = this.response.write(bytes);
    this.record.bytesSent += bytes.length;
    if (!room) await Promise.race([this.over, new Promise((resolve) => this.response.once('drain', resolve))]);
    return !this.isOver;
  }

  end(): void {
    if (!this.isOver) this.response.end();
  }

  /** A complete answer. */
  async send(whole: Whole): Promise<void> {
    const { status, body } = whole;
    this.head(status, headersWithLength(whole));
    if (this.request.method !== 'HEAD' && status !== 304) await this.write(body);
    this.end();
  }

  /** Breaks the connection off once what was written has left; `reset` by RST, else by closing. */
  async breakOff(how: 'close' | 'reset'): Promise<void> {
    if (this.isOver) return;
    const { socket } = this.request;
    // An empty write's callback comes after the bytes before it were handed to the system.
    if (this.response.headersSent) await Promise.race([this.over, new Promise((resolve) => socket.write('', resolve))]);
    if (this.isOver) return;
    this.record.ended = 'byServer';
    if (how === 'reset' && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    else socket.destroy();
    await this.over;
  }
}

/** The headers with the body's true length, except where the body is chunked. */
export function headersWithLength({ headers, body }: Whole): Record<string, string | number> {
  return 'transfer-encoding' in headers ? headers : { ...headers, 'content-length': body.length };
}
