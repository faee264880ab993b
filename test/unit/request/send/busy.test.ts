// When a service plainly did no work: then nothing was charged, and after 503 with Retry-After the request may be sent again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../../src/request/failures/failure.ts';
import { requestImages } from '../../../../src/request/send/client.ts';
import type { Clock } from '../../../../src/request/transport/clock.ts';
import { answerJson, connectionTo, failureFrom, never, REQUEST, serve, transport } from '../loopback.ts';

const BUSY = { error: { message: 'The engine is overloaded.' } };
const CASES: readonly (readonly [name: string, status: number, retryAfter: string | undefined, body: unknown, afterMs: number, unsent: boolean, billed: string])[] = [
  ['503 with Retry-After, at once', 503, '1', BUSY, 100, true, 'no'],
  ['503 with Retry-After, after two seconds', 503, '1', BUSY, 2000, true, 'no'],
  ['503 with Retry-After, later', 503, '1', BUSY, 2001, false, 'maybe'],
  ['503 with Retry-After, at the end of the work', 503, '1', BUSY, 45_000, false, 'maybe'],
  ['503 without Retry-After, at once', 503, undefined, BUSY, 100, false, 'no'],
  ['503 without Retry-After, later', 503, undefined, BUSY, 30_000, false, 'maybe'],
  ['529 with Retry-After', 529, '1', BUSY, 100, false, 'no'],
  ...[
    'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
    'upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure',
    'The connection was reset.', 'Connection closed before a response was received', 'read ECONNRESET', 'socket hang up', 'unexpected EOF', 'write: broken pipe',
    'stream closed prematurely',
  ].map((body) => [`503 with Retry-After and “${body.slice(0, 40)}”`, 503, '1', body, 100, false, 'maybe'] as const),
];

async function failureAfter(afterMs: number, status: number, body: unknown, headers: Record<string, string> = {}): Promise<Failure> {
  let passedMs = 0;
  const clock: Clock = { now: () => transport.clock.now(), monotonicMs: () => passedMs, after: (ms, callback) => transport.clock.after(ms, callback) };
  await using server = await serve((_, response) => {
    passedMs = afterMs;
    answerJson(response, status, body, headers);
  });
  return await failureFrom(requestImages(REQUEST, connectionTo(server.origin), { ...transport, clock }, { signal: never }));
}

for (const [name, status, retryAfter, body, afterMs, unsent, billed] of CASES) {
  test(`${name}: ${unsent ? 'may be sent again' : 'is sent once'}, billed: ${billed}`, async () => {
    const failure = await failureAfter(afterMs, status, body, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    assert.deepEqual([failure.reason, failure.facts.unsent ?? false, failure.billed], ['serviceBusy', unsent, billed]);
  });
}

const LATE_MS = 40_000;
const NAMED: readonly (readonly [status: number, body: unknown, afterMs: number, reason: string, billed: string])[] = [
  [504, 'upstream request timeout while image safety check', LATE_MS, 'serviceFailed', 'maybe'],
  [504, 'upstream request timeout while image safety check', 100, 'serviceFailed', 'maybe'],
  [502, 'upload failed: text blocked by the storage', LATE_MS, 'contentRefused', 'maybe'],
  [502, 'upload failed: text blocked by the storage', 100, 'contentRefused', 'maybe'],
  [524, 'image was blocked by timeout', LATE_MS, 'serviceFailed', 'maybe'],
  [500, 'invalid token while uploading result', LATE_MS, 'serviceFailed', 'maybe'],
  [500, 'invalid token while uploading result', 100, 'serviceFailed', 'maybe'],
  [500, 'access_denied by storage bucket', LATE_MS, 'serviceFailed', 'maybe'],
  [500, 'Insufficient GPU tokens', LATE_MS, 'serviceFailed', 'maybe'],
  [502, 'model is not available: worker was disconnected', LATE_MS, 'serviceFailed', 'maybe'],
  [500, { error: { code: 'DataInspectionFailed', message: 'Output data may contain inappropriate content.' } }, LATE_MS, 'contentRefused', 'maybe'],
  [500, { error: { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' } }, 100, 'contentRefused', 'no'],
  [500, { error: { code: 'insufficient_user_quota', message: 'no quota' } }, 100, 'quotaUsedUp', 'no'],
  [500, { error: { code: 'insufficient_user_quota', message: 'no quota' } }, LATE_MS, 'quotaUsedUp', 'maybe'],
  [500, { error: { code: 'invalid_api_key', message: 'Incorrect API key provided.' } }, 100, 'keyRefused', 'no'],
  [503, { error: { code: 'model_not_found', message: 'No available channel for model x' } }, 100, 'modelNotFound', 'no'],
  [503, { error: { code: 'model_not_found', message: 'No available channel for model x' } }, LATE_MS, 'modelNotFound', 'maybe'],
  [400, { error: { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' } }, LATE_MS, 'contentRefused', 'no'],
  [200, { error: { code: 'DataInspectionFailed', message: 'Output data may contain inappropriate content.' } }, LATE_MS, 'contentRefused', 'maybe'],
  [200, { error: { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' } }, 100, 'contentRefused', 'no'],
];

for (const [status, body, afterMs, reason, billed] of NAMED) {
  test(`${status} “${JSON.stringify(body).slice(0, 70)}” after ${afterMs} ms is ${reason}, billed: ${billed}`, async () => {
    const failure = await failureAfter(afterMs, status, body);
    assert.deepEqual([failure.reason, failure.billed, failure.actions.includes('setApiKey')], [reason, billed, reason === 'keyRefused']);
  });
}
