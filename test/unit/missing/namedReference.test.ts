// Holds our reading of character references against the Markdown parser's own, for every name that HTML knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { characterEntities } from 'character-entities';
import { decodeNamedCharacterReference } from '../../../src/missing/namedReference.ts';

test('every name has the same characters', () => {
  const names = Object.entries(characterEntities);
  assert.ok(names.length > 2000);
  assert.deepEqual(names.filter(([name, characters]) => decodeNamedCharacterReference(name) !== characters), []);
});

test('a name that HTML does not know is none', () => {
  for (const name of ['', 'nope', 'amp;lt', 'constructor', 'amp ', '&amp']) assert.equal(decodeNamedCharacterReference(name), false, name);
});
