// Holds the disk's faults to the product's word: whatever fails, the image is kept or somebody was told, and nothing is sent twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLostSilently, listFaults, runFault } from './fileFaults.ts';

/** `npm run test:kills` tries all of them. */
const EVERY = 13;

test('of the faults of files, every thirteenth', async () => {
  for (const fault of listFaults().filter((_, index) => index % EVERY === 0)) {
    const ending = await runFault(fault);
    assert.ok(!isLostSilently(ending) && ending.posts <= 1 && ending.kept <= ending.wanted, JSON.stringify({ fault, ending }));
  }
});
