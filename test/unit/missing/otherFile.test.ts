// A link gets another file of its folder: only the name changes, whatever stands around it, in every language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageLinkLanguageOf } from '../../../src/missing/documentLanguage.ts';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';
import { otherFile } from '../../../src/missing/otherFile.ts';

function renamed(text: string, path: string, name: string): string | undefined {
  const language = imageLinkLanguageOf('', path);
  assert.ok(language);
  const [link] = findImageLinks(text, language);
  assert.ok(link, text);
  const change = otherFile(link, text, name);
  if (!change) return undefined;
  const changed = text.slice(0, change.start) + change.text + text.slice(change.end);
  // Whoever reads the link again gets the new name, in the old folder.
  const [again] = findImageLinks(changed, language);
  assert.equal(again?.path.split('/').at(-1), name);
  assert.equal(again.path.slice(0, -name.length), link.path.slice(0, link.path.lastIndexOf('/') + 1));
  return changed;
}

test('folder, query, title, attributes and the way of writing stay', () => {
  const cases: [string, string, string][] = [
    ['a.md', '![a](/img/old.png?v=1#x "T")', '![a](/img/new.png?v=1#x "T")'],
    ['a.md', '![a](<./my images/old one.png>)', '![a](<./my images/new.png>)'],
    ['a.md', '| ![a](old.png) | b |\n|---|---|', '| ![a](new.png) | b |\n|---|---|'],
    ['a.md', '![a][r]\n\n[r]: ../x/猫.png "T"\n', '![a][r]\n\n[r]: ../x/new.png "T"\n'],
    ['a.mdx', '<img src="img/old.png" width={3} />', '<img src="img/new.png" width={3} />'],
    ['a.html', "<img alt='a' src='img/old.png'\n width=3>", "<img alt='a' src='img/new.png'\n width=3>"],
    ['a.adoc', 'image::old.png[a]', 'image::new.png[a]'],
    ['a.org', '[[file:img/old.png]]', '[[file:img/new.png]]'],
    ['a.typ', '#image("img/old.png")', '#image("img/new.png")'],
    ['a.css', 'a { background: url(img/old.png) }', 'a { background: url(img/new.png) }'],
  ];
  for (const [path, text, wanted] of cases) assert.equal(renamed(text, path, 'new.png'), wanted, text);
});

test('a name is written as the language needs it', () => {
  assert.ok(renamed('![a](x/old.png)', 'a.md', 'a b (1) 100%.png'));
  assert.ok(renamed('<img src="x/old.png">', 'a.html', 'a & "b".png'));
});

test('nothing is changed if the name cannot be told from the writing', () => {
  assert.equal(renamed('<img src="a&#47;old.png">', 'a.html', 'new.png'), undefined);
});
