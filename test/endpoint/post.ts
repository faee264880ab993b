// Turns a POST for an image into the answer of the contract, or of the next planned step.
import type { IncomingHttpHeaders } from 'node:http';
import { checkBody, checkKey, MAX_BODY_BYTES, type CheckedRequest } from './contract.ts';
import { deliver, sendFilled } from './deliver.ts';
import type { Exchange } from './exchange.ts';
import type { ImageFile } from './images.ts';
import { leadAway } from './redirects.ts';
import { refusal } from './refusal.ts';
import type { State } from './state.ts';
import type { AnswerFields, PostStep } from './steps.ts';

const A_DAY_SECONDS = 24 * 3600;

/** Steps that never show a good answer: no image is made for them. */
const WITHOUT_ANSWER: readonly PostStep['kind'][] = ['error', 'raw', 'redirect', 'reset', 'task'];

/** A request that breaks the contract is refused and leaves the plan untouched. */
export async function answerPost(exchange: Exchange, state: State): Promise<void> {
  const body = await exchange.readBody(MAX_BODY_BYTES);
  if (body === undefined) {
    await exchange.send(refusal({ shape: 'html', status: 413, message: '413 Request Entity Too Large', headers: { connection: 'close' } }));
    return;
  }
  const { headers } = exchange.request;
  const keyRefused = checkKey(headers, state.settings.key);
  if (keyRefused !== undefined) return exchange.send(refusal(keyRefused));
  const checked = checkBody(headers['content-type'], body, state.settings);
  if ('refused' in checked) return exchange.send(refusal(checked.refused));
  const planned = state.posts.shift();
  exchange.startStep(planned?.kind);
  await follow(exchange, state, checked.request, planned ?? { kind: 'ok' });
}

async function follow(exchange: Exchange, state: State, request: CheckedRequest, step: PostStep): Promise<void> {
  const fields = { answer: state.settings.answer, image: state.settings.image, ...step.like };
  const waited = waitFor(exchange, state, step);
  const building = WITHOUT_ANSWER.includes(step.kind) ? Promise.resolve({}) : buildAnswer(exchange.request.headers, state, request, fields);
  const [answer] = await Promise.all([building, waited]);
  if (exchange.isOver) return;
  const whole = {
    status: fields.status ?? 200,
    headers: { 'content-type': 'application/json', ...fields.headers },
    body: Buffer.from(wrapInEvents(JSON.stringify(answer), fields.around)),
  };
  const start = JSON.stringify({ ...answer, filling: 0 }).slice(0, -2);
  switch (step.kind) {
    case 'ok':
      return exchange.send(whole);
    case 'bigJson': {
      const { bytes, where = 'b64_json' } = step;
      if (where === 'padding') return sendFilled(exchange, { head: `${start}"`, filler: 'x', bytes, tail: '"}' });
      return sendFilled(exchange, { head: '{"created":1,"data":[{"url":"","b64_json":"', filler: 'A', bytes, tail: '"}]}' });
    }
    case 'task':
      return exchange.send({ status: step.status ?? 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(taskOf(step))) });
    case 'deepJson':
      return exchange.send({ ...whole, body: Buffer.from(`${start}${'['.repeat(step.depth)}${']'.repeat(step.depth)}}`) });
    default:
      return deliver(exchange, step, whole, (redirect) => leadAway(exchange.request, state, redirect));
  }
}

async function waitFor(exchange: Exchange, { settings, gate }: State, { delayMs = settings.delayMs, held = settings.held }: PostStep): Promise<void> {
  await exchange.sleep(delayMs);
  if (held) await gate.pass(exchange.over);
}

async function buildAnswer(headers: IncomingHttpHeaders, state: State, request: CheckedRequest, fields: AnswerFields): Promise<Record<string, unknown>> {
  const data: unknown[] = [];
  for (let item = 0; item < (fields.items ?? 1); item++) {
    const file = await state.images.make(request, fields.image ?? 'landscape', fields, item + (fields.variant ?? 0));
    const image = describe(file, fields, () => addResult(headers, state, request, file, fields));
    data.push({ ...image, ...(fields.revisedPrompt === undefined ? {} : { revised_prompt: fields.revisedPrompt }) });
  }
  const seconds = Math.floor(Date.now() / 1000);
  const created = { number: { created: seconds }, string: { created: String(seconds) }, absent: {} }[fields.created ?? 'number'];
  const answer = { ...created, [fields.list ?? 'data']: data, ...fields.extra };
  return fields.wrapper === true ? { code: 200, msg: 'success', data: answer } : answer;
}

function describe(file: ImageFile, { answer, unused = 'empty' }: AnswerFields, url: () => string | string[]): Record<string, unknown> {
  const nothing = { empty: '', null: null, absent: undefined }[unused];
  const base64 = file.bytes.toString('base64');
  const dataUrl = `data:${file.contentType};base64,${base64}`;
  switch (answer ?? 'url') {
    case 'url':
      return { url: url(), b64_json: nothing };
    case 'base64':
      return { url: nothing, b64_json: base64 };
    case 'dataUrl':
      return { url: dataUrl, b64_json: nothing };
    case 'dataUrlBase64':
      return { url: nothing, b64_json: dataUrl };
    case 'both':
      return { url: url(), b64_json: base64 };
    case 'neither':
      return { url: nothing, b64_json: nothing };
  }
}

function addResult(headers: IncomingHttpHeaders, state: State, request: CheckedRequest, file: ImageFile, fields: AnswerFields): string | string[] {
  if (fields.url !== undefined) return fields.url;
  if (fields.urlForm === 'onDisk') return '/root/.stand-in/image/605d2f.jpg';
  const result = state.results.add(request, file, fields.expiresInSeconds ?? A_DAY_SECONDS);
  const url = new URL(`${result.path}?${result.query}`, state.filesUrl);
  // A client that came to `localhost` or `[::1]` finds the image under the same name.
  url.hostname = fields.urlHost ?? new URL(`http://${headers.host ?? url.host}`).hostname;
  if (fields.urlForm === 'relative') return `${result.path}?${result.query}`;
  return fields.urlForm === 'inList' ? [url.href] : url.href;
}

/** `data: …` lines as streaming services send them, whatever was asked for. */
function wrapInEvents(json: string, around: AnswerFields['around']): string {
  if (around === undefined) return json;
  return around === 'done' ? `${json}\n\ndata: [DONE]\n\n` : `: keep-alive\n\nevent: image_generation.completed\ndata: ${json}\n\ndata: [DONE]\n\n`;
}

function taskOf({ id, state = 'submitted', where = 'list' }: PostStep & { kind: 'task' }): unknown {
  switch (where) {
    case 'list': return { code: 200, data: [{ status: state, task_id: id }] };
    case 'object': return { data: { status: state, task_id: id } };
    case 'output': return { request_id: 'r-1', output: { task_status: state, task_id: id } };
    case 'top': return { id, status: state };
  }
}
