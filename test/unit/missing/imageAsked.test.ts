// Holds which links ask for an image, their size, their place on disk and the change of an ending.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';
import type { ImageLink } from '../../../src/missing/imageLink.ts';
import { asksForImage, newEnding, newName, sizeFor, wantedSize } from '../../../src/missing/imageAsked.ts';
import { CONTRACT_SIZES } from '../../../src/prompt/size.ts';

function linkIn(text: string): ImageLink {
  const [link] = findImageLinks(text, text.startsWith('<img') ? 'html' : 'markdown');
  assert.ok(link, text);
  return link;
}

test('which links ask, and with which words', () => {
  const table: [text: string, target: string | undefined, prompt?: string][] = [
    ['![a  cat\non a mat](images/cat.png)', 'png', 'a cat on a mat'],
    ['![a](CAT.PNG)', 'png', 'a'],
    ['![a](100%25%20blue%20%231.png)', 'png', 'a'],
    ['![a](cat.png#2)', 'png', 'a'],
    ['![a](%7Bcat%7D.png)', 'png', 'a'],
    ['![a](/images/cat.jpg)', 'jpeg', 'a'],
    ['![a](../cat.jpeg#x)', 'jpeg', 'a'],
    ['![a](cat.webp)', 'webp', 'a'],
    ['![a](cat.svg?v=1)', 'other', 'a'],
    ['![](cat.png)', undefined],
    ['![&nbsp;](cat.png)', undefined],
    ['![a](https://example.com/cat.png)', undefined],
    ['![a](//example.com/cat.png)', undefined],
    ['![a](data:image/png;base64,AAAA.png)', undefined],
    ['![a](file:///c:/cat.png)', undefined],
    ['![a](c:/cat.png)', undefined],
    ['![a](#cat.png)', undefined],
    ['![a](images\\cat.png)', undefined],
    ['![a](images%5Ccat.png)', undefined],
    ['![a](<{{ site.base }}/cat.png>)', undefined],
    ['![a](cat%00.png)', undefined],
    ['![a](cat%0A.png)', undefined],
    ['![a](images/cat)', undefined],
    ['![a](cat.mp4)', undefined],
    ['![a](.png)', undefined],
    ['![a](images/.png)', undefined],
    ['<img src="<?php echo $x ?>.png" alt="a">', undefined],
  ];
  for (const [text, target, prompt] of table) {
    assert.deepEqual(asksForImage(linkIn(text)), target && { target, prompt: prompt ?? '' }, text);
  }
});

test('the size follows the ratio of width and height', () => {
  const table: [attributes: string, size: string][] = [
    ['width=1600 height=900', '1664x928'],
    ['width="300px" height="300"', '1328x1328'],
    ['width=3 height=4', '1104x1472'],
    ['width=300', '1328x1328'],
    ['width="100%" height=20', '1328x1328'],
    ['width=0 height=0', '1328x1328'],
  ];
  for (const [attributes, size] of table) {
    assert.equal(sizeFor(wantedSize(linkIn(`<img src="a.png" alt="a" ${attributes}>`)), CONTRACT_SIZES, '1328x1328'), size, attributes);
  }
  assert.equal(sizeFor(wantedSize(linkIn('<img src="a.png" width=1600 height=900>')), [], '512x512'), '512x512');
});

test('another ending becomes .png in the text, and nothing else changes', () => {
  const table: [text: string, changed: string | undefined][] = [
    ['![a](images/cat.gif)', '![a](images/cat.png)'],
    ['![a](<my cat.SVG> "t.svg")', '![a](<my cat.png> "t.svg")'],
    ['![a](cat.svg?v=a.svg#b.svg)', '![a](cat.png?v=a.svg#b.svg)'],
    ['![a][c]\n\n[c]: x/cat.gif', '![a][c]\n\n[c]: x/cat.png'],
    ['<img alt="a" src=" c&amp;d.avif ">', '<img alt="a" src=" c&amp;d.png ">'],
    ['![a](cat&#46;gif)', undefined],
    ['![a](cat.webp)', undefined],
    ['![a](cat.png)', undefined],
  ];
  for (const [text, changed] of table) {
    const edit = newEnding(linkIn(text), text, '.png');
    assert.equal(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end), changed, text);
    if (changed !== undefined) assert.equal(asksForImage(linkIn(changed))?.target, 'png', changed);
  }
});

test('a new name takes the place of the last part of the path', () => {
  const table: [text: string, changed: string | undefined][] = [
    ['![a](images/TODO.png?v=1)', '![a](images/a%20%23cat.png?v=1)'],
    ['<img alt="a" src="TODO.png">', '<img alt="a" src="a%20%23cat.png">'],
    ['![a](images&#47;TODO.png)', undefined],
  ];
  for (const [text, changed] of table) {
    const edit = newName(linkIn(text), text, 'a #cat.png');
    assert.equal(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end), changed, text);
  }
});

test('aliases, templates, variables and examples are no paths', () => {
  const urls = ['@site/static/a.png', '@/assets/a.png', '~/a.png', '~@/a.png', '#/a.png', '$lib/a.png', '@images/a.png', '{{ site.url }}/a.png', '${base}/a.png', '{base}/a.png', '<%= a %>.png', 'blob:x/a.png', 'pathname:///a.png', 'www.example.com/a.png', '/path/to/image.png', '.../a.png', '*.png', '%PUBLIC_URL%/a.png'];
  for (const url of urls) assert.equal(asksForImage({ alt: 'a', url, path: url, rawStart: 0, rawEnd: 1, pathStart: 0, pathEnd: 1, syntax: 'html' }), undefined, url);
  for (const url of ['@2x.png', 'a@2x.png', 'a$b/c.png', '~a.png', 'a%20b.png']) assert.ok(asksForImage({ alt: 'a', url, path: url, rawStart: 0, rawEnd: 1, pathStart: 0, pathEnd: 1, syntax: 'html' }), url);
});
