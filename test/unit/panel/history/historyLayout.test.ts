// Holds the strip of thumbnails: places, what can be seen, and where each key leads.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { layOutHistory, moveFrom, tileAt, visiblePart, type LayoutFacts } from '../../../../src/panel/history/historyLayout.ts';

const THREE_COLUMNS = { widthPx: 300, leastTilePx: 90, gapPx: 6, headPx: 20 };
const twoDays: LayoutFacts = { days: [{ day: '2026-11-22', count: 4 }, { day: '2026-11-21', count: 5 }], total: 9, ...THREE_COLUMNS };

const anyFacts = fc
  .record({ counts: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }), widthPx: fc.integer({ min: 60, max: 1400 }), more: fc.integer({ min: -50, max: 50 }) })
  .map(({ counts, widthPx, more }): LayoutFacts => ({
    days: counts.map((count, place) => ({ day: `2026-01-${place + 1}`, count })),
    total: Math.max(1, counts.reduce((sum, count) => sum + count, 0) + more),
    widthPx,
    leastTilePx: 90,
    gapPx: 6,
    headPx: 20,
  }));

describe('the history strip', () => {
  it('fills each row and starts a new one for each day', () => {
    const layout = layOutHistory(twoDays);
    assert.equal(layout.columns, 3);
    assert.equal(layout.tilePx, 96);
    assert.deepEqual([0, 2, 3, 4].map((index) => tileAt(layout, index)), [
      { xPx: 0, yPx: 20 },
      { xPx: 204, yPx: 20 },
      { xPx: 0, yPx: 122 },
      { xPx: 0, yPx: 244 },
    ]);
    assert.equal(layout.heightPx, 20 + 2 * 102 + 20 + 2 * 102);
  });

  it('keeps the column from day to day, and stops at both ends', () => {
    const layout = layOutHistory(twoDays);
    assert.equal(moveFrom(layout, 1, 'ArrowDown', 1), 3);
    assert.equal(moveFrom(layout, 3, 'ArrowDown', 1), 4);
    assert.equal(moveFrom(layout, 5, 'ArrowUp', 1), 3);
    assert.equal(moveFrom(layout, 8, 'ArrowDown', 1), 8);
    assert.equal(moveFrom(layout, 0, 'ArrowLeft', 1), 0);
    assert.equal(moveFrom(layout, 0, 'End', 1), 8);
    assert.equal(moveFrom(layout, 8, 'PageUp', 2), 3);
  });

  it('without days is one group with no heading', () => {
    const layout = layOutHistory({ days: [], total: 7, ...THREE_COLUMNS });
    assert.deepEqual(layout.sections, [{ day: '', first: 0, count: 7, topPx: 0 }]);
    assert.equal(tileAt(layout, 0).yPx, 0);
  });

  it('shows every image whose tile touches what can be seen, however the days add up', () => {
    fc.assert(fc.property(anyFacts, fc.integer({ min: -500, max: 60_000 }), fc.integer({ min: 1, max: 2000 }), (facts, topPx, tallPx) => {
      const layout = layOutHistory(facts);
      const part = visiblePart(layout, topPx, topPx + tallPx);
      const rows = Math.ceil(tallPx / layout.tilePx) + 2 + 2 * part.sections.length;
      assert.ok(part.end - part.first <= rows * layout.columns, 'more than fits');
      for (let index = 0; index < facts.total; index++) {
        const { yPx } = tileAt(layout, index);
        const isTouched = yPx < topPx + tallPx && yPx + layout.tilePx > topPx;
        if (isTouched) assert.ok(index >= part.first && index < part.end, `${index} is missing`);
      }
    }), { numRuns: 60 });
  });

  it('lays out exactly the total, each image in one place', () => {
    fc.assert(fc.property(anyFacts, (facts) => {
      const layout = layOutHistory(facts);
      assert.equal(layout.sections.reduce((sum, { count }) => sum + count, 0), facts.total);
      const places = new Set(Array.from({ length: facts.total }, (_, index) => JSON.stringify(tileAt(layout, index))));
      assert.equal(places.size, facts.total);
    }), { numRuns: 40 });
  });

  it('leads down and back up to the same row', () => {
    fc.assert(fc.property(anyFacts, fc.nat(), (facts, seed) => {
      const layout = layOutHistory(facts);
      const index = seed % facts.total;
      const down = moveFrom(layout, index, 'ArrowDown', 1);
      if (down === index || tileAt(layout, down).yPx === tileAt(layout, index).yPx) return;
      assert.equal(tileAt(layout, moveFrom(layout, down, 'ArrowUp', 1)).yPx, tileAt(layout, index).yPx);
    }));
  });
});
