// Each failure of the contract page, in every shape that servers write it, over a real connection.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { requestImages } from '../../../../src/request/send/client.ts';
import type { Billed, FailureFacts, FailureReason } from '../../../../src/request/failures/failure.ts';
import { connectionTo, failureFrom, KEY, never, REQUEST, serve, spoken, transport, type Loopback } from '../loopback.ts';

interface Answered {
  status: number;
  headers?: Record<string, string>;
  body: string;
}
let next: Answered;
let server: Loopback;
before(async () => {
  server = await serve((request, response) => {
    request.resume().on('end', () => response.writeHead(next.status, next.headers).end(next.body));
  });
});
after(() => server.close());

async function ask(answered: Answered, key: string | undefined = KEY): ReturnType<typeof failureFrom> {
  next = answered;
  return failureFrom(requestImages({ ...REQUEST, fields: { seed: 1 } }, connectionTo(server.origin, { key }), transport, { signal: never }));
}

type Shape = (code: string, message: string) => string;
/** The shapes of the contract page that have room for a code. */
const SHAPES: Record<string, Shape> = {
  'OpenAI-style': (code, message) => JSON.stringify({ error: { message, type: 'some_error', param: null, code } }),
  'OpenAI-style, code as the type': (code, message) => JSON.stringify({ error: { message, type: code, param: '', code: '' } }),
  'OpenAI-style, code null': (code, message) => JSON.stringify({ error: { message, type: code, param: null, code: null } }),
  upstream: (code, message) => JSON.stringify({ code, message, request_id: 'r-1' }),
  'FastAPI detail': (code, message) => JSON.stringify({ detail: `${code}: ${message}` }),
  'error as text': (code, message) => JSON.stringify({ error: `${code}: ${message}` }),
  'message only': (code, message) => JSON.stringify({ message: `${code}: ${message}` }),
  'plain text': (code, message) => `${code}: ${message}`,
  'error_code, error_msg': (code, message) => JSON.stringify({ error_code: code, error_msg: message }),
  'JSON inside the message': (code, message) => JSON.stringify({ error: { message: `upstream said 400 ${JSON.stringify({ code, message })}`, type: 'upstream_error', code: 'bad_response' } }),
  'code inside the message': (code, message) => JSON.stringify({ error: { message: `upstream error <${code}> ${message}`, type: 'new_api_error', code: null } }),
};
const CODES: readonly (readonly [status: number, code: string, message: string, reason: FailureReason])[] = [
  [400, 'InvalidParameter', 'size must be one of the five.', 'requestRefused'],
  [400, 'DataInspectionFailed', 'Input data may contain inappropriate content.', 'contentRefused'],
  [400, 'data_inspection_failed', 'Output data may be unsuitable.', 'contentRefused'],
  [400, 'content_policy_violation', 'Your request was rejected.', 'contentRefused'],
  [400, 'Arrearage', 'Access denied, please make sure your account is in good standing.', 'accountOverdue'],
  [401, 'InvalidApiKey', 'Invalid API-key provided.', 'keyRefused'],
  [401, 'invalid_api_key', 'Incorrect API key provided.', 'keyRefused'],
  [401, 'missing', 'No token was given.', 'keyRefused'],
  [403, 'AccessDenied', 'Access denied.', 'accessDenied'],
  [403, 'Model.AccessDenied', 'This key has no access to model qwen-image-max.', 'accessDenied'],
  [403, 'insufficient_user_quota', 'user quota is not enough', 'quotaUsedUp'],
  [429, 'Throttling', 'Requests throttling triggered.', 'rateLimited'],
  [429, 'Throttling.RateQuota', 'Requests rate limit exceeded, please try again later.', 'rateLimited'],
  [429, 'Throttling.AllocationQuota', 'Allocated quota exceeded, please increase your quota limit.', 'quotaUsedUp'],
  [429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing details.', 'quotaUsedUp'],
  [429, 'rate_limit_exceeded', 'Rate limit reached for requests per minute.', 'rateLimited'],
  [500, 'InternalError', 'An internal error has occured.', 'serviceFailed'],
  [500, 'DataInspectionFailed', 'Input data may contain inappropriate content.', 'contentRefused'],
  [500, 'InvalidApiKey', 'Invalid API-key provided.', 'keyRefused'],
  [500, 'Arrearage', 'Access denied, your account is overdue.', 'accountOverdue'],
  [500, 'Throttling.RateQuota', 'Requests rate limit exceeded.', 'serviceBusy'],
  [503, 'model_not_found', 'No available channel for model qwen-image under group default', 'modelNotFound'],
  [503, 'rate_limit', 'Too many requests.', 'serviceBusy'],
  [404, 'model_not_found', 'The model `qwen-image-mx` does not exist.', 'modelNotFound'],
  [200, 'InvalidApiKey', 'Invalid API-key provided.', 'keyRefused'],
  [200, 'Arrearage', 'Account overdue.', 'accountOverdue'],
];
for (const [status, code, message, reason] of CODES) {
  test(`${status} ${code} is ${reason} in every shape`, async () => {
    for (const [shape, write] of Object.entries(SHAPES)) {
      // Text at 200 that is no JSON is no error that anybody could recognise.
      if (status === 200 && shape === 'plain text') continue;
      const failure = await ask({ status, body: write(code, message) });
      assert.equal(failure.reason, reason, shape);
      assert.equal(failure.facts.status, status);
      assert.ok(failure.facts.detail?.includes(message.slice(0, 20)), `${shape}: ${failure.facts.detail}`);
      assert.notEqual(failure.facts.unsent, true, shape);
    }
  });
}

const HTML = '<!DOCTYPE html>\n<html><head><title>404 Not Found</title><style>b{}</style></head><body><h1>404 &amp; gone</h1><script>alert(1)</script></body></html>';
const ONE_SHAPE: readonly (readonly [name: string, answered: Answered, reason: FailureReason, facts?: { [fact in keyof FailureFacts]?: FailureFacts[fact] | undefined }, billed?: Billed])[] = [
  ['404 with a FastAPI body', { status: 404, body: '{"detail":"Not Found"}' }, 'wrongAddress', { detail: 'Not Found' }],
  ['405', { status: 405, body: '{"detail":"Method Not Allowed"}' }, 'wrongAddress'],
  ['404 without a body', { status: 404, body: '' }, 'wrongAddress'],
  ['404 as a page', { status: 404, body: HTML }, 'wrongAddress', { detail: '404 Not Found 404 & gone' }],
  ['a page with status 200', { status: 200, headers: { 'content-type': 'text/html' }, body: HTML }, 'wrongAddress', {}, 'no'],
  ['a page with status 400', { status: 400, body: HTML }, 'wrongAddress'],
  ['a page with status 502', { status: 502, body: HTML }, 'serviceFailed', {}, 'maybe'],
  ['a page with status 401', { status: 401, body: HTML }, 'keyRefused'],
  ['a page with status 403', { status: 403, body: HTML }, 'accessDenied'],
  ['a page with status 429', { status: 429, body: HTML }, 'rateLimited'],
  ['402', { status: 402, body: '{}' }, 'quotaUsedUp'],
  ['413', { status: 413, body: 'Request Entity Too Large' }, 'requestRefused', { detail: 'Request Entity Too Large' }],
  ['413 as a page', { status: 413, body: HTML }, 'requestRefused'],
  ['422', { status: 422, body: '{"detail":[{"loc":["body","size"],"msg":"bad size","type":"value_error"}]}' }, 'requestRefused', { detail: 'size: bad size' }],
  ['401 without a body', { status: 401, body: '' }, 'keyRefused'],
  ['408', { status: 408, body: '' }, 'timedOut', {}, 'maybe'],
  ['504', { status: 504, body: 'upstream timed out' }, 'serviceFailed', {}, 'maybe'],
  ['500 without a body', { status: 500, body: '' }, 'serviceFailed'],
  ['503 without more', { status: 503, body: '' }, 'serviceBusy', { unsent: false }],
  ['503 with Retry-After', { status: 503, headers: { 'retry-after': '7' }, body: '' }, 'serviceBusy', { unsent: true, retryAfterMs: 7000 }],
  ['503 with Retry-After, but a wrong model', { status: 503, headers: { 'retry-after': '7' }, body: '{"error":{"code":"model_not_found"}}' }, 'modelNotFound', { unsent: undefined }],
  ['500 with Retry-After', { status: 500, headers: { 'retry-after': '7' }, body: '' }, 'serviceFailed', { unsent: undefined }],
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '30' }, body: '' }, 'rateLimited', { retryAfterMs: 30_000, unsent: undefined }],
  ['429 with a strange Retry-After', { status: 429, headers: { 'retry-after': 'soon' }, body: '' }, 'rateLimited', { retryAfterMs: undefined }],
  ['204', { status: 204, body: '' }, 'noImageInAnswer'],
  ['200 with nothing', { status: 200, body: '' }, 'noImageInAnswer', {}, 'maybe'],
  ['200 with text', { status: 200, body: 'all fine here' }, 'answerUnreadable', { detail: 'all fine here' }, 'maybe'],
  ['200 with JSON cut short', { status: 200, body: '{"data":[{"url":"https://a.example/x?sig=1' }, 'answerUnreadable'],
  ['GBK text', { status: 400, headers: { 'content-type': 'text/plain; charset=gbk' }, body: '' }, 'requestRefused'],
];
for (const [name, answered, reason, facts = {}, billed] of ONE_SHAPE) {
  test(`${name} is ${reason}`, async () => {
    const failure = await ask(answered);
    assert.equal(failure.reason, reason);
    for (const [fact, value] of Object.entries(facts)) assert.equal(failure.facts[fact as keyof FailureFacts], value, fact);
    if (billed) assert.equal(failure.billed, billed);
  });
}

