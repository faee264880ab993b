// Holds that neither the host's copy of the draft nor the person's typing overwrites the other.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DraftKeeper, type RevisedDraft } from '../../../../src/panel/form/draftKeeper.ts';
import type { Draft } from '../../../../src/protocol/snapshot.ts';

const draft = (prompt: string): Draft => ({ prompt, size: '1328x1328', promptExtend: true, watermark: false, count: 1 });

function makeKeeper(kept?: RevisedDraft & { unsent: boolean }) {
  const posted: RevisedDraft[] = [];
  const keptStates: (RevisedDraft & { unsent: boolean })[] = [];
  const pauses = new Set<() => void>();
  const keeper = new DraftKeeper(
    {
      post: (value) => posted.push(value),
      keep: (value) => keptStates.push(value),
      later: (run) => {
        pauses.add(run);
        return () => pauses.delete(run);
      },
    },
    kept,
  );
  const endPause = (): void => {
    for (const run of pauses) run();
    pauses.clear();
  };
  return { keeper, posted, keptStates, endPause };
}

describe('the draft', () => {
  it('is taken from the host first, then only when its revision is newer', () => {
    const { keeper } = makeKeeper();
    assert.equal(keeper.receive({ revision: 4, value: draft('from the selection') }), true);
    assert.equal(keeper.receive({ revision: 4, value: draft('the same again') }), false);
    assert.equal(keeper.receive({ revision: 3, value: draft('older') }), false);
    assert.equal(keeper.value?.prompt, 'from the selection');
    assert.equal(keeper.receive({ revision: 5, value: draft('newer') }), true);
    assert.equal(keeper.value?.prompt, 'newer');
  });

  it('is posted once after a pause in the typing, with the next revision', () => {
    const { keeper, posted, keptStates, endPause } = makeKeeper();
    keeper.receive({ revision: 7, value: draft('') });
    for (const prompt of ['a', 'ab', 'abc']) keeper.change({ prompt });
    assert.deepEqual(posted, []);
    assert.deepEqual(keptStates.at(-1), { revision: 7, value: draft('abc'), unsent: true });
    endPause();
    assert.deepEqual(posted, [{ revision: 8, value: draft('abc') }]);
    keeper.flush();
    assert.equal(posted.length, 1);
  });

  it('typed and not yet sent wins over a newer one of the host, and outruns it', () => {
    const { keeper, posted } = makeKeeper();
    keeper.receive({ revision: 1, value: draft('') });
    keeper.change({ prompt: 'typed' });
    assert.equal(keeper.receive({ revision: 9, value: draft('from elsewhere') }), false);
    keeper.flush();
    assert.deepEqual(posted, [{ revision: 10, value: draft('typed') }]);
  });

  it('of the host waits while an input method composes', () => {
    const { keeper } = makeKeeper();
    keeper.receive({ revision: 1, value: draft('') });
    keeper.startComposing();
    assert.equal(keeper.receive({ revision: 2, value: draft('from elsewhere') }), false);
    assert.equal(keeper.value?.prompt, '');
    assert.equal(keeper.endComposing(), true);
    assert.equal(keeper.value?.prompt, 'from elsewhere');
  });

  it('kept over a reload is sent again to a host that knows an older one', () => {
    const { keeper, posted } = makeKeeper({ revision: 57, value: draft('kept'), unsent: false });
    keeper.receive({ revision: 0, value: draft('') });
    assert.equal(keeper.value?.prompt, 'kept');
    assert.deepEqual(posted, [{ revision: 58, value: draft('kept') }]);
  });

  it('remembered as unsent, though later ones reached the host, is forgotten', () => {
    const { keeper, posted } = makeKeeper({ revision: 2, value: draft('long ago'), unsent: true });
    assert.equal(keeper.receive({ revision: 5, value: draft('the last') }), true);
    assert.deepEqual([keeper.value?.prompt, posted], ['the last', []]);
    const typing = makeKeeper({ revision: 2, value: draft('long ago'), unsent: true });
    typing.keeper.change({ prompt: 'typed just now' });
    assert.equal(typing.keeper.receive({ revision: 5, value: draft('the last') }), false);
    assert.deepEqual(typing.posted, [{ revision: 6, value: draft('typed just now') }]);
  });

  it('kept unsent over a reload is sent at the first answer', () => {
    const { keeper, posted } = makeKeeper({ revision: 3, value: draft('typed at the end'), unsent: true });
    keeper.flush();
    assert.deepEqual(posted, []);
    keeper.receive({ revision: 3, value: draft('typed') });
    assert.deepEqual(posted, [{ revision: 4, value: draft('typed at the end') }]);
  });
});
