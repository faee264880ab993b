// Answers jobs with random things, structured and not: always a kept image or a named failure, and nothing unhandled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { History } from '../../../src/history/history.ts';
import { Journals } from '../../../src/history/journals.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { systemClock } from '../../../src/node/systemClock.ts';
import { JobQueue } from '../../../src/jobs/queue.ts';
import { createService } from '../../../src/jobs/service.ts';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';
import { FAILURES } from '../../../src/request/failures/failure.ts';
import type { Fetch } from '../../../src/request/transport/fetch.ts';
import { makeFolder, makeImage } from '../history/folder.ts';
import { makeRequest } from '../jobs/workbench.ts';

const RUNS = Number(process.env['ANSWER_RUNS'] ?? 150);
const bytes = Buffer.from(makeImage());

const image = fc.oneof(
  fc.constant(bytes.toString('base64')),
  fc.nat(bytes.length).map((length) => bytes.subarray(0, length).toString('base64')),
  fc.base64String(),
  fc.string(),
  fc.constant(`data:image/png;base64,${bytes.toString('base64')}`),
);
const url = fc.oneof(fc.constant('https://files.example/a.png'), fc.constant('http://[::1'), fc.constant('file:///etc/passwd'), fc.webUrl(), fc.string(), image);
const item = fc.oneof(fc.record({ url, b64_json: image, revised_prompt: fc.string() }, { requiredKeys: [] }), fc.jsonValue());
const json = fc.oneof(
  fc.record({ created: fc.jsonValue(), data: fc.oneof(fc.array(item, { maxLength: 4 }), fc.jsonValue()) }, { requiredKeys: [] }),
  fc.record({ code: fc.jsonValue(), msg: fc.string(), data: fc.record({ data: fc.array(item, { maxLength: 3 }) }) }),
  fc.record({ error: fc.jsonValue(), message: fc.jsonValue() }),
  fc.jsonValue(),
);
const body = fc.oneof(json.map((value) => Buffer.from(JSON.stringify(value))), fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)));
const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.constantFrom(201, 204, 301, 307, 400, 401, 403, 404, 413, 500, 502) });
const file = fc.record({ status, body: fc.oneof(fc.constant(bytes), fc.nat(bytes.length).map((length) => bytes.subarray(0, length)), fc.uint8Array().map((any) => Buffer.from(any))) });

const result = readEndpoint('https://api.example.com');
const LONG_HEADERS = { get: () => null };

/** Ten minutes of retries in a moment. */
const hurried = { ...systemClock, after: (ms: number, callback: () => void) => systemClock.after(ms / 10_000, callback) };

test('whatever is answered, a job ends in kept images or a named failure', async (t) => {
  assert.ok('endpoint' in result);
  const { endpoint } = result;
  const root = makeFolder(t);
  const unhandled: unknown[] = [];
  const note = (error: unknown): unknown => unhandled.push(error);
  process.on('unhandledRejection', note);
  const files = createNodeFiles(root, 'w');
  const history = new History({ files, now: () => systemClock.now() });
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(status, body, file, async (postStatus, postBody, downloaded) => {
      const fetch: Fetch = (_, { method }) => Promise.resolve({
        status: method === 'POST' ? postStatus : downloaded.status,
        headers: LONG_HEADERS,
        body: (async function* () {
          await Promise.resolve();
          yield new Uint8Array(method === 'POST' ? postBody : downloaded.body);
        })(),
      });
      const queue = new JobQueue({
        history, journals: new Journals({ files, owner: () => Promise.resolve('w') }), service: createService({ fetch, clock: hurried }), clock: hurried,
        random: () => Math.random(), concurrency: () => 1, connectionFor: () => Promise.resolve({ endpoint, key: 'sk-secret', timeoutMs: 1e9 }),
      });
      const state = await queue.add(makeRequest(), 'person').ended;
      queue.dispose();
      if (state.phase === 'kept') {
        kept += state.images.length;
        for (const { id } of state.images) assert.equal((await history.inspect(id))?.recordState, 'whole');
        return;
      }
      assert.equal(state.phase, 'failed');
      assert.ok(state.failure.reason in FAILURES);
      assert.doesNotMatch(JSON.stringify(state.failure.facts.detail ?? ''), /sk-secret/);
    }),
    { numRuns: RUNS },
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
  assert.ok(kept > 0, 'no answer was a good one');
});
