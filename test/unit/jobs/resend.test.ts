// Holds the queue to what may be sent again: only what plainly did no work, twice; and to one rest for each origin.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAILURES, Failure, type FailureFacts, type FailureReason } from '../../../src/request/failures/failure.ts';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';
import type { Connection } from '../../../src/request/send/client.ts';
import { makeImage } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until } from './workbench.ts';

const image = (): { kind: 'bytes'; bytes: Uint8Array } => ({ kind: 'bytes', bytes: makeImage() });

for (const [name, failure, pausesMs] of [
  ['a connection that never opened', new Failure('unreachable', { unsent: true }), [1000, 4000]],
  ['503 with Retry-After', new Failure('serviceBusy', { unsent: true, status: 503, retryAfterMs: 7000 }), [7000, 7000]],
] as const) {
  test(`${name} is sent again twice, and then is the failure`, async (t) => {
    const { queue, posts, names, clock } = makeWorkbench(t);
    const job = queue.add(makeRequest(), 'person');
    await until(() => posts.length === 1);
    posts[0]?.reject(failure);
    for (const [index, pauseMs] of pausesMs.entries()) {
      await until(() => job.state.phase === 'waiting');
      assert.equal(expectPhase(job, 'waiting').untilMs, clock.now() + pauseMs);
      assert.deepEqual(names('unfinished'), []);
      clock.pass(pauseMs - 1);
      assert.equal(job.state.phase, 'waiting');
      clock.pass(1);
      await until(() => posts.length === index + 2);
      assert.equal(names('unfinished').length, 1);
      posts[index + 1]?.reject(failure);
    }
    await job.ended;
    const { reason, facts } = expectPhase(job, 'failed').failure;
    assert.deepEqual([reason, facts.status, facts.unsent], [failure.reason, failure.facts.status, failure.facts.unsent]);
    assert.deepEqual([posts.length, names('unfinished'), clock.timers], [3, [], 0]);
  });
}

const NEVER_AGAIN: [FailureReason, FailureFacts][] = [
  ...(Object.keys(FAILURES) as FailureReason[]).filter((reason) => reason !== 'rateLimited').map((reason): [FailureReason, FailureFacts] => [reason, {}]),
  ['serviceFailed', { status: 500, retryAfterMs: 1000 }],
  ['serviceBusy', { status: 503 }],
  ['quotaUsedUp', { status: 429, retryAfterMs: 1000 }],
  ['keyRefused', { unsent: true }],
  ['certificateRefused', { unsent: true }],
];

test('everything else is sent once, and its journal goes with the report', async (t) => {
  const { queue, posts, names, clock } = makeWorkbench(t, { concurrency: 100 });
  const jobs = NEVER_AGAIN.map((_, index) => queue.add(makeRequest(`${index}`), 'person'));
  await until(() => posts.length === jobs.length);
  for (const { what, reject } of posts) {
    const [reason, facts] = NEVER_AGAIN[Number(what)] ?? ['cancelled', {}];
    reject(new Failure(reason, facts));
  }
  for (const [index, job] of jobs.entries()) {
    await job.ended;
    assert.equal(expectPhase(job, 'failed').failure.reason, NEVER_AGAIN[index]?.[0]);
  }
  clock.pass(600_000);
  assert.deepEqual([posts.length, names('unfinished'), clock.timers], [jobs.length, [], 0]);
});

test('a rate limit stops all jobs with one countdown, and is not counted', async (t) => {
  const { queue, posts, clock, names } = makeWorkbench(t, { concurrency: 2 });
  const jobs = ['a', 'b', 'c', 'd'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  for (let round = 0; round < 5; round++) {
    const before = round * 2;
    await until(() => posts.length === before + 2);
    posts[before]?.reject(new Failure('rateLimited', { status: 429, retryAfterMs: 20_000 }));
    posts[before + 1]?.reject(new Failure('rateLimited', { status: 429, retryAfterMs: 30_000 }));
    await until(() => jobs.every(({ state }) => state.phase === 'waiting' && state.untilMs === clock.now() + 30_000));
    assert.deepEqual(names('unfinished'), []);
    clock.pass(29_999);
    assert.ok(jobs.every(({ state }) => state.phase === 'waiting'));
    clock.pass(1);
  }
  for (let done = 10; done < 14; done++) {
    await until(() => posts.length > done);
    posts[done]?.resolve([image()]);
  }
  for (const job of jobs) assert.equal((await job.ended).phase, 'kept');
  assert.deepEqual([posts.length, clock.timers], [14, 0]);
});

test('a rate limit that names no time is a minute; what is asked for meanwhile waits with the others', async (t) => {
  const { queue, posts, clock } = makeWorkbench(t);
  const first = queue.add(makeRequest('a'), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('rateLimited', { status: 429 }));
  await until(() => first.state.phase === 'waiting');
  const untilMs = clock.now() + 60_000;
  assert.equal(expectPhase(first, 'waiting').untilMs, untilMs);
  clock.pass(10_000);
  const second = queue.add(makeRequest('b'), 'person');
  await until(() => second.state.phase === 'waiting');
  assert.equal(expectPhase(second, 'waiting').untilMs, untilMs);
  assert.equal(posts.length, 1);
});

test('another origin is not paused', async (t) => {
  const hosts = ['https://one.example', 'https://other.example'];
  const connectionFor = (): Promise<Connection> => {
    const result = readEndpoint(hosts.shift() ?? '');
    return 'endpoint' in result ? Promise.resolve({ endpoint: result.endpoint, key: undefined, timeoutMs: 1000 }) : Promise.reject(new Error('none'));
  };
  const { queue, posts } = makeWorkbench(t, { concurrency: 1, connectionFor });
  const limited = queue.add(makeRequest('a'), 'person');
  const free = queue.add(makeRequest('b'), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('rateLimited', { status: 429 }));
  await until(() => posts.length === 2);
  assert.deepEqual([limited.state.phase, free.state.phase], ['waiting', 'requesting']);
});

test('the countdown goes on when the wall clock is set, and tells the new time', async (t) => {
  const { queue, posts, clock } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('rateLimited', { status: 429, retryAfterMs: 60_000 }));
  await until(() => job.state.phase === 'waiting');
  clock.setWall(-3_600_000);
  clock.pass(10_000);
  assert.equal(expectPhase(job, 'waiting').untilMs, clock.now() + 50_000);
  clock.pass(50_000);
  await until(() => posts.length === 2);
});

test('a machine that slept past the end of the countdown goes on within a moment', async (t) => {
  const { queue, posts, clock } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.reject(new Failure('rateLimited', { status: 429, retryAfterMs: 600_000 }));
  await until(() => job.state.phase === 'waiting');
  clock.setWall(3_600_000);
  clock.pass(1000);
  await until(() => posts.length === 2);
});
