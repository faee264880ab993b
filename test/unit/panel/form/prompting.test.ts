// Holds style fragments and the recall of earlier prompts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasFragment, toggleFragment } from '../../../../src/panel/form/promptFragments.ts';
import { recallPrompt } from '../../../../src/panel/form/recall.ts';

describe('a style', () => {
  it('is added to the end and taken away from where it is', () => {
    assert.equal(toggleFragment('', 'oil paint'), 'oil paint');
    assert.equal(toggleFragment('a cat', 'oil paint'), 'a cat, oil paint');
    assert.equal(toggleFragment('a cat,', 'oil paint'), 'a cat, oil paint');
    assert.equal(toggleFragment('a cat, oil paint, at night', 'oil paint'), 'a cat, at night');
    assert.equal(toggleFragment('oil paint, a cat', 'oil paint'), 'a cat');
    assert.equal(toggleFragment('一只猫,油画', '油画'), '一只猫');
  });

  it('is not found inside other words', () => {
    assert.equal(hasFragment('a flattering portrait', 'flat'), false);
    assert.equal(hasFragment('a cat, oil painting', 'oil paint'), false);
    assert.equal(hasFragment('a cat', ''), false);
  });

  it('toggled twice leaves any prompt that had none as it was', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'cat', '猫', 'at night'), { minLength: 1, maxLength: 6 }), (words) => {
      const prompt = words.join(' ');
      assert.equal(toggleFragment(toggleFragment(prompt, 'oil paint'), 'oil paint'), prompt);
    }));
  });
});

describe('an earlier prompt', () => {
  const recent = ['newest', 'older'];

  it('comes with the arrow up, goes with the arrow down', () => {
    const first = recallPrompt('ArrowUp', { text: '', caret: 0 }, recent, undefined);
    assert.deepEqual(first, { text: 'newest', at: 0 });
    const second = recallPrompt('ArrowUp', { text: 'newest', caret: 6 }, recent, first);
    assert.deepEqual(second, { text: 'older', at: 1 });
    assert.equal(recallPrompt('ArrowUp', { text: 'older', caret: 5 }, recent, second), undefined);
    assert.deepEqual(recallPrompt('ArrowDown', { text: 'older', caret: 5 }, recent, second), first);
    assert.deepEqual(recallPrompt('ArrowDown', { text: 'newest', caret: 6 }, recent, first), { text: '', at: -1 });
  });

  it('never replaces typed text, nor moves in when the caret is inside or text is selected', () => {
    const shown = { text: 'newest', at: 0 };
    assert.equal(recallPrompt('ArrowUp', { text: 'my words', caret: 0 }, recent, undefined), undefined);
    assert.equal(recallPrompt('ArrowUp', { text: 'newest!', caret: 7 }, recent, shown), undefined);
    assert.equal(recallPrompt('ArrowUp', { text: 'newest', caret: 3 }, recent, shown), undefined);
    assert.equal(recallPrompt('ArrowUp', { text: 'newest', caret: undefined }, recent, shown), undefined);
    assert.equal(recallPrompt('ArrowDown', { text: '', caret: 0 }, recent, undefined), undefined);
  });
});
