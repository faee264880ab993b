// Runs the fault matrix: the production queue, client, transport and file adapter against real sockets and a real disk.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { FileError, type Files } from '../../../src/history/files.ts';
import { History } from '../../../src/history/history.ts';
import { imageIdOf } from '../../../src/history/imageId.ts';
import { Journals } from '../../../src/history/journals.ts';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import type { JobState } from '../../../src/jobs/job.ts';
import { JobQueue } from '../../../src/jobs/queue.ts';
import { createService } from '../../../src/jobs/service.ts';
import type { Clock } from '../../../src/request/transport/clock.ts';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import { makeFolder, makeImage } from '../history/folder.ts';
import { makeRequest } from '../jobs/workbench.ts';
import { endpointAt } from '../request/loopback.ts';
import { makeFastClock } from '../systemClock.ts';
import { CASES, type Case, type Outcome } from './faultTable.ts';

const KEY = 'sk-the-key-of-the-matrix';
const NO_SUCH_NAME = 'https://no-such-name.invalid';
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a second stand-in, which speaks TLS with a certificate that nobody trusts. */
async function startUntrusted(t: TestContext): Promise<StandIn> {
  const untrusted = await startStandIn({ tls: true, image: 'flat' });
  t.after(() => untrusted.close());
  return untrusted;
}

async function endpointOf(t: TestContext, { endpoint }: Case, service: StandIn): Promise<string> {
  switch (endpoint) {
    case 'closedPort': return `http://127.0.0.1:${await closedPort()}`;
    case 'noSuchName': return NO_SUCH_NAME;
    case 'untrusted': return (await startUntrusted(t)).baseUrl;
    case 'notTls': return service.baseUrl.replace('http:', 'https:');
    case 'ipv6': return service.baseUrl.replace('127.0.0.1', '[::1]');
    default: return service.baseUrl;
  }
}

async function imageUrlOf(t: TestContext, { image }: Case, service: StandIn): Promise<string | undefined> {
  switch (image) {
    case 'closedPort': return `http://127.0.0.1:${await closedPort()}/a.png`;
    case 'noSuchName': return `${NO_SUCH_NAME}/a.png`;
    case 'untrusted': return `${(await startUntrusted(t)).filesUrl}/a.png`;
    case 'otherHost': return `${service.filesUrl.replace('127.0.0.1', 'localhost')}/a.png`;
    default: return undefined;
  }
}

/** Fails from the moment the image is written; the journal was written before. */
function spoil(files: Files, disk: Case['disk'], root: string): Files {
  if (disk !== 'ENOSPC' && disk !== 'EROFS') {
    if (disk === 'noFolder') writeFileSync(join(root, 'images'), '');
    return files;
  }
  return { ...files, create: (folder, content) => (folder === 'images' ? Promise.reject(new FileError(disk)) : files.create(folder, content)) };
}

function occupy(disk: Case['disk'], root: string, jobId: string): void {
  if (disk !== 'nameTaken' && disk !== 'nameIsFolder') return;
  const path = join(root, 'images', `${imageIdOf(jobId, 0)}.png`);
  mkdirSync(disk === 'nameTaken' ? join(root, 'images') : path, { recursive: true });
  if (disk === 'nameTaken') writeFileSync(path, makeImage());
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function run(t: TestContext, wish: Case): Promise<Outcome> {
  const root = makeFolder(t);
  const service = await startStandIn({ image: 'flat' });
  t.after(() => service.close());
  const url = await imageUrlOf(t, wish, service);
  const post = url === undefined ? wish.post : { kind: 'ok' as const, like: { url } };
  if (post) service.plan(post);
  service.planDownload(...(wish.downloads ?? []));
  const { jump } = wish;
  const fast = makeFastClock(wish.factor ?? 30);
  let setMs = 0;
  const clock: Clock = { ...fast, now: () => fast.now() + setMs };
  if (jump) void service.waitFor(({ origin }) => (origin === 'api') === (jump.when === 'post'), 10_000).then(() => (setMs = jump.byMs), () => undefined);
  const files = spoil(createNodeFiles(root, 'w'), wish.disk, root);
  const endpoint = endpointAt(await endpointOf(t, wish, service));
  const queue = new JobQueue({
    history: new History({ files, now: () => clock.now() }), journals: new Journals({ files, owner: () => Promise.resolve('w') }),
    service: createService({ fetch: createNodeFetch(), clock }), clock, random: () => Math.random(), concurrency: () => 2,
    connectionFor: () => Promise.resolve({ endpoint, key: KEY, timeoutMs: 300_000 }),
  });
  t.after(() => queue.dispose());
  const job = queue.add(makeRequest(), 'person');
  occupy(wish.disk, root, job.id);
  const state = await job.ended;
  assertDecent(state, service, root);
  const images = namesIn(join(root, 'images'));
  const whole = images.filter((name) => name.endsWith('.json') && images.some((other) => other.startsWith(name.slice(0, -4)) && other !== name));
  const ending = state.phase === 'failed'
    ? { ends: state.failure.reason, billed: state.failure.billed, paidNotDownloaded: state.paidNotDownloaded }
    : { ends: state.phase as 'kept', paidNotDownloaded: false };
  return { ...ending, images: whole.length, journals: namesIn(join(root, 'unfinished')).length, posts: service.requests.filter(({ method }) => method === 'POST').length };
}

/** What holds whatever goes wrong: no half-written file, no key where none belongs, none in what is said or written. */
function assertDecent(state: JobState, service: StandIn, root: string): void {
  const everything = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.deepEqual(everything.filter(({ name }) => name.endsWith('.tmp')).map(({ name }) => name), []);
  for (const { parentPath, name } of everything) assert.ok(!readFileSync(join(parentPath, name)).includes(KEY), `the key is in ${name}`);
  const said = JSON.stringify(state, (_, value: unknown) => (value instanceof Uint8Array ? '' : value));
  assert.ok(!said.includes(KEY));
  for (const { origin, headers } of service.requests) if (origin === 'files') assert.ok(!JSON.stringify(headers).includes(KEY));
}

function describeOutcome({ ends, billed, images, journals, paidNotDownloaded, posts }: Outcome): string {
  const words = [ends, `billed ${billed ?? '—'}`, `${images} in the history`, `${journals} journal`, paidNotDownloaded ? 'free download' : '—', `${posts} sent`];
  return words.map((word, column) => word.padEnd([18, 13, 17, 11, 15, 0][column] ?? 0)).join('');
}

describe('fault matrix', { concurrency: 6 }, () => {
  const lines: string[] = [];
  let isWhole = true;
  const unhandled: unknown[] = [];
  const note = (error: unknown): unknown => unhandled.push(error);
  process.on('unhandledRejection', note);

  for (const wish of CASES) {
    const skip = wish.endpoint === 'ipv6' && !hasIpv6;
    test(`${wish.phase}: ${wish.fault}`, { skip }, async (t) => {
      const found = await run(t, wish);
      const [expected, actual] = [describeOutcome(wish.outcome), describeOutcome(found)];
      isWhole &&= expected === actual;
      lines.push(`${expected === actual ? ' ' : '✖'} ${wish.phase.padEnd(9)} ${wish.fault.padEnd(46)} ${actual}${expected === actual ? '' : `\n${' '.repeat(47)}expected: ${expected}`}`);
      assert.equal(actual, expected);
    });
  }

  after(() => {
    process.off('unhandledRejection', note);
    if (!isWhole) console.error(lines.sort((a, b) => a.slice(2).localeCompare(b.slice(2))).join('\n'));
    assert.deepEqual(unhandled, []);
  });
});
