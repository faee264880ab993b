// Whatever status, headers, form and words come over the wire together: which button a person gets, and whether anything may be sent again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { requestImages } from '../../../../src/request/send/client.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import type { FetchResponse } from '../../../../src/request/transport/fetch.ts';
import { connectionTo, transport } from '../loopback.ts';

const STATUSES = [200, 201, 202, 204, 206, 400, 401, 402, 403, 404, 408, 409, 413, 422, 425, 429, 451, 499, 500, 502, 503, 504, 520, 524, 529];
const HEADERS: readonly Record<string, string>[] = [{}, { 'retry-after': '0' }, { 'retry-after': '20' }, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, { 'retry-after': 'soon' }, { 'x-ratelimit-remaining': '0' }, { 'www-authenticate': 'Bearer' }, { server: 'cloudflare', 'cf-ray': '1' }];
const TYPES = ['application/json', 'text/plain; charset=utf-8', 'text/event-stream', 'application/problem+json', 'text/plain; charset=unknown', ''];
const MONEY = ['Insufficient balance', 'You exceeded your current quota, please check your plan and billing details.', 'Your credit balance is too low', '余额不足，请充值', 'insufficient_user_quota', 'monthly spending limit reached'];
const ANY = [...MONEY, 'Rate limit exceeded', 'Invalid API key', 'Forbidden', 'server_error', '', 'something odd', 'model overloaded'];
/** A body in the forms in which gateways pass it on. */
const FORMS: readonly ((json: unknown) => string)[] = [
  (json) => JSON.stringify(json), (json) => `data: ${JSON.stringify(json)}\n\n`, (json) => `: ping\n\nevent: error\ndata: ${JSON.stringify(json)}\n\ndata: [DONE]\n\n`, (json) => `\n  ${JSON.stringify(json, undefined, 2)}\n`, (json) => `\ufeff${JSON.stringify(json)}`,
];
const SHAPES: readonly ((code: string, message: string) => unknown)[] = [
  (code, message) => ({ error: { message, type: code, code } }), (code, message) => ({ code, message }), (code, message) => ({ errors: [{ message, code }] }), (code, message) => ({ error: code, message }), (code, message) => ({ detail: { code, msg: message } }),
];
const TASKS: readonly ((state: string) => unknown)[] = [
  (status) => ({ code: 200, data: [{ status, task_id: 't-1' }] }), (status) => ({ output: { task_status: status, task_id: 't-1' } }), (status) => ({ id: 't-1', status }), (status) => ({ status, request_id: 't-1', status_url: 'https://api.example.com/t' }),
];

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      if (text !== '') controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

async function endOf(status: number, headers: Record<string, string>, text: string, afterMs = 0): Promise<{ failure: Failure; posts: number }> {
  let posts = 0;
  const clock = { ...transport.clock, monotonicMs: () => posts * afterMs };
  const fetch = (): Promise<FetchResponse> => {
    posts++;
    return Promise.resolve({ status, headers: new Headers(headers), body: status === 204 ? null : streamOf(text) });
  };
  const request = { model: 'qwen-image-max', prompt: 'a cat', size: '1328x1328', watermark: false, promptExtend: true, fields: {} };
  const end = await requestImages(request, connectionTo('https://api.example.com'), { ...transport, clock, fetch }, { signal: new AbortController().signal }).catch((error: unknown) => error);
  assert.ok(end instanceof Failure, `${status} ${text}`);
  return { failure: end, posts };
}

const header = fc.tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...TYPES)).map(([some, type]): Record<string, string> => ({ ...some, ...(type !== '' && { 'content-type': type }) }));
const form = fc.constantFrom(...FORMS);

test('for an image that comes later no button pays first, in any form and under any header', async () => {
  const state = fc.constantFrom('submitted', 'pending', 'IN_QUEUE', 'RUNNING', 'starting');
  await fc.assert(fc.asyncProperty(fc.constantFrom(200, 201, 202), header, form, fc.constantFrom(...TASKS), state, async (status, headers, write, task, word) => {
    const { failure, posts } = await endOf(status, headers, write(task(word)));
    assert.deepEqual([failure.reason, failure.facts.taskId, failure.actions.includes('generateAgain'), failure.facts.unsent ?? false, posts], ['takenAsTask', 't-1', false, false, 1]);
  }), { numRuns: 500 });
});

test('"accepted" alone has no button that pays either', async () => {
  await fc.assert(fc.asyncProperty(header, form, fc.constantFrom(...SHAPES), fc.constantFrom('', 'ok', 'something odd'), async (headers, write, shape, words) => {
    const { failure } = await endOf(202, headers, write(shape('', words)));
    assert.ok(!failure.actions.includes('generateAgain'), failure.reason);
  }), { numRuns: 200 });
});

test('no money is told as that, with no button for a key and none that asks again', async () => {
  const status = fc.constantFrom(...STATUSES.filter((each) => each !== 204 && each !== 202));
  await fc.assert(fc.asyncProperty(status, header, form, fc.constantFrom(...SHAPES), fc.constantFrom(...MONEY), async (code, headers, write, shape, words) => {
    const { failure } = await endOf(code, headers, write(shape('Error', words)));
    assert.deepEqual([failure.reason, failure.actions.includes('setApiKey'), failure.actions.includes('generateAgain'), failure.facts.unsent ?? false], ['quotaUsedUp', false, false, false], `${code} ${words}`);
  }), { numRuns: 2000 });
});

test('the client itself sends once, and says "not sent" of 503 with Retry-After alone', async () => {
  await fc.assert(fc.asyncProperty(fc.constantFrom(...STATUSES), header, form, fc.constantFrom(...SHAPES), fc.constantFrom(...ANY), fc.constantFrom(...ANY), async (code, headers, write, shape, one, two) => {
    const { failure, posts } = await endOf(code, headers, write(shape(one, two)));
    assert.equal(posts, 1);
    if (failure.facts.unsent) assert.deepEqual([code, headers['retry-after'] !== undefined, failure.billed], [503, true, 'no']);
    if (failure.reason === 'rateLimited') assert.equal(code, 429);
  }), { numRuns: 2000 });
});

const SENTENCES = [...ANY, 'upstream request timeout while image safety check', 'upload failed: text blocked', 'invalid token while uploading the result', 'access_denied by storage bucket', 'model is not available: worker was disconnected', 'prompt may contain sensitive words', '违规'];

test('a server that failed late is never said to have charged nothing, and its sentences blame no key', async () => {
  const status = fc.constantFrom(...STATUSES.filter((each) => each >= 500));
  await fc.assert(fc.asyncProperty(status, header, form, fc.constantFrom(...SHAPES), fc.constantFrom(...SENTENCES), async (code, headers, write, shape, words) => {
    const { failure } = await endOf(code, headers, write(shape('Error', words)), 40_000);
    assert.deepEqual([failure.billed, failure.facts.unsent ?? false, failure.actions.includes('setApiKey')], ['maybe', false, false], `${failure.reason} ${words}`);
  }), { numRuns: 1000 });
});
