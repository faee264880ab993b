// Counts how often a request is sent to a service that gives one answer for ever, of each of many kinds.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createService } from '../../../src/jobs/service.ts';
import type { Fetch, FetchResponse } from '../../../src/request/transport/fetch.ts';
import { makeFolder } from '../history/folder.ts';
import { answerJson, connectionTo, readText, serve, transport } from '../request/loopback.ts';
import { expectPhase, makeRequest, makeWorkbench, until } from './workbench.ts';

const PROMPT = 'a hand on the throttle of a motorcycle, 429 too many requests, rate limit exceeded';
const STATUSES = [200, 400, 401, 402, 403, 404, 408, 409, 412, 413, 422, 425, 429, 451, 500, 502, 503, 504, 520, 524, 529];
const PATIENCE = [undefined, '0', '20', '3600'];

/** `isPatient`: the words leave open that asking again soon may help. */
const WORDS: readonly { name: string; body: unknown; isPatient: boolean; isUpstream?: boolean }[] = [
  { name: 'no words', body: '', isPatient: true },
  { name: 'an empty object', body: {}, isPatient: true },
  { name: 'a rate limit by code', body: { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } }, isPatient: true },
  { name: 'DashScope’s rate limit', body: { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded, please try again later.' }, isPatient: true },
  { name: 'too many requests', body: 'Too Many Requests', isPatient: true },
  { name: 'the prompt, quoted', body: { message: `The prompt '${PROMPT}' was refused.` }, isPatient: true },
  { name: 'the prompt in a list of issues', body: { detail: [{ loc: ['body', 'prompt'], msg: 'too long', type: 'value_error', input: PROMPT }] }, isPatient: true },
  { name: 'a broken connection upstream', body: 'upstream connect error or disconnect/reset before headers. reset reason: connection termination', isPatient: true, isUpstream: true },
  { name: 'a quota that is used up', body: { error: { code: 'insufficient_quota', message: 'You exceeded your current quota, please check your plan and billing details.' } }, isPatient: false },
  { name: 'a bill that is overdue', body: { code: 'Arrearage', message: 'Access denied, please make sure your account is in good standing.' }, isPatient: false },
];

/** The most that the rules allow, by nothing but what the server said. */
function mostPosts(status: number, retryAfter: string | undefined, { isPatient, isUpstream }: (typeof WORDS)[number]): number {
  const askedSeconds = Number(retryAfter ?? 60);
  if (status === 429) return isPatient && askedSeconds <= 900 ? 6 : 1;
  return status === 503 && retryAfter !== undefined && askedSeconds <= 900 && !isUpstream ? 3 : 1;
}

interface Answering {
  origin: string;
  posts: () => number;
  fetch: Fetch;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** A real server that says the same for ever. */
async function overTheWire(status: number, body: unknown, headers: Record<string, string>): Promise<Answering> {
  let posts = 0;
  const server = await serve((request, response) => {
    posts++;
    void readText(request).then(() => answerJson(response, status, body, headers));
  });
  return { origin: server.origin, posts: () => posts, fetch: transport.fetch, [Symbol.asyncDispose]: () => server.close() };
}

/** The same answer, handed to the client without a wire. */
function inHand(status: number, body: unknown, headers: Record<string, string>): Answering {
  let posts = 0;
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = (): FetchResponse => ({ status, headers: new Headers({ 'content-type': 'application/json', ...headers }), body: Readable.from([bytes]) });
  return { origin: 'https://api.example.com', posts: () => posts, fetch: () => Promise.resolve((posts++, answer())), [Symbol.asyncDispose]: () => Promise.resolve() };
}

for (const status of STATUSES) {
  for (const words of WORDS) {
    test(`${status} with ${words.name}: no more POSTs than the rules allow, with any Retry-After`, async (t) => {
      const root = makeFolder(t);
      for (const retryAfter of PATIENCE) {
        // The wire knows no words: it is there for every status once, and for each row of those that may be sent again.
        const isOverTheWire = status === 429 || status === 503 || (words === WORDS[0] && retryAfter === '0');
        const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
        await using answering = await (isOverTheWire ? overTheWire : inHand)(status, words.body, headers);
        const service = createService({ ...transport, fetch: answering.fetch });
        const { queue, clock, names } = makeWorkbench(t, { root, service, connectionFor: () => Promise.resolve(connectionTo(answering.origin)) });
        const job = queue.add(makeRequest(PROMPT), 'code');
        await until(() => {
          // The hour in one go: a second at a time the wait itself would be most of this test.
          for (let second = 0; second < 3600 && job.state.phase === 'waiting'; second++) clock.pass(1000);
          return job.state.phase === 'failed';
        });
        await job.ended;
        clock.pass(86_400_000);
        const posts = answering.posts();
        const most = mostPosts(status, retryAfter, words);
        const row = `Retry-After: ${retryAfter ?? 'none'}`;
        assert.ok(posts >= 1 && posts <= most, `${row}: ${posts} POSTs`);
        // A rate limit that says nothing else is waited for: a product that never asks again would hold the rule too.
        if (status === 429 && /^(no words|DashScope’s rate limit)$/.test(words.name)) assert.equal(posts, most, row);
        assert.deepEqual([job.posts, names('unfinished'), clock.timers], [posts, [], 0], row);
        assert.equal(expectPhase(job, 'failed').paidNotDownloaded, false);
      }
    });
  }
}
