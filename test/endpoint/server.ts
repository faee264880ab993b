// The stand-in for the image service: a strict, real HTTP server on loopback that can be told to fail in every known way.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkKey } from './contract.ts';
import { answerControl, listResults, type KnownResult } from './control.ts';
import { answerDownload } from './download.ts';
import { Exchange } from './exchange.ts';
import { listen } from './listen.ts';
import { answerPost } from './post.ts';
import type { RecordedRequest } from './record.ts';
import { refusal } from './refusal.ts';
import { State } from './state.ts';
import type { Control, DownloadStep, PostStep, Settings } from './steps.ts';

export interface StandInOptions extends Partial<Settings> {
  /** Of the endpoint; default 0, a free one. The result URLs' port is always a free one. */
  port?: number;
  /** Host name in `baseUrl` and `filesUrl`, default `127.0.0.1`; both loopback addresses are bound where there are two. */
  publicHost?: string;
  /** Path of the image route, default `/v1/images/generations`; `models` is its sibling. */
  path?: string;
  /** https with a certificate that nobody trusts (`certificate.ts`). */
  tls?: boolean;
}

export interface StandIn {
  /** Origin of the endpoint, such as `http://127.0.0.1:40123`; no path. */
  baseUrl: string;
  /** Origin of the result URLs: the same host on another port. */
  filesUrl: string;
  /** Every request on both origins, oldest first; the objects change until the exchange is over. */
  requests: RecordedRequest[];
  /** Images answered by URL so far, oldest first. */
  results(): KnownResult[];
  /** The next POSTs that keep the contract follow these steps in order; then the default holds again. */
  plan(...steps: PostStep[]): void;
  /** The same for GETs of result URLs. */
  planDownload(...steps: DownloadStep[]): void;
  /** Lets so many held requests go, one if left out: those that wait, then those that are still to come. */
  release(count?: number): void;
  /** Changes settings until `reset`; the same as `POST /__control`. */
  set(control: Control): void;
  /** Plans, settings and record as at the start, and nothing held any more; URLs already handed out go on working. */
  reset(): void;
  /** The first request, past or future, that matches; rejects after `timeoutMs`. */
  waitFor(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest>;
  /** Ends every connection and frees both ports. */
  close(): Promise<void>;
}

/** Starts on loopback only. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { port = 0, publicHost = '127.0.0.1', path = '/v1/images/generations', tls = false, ...settings } = options;
  const key = settings.key;
  const state = new State({
    delayMs: 0, held: false, answer: 'url', models: key === undefined ? 'open' : 'closed', image: 'landscape', refusedFields: [], accept: 'contract', ...settings,
  });
  const files = await listen((request, response) => handleFile(state, request, response), 0, tls);
  const api = await listen((request, response) => handleApi(state, path, request, response), port, tls).catch(async (error: unknown) => {
    await files.close();
    throw error;
  });
  const scheme = tls ? 'https' : 'http';
  state.apiUrl = `${scheme}://${publicHost}:${api.port}`;
  state.filesUrl = `${scheme}://${publicHost}:${files.port}`;
  return {
    baseUrl: state.apiUrl,
    filesUrl: state.filesUrl,
    requests: state.log.requests,
    results: () => listResults(state),
    plan: (...plan) => state.apply({ plan }),
    planDownload: (...planDownload) => state.apply({ planDownload }),
    release: (count = 1) => state.apply({ release: count }),
    set: (control) => state.apply(control),
    reset: () => state.reset(),
    waitFor: (matches, timeoutMs) => state.log.waitFor(matches, timeoutMs),
    close: async () => {
      state.log.closing();
      await Promise.all([api.close(), files.close()]);
    },
  };
}

function handleApi(state: State, imagesPath: string, request: IncomingMessage, response: ServerResponse): void {
  if (answerControl(request, response, state)) return;
  const exchange = new Exchange(state.log, 'api', request, response);
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  if (path === imagesPath) run(exchange, request.method === 'POST' ? answerPost(exchange, state) : refuseMethod(exchange, 'POST'));
  else if (path === imagesPath.replace(/\/images\/generations$/, '/models')) {
    run(exchange, request.method === 'GET' ? answerModels(exchange, state) : refuseMethod(exchange, 'GET'));
  } else if (request.method === 'GET' && state.results.get(path) !== undefined) run(exchange, answerDownload(exchange, state));
  else {
    const message = `Invalid URL (${request.method} ${path})`;
    run(exchange, exchange.send(refusal({ status: 404, code: '', message })));
  }
}

function handleFile(state: State, request: IncomingMessage, response: ServerResponse): void {
  const exchange = new Exchange(state.log, 'files', request, response);
  run(exchange, answerDownload(exchange, state));
}

function refuseMethod(exchange: Exchange, allow: string): Promise<void> {
  return exchange.send(refusal({ status: 405, code: 'method_not_allowed', message: 'Method Not Allowed', headers: { allow } }));
}

async function answerModels(exchange: Exchange, { settings }: State): Promise<void> {
  const refused = settings.models === 'closed' ? checkKey(exchange.request.headers, settings.key ?? '') : undefined;
  if (refused !== undefined) return exchange.send(refusal(refused));
  if (settings.models === 'missing') return exchange.send(refusal({ status: 404, code: '', message: 'Invalid URL (GET /v1/models)' }));
  if (settings.models === 'html') {
    return exchange.send({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<!DOCTYPE html>\n<html><body>Console</body></html>\n') });
  }
  const list = { object: 'list', data: [{ id: 'qwen-image-max', object: 'model', created: 1767139200, owned_by: 'stand-in' }] };
  return exchange.send({ status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(list)) });
}

function run(exchange: Exchange, answered: Promise<void>): void {
  answered.catch((error: unknown) => {
    // A fault of the stand-in itself must show in the test that met it, not hang it.
    const said = refusal({ shape: 'text', status: 599, message: `stand-in: ${error instanceof Error ? error.stack : String(error)}` });
    if (exchange.response.headersSent) void exchange.breakOff('close');
    else void exchange.send(said);
  });
}
