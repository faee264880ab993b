// A place in a document is found again after edits, renames and a closed window, or said to be gone.
import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';
import { Position, Range, Uri } from 'vscode';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import type { Document } from '../../../vscodeModule/document.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

beforeEach(() => void resetWorld());

function start(t: TestContext, text: string): { anchors: Anchors; document: Document; found: () => Promise<string | undefined> } {
  const anchors = new Anchors();
  t.after(() => anchors.dispose());
  const document = world.open('/w/a.md', text);
  const found = async (): Promise<string | undefined> => {
    const anchor = anchors.get('job');
    const place = anchor && (await anchors.find(anchor));
    return place && `${document.getText().slice(0, place.offset)}|${document.getText().slice(place.offset)}`;
  };
  return { anchors, document, found };
}

test('a selection is marked without the blanks around it, and follows edits before it', async (t) => {
  const { anchors, document, found } = start(t, 'one\n  a cat  \nthree');
  anchors.markText('job', document, new Range(1, 0, 1, 9));
  assert.equal(await found(), 'one\n  a cat|  \nthree');
  world.edit(document, { range: new Range(0, 0, 0, 3), text: 'a new\nbeginning' });
  assert.equal(await found(), 'a new\nbeginning\n  a cat|  \nthree');
});

test('a cursor follows several edits of one step', async (t) => {
  const { anchors, document, found } = start(t, 'one two');
  anchors.markCursor('job', document, new Position(0, 4));
  world.edit(document, { range: new Range(0, 0, 0, 0), text: '>> ' }, { range: new Range(0, 7, 0, 7), text: '!' });
  assert.equal(await found(), '>> one |two!');
});

test('a text that was cut and pasted elsewhere is found there; one that is gone is gone', async (t) => {
  const { anchors, document, found } = start(t, 'a cat\nb\n');
  anchors.markText('job', document, new Range(0, 0, 0, 5));
  world.edit(document, { range: new Range(0, 0, 1, 0), text: '' });
  assert.equal(await found(), undefined);
  world.edit(document, { range: new Range(1, 0, 1, 0), text: 'a cat' });
  assert.equal(await found(), 'b\na cat|');
});

test('a place goes along with its renamed file, and by the name of the image that its job made', async (t) => {
  const { anchors, document } = start(t, 'one');
  anchors.markCursor('job', document, new Position(0, 3));
  anchors.hand('job', 'image');
  world.renamedFiles.fire({ files: [{ oldUri: document.uri, newUri: Uri.file('/w/b.md') }] });
  world.open('/w/b.md', 'one more');
  const anchor = anchors.get('image');
  assert.ok(anchor);
  assert.equal((await anchors.find(anchor))?.document.uri.path, '/w/b.md');
  assert.equal(anchors.get('job'), undefined);
});

test('a document that cannot be opened has no place', async (t) => {
  const { anchors, document } = start(t, 'one');
  anchors.markCursor('job', document, new Position(0, 0));
  world.documents.length = 0;
  const anchor = anchors.get('job');
  assert.equal(anchor && (await anchors.find(anchor)), undefined);
});
