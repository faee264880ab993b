// Shows that a place goes along with every edit around it, and that its text is found again after edits that took it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findAnchor, shiftAnchor, type AnchorRange, type TextChange } from '../../../src/insert/anchorShift.ts';

const TEXT = 'Before. An orange cat. Behind.';
const ANCHOR = 'An orange cat.';

function homeOf(text: string, anchor: string): AnchorRange {
  const start = text.indexOf(anchor);
  return { start, end: start + anchor.length, text: anchor, gone: false };
}

/** As the host does it: the change, then the text that stands there now. */
function apply(text: string, place: AnchorRange, change: TextChange): string {
  const next = text.slice(0, change.offset) + change.text + text.slice(change.offset + change.length);
  shiftAnchor(place, change);
  if (!place.gone) place.text = next.slice(place.start, place.end);
  return next;
}

const CASES: [what: string, change: TextChange, expected: string][] = [
  ['text put in front', { offset: 0, length: 0, text: 'x\n' }, ANCHOR],
  ['text taken in front', { offset: 0, length: 7, text: '' }, ANCHOR],
  ['text put right in front', { offset: 8, length: 0, text: 'Once ' }, ANCHOR],
  ['text put right behind', { offset: 22, length: 0, text: ' Yes.' }, ANCHOR],
  ['text behind changed', { offset: 23, length: 6, text: 'After' }, ANCHOR],
  ['a word inside changed', { offset: 11, length: 6, text: 'grey' }, 'An grey cat.'],
  ['a word inside added', { offset: 17, length: 0, text: ' fat' }, 'An orange fat cat.'],
  ['its start changed along with what is in front', { offset: 6, length: 5, text: '! The ' }, 'orange cat.'],
  ['its end taken along with what is behind', { offset: 17, length: 8, text: '' }, 'An orange'],
  ['everything replaced, with it inside', { offset: 0, length: TEXT.length, text: `# New\n\n${ANCHOR}\n` }, ANCHOR],
  ['everything replaced, with other white space', { offset: 0, length: TEXT.length, text: 'Before.\nAn\n  orange cat.\n' }, 'An\n  orange cat.'],
  ['it deleted', { offset: 8, length: 14, text: '' }, 'gone'],
  ['it replaced', { offset: 8, length: 14, text: 'A dog.' }, 'gone'],
  ['everything deleted', { offset: 0, length: TEXT.length, text: '' }, 'gone'],
];

for (const [what, change, expected] of CASES) {
  test(`a place after an edit: ${what}`, () => {
    const place = homeOf(TEXT, ANCHOR);
    const next = apply(TEXT, place, change);
    assert.equal(place.gone ? 'gone' : next.slice(place.start, place.end), expected);
  });
}

test('a place comes back with the edit that brings its text back, wherever it is put', () => {
  for (const offset of [0, 8, 16]) {
    const place = homeOf(TEXT, ANCHOR);
    const without = apply(TEXT, place, { offset: 8, length: 14, text: '' });
    assert.ok(place.gone);
    const back = apply(without, place, { offset, length: 0, text: `${ANCHOR} ` });
    assert.deepEqual([place.gone, back.slice(place.start, place.end)], [false, ANCHOR]);
  }
});

test('a place that is gone keeps its neighbourhood', () => {
  const place = homeOf(TEXT, ANCHOR);
  let text = apply(TEXT, place, { offset: 8, length: 14, text: '' });
  text = apply(text, place, { offset: 0, length: 0, text: '1234567' });
  assert.deepEqual([place.gone, place.start, text.slice(place.start)], [true, 15, ' Behind.']);
});

test('edits that leave the text alone leave its place with it', () => {
  const plain = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '😀'), maxLength: 12 });
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(6), plain, fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(plain, plain, edits, (before, behind, changes) => {
      const anchor = '«the text»';
      let text = before + anchor + behind;
      const place = homeOf(text, anchor);
      for (const [at, length, put, isBefore] of changes) {
        const [from, to] = isBefore ? [0, text.indexOf('«')] : [text.indexOf('»') + 1, text.length];
        const offset = from + (at % (to - from + 1));
        text = apply(text, place, { offset, length: Math.min(length, to - offset), text: put });
        assert.deepEqual([place.gone, text.slice(place.start, place.end)], [false, anchor]);
      }
    }),
  );
});

test('edits inside the text, short of all of it, change the place to what the text becomes', () => {
  const word = fc.string({ unit: fc.constantFrom('x', 'y', ' '), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(4), word), { maxLength: 20 }), (changes) => {
      const [before, behind] = ['In front ‹', '› behind'];
      let inner = 'the selected text';
      const place = homeOf(before + inner + behind, inner);
      let text = before + inner + behind;
      for (const [at, wanted, put] of changes) {
        const offset = at % (inner.length + 1);
        // At either end of the text, or over all of it, an edit is one of its neighbourhood.
        if (offset === 0 || offset === inner.length) continue;
        const length = Math.min(wanted, inner.length - offset);
        text = apply(text, place, { offset: before.length + offset, length, text: put });
        inner = inner.slice(0, offset) + put + inner.slice(offset + length);
        assert.deepEqual([place.gone, text.slice(place.start, place.end)], [false, inner]);
      }
    }),
  );
});

test('any edits at all leave a place within its document', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '\n'), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), text), { maxLength: 30 }), (changes) => {
      let now = 'aa bb cc aa bb';
      const place = homeOf(now, 'bb cc');
      for (const [at, length, put] of changes) {
        const offset = at % (now.length + 1);
        now = apply(now, place, { offset, length: length % (now.length - offset + 1), text: put });
        assert.ok(place.start >= 0 && place.start <= place.end && place.end <= now.length, JSON.stringify({ place, now }));
        assert.equal(place.gone || now.slice(place.start, place.end) === place.text, true);
      }
    }),
  );
});

test('the nearest of several occurrences counts, letter by letter before any white space', () => {
  assert.deepEqual(findAnchor('cat cat cat', 'cat', 5), { start: 4, end: 7 });
  assert.deepEqual(findAnchor('a  b, a b', 'a b', 0), { start: 6, end: 9 });
  assert.deepEqual(findAnchor('a\n\tb', 'a b', 0), { start: 0, end: 4 });
  assert.deepEqual(findAnchor('1.5 (x) 1x5', '1.5 (x)', 9), { start: 0, end: 7 });
  assert.equal(findAnchor('anything', '', 0), undefined);
  assert.equal(findAnchor('a b', 'a c', 0), undefined);
});