test('Retry-After as a date is a time from now', async () => {
  const failure = await ask({ status: 429, headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }, body: '' });
  assert.ok(failure.facts.retryAfterMs! > 50_000 && failure.facts.retryAfterMs! <= 60_000);
  const past = await ask({ status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, body: '' });
  assert.equal(past.facts.retryAfterMs, 0);
});

test('a 401 without a key sent means that the key is missing', async () => {
  next = { status: 401, body: '' };
  const failure = await failureFrom(requestImages(REQUEST, { ...connectionTo(server.origin), key: undefined }, transport, { signal: never }));
  assert.equal(failure.reason, 'keyMissing');
});

const FIELDS: readonly (readonly [body: unknown, field: string | undefined])[] = [
  [{ error: { message: "Unknown parameter: 'watermark'.", type: 'invalid_request_error', param: 'watermark', code: 'unknown_parameter' } }, 'watermark'],
  [{ error: { message: "Unknown parameter: 'prompt_extend'.", type: 'invalid_request_error', param: null, code: 'unknown_parameter' } }, 'prompt_extend'],
  [{ error: { message: 'Unrecognized request argument supplied: watermark', type: 'invalid_request_error', param: null, code: null } }, 'watermark'],
  [{ detail: [{ type: 'extra_forbidden', loc: ['body', 'watermark'], msg: 'Extra inputs are not permitted', input: false }] }, 'watermark'],
  [{ detail: [{ type: 'missing', loc: ['body', 'x'], msg: 'Field required' }, { type: 'value_error.extra', loc: ['body', 'seed'], msg: 'extra fields not permitted' }] }, 'seed'],
  [{ error: 'json: unknown field "prompt_extend"' }, 'prompt_extend'],
  [{ message: "Additional properties are not allowed ('watermark' was unexpected)" }, 'watermark'],
  [{ code: 'InvalidParameter', message: 'parameter watermark is not supported' }, 'watermark'],
  [{ error: { message: "UnsupportedParamsError: openai does not support parameters: ['watermark']" } }, 'watermark'],
  [{ detail: "generate() got an unexpected keyword argument 'prompt_extend'" }, 'prompt_extend'],
  // Without these there would be no request, or they were never sent: leaving them out cannot help.
  [{ error: { message: "Unknown parameter: 'model'.", param: 'model', code: 'unknown_parameter' } }, undefined],
  [{ error: { message: "Unknown parameter: 'quality'.", param: 'quality', code: 'unknown_parameter' } }, undefined],
  [{ error: { message: 'Unknown parameter.', code: 'unknown_parameter' } }, undefined],
  [{ error: { message: "Invalid value for 'size'.", param: 'size', code: 'invalid_value' } }, undefined],
];
for (const [body, field] of FIELDS) {
  test(`a refused field is ${field ?? 'not named'}: ${JSON.stringify(body).slice(0, 70)}`, async () => {
    for (const status of [400, 422, 500]) {
      const failure = await ask({ status, body: JSON.stringify(body) });
      assert.equal(failure.facts.field, field);
      assert.equal(failure.reason, field ? 'fieldRefused' : status === 500 ? 'serviceFailed' : 'requestRefused');
    }
  });
}

