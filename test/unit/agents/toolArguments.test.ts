// Holds what agents may send as arguments: good calls are read, and each mistake is answered by a sentence that helps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFindCall, readGenerateCall } from '../../../src/agents/toolArguments.ts';
import '../seed.ts';

const problemOf = (value: unknown, most = 800): string => {
  const read = readGenerateCall(value, most);
  return 'problem' in read ? read.problem : assert.fail(`accepted: ${JSON.stringify(value)}`);
};

test('a call with a prompt alone asks for one image', () => {
  assert.deepEqual(readGenerateCall({ prompt: ' a fox ' }, 800), { prompt: 'a fox', count: 1 });
});

test('every argument is read', () => {
  const call = { prompt: 'a fox', path: 'docs/fox.webp', document: 'docs/a.md', width: 1200, height: 630, count: 3, alt: 'A fox' };
  assert.deepEqual(readGenerateCall(call, 800), { prompt: 'a fox', path: 'docs/fox.webp', document: 'docs/a.md', widthPx: 1200, heightPx: 630, count: 3, alt: 'A fox' });
});

test('whole numbers written as texts are numbers; null and empty texts are left out', () => {
  assert.deepEqual(readGenerateCall({ prompt: 'a fox', width: '1200', height: null, alt: '', path: ' ' }, 800), { prompt: 'a fox', widthPx: 1200, count: 1 });
});

test('a mistake is answered by a sentence that names the argument and what is right', () => {
  assert.match(problemOf({}), /“prompt”/);
  assert.match(problemOf({ prompt: '   ' }), /“prompt”/);
  assert.match(problemOf({ prompt: 7 }), /“prompt” must be a text/);
  assert.match(problemOf({ prompt: 'x', count: 1e9 }), /“count” must be a whole number from 1 to 4/);
  assert.match(problemOf({ prompt: 'x', count: 0 }), /“count”/);
  assert.match(problemOf({ prompt: 'x', count: 1.5 }), /“count”/);
  assert.match(problemOf({ prompt: 'x', width: -1 }), /“width” must be a whole number from 16 to 4096/);
  assert.match(problemOf({ prompt: 'x', height: '12e3' }), /“height”/);
  assert.match(problemOf({ prompt: 'x', size: '1:1' }), /no argument “size”.*Use width and height/);
  assert.match(problemOf({ prompt: 'x', ['__proto__' + 'x']: 1 }), /no argument/);
  assert.match(problemOf({ prompt: 'a\u0000b' }), /control characters/);
  assert.match(problemOf({ prompt: 'x', path: 'a\nb.png' }), /one line/);
  assert.match(problemOf([]), /takes an object/);
  assert.match(problemOf('a fox'), /takes an object/);
  assert.match(problemOf(null), /takes an object/);
});

test('a prompt that is too long is not cut but refused, with both numbers', () => {
  assert.match(problemOf({ prompt: 'x'.repeat(10_000) }), /has 10000 characters; the service takes at most 800/);
  assert.ok(!('problem' in readGenerateCall({ prompt: '狐'.repeat(800) }, 800)));
  assert.ok(!('problem' in readGenerateCall({ prompt: 'x'.repeat(10_000) }, 0)));
});

test('a search needs words, and may name a file', () => {
  assert.deepEqual(readFindCall({ query: 'fox', saveAs: 'a.png' }), { query: 'fox', saveAs: 'a.png' });
  assert.ok('problem' in readFindCall({}));
  assert.ok('problem' in readFindCall({ query: 'x', path: 'a.png' }));
});

test('nothing that can be sent throws, and what is accepted keeps its bounds', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ prompt: fc.jsonValue(), count: fc.jsonValue(), width: fc.jsonValue(), path: fc.jsonValue() }, { requiredKeys: [] })), (value) => {
      const read = readGenerateCall(value, 800);
      if ('problem' in read) assert.match(read.problem, /^.+[.]$/);
      else assert.ok(read.count >= 1 && read.count <= 4 && read.prompt !== '' && (read.widthPx ?? 16) >= 16);
    }),
  );
});
