// Holds how paths of URIs are compared: names of Windows by any case, all others exactly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentsBelow } from '../../../src/insert/posixPath.ts';

test('on Windows, a folder and a file below it may be written in different cases', () => {
  assert.deepEqual(segmentsBelow('/c:/Users/me', '/C:/users/ME/Docs/a.png'), ['Docs', 'a.png']);
  assert.equal(segmentsBelow('/c:/Users/me', '/d:/Users/me/a.png'), undefined);
});

test('elsewhere, case tells folders apart', () => {
  assert.equal(segmentsBelow('/Users/me', '/users/me/a.png'), undefined);
  assert.deepEqual(segmentsBelow('/Users/me', '/Users/me/a.png'), ['a.png']);
});
