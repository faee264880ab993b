// Holds what is taken as a prompt: words about the image, never words for its place on the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';
import { promptOf, sizeInWords, withoutLayout } from '../../../src/missing/promptWords.ts';

test('layout words are none of the prompt', () => {
  const table: [alt: string, words: string][] = [
    ['bg right:40%', ''],
    ['bg', ''],
    ['bg left:33% blur:10px A harbour at dawn', 'A harbour at dawn'],
    ['w:200', ''],
    ['w:200px h:100px A boat', 'A boat'],
    ['bg cover vertical opacity:.5', ''],
    ['|300', ''],
    ['A boat|300', 'A boat'],
    ['A boat|300x200', 'A boat'],
    ['A boat|right|100', 'A boat'],
    ['A|B testing', 'A|B testing'],
    [':size=50%', ''],
    ['inline 50%', ''],
    ['fit', ''],
    ['50%', ''],
    ['=300x200', ''],
    ['A cover of a book', 'A cover of a book'],
    ['Turn right at the top', 'Turn right at the top'],
    ['left hand', 'left hand'],
    ['a  boat\n at sea', 'a boat at sea'],
  ];
  for (const [alt, words] of table) assert.equal(withoutLayout(alt), words, alt);
});

test('the prompt comes from the alternative text, the caption, the title or the heading above', () => {
  const table: [text: string, prompt: string | undefined][] = [
    ['# A harbour\n\n![A boat](a.png "A title")', 'A boat'],
    ['# A harbour\n\n![](a.png "A title")', 'A title'],
    ['# First\n\n## A *harbour* `now` {#id}\n\n![bg right:40%](a.png)\n\n## Last', 'A harbour now'],
    ['A harbour\n=========\n\n![|300](a.png)', 'A harbour'],
    ['---\ntitle: "A harbour"\n---\n\n![](a.png)', 'A harbour'],
    ['# A harbour\n\n![image.png](a.png)', 'A harbour'],
    ['# A harbour\n\n![alt text](a.png)', 'A harbour'],
    ['![](a.png)\n\n# Below', undefined],
    ['<h2>A <b>harbour</b></h2>\n\n<img src="a.png">', 'A harbour'],
    ['![A *red* \\*boat\\* in_a_sea][r]\n\n[r]: a.png "t"', 'A red *boat* in_a_sea'],
  ];
  for (const [text, prompt] of table) {
    const [link] = findImageLinks(text, 'markdown');
    assert.ok(link, text);
    assert.equal(promptOf(link), prompt, text);
  }
});

test('a style sheet says it by a comment or by the name of the file', () => {
  const table: [text: string, prompt: string | undefined][] = [
    ['.a { background: url(img/hero-mountains.png) }', 'hero mountains'],
    ['/* Mountains at dawn */\n.a { background: url("img/h1.png") }', 'Mountains at dawn'],
    ['.a { background: url(img/h1.png) }', undefined],
  ];
  for (const [text, prompt] of table) {
    const [link] = findImageLinks(text, 'css');
    assert.ok(link, text);
    assert.equal(promptOf(link), prompt, text);
  }
});

test('sizes in words', () => {
  assert.deepEqual(sizeInWords('bg w:300px h:200'), { widthPx: 300, heightPx: 200 });
  assert.deepEqual(sizeInWords('A boat|300x200'), { widthPx: 300, heightPx: 200 });
  assert.deepEqual(sizeInWords(':size=300x200'), { widthPx: 300, heightPx: 200 });
  for (const words of ['w:300', '|300', ':size=50%', 'A 300x200 boat']) assert.equal(sizeInWords(words), undefined, words);
});
