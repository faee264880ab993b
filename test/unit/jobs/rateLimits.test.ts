// Holds the queue to an end of its patience: five rounds, or a quarter of an hour in which nothing succeeded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isEnded, type Job } from '../../../src/jobs/job.ts';
import { Failure, type FailureFacts } from '../../../src/request/failures/failure.ts';
import { makeImage } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until, type Workbench } from './workbench.ts';

const limit = (facts: FailureFacts = {}): Failure => new Failure('rateLimited', { status: 429, detail: 'Slow down.', ...facts });
const image = (): { kind: 'bytes'; bytes: Uint8Array } => ({ kind: 'bytes', bytes: makeImage() });

/** Answers each POST as `answer` says and lets time pass, until every job has ended. */
async function runOut({ posts, clock }: Workbench, jobs: readonly Job[], answer: (index: number) => Failure | 'image'): Promise<void> {
  let answered = 0;
  await until(() => {
    for (; answered < posts.length; answered++) {
      const said = answer(answered);
      if (said === 'image') posts[answered]?.resolve([image()]);
      else posts[answered]?.reject(said);
    }
    if (jobs.every(({ state }) => isEnded(state))) return true;
    const isStill = (): boolean => jobs.every(({ state }) => isEnded(state) || state.phase === 'waiting' || state.phase === 'queued');
    if (isStill()) clock.pass(1000);
    // A whole rest in one go: a second at a time the wait itself would be most of these tests.
    for (let second = 0; second < 3600 && isStill() && jobs.some(({ state }) => state.phase === 'waiting'); second++) clock.pass(1000);
    return false;
  });
  await Promise.all(jobs.map(({ ended }) => ended));
}

test('after five rounds every waiting job fails with the service’s words, and none was sent more than six times', async (t) => {
  const bench = makeWorkbench(t, { concurrency: 1 });
  const jobs = ['a', 'b', 'c', 'd', 'e'].map((prompt) => bench.queue.add(makeRequest(prompt), 'person'));
  await runOut(bench, jobs, (index) => limit({ detail: `Refusal ${index}.` }));
  for (const job of jobs) {
    const { failure, paidNotDownloaded } = expectPhase(job, 'failed');
    assert.deepEqual([failure.reason, failure.billed, paidNotDownloaded], ['rateLimited', 'no', false]);
    assert.equal(failure.facts.detail, `Refusal ${bench.posts.length - 1}.`);
  }
  assert.deepEqual([bench.names('unfinished'), bench.clock.timers], [[], 0]);
  assert.ok(bench.posts.length >= 6 && bench.posts.length <= 12 && jobs.every(({ posts }) => posts <= 6), `${bench.posts.length} POSTs`);
});

