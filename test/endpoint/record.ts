// Keeps what came in on both origins and how each exchange ended, for tests to read and to wait for.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface RecordedRequest {
  /** Counts up from 1 over both origins; `reset` does not start it over. */
  number: number;
  origin: 'api' | 'files';
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** As text; `''` where there was none. */
  body: string;
  /** Port at the client's end: equal where a connection was used again. */
  clientPort: number;
  /** The kind of the planned step that was followed; undefined if none was. */
  step?: string;
  status?: number;
  /** Body bytes handed to the connection. */
  bytesSent: number;
  /** `Date.now()` at the first header, at the end of the request's body, at the answer's headers and at the end. */
  times: { startedMs: number; bodyMs?: number; headersMs?: number; endedMs?: number };
  /** Set once the exchange is over: completely answered, broken off by a planned fault, or by the client. */
  ended?: 'answered' | 'byServer' | 'byClient';
  /** The client closed the connection before it had the whole answer. */
  closedEarly: boolean;
}

interface Waiter {
  matches: (request: RecordedRequest) => boolean;
  resolve: (request: RecordedRequest) => void;
}

export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  readonly #waiters = new Set<Waiter>();
  #count = 0;

  /** Begins the record of one exchange; its end is noticed by itself. */
  open(origin: RecordedRequest['origin'], request: IncomingMessage, response: ServerResponse): RecordedRequest {
    const record: RecordedRequest = {
      number: ++this.#count,
      origin,
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: '',
      clientPort: request.socket.remotePort ?? 0,
      bytesSent: 0,
      times: { startedMs: Date.now() },
      closedEarly: false,
    };
    this.requests.push(record);
    response.once('close', () => {
      record.times.endedMs = Date.now();
      record.ended ??= response.writableFinished ? 'answered' : 'byClient';
      record.closedEarly = record.ended === 'byClient';
      this.changed();
    });
    this.changed();
    return record;
  }

  /** Tells those who wait that some record says something new. */
  changed(): void {
    for (const waiter of this.#waiters) {
      const found = this.requests.find(waiter.matches);
      if (found === undefined) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(found);
    }
  }

  /** The first record, past or future, that matches; rejects after `timeoutMs`. */
  waitFor(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const seen = this.requests.map(({ method, path, ended }) => `${method} ${path} ${ended ?? 'open'}`).join(', ');
        reject(new Error(`no such request within ${timeoutMs} ms; seen: ${seen || 'none'}`));
      }, timeoutMs);
      const waiter: Waiter = {
        matches,
        resolve: (request) => {
          clearTimeout(timer);
          resolve(request);
        },
      };
      this.#waiters.add(waiter);
      this.changed();
    });
  }

  /** The stand-in is about to end what is still open: no client did. */
  closing(): void {
    for (const request of this.requests) request.ended ??= 'byServer';
  }

  /** Forgets what came in so far; exchanges that are still open no longer show. */
  clear(): void {
    this.requests.length = 0;
  }
}
