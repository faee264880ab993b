// Holds which links ask for an image, their size, their place on disk and the change of an ending.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';
import type { ImageLink } from '../../../src/missing/imageLink.ts';
import { asksForImage, pngEnding, resolveLinkPath, sizeFor } from '../../../src/missing/imageAsked.ts';
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
    ['![a](/images/cat.jpg)', 'jpeg', 'a'],
    ['![a](../cat.jpeg#x)', 'jpeg', 'a'],
    ['![a](cat.webp)', 'other', 'a'],
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
    assert.equal(sizeFor(linkIn(`<img src="a.png" alt="a" ${attributes}>`), CONTRACT_SIZES, '1328x1328'), size, attributes);
  }
  assert.equal(sizeFor(linkIn('<img src="a.png" width=1600 height=900>'), [], '512x512'), '512x512');
});

test('where a path leads', () => {
  const table: [documentPath: string, path: string, rootPath: string, linkBase: string, found: string | undefined][] = [
    ['/w/docs/a.md', 'images/cat.png', '/w', '', '/w/docs/images/cat.png'],
    ['/w/docs/a.md', '../my cat.png', '/w', '', '/w/my cat.png'],
    ['/w/docs/a.md', '../../cat.png', '/w', '', undefined],
    ['/w/docs/a.md', '/cat.png', '/w', '', '/w/cat.png'],
    ['/w/docs/a.md', '/cat.png', '/w', 'public', '/w/public/cat.png'],
    ['/w/docs/a.md', '/../cat.png', '/w', 'public', '/w/cat.png'],
    ['/w/docs/a.md', '/../../cat.png', '/w', 'public', undefined],
    ['/w/docs/a.md', 'cat.png', '/w', 'public', '/w/docs/cat.png'],
    ['/c:/w/docs/a.md', 'cat.png', '/C:/w', '', '/c:/w/docs/cat.png'],
    ['/w/a.md', '.', '/w', '', undefined],
    ['/w/a.md', 'images/', '/w', '', undefined],
    ['/wide/a.md', 'cat.png', '/w', '', undefined],
  ];
  for (const [documentPath, path, rootPath, linkBase, found] of table) {
    assert.equal(resolveLinkPath(documentPath, path, rootPath, linkBase), found, `${path} in ${documentPath}`);
  }
});

test('no path leads out of the root', () => {
  const paths = fc.array(fc.constantFrom('..', '.', '', '/', 'a', 'b.png', '...', '%2e%2e', ' ', '~'), { maxLength: 10 });
  fc.assert(fc.property(paths, fc.constantFrom('', 'public', '..', '../..'), (segments, linkBase) => {
    const resolved = resolveLinkPath('/r/w/docs/a.md', segments.join('/'), '/r/w', linkBase);
    assert.ok(resolved === undefined || (resolved.startsWith('/r/w/') && posix.normalize(resolved) === resolved), resolved);
  }));
});

test('another ending becomes .png in the text, and nothing else changes', () => {
  const table: [text: string, changed: string | undefined][] = [
    ['![a](images/cat.webp)', '![a](images/cat.png)'],
    ['![a](<my cat.SVG> "t.svg")', '![a](<my cat.png> "t.svg")'],
    ['![a](cat.svg?v=a.svg#b.svg)', '![a](cat.png?v=a.svg#b.svg)'],
    ['![a][c]\n\n[c]: x/cat.gif', '![a][c]\n\n[c]: x/cat.png'],
    ['<img alt="a" src=" c&amp;d.avif ">', '<img alt="a" src=" c&amp;d.png ">'],
    ['![a](cat&#46;webp)', undefined],
    ['![a](cat.png)', undefined],
  ];
  for (const [text, changed] of table) {
    const edit = pngEnding(linkIn(text), text);
    assert.equal(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end), changed, text);
    if (changed !== undefined) assert.equal(asksForImage(linkIn(changed))?.target, 'png', changed);
  }
});
