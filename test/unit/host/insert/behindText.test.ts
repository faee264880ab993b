// An image that was made from a text goes behind that text, whatever happened to the document meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Range } from 'vscode';
import type { Document } from '../../../vscodeModule/document.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeDesk } from './insertAtCursor.ts';

const SENTENCE = 'An orange cat sits at the window.';
const LINK = '![a boat](images/a-boat.png)';
const PAGE = `# A page\n\nText before.\n\n${SENTENCE}\n\nText after.\n`;

const after = (text: string): string => PAGE.replace(SENTENCE, `${text}\n\n${LINK}`);
const at = (text: string): number => PAGE.indexOf(text);

function edit(document: Document, offset: number, length: number, text: string): void {
  world.edit(document, { range: new Range(document.positionAt(offset), document.positionAt(offset + length)), text });
}

const CHANGES: readonly (readonly [what: string, change: (document: Document) => void, expected: string])[] = [
  ['before it', (document) => edit(document, 0, 0, 'New first line.\n\nAnd another.\n\n'), `New first line.\n\nAnd another.\n\n${after(SENTENCE)}`],
  ['inside it', (document) => edit(document, at('cat'), 3, 'tabby'), after(SENTENCE.replace('cat', 'tabby'))],
  ['behind it', (document) => edit(document, PAGE.length, 0, 'The end.\n'), `${after(SENTENCE)}The end.\n`],
  ['right in front of it', (document) => edit(document, at(SENTENCE), 0, 'Once: '), after(`Once: ${SENTENCE}`)],
  ['right behind it', (document) => edit(document, at(SENTENCE) + SENTENCE.length, 0, ' It sleeps.'), after(`${SENTENCE} It sleeps.`)],
  ['at its line, cut out and put elsewhere', (document) => {
    edit(document, at(SENTENCE), SENTENCE.length + 1, '');
    edit(document, at('Text before'), 0, `${SENTENCE}\n\n`);
  }, `# A page\n\n${SENTENCE}\n\n${LINK}\n\nText before.\n\n\nText after.\n`],
  ['everywhere, as a formatter does', (document) => edit(document, 0, PAGE.length, PAGE.replaceAll('\n\n', '\n').replace('orange cat', 'orange\ncat')), `# A page\nText before.\nAn orange\ncat sits at the window.\nText after.\n\n${LINK}\n`],
  ['that is taken back', (document) => {
    edit(document, at('cat'), 3, 'tabby');
    edit(document, at('cat'), 5, 'cat');
  }, after(SENTENCE)],
];
for (const [what, change, expected] of CHANGES) {
  test(`finds its place after an edit ${what}`, async (t) => {
    const desk = makeDesk(t);
    const { document, insert } = desk.open('docs/edited.md', PAGE);
    const start = at(SENTENCE);
    desk.anchors.markText(desk.imageId, document, new Range(document.positionAt(start), document.positionAt(start + SENTENCE.length)));
    change(document);
    assert.equal((await insert()).text, expected);
  });
}
