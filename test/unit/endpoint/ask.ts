// Sends requests to the stand-in over a plain socket, so that tests see what really came.
import { request, type IncomingHttpHeaders } from 'node:http';

export const GOOD = { model: 'qwen-image-max', prompt: 'a red fox in the snow', size: '1328x1328', n: 1, watermark: false, prompt_extend: true };

export interface Came {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
  /** Parsed, or undefined. */
  json: unknown;
  /** Code of the error that ended the transfer before its end, such as ECONNRESET. */
  broken?: string;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Gives up after so many body bytes, as a cancelling client does. */
  stopAfterBytes?: number;
  /** Gives up as soon as it aborts. */
  signal?: AbortSignal;
}

/** Resolves with whatever came, however the connection ended. */
export function ask(url: string | URL, { method = 'GET', headers = {}, body, stopAfterBytes = Infinity, signal }: Asked = {}): Promise<Came> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let status = 0;
    let got: IncomingHttpHeaders = {};
    const finish = (broken?: string): void => {
      const bytes = Buffer.concat(chunks);
      const text = bytes.toString();
      resolve({ status, headers: got, bytes, text, json: parse(text), ...(broken === undefined ? {} : { broken }) });
    };
    const outgoing = request(url, { method, headers, agent: false, ...(signal === undefined ? {} : { signal }) }, (response) => {
      status = response.statusCode ?? 0;
      got = response.headers;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= stopAfterBytes) outgoing.destroy();
      });
      response.on('end', () => finish());
      response.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'error'));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'error'));
    outgoing.end(body);
  });
}

/** POSTs the good body with changes; `undefined` leaves a field out. */
export function post(baseUrl: string, changes: Record<string, unknown> = {}, asked: Asked = {}): Promise<Came> {
  const headers = { 'content-type': 'application/json', ...asked.headers };
  return ask(new URL('/v1/images/generations', baseUrl), { method: 'POST', body: JSON.stringify({ ...GOOD, ...changes }), ...asked, headers });
}

/** The first item of a good answer. */
export function firstItem(came: Came): { url?: string | null; b64_json?: string | null; revised_prompt?: string } {
  return (came.json as { data: [{ url: string; b64_json: string }] }).data[0];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
