// What the page and the host drop: messages that are unknown, too large, wrongly typed or hold more than they should.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseIntent } from '../../../src/protocol/intent.ts';
import { parseSnapshot } from '../../../src/protocol/snapshot.ts';

const value = { prompt: 'a cat', size: '1328x1328', promptExtend: true, watermark: false, count: 1 };
const generate = { type: 'generate', intentId: 'a', revision: 1, value };

test('what the page may say is taken', () => {
  for (const intent of [{ type: 'ready' }, generate, { type: 'insert', intentId: 'a', imageIds: ['x'] }, { type: 'history', offset: 0, count: 200, query: '', starredOnly: false }]) {
    assert.deepEqual(parseIntent(intent), intent);
  }
});

test('a prompt of any length is taken: with “maxPromptCharacters” 0 there is no limit', () => {
  const long = { ...generate, value: { ...value, prompt: 'x'.repeat(300_000) } };
  assert.deepEqual(parseIntent(long), long);
});

const WRONG: Record<string, unknown> = {
  'no object': 'generate', nothing: undefined, 'null': null, 'a list': [generate], 'no type': {}, 'an unknown type': { type: 'runCommand', command: 'workbench.action.quit' },
  'a type of the prototype': { type: 'constructor' },
  'more than it should hold': { ...generate, path: '/etc/passwd' },
  'a command beside it': { type: 'ready', command: 'workbench.action.quit' },
  'no id of its press': { ...generate, intentId: '' },
  'an id of 300 characters': { ...generate, intentId: 'x'.repeat(300) },
  'a prompt of a million characters': { ...generate, value: { ...value, prompt: 'x'.repeat(1_000_000) } },
  'a size of a million characters': { ...generate, value: { ...value, size: '1'.repeat(1_000_000) } },
  'a hundred images': { ...generate, value: { ...value, count: 100 } },
  'half an image': { ...generate, value: { ...value, count: 0.5 } },
  'NaN images': { ...generate, value: { ...value, count: NaN } },
  'a revision that is no number': { ...generate, revision: '1' },
  'a million ids': { type: 'delete', imageIds: Array.from({ length: 1_000_000 }, () => 'x') },
  'no ids': { type: 'delete', imageIds: [] },
  'the whole history at once': { type: 'history', offset: 0, count: 1_000_000, query: '', starredOnly: false },
  'a place before the first': { type: 'history', offset: -1, count: 1, query: '', starredOnly: false },
};
for (const [what, message] of Object.entries(WRONG)) {
  test(`a message with ${what} is dropped`, () => assert.equal(parseIntent(message), undefined));
}

test('whatever is said, nothing throws and nothing but an intent comes out', () => {
  const message = fc.oneof(fc.anything(), fc.record({ type: fc.constantFrom('ready', 'generate', 'show', 'history', 'delete'), intentId: fc.anything(), imageId: fc.anything(), imageIds: fc.anything(), value: fc.anything() }));
  fc.assert(fc.property(message, (said) => {
    const intent = parseIntent(said);
    assert.ok(intent === undefined || typeof intent.type === 'string');
    assert.equal(parseSnapshot(said), undefined);
  }));
});

test('the page takes whole states only', () => {
  for (const message of [undefined, 'snapshot', { type: 'snapshot' }, { type: 'snapshot', revision: 1, jobs: [] }, { type: 'script', text: 'alert(1)' }]) assert.equal(parseSnapshot(message), undefined);
});
