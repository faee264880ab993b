// When a service that is too busy plainly did no work, so that the request may be sent again: 503 with Retry-After, at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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

for (const [name, status, retryAfter, body, afterMs, unsent, billed] of CASES) {
  test(`${name}: ${unsent ? 'may be sent again' : 'is sent once'}, billed: ${billed}`, async () => {
    let passedMs = 0;
    const clock: Clock = { now: () => transport.clock.now(), monotonicMs: () => passedMs, after: (ms, callback) => transport.clock.after(ms, callback) };
    await using server = await serve((_, response) => {
      passedMs = afterMs;
      answerJson(response, status, body, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    });
    const failure = await failureFrom(requestImages(REQUEST, connectionTo(server.origin), { ...transport, clock }, { signal: never }));
    assert.deepEqual([failure.reason, failure.facts.unsent ?? false, failure.billed], ['serviceBusy', unsent, billed]);
  });
}
