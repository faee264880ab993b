// A paid image whose address holds the key is fetched from memory; the address is in no journal and no log.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { recover } from '../../../src/jobs/recovery.ts';
import { readAnswer } from '../../../src/request/answer/answer.ts';
import { Failure } from '../../../src/request/failures/failure.ts';
import { makeImage } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until } from './workbench.ts';

const KEY = 'Key/Of+The+Service=0123456789abcdefXYZ';
const hex = (code: number): string => code.toString(16).padStart(2, '0');
const FORMS: Readonly<Record<string, (part: string) => string>> = {
  'as it is': (part) => part,
  'in capitals': (part) => part.toUpperCase(),
  'percent-encoded': (part) => encodeURIComponent(part),
  'percent-encoded twice': (part) => encodeURIComponent(encodeURIComponent(part)),
  'percent-encoded letter by letter': (part) => [...part].map((letter) => `%${hex(letter.charCodeAt(0))}`).join(''),
  'in base64': (part) => btoa(part),
  'in base64 behind other bytes': (part) => encodeURIComponent(btoa(`Bearer ${part}`)),
};
const PLACES: readonly ((word: string) => string)[] = [
  (word) => `https://files.example/a.png?Signature=x&key=${word}`,
  (word) => `https://files.example/${word}/a.png`,
  (word) => `https://files.example/a.png#${word}`,
  (word) => `/files/${word}`,
];

async function addressOf(url: string): Promise<{ url: string; holdsKey?: true }> {
  const body = new TextEncoder().encode(JSON.stringify({ data: [{ url }] }));
  const { items } = await readAnswer(body, { secrets: [KEY], address: 'https://api.example.com/v1/images/generations' });
  const [item] = items;
  assert.ok(item?.kind === 'url', url);
  return item;
}

for (const [form, write] of Object.entries(FORMS)) {
  test(`an address with eight characters of the key in it is known as one, ${form}`, async () => {
    const parts = fc.integer({ min: 0, max: KEY.length - 8 }).map((at) => KEY.slice(at, at + 8));
    await fc.assert(fc.asyncProperty(parts, fc.constantFrom(...PLACES), async (part, place) => {
      assert.equal((await addressOf(place(write(part)))).holdsKey, true);
    }), { numRuns: 60 });
  });
}

test('any other address holds no key', async () => {
  for (const place of PLACES) assert.equal((await addressOf(place('0f1e2d3c'))).holdsKey, undefined);
});

const URL_WITH_KEY = `https://files.example/${encodeURIComponent(KEY)}/a.png?Signature=x`;

/** Every file of the history, in one text. */
function written(root: string): string {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.includes('.json'));
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

test('the journal says that there was an address, a download that failed can be tried again, and the log does not show it', async (t) => {
  const { queue, posts, downloads, root, journal, logged, names } = makeWorkbench(t);
  const job = queue.add(makeRequest(), 'person');
  await until(() => posts.length === 1);
  posts[0]?.resolve([{ kind: 'url', url: URL_WITH_KEY, holdsKey: true }]);
  await until(() => downloads.length === 1 && journal(`${job.id}.json`).phase === 'answered');
  assert.deepEqual(journal(`${job.id}.json`).items, [{ imageId: job.id, kept: false, urlHeldKey: true }]);
  downloads[0]?.reject(new Failure('downloadFailed', { status: 503 }));
  await job.ended;
  assert.equal(expectPhase(job, 'failed').paidNotDownloaded, true);
  assert.match(logged.join('\n'), /failed: downloadFailed[^]*at an address that holds the key/);
  assert.doesNotMatch(logged.join('\n') + written(root), /files\.example|Key%2F|Signature/);
  assert.deepEqual(queue.addressesOf(job.id), [URL_WITH_KEY]);

  assert.equal(queue.downloadAgain(job.id), true);
  await until(() => downloads.length === 2);
  assert.equal(downloads[1]?.what, URL_WITH_KEY);
  downloads[1]?.resolve(makeImage());
  await job.ended;
  expectPhase(job, 'kept');
  assert.deepEqual([posts.length, names('unfinished')], [1, []]);
  assert.doesNotMatch(written(root), /files\.example|Key%2F/);
});

test('of a window that died with it, the job is reported as one that may have been charged', async (t) => {
  const first = makeWorkbench(t, { window: 'dead' });
  const job = first.queue.add(makeRequest('paid'), 'person');
  await until(() => first.posts.length === 1);
  first.posts[0]?.resolve([{ kind: 'url', url: URL_WITH_KEY, holdsKey: true }]);
  await until(() => first.journal(`${job.id}.json`).phase === 'answered');
  first.queue.dispose();
  await job.ended;
  const bench = makeWorkbench(t, { root: first.root, window: 'next' });
  const { lost, failed } = await recover({ ...bench, isAlive: () => Promise.resolve(false), now: () => bench.clock.now() });
  assert.deepEqual([lost.map(({ id }) => id), failed, bench.downloads], [[job.id], [], []]);
});
