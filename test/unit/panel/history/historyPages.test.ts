// Holds which part of the history is asked for, and that old parts are not shown as new ones.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HistoryPages } from '../../../../src/panel/history/historyPages.ts';
import type { Snapshot, SnapshotImage } from '../../../../src/protocol/snapshot.ts';

const image = (index: number): SnapshotImage => ({
  id: `i${index}`, prompt: 'p', uri: 'u', size: '1x1', widthPx: 1, heightPx: 1, sizeBytes: 1, starred: false, time: '', model: 'm', durationMs: 1,
});

function part(offset: number, count: number, revision = 1): Snapshot['history'] {
  const items = Array.from({ length: count }, (_, place) => image(offset + place));
  return { revision, total: 10_000, keptTotal: 10_000, sizeBytes: 0, query: '', starredOnly: false, offset, items };
}

describe('the parts of the history', () => {
  it('are asked for in whole steps, never more than the host allows', () => {
    const pages = new HistoryPages();
    assert.deepEqual(pages.missingRange(0, 30), { offset: 0, count: 50 });
    assert.deepEqual(pages.missingRange(9_930, 9_999), { offset: 9_900, count: 100 });
    assert.deepEqual(pages.missingRange(40, 900), { offset: 0, count: 200 });
  });

  it('are asked for only if one image is missing', () => {
    const pages = new HistoryPages();
    pages.receive(part(0, 50));
    assert.equal(pages.missingRange(0, 50), undefined);
    assert.deepEqual(pages.missingRange(45, 60), { offset: 0, count: 100 });
    assert.equal(pages.missingRange(0, 0), undefined);
  });

  it('of an older revision are forgotten', () => {
    const pages = new HistoryPages();
    pages.receive(part(0, 50));
    pages.receive(part(100, 50, 2));
    assert.equal(pages.at(3), undefined);
    assert.equal(pages.indexOf('i120'), 120);
  });

  it('are not all kept: the ones sent longest ago go', () => {
    const pages = new HistoryPages();
    for (let offset = 0; offset < 2_000; offset += 200) pages.receive(part(offset, 200));
    assert.equal(pages.at(0), undefined);
    assert.equal(pages.at(1_999)?.id, 'i1999');
    assert.equal(pages.at(1_200)?.id, 'i1200');
  });
});
