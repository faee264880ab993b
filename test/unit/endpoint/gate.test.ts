// A held answer waits for the test, not for the clock.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { steerStandIn } from '../../endpoint/remote.ts';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import { ask, firstItem, post, type Came } from './ask.ts';

let standIn: StandIn;
before(async () => (standIn = await startStandIn({ image: 'flat' })));
afterEach(() => standIn.reset());
after(() => standIn.close());

const arrived = (count: number): Promise<unknown> => standIn.waitFor(() => standIn.requests.filter(({ times }) => times.bodyMs !== undefined).length === count, 5000);
const answered = (): number => standIn.requests.filter(({ status }) => status !== undefined).length;

test('held answers go one by one, in the order in which they came', async () => {
  standIn.set({ held: true });
  const done: string[] = [];
  const all: Promise<unknown>[] = [];
  for (const [index, prompt] of ['one', 'two', 'three'].entries()) {
    all.push(post(standIn.baseUrl, { prompt }).then(() => done.push(prompt)));
    await arrived(index + 1);
  }
  assert.equal(answered(), 0);
  standIn.release();
  await all[0];
  assert.deepEqual([done, answered()], [['one'], 1]);
  standIn.release(2);
  await Promise.all(all);
  assert.deepEqual(done.toSorted(), ['one', 'three', 'two']);
});

test('a permit that comes before its request lets it through, and only that one', async () => {
  standIn.plan({ kind: 'error', held: true, status: 503 }, { kind: 'ok', held: true });
  standIn.release();
  assert.equal((await post(standIn.baseUrl)).status, 503);
  const second = post(standIn.baseUrl);
  await arrived(2);
  assert.equal(answered(), 1);
  await steerStandIn(standIn.baseUrl).release();
  assert.equal((await second).status, 200);
});

test('who gave up takes no permit from the next', async () => {
  standIn.set({ held: true });
  const patience = new AbortController();
  const gone = post(standIn.baseUrl, {}, { signal: patience.signal });
  await arrived(1);
  patience.abort();
  await gone;
  await standIn.waitFor(({ closedEarly }) => closedEarly, 5000);
  const next = post(standIn.baseUrl);
  await arrived(2);
  standIn.release();
  assert.equal((await next).status, 200);
});

test('a download is held, too, and a reset lets everything go', async () => {
  const url = firstItem(await post(standIn.baseUrl)).url ?? '';
  standIn.planDownload({ kind: 'ok', held: true });
  const download: Promise<Came> = ask(url);
  await standIn.waitFor(({ step }) => step === 'ok', 5000);
  assert.equal(answered(), 1);
  standIn.reset();
  assert.equal((await download).status, 200);
});