const ECHOES: readonly (readonly [name: string, write: (key: string) => string])[] = [
  ['plain', (key) => `your key ${key} is wrong`],
  ['with Bearer', (key) => `Authorization: Bearer ${key}`],
  ['in JSON', (key) => JSON.stringify({ error: { message: `no such key: ${key}` } })],
  ['in a parameter', (key) => JSON.stringify({ error: { message: 'Unknown parameter', code: 'unknown_parameter', param: key } })],
  ['in a code', (key) => JSON.stringify({ code: key, message: '' })],
  ['in JSON in JSON', (key) => JSON.stringify({ error: JSON.stringify({ headers: `{"Authorization":"Bearer ${key}"}` }) })],
  ['slashes escaped', (key) => `headers {"Authorization":"${key.replace(/\//g, '\\/')}"`],
  ['all but letters escaped', (key) => `key=${key.replace(/\W/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}`],
  ['URL-encoded', (key) => `see /login?key=${encodeURIComponent(key)}`],
  ['URL-encoded in lower case', (key) => `k ${encodeURIComponent(key).replace(/%../g, (code) => code.toLowerCase())}`],
  ['in a URL', (key) => `https://${key}@h.example/?api_key=${key}#${key}`],
  ['in HTML', (key) => `<html><body title="${key}">key <b>${key.slice(0, 9)}</b>${key.slice(9)}</body></html>`],
  ['as HTML references', (key) => `<p>${key.replace(/\W/g, (char) => `&#${char.charCodeAt(0)};`)}</p>`],
  ['split by invisible characters', (key) => `key ${[...key].join('\u200b')}`],
  ['in base64', (key) => `Basic ${btoa(key)}, or ${btoa(key)}`],
  ['in capitals', (key) => `KEY ${key.toUpperCase()}`],
  ['masked', (key) => `Incorrect API key provided: ${key.slice(0, 7)}*****${key.slice(-6)}.`],
  ['behind a long text', (key) => `${'x'.repeat(290)} ${key}`],
  ['over and over', (key) => key.repeat(30)],
];
for (const [name, write] of ECHOES) {
  test(`the key is cut out of what a server says: ${name}`, async () => {
    for (const status of [200, 302, 400, 401, 500]) {
      const failure = await ask({ status, body: write(KEY), headers: { 'retry-after': '1', ...(status === 302 && { location: `https://${KEY.replace(/\W/g, '')}.example/?${encodeURIComponent(KEY)}` }) } });
      const said = spoken(failure).toLowerCase();
      for (const part of [KEY, encodeURIComponent(KEY), KEY.replace(/\//g, '\\/'), btoa(KEY).replace(/=+$/, ''), KEY.slice(3, 12), KEY.slice(-9)]) assert.ok(!said.includes(part.toLowerCase()), `${status}: ${failure.facts.detail}`);
    }
  });
}
