// Holds the anchors: they follow edits, cost next to nothing while somebody types, and do not grow without end.
import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

beforeEach(() => void resetWorld());

function makeAnchors(t: TestContext): Anchors {
  const anchors = new Anchors();
  t.after(() => anchors.dispose());
  return anchors;
}

const at = (line: number, character: number): vscode.Position => new vscode.Position(line, character);

test('an edit reads the document once for all selections, and not at all for cursors', (t) => {
  const anchors = makeAnchors(t);
  const document = world.open('/w/a.md', 'one two three\n');
  const read = t.mock.method(document, 'getText');
  world.edit(document, { range: new vscode.Range(at(0, 0), at(0, 0)), text: '' });
  // The stand-in reads the text itself when it is edited.
  const itsOwn = read.mock.callCount();
  read.mock.resetCalls();
  for (let job = 0; job < 20; job++) anchors.markCursor(`cursor ${job}`, document, at(0, 3));
  world.edit(document, { range: new vscode.Range(at(0, 0), at(0, 0)), text: 'zero ' });
  assert.equal(read.mock.callCount(), itsOwn);
  for (const key of ['a', 'b', 'c']) anchors.markText(key, document, new vscode.Range(at(0, 5), at(0, 8)));
  read.mock.resetCalls();
  world.edit(document, { range: new vscode.Range(at(0, 0), at(0, 0)), text: 'x' });
  assert.equal(read.mock.callCount(), itsOwn + 1);
  assert.equal(anchors.get('a')?.text, 'one');
  assert.equal(anchors.get('cursor 0')?.start, 9);
});

test('of many anchors the newest fifty are kept', (t) => {
  const anchors = makeAnchors(t);
  const document = world.open('/w/a.md', 'one');
  for (let job = 0; job < 60; job++) anchors.markCursor(`${job}`, document, at(0, 1));
  assert.deepEqual([anchors.get('9'), anchors.get('10')?.kind, anchors.get('59')?.kind], [undefined, 'cursor', 'cursor']);
});
