// Lets another process steer the stand-in and read its record over HTTP, outside the record itself.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordedRequest } from './record.ts';
import type { State } from './state.ts';
import type { Control } from './steps.ts';

/** One image that was answered by URL. */
export interface KnownResult {
  url: string;
  prompt: string;
  bytes: number;
  sha256: string;
}

/** The answers of `GET /__requests` and `GET /__results`. */
export interface Observed {
  requests: RecordedRequest[];
  results: KnownResult[];
}

/** What was answered by URL so far, oldest first. */
export function listResults(state: State): KnownResult[] {
  return state.results.all().map(({ path, query, file, request }) => ({
    url: new URL(`${path}?${query}`, state.filesUrl).href,
    prompt: request.prompt,
    bytes: file.bytes.length,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  }));
}

/** True if the request was one for the control route, which is then answered. */
export function answerControl(request: IncomingMessage, response: ServerResponse, state: State): boolean {
  const { method, url } = request;
  if (method === 'GET' && url === '/__requests') send(response, 200, { requests: state.log.requests });
  else if (method === 'GET' && url === '/__results') send(response, 200, { results: listResults(state) });
  else if (method === 'POST' && url === '/__control') void steer(request, response, state);
  else return false;
  return true;
}

async function steer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  try {
    // A web page cannot send this type to another origin unasked.
    if (request.headers['content-type'] !== 'application/json') throw new Error('application/json expected');
    state.apply(JSON.parse(Buffer.concat((await request.toArray()) as Buffer[]).toString()) as Control);
    send(response, 200, { posts: state.posts.length, downloads: state.downloads.length });
  } catch (error) {
    send(response, 400, { error: String(error) });
  }
}

function send(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}
