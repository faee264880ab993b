// Foreign text where VS Code would make a link, an icon or another order of reading out of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainText } from '../../../../src/host/window/plainText.ts';

/** What VS Code itself takes for a link in a notification (linkedText.ts) and for an icon in a label (iconLabels.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /\$\([A-Za-z0-9-]+(~[A-Za-z]+)?\)/;
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

test('links, icons, bidi controls and line separators stay text', () => {
  assert.equal(plainText('[Free](command:workbench.action.quit) cat'), '[Free] (command:workbench.action.quit) cat');
  assert.equal(plainText('[a]\u202e(https://evil.example)'), '[a] (https://evil.example)');
  assert.equal(plainText('a $(trash) cat'), 'a $ (trash) cat');
  assert.equal(plainText('$\u200f(trash)'), '$ (trash)');
  assert.equal(plainText('one\u2028two\r\nthree\u0000'), 'one two three');
  assert.equal(plainText('<b onclick="x()">cat</b>'), '<b onclick="x()">cat</b>');
});

test('what people write stays as it is', () => {
  for (const text of ['一只橘猫', 'a [red] (small) cat', '$5 (about)', 'פרה', '👨‍👩‍👧 at the sea', 'می‌خواهم']) assert.equal(plainText(text), text);
});

test('long text is cut by code point', () => {
  assert.equal(plainText('😀'.repeat(20), 5), '😀😀😀😀…');
});

test('whatever comes, no link and no icon is left', () => {
  const piece = fc.oneof(fc.constantFrom('[', ']', '(', ')', '$', '](', '$(', 'command:a', 'https://a', 'trash', '\u202e', '\u2028', '\u0000', '\ufeff', '"', ' '), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (pieces, most) => {
      const shown = plainText(pieces.join(''), most);
      for (const pattern of [LINK, ICON, TURNS, BREAKS]) assert.doesNotMatch(shown, pattern);
      assert.ok([...shown].length <= most);
    }),
    { numRuns: 300 },
  );
});
