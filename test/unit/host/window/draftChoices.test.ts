// Holds the draft: settings that change win over older choices, folders have their own, and no image decides what is sent.
import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';
import { Draft } from '../../../../src/host/window/draft.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';

beforeEach(() => void resetWorld());

function makeDraft(t: TestContext, memory = new Memory(createMemento(), createMemento())): Draft {
  const draft = new Draft({ memory, scope: () => undefined, changed: () => undefined });
  t.after(() => draft.dispose());
  return draft;
}

test('a changed setting clears the panel’s own choice, after a reload too', (t) => {
  const memory = new Memory(createMemento(), createMemento());
  const draft = makeDraft(t, memory);
  draft.change({ prompt: 'a cat', watermark: true });
  world.set('generateImage.watermark', false);
  assert.equal(draft.value.watermark, false);
  assert.equal(makeDraft(t, memory).value.watermark, false);
  assert.equal(makeDraft(t, memory).value.prompt, 'a cat');
});

test('model and fields of an image are taken only once they are ticked, and only with their prompt', (t) => {
  const draft = makeDraft(t);
  draft.change({ prompt: 'a cat' });
  draft.offerExtras({ prompt: 'a cat', model: 'dear-model', fields: { seed: 7 } });
  assert.equal(draft.extras?.model, 'dear-model');
  assert.equal(draft.extrasFor('a cat'), undefined);
  draft.takeExtras(true);
  assert.equal(draft.extrasFor(' a cat ')?.model, 'dear-model');
  assert.equal(draft.extrasFor('a dog'), undefined);
  draft.change({ prompt: 'a dog' });
  assert.equal(draft.extras, undefined);
});

test('a model that is set later is the one that is sent', (t) => {
  const draft = makeDraft(t);
  draft.change({ prompt: 'a cat' });
  draft.offerExtras({ prompt: 'a cat', model: 'dear-model', fields: {} });
  draft.takeExtras(true);
  world.set('generateImage.model', 'my-model');
  assert.equal(draft.extrasFor('a cat'), undefined);
});