test('requests that are refused side by side are one round, whoever is refused first', async (t) => {
  const { queue, posts, clock } = makeWorkbench(t, { concurrency: 3 });
  const jobs = ['a', 'b', 'c'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  for (let round = 0; round < 5; round++) {
    await until(() => posts.length === round * 3 + 3);
    for (const index of [2, 0, 1]) posts[round * 3 + index]?.reject(limit());
    await until(() => jobs.every(({ state }) => state.phase === 'waiting'));
    clock.pass(60_000);
  }
  await until(() => posts.length === 18);
  assert.ok(jobs.every(({ state }) => state.phase === 'requesting'));
});

test('a request that is refused after patience ended does not begin to wait anew', async (t) => {
  const { queue, posts, clock } = makeWorkbench(t, { concurrency: 2 });
  const [first, second] = [queue.add(makeRequest('a'), 'person'), queue.add(makeRequest('b'), 'person')];
  await until(() => posts.length === 2);
  posts.find(({ what }) => what === 'a')?.reject(limit({ retryAfterMs: 3_600_000 }));
  await first.ended;
  posts.find(({ what }) => what === 'b')?.reject(limit());
  await second.ended;
  assert.deepEqual([posts.length, clock.timers, expectPhase(second, 'failed').failure.reason], [2, 0, 'rateLimited']);
});

test('a pause longer than the patience is not begun: all that stood in the line fails without being sent', async (t) => {
  const { queue, posts, clock } = makeWorkbench(t, { concurrency: 1 });
  const jobs = ['a', 'b', 'c'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 1);
  posts[0]?.reject(limit({ retryAfterMs: 86_400_000, detail: 'Come back tomorrow.' }));
  for (const job of jobs) {
    await job.ended;
    assert.equal(expectPhase(job, 'failed').failure.facts.detail, 'Come back tomorrow.');
  }
  assert.deepEqual([posts.length, clock.timers], [1, 0]);
  clock.pass(1);
  const later = queue.add(makeRequest('d'), 'person');
  await until(() => posts.length === 2);
  posts[1]?.resolve([image()]);
  assert.equal((await later.ended).phase, 'kept');
});

test('a quarter of an hour without a success ends the waiting, and a success begins it anew', async (t) => {
  const bench = makeWorkbench(t, { concurrency: 1 });
  const jobs = ['a', 'b'].map((prompt) => bench.queue.add(makeRequest(prompt), 'person'));
  const startMs = bench.clock.monotonicMs();
  // Two long rests, a success, and then as long again.
  await runOut(bench, jobs, (index) => (index === 2 ? 'image' : limit({ retryAfterMs: 420_000 })));
  assert.deepEqual(jobs.map(({ state, posts }) => [state.phase, posts]), [['kept', 3], ['failed', 3]]);
  const tookMs = bench.clock.monotonicMs() - startMs;
  assert.ok(tookMs >= 4 * 420_000 && tookMs < 4 * 420_000 + 30_000, `${tookMs} ms`);
});

test('no job is sent more than six times, although others succeed all the time', async (t) => {
  const bench = makeWorkbench(t, { concurrency: 1 });
  const unlucky = bench.queue.add(makeRequest('unlucky'), 'person');
  const jobs = [unlucky, ...Array.from({ length: 10 }, (_, index) => bench.queue.add(makeRequest(`${index}`), 'person'))];
  await runOut(bench, jobs, (index) => (bench.posts[index]?.what === 'unlucky' ? limit() : 'image'));
  assert.deepEqual([unlucky.state.phase, unlucky.posts], ['failed', 6]);
});

test('the service’s words stand with the countdown, the newest ones for all who wait', async (t) => {
  const { queue, posts } = makeWorkbench(t, { concurrency: 2 });
  const jobs = ['a', 'b', 'c'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 2);
  posts[0]?.reject(limit({ detail: 'Two a minute.', retryAfterMs: 20_000 }));
  posts[1]?.reject(limit({ detail: 'Two a minute, really.', retryAfterMs: 30_000 }));
  await until(() => jobs.every(({ state }) => state.phase === 'waiting' && state.words === 'Two a minute, really.'));
});

for (const [name, failure] of [
  ['400', new Failure('rateLimited', { status: 400, retryAfterMs: 1000 })],
  ['200', new Failure('rateLimited', { status: 200 })],
  ['no status', new Failure('rateLimited')],
  ['503 that is not plainly free', new Failure('serviceBusy', { status: 503, retryAfterMs: 1000, unsent: false })],
  ['503 that asks for an hour', new Failure('serviceBusy', { status: 503, retryAfterMs: 3_600_000, unsent: true })],
  ['529', new Failure('serviceBusy', { status: 529, retryAfterMs: 1000, unsent: true })],
] as const) {
  test(`a rate limit told with ${name} is sent once`, async (t) => {
    const bench = makeWorkbench(t);
    const job = bench.queue.add(makeRequest(), 'person');
    await runOut(bench, [job], () => failure);
    bench.clock.pass(3_600_000);
    assert.deepEqual([bench.posts.length, job.posts], [1, 1]);
  });
}

test('each further POST is asked for, and a no ends the job with what the last one met', async (t) => {
  const asked: number[] = [];
  const bench = makeWorkbench(t, { mayPost: (_, post) => (asked.push(post), post < 3) });
  const job = bench.queue.add(makeRequest(), 'code');
  await runOut(bench, [job], () => limit());
  assert.deepEqual([asked, bench.posts.length, expectPhase(job, 'failed').failure.reason], [[1, 2, 3], 2, 'rateLimited']);
});

test('no more than eight images are taken from one answer', async (t) => {
  const { queue, posts, names, logged } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve(Array.from({ length: 64 }, image));
  await job.ended;
  assert.equal(expectPhase(job, 'kept').images.length, 8);
  assert.equal(names('images').length, 16);
  assert.match(logged.join(), /64 images; 8 are taken/);
});

test('whatever a service answers to however many jobs, each ends, none is sent more than six times, and nothing is left', async (t) => {
  const answers = fc.constantFrom<Failure | 'image'>(
    'image', limit(), limit({ retryAfterMs: 0 }), limit({ retryAfterMs: 300_000 }), limit({ retryAfterMs: 3_600_000 }),
    new Failure('quotaUsedUp', { status: 429 }), new Failure('serviceBusy', { status: 503, unsent: true, retryAfterMs: 2000 }),
    new Failure('unreachable', { unsent: true }), new Failure('connectionLost'), new Failure('rateLimited', { status: 400 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(answers, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), async (script, count, concurrency) => {
      const bench = makeWorkbench(t, { concurrency });
      const jobs = Array.from({ length: count }, (_, index) => bench.queue.add(makeRequest(`${index}`), 'person'));
      const startMs = bench.clock.monotonicMs();
      await runOut(bench, jobs, (index) => script[index % script.length] ?? 'image');
      assert.ok(jobs.every(({ posts }) => posts <= 6));
      assert.ok(bench.clock.monotonicMs() - startMs <= count * 6 * 900_000);
      assert.deepEqual([bench.names('unfinished'), bench.clock.timers], [[], 0]);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
