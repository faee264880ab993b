// Runs four hundred jobs, cancels a third of them in every phase, and looks for what is left of them in the process.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { History } from '../../../src/history/history.ts';
import { Journals } from '../../../src/history/journals.ts';
import { createLiveness } from '../../../src/node/liveness.ts';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { systemClock } from '../../../src/node/systemClock.ts';
import { JobQueue } from '../../../src/jobs/queue.ts';
import { createService } from '../../../src/jobs/service.ts';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';
import { startStandIn } from '../../endpoint/server.ts';
import { makeFolder } from '../history/folder.ts';
import { makeRequest, until } from '../jobs/workbench.ts';

const JOBS = 400;

/** What keeps the process busy, counted by kind; the calls to the disk of the moment aside. */
function countResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo().filter((name) => !/^(FSReq|Immediate|CloseReq|FileHandleCloseReq)/.test(name))) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

test('four hundred jobs, a third of them cancelled, leave nothing behind', async (t) => {
  const root = makeFolder(t);
  const openFiles = (): number => readdirSync('/proc/self/fd').length;
  const hasProc = process.platform === 'linux';
  const before = { resources: countResources(), files: hasProc ? openFiles() : 0 };
  const service = await startStandIn({ image: 'flat' });
  service.plan(...Array.from({ length: JOBS }, (_, index) => ({ kind: 'ok' as const, delayMs: index % 20, like: { answer: index % 3 ? ('url' as const) : ('base64' as const) } })));
  const result = readEndpoint(service.baseUrl);
  assert.ok('endpoint' in result);
  const liveness = createLiveness(root);
  const files = createNodeFiles(root, liveness.windowId);
  const unhandled: unknown[] = [];
  const note = (error: unknown): unknown => unhandled.push(error);
  process.on('unhandledRejection', note);
  const queue = new JobQueue({
    history: new History({ files, now: () => systemClock.now() }), journals: new Journals({ files, owner: () => liveness.start() }),
    service: createService({ fetch: createNodeFetch(), clock: systemClock }), clock: systemClock, random: () => Math.random(), concurrency: () => 16,
    connectionFor: () => Promise.resolve({ endpoint: result.endpoint, key: undefined, timeoutMs: 60_000 }),
  });
  const controller = new AbortController();
  const cancelAt = ['requesting', 'downloading', 'writing', 'queued'];
  const wish = new Map<string, string>();
  const stop = queue.onDidChange(({ id, state }) => {
    if (wish.get(id) === state.phase) setTimeout(() => queue.cancel(id), Math.random() * 4);
  });
  const jobs = Array.from({ length: JOBS }, (_, index) => {
    const job = queue.add(makeRequest(`${index}`), 'person', { signal: controller.signal });
    if (index % 3 === 0) wish.set(job.id, cancelAt[(index / 3) % cancelAt.length] ?? '');
    if (wish.get(job.id) === 'queued') queue.cancel(job.id);
    return job;
  });
  const states = await Promise.all(jobs.map(({ ended }) => ended));
  const unpaid = states.filter(({ phase }) => phase === 'failed');
  assert.deepEqual(unpaid, []);
  const cancelled = states.filter(({ phase }) => phase === 'cancelled').length;
  assert.ok(cancelled > JOBS / 10 && cancelled <= Math.ceil(JOBS / 3), `${cancelled} cancelled`);
  stop();
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  queue.dispose();
  await liveness.dispose();
  await service.close();
  await until(() => JSON.stringify(countResources()) === JSON.stringify(before.resources) && (!hasProc || openFiles() <= before.files));
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
  const paidNotDownloaded = states.filter((state) => state.phase === 'cancelled' && state.paidNotDownloaded).length;
  assert.equal(readdirSync(join(root, 'unfinished')).length, paidNotDownloaded);
  assert.equal(readdirSync(join(root, 'images')).length, 2 * states.filter(({ phase }) => phase === 'kept').length);
  assert.deepEqual(readdirSync(join(root, 'windows')), []);
});
