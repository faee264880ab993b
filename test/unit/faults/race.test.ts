// Runs four windows on one folder, a thousand jobs in all, beside the rest of windows that died: nothing lost, nothing doubled.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../history/folder.ts';
import { openWindows } from './windows.ts';

const WINDOWS = 4;
const JOBS_EACH = 250;
const DEAD = 6;

test('four windows, a thousand jobs', async (t) => {
  const windows = await openWindows(makeFolder(t), Array.from({ length: 1200 }, (_, index) => ({ kind: 'ok', like: { answer: index % 2 ? 'url' : 'base64' } })));
  t.after(() => windows.service.close());
  for (let number = 0; number < DEAD; number++) await windows.kill(`dead${number}`, 12, 0);
  await Promise.all(Array.from({ length: WINDOWS }, (_, index) => windows.finish(`w${index}`, JOBS_EACH)));
  const count = await windows.count();
  assert.deepEqual([count.gone, count.doubled, count.altered], [[], [], []]);
  const own = windows.service.requests.filter(({ body }) => /"w\d \d+"/.test(body)).length;
  assert.equal(own, WINDOWS * JOBS_EACH);
  assert.equal(count.kept + count.reported >= own, true);
  assert.ok(count.kept >= own);
  assert.deepEqual(readdirSync(join(windows.folder, 'unfinished')), []);
  assert.deepEqual(readdirSync(join(windows.folder, 'windows')), []);
});
