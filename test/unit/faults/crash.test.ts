// Kills windows at random moments, three at a time, and holds the product to its word: nothing that was paid for is lost.
// `npm run test:kills` kills a thousand and prints the figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killWindows } from './kills.ts';

const KILLS = 120;

test(`${KILLS} windows are killed`, async (t) => {
  for await (const count of killWindows(KILLS)) {
    t.diagnostic(`${count.posts} sent: ${count.kept} images kept, ${count.reported} requests reported, ${count.gone.length} gone`);
    assert.deepEqual([count.gone, count.doubled, count.altered, count.lostAfterTold], [[], [], [], []]);
    assert.ok(count.posts > KILLS && count.kept > KILLS / 2 && count.reported > 0, 'the windows were killed before they did anything');
  }
});
