// The draft and its revisions: the newest word counts, whoever says it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '../../../../src/host/window/draft.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeGround } from '../ground.ts';

const VALUE = { prompt: 'a boat', size: '928x1664', promptExtend: true, watermark: false, count: 2 };

test('takes the page’s draft, drops an older one, and has it after a reload', (t) => {
  const { draft, memory } = makeGround(t);
  const { revision } = draft;
  draft.take(revision + 5, VALUE);
  draft.take(revision + 4, { ...VALUE, prompt: 'older' });
  assert.deepEqual([draft.revision, draft.value], [revision + 5, VALUE]);
  const later = new Draft({ memory, scope: () => undefined, changed: () => undefined });
  t.after(() => later.dispose());
  assert.deepEqual(later.value, VALUE);
  assert.ok(later.revision > revision + 5, 'a page that outlives its host sees that this one is newer');
});

test('a switch that nobody touched follows its setting; one that was, does until the setting changes', (t) => {
  const { draft, changes } = makeGround(t);
  world.set('generateImage.watermark', true);
  assert.equal(draft.value.watermark, true);
  draft.take(draft.revision, { ...VALUE, watermark: false });
  world.set('generateImage.promptExtend', false);
  assert.deepEqual([draft.value.watermark, draft.value.promptExtend], [false, false]);
  const { revision } = draft;
  world.set('generateImage.watermark', true);
  assert.equal(draft.value.watermark, true);
  assert.ok(draft.revision > revision);
  const before = changes();
  assert.ok(before >= 4, 'the page hears of each');
  world.set('editor.fontSize', 12);
  assert.equal(changes(), before);
});

test('what a recipe holds beyond the draft belongs to its prompt', (t) => {
  const { draft } = makeGround(t);
  draft.offerExtras({ prompt: 'a boat ', model: 'm', fields: { seed: 7 } });
  assert.equal(draft.extrasFor('a boat'), undefined, 'nobody ticked it');
  draft.takeExtras(true);
  assert.deepEqual(draft.extrasFor(' a boat')?.fields, { seed: 7 });
  assert.equal(draft.extrasFor('a quay'), undefined);
});

test('what is no size is not taken from the page', (t) => {
  const { draft } = makeGround(t);
  draft.take(draft.revision, { ...VALUE, size: '1664x928' });
  draft.take(draft.revision, { ...VALUE, size: '0x0' });
  assert.equal(draft.value.size, '1664x928');
});

test('if other sizes are offered, the nearest in shape is chosen; a size that is still offered stays', (t) => {
  const { draft, memory } = makeGround(t);
  draft.take(draft.revision, { ...VALUE, size: '1664x928' });
  world.set('generateImage.sizes', ['1024x1024', '1536x1024', '1024x1536']);
  assert.equal(draft.value.size, '1536x1024');
  assert.equal(memory.lastSize, '1536x1024', 'the palette offers it first too');
  world.set('generateImage.sizes', ['512x512', '1536x1024']);
  assert.equal(draft.value.size, '1536x1024');
});
