// Shows the short names of prompts, safe file names, free paths, alternative texts and the paths of links.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { altTextOf } from '../../../src/insert/altText.ts';
import { fitName, isReservedName, safeName } from '../../../src/insert/fileName.ts';
import { freePath } from '../../../src/insert/freeName.ts';
import { relativeLink, siteLink } from '../../../src/insert/linkPath.ts';
import { slugOf } from '../../../src/insert/slug.ts';
import { hostilePlaces } from './hostile.ts';

const SLUGS: readonly (readonly [prompt: string, slug: string])[] = [
  ['A cat, sitting on the window-sill!', 'a-cat-sitting-on-the-window-sill'],
  ["Don't panic — it’s 4K", 'dont-panic-its-4k'],
  ['一只猫，坐在窗边。', '一只猫-坐在窗边'],
  ['Кот и ёлка', 'кот-и-ёлка'],
  ['e\u0301te\u0301', 'été'],
  ['हिन्दी', 'हिन्दी'],
  ['../../etc/passwd', 'etc-passwd'],
  ['CON', 'con-image'],
  ['com¹', 'com¹-image'],
  ['lpt9!', 'lpt9-image'],
  ['console', 'console'],
  ['🎨✨', 'image'],
  ['', 'image'],
  ['a '.repeat(60), 'a-'.repeat(29) + 'a'],
  [`word ${'x'.repeat(80)}`, `word-${'x'.repeat(55)}`],
  [`${'word '.repeat(7)}${'x'.repeat(80)}`, 'word-word-word-word-word-word-word'],
  ['猫'.repeat(80), '猫'.repeat(60)],
];

for (const [prompt, slug] of SLUGS) test(`the slug of ${JSON.stringify(prompt.slice(0, 40))}`, () => assert.equal(slugOf(prompt), slug));

test('any slug is a name that every file system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (prompt) => {
      const slug = slugOf(prompt);
      assert.match(slug, /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
      assert.ok([...slug].length <= 66 && slug === slug.normalize('NFC') && !isReservedName(slug) && safeName(slug) === slug);
    }),
  );
});

test('names of devices are known with any ending, others are not', () => {
  for (const name of ['con', 'NUL.png', 'aux.tar.gz', 'COM1', 'lpt².png', 'CONIN$', 'prn .png']) assert.ok(isReservedName(name), name);
  for (const name of ['cone', 'com', 'com10', 'a.con', 'nul-1.png']) assert.ok(!isReservedName(name), name);
});

test('a safe name loses what Windows refuses', () => {
  assert.equal(safeName('a<b>:"c|d?*\\e/f\u0007.png. '), 'a-b---c-d---e-f-.png');
  assert.equal(safeName('nul.tar.png'), 'nul_.tar.png');
  assert.equal(safeName('...'), '');
});

test('a name is cut between characters to 255 bytes', () => {
  const name = fitName('👩‍🚀'.repeat(40), '-12', '.png');
  assert.ok(new TextEncoder().encode(name).length <= 255);
  assert.match(name, /^(👩‍🚀)+-12\.png$/u);
  assert.equal(fitName('ü'.repeat(200), '', '.png').length, 125 + 4);
});

test('the first free number is taken, and asked for in order', async () => {
  const taken = new Set(['/w/a.b.png', '/w/a.b-1.png', '/w/A.png']);
  const asked: string[] = [];
  const exists = (path: string): Promise<boolean> => {
    asked.push(path);
    return Promise.resolve([...taken].some((other) => other.toLowerCase() === path.toLowerCase()));
  };
  assert.equal(await freePath('/w/a.b.png', exists), '/w/a.b-2.png');
  assert.deepEqual(asked, ['/w/a.b.png', '/w/a.b-1.png', '/w/a.b-2.png']);
  assert.equal(await freePath('/w/a.png', exists), '/w/a-1.png');
  assert.equal(await freePath('/w/new.png', exists), '/w/new.png');
  await assert.rejects(freePath('/w/x.png', () => Promise.resolve(true)), RangeError);
});

test('a long name stays within 255 bytes with its number', async () => {
  const long = `/w/${'猫'.repeat(83)}ab.png`;
  const free = await freePath(long, (path) => Promise.resolve(path === long));
  assert.match(free, /^\/w\/猫+-1\.png$/);
  assert.ok(new TextEncoder().encode(free.slice(3)).length <= 255);
});

const ALTS: readonly (readonly [template: string, alt: string])[] = [
  ['${prompt}', 'a red cat'],
  ['${revisedPrompt}', 'a crimson cat'],
  ['', ''],
  ['${size}: ${prompt} by ${model} ${nope}', '1328x1328: a red cat by m ${nope}'],
];

for (const [template, alt] of ALTS) {
  test(`the alternative text ${JSON.stringify(template)}`, () => {
    assert.equal(altTextOf(template, { prompt: ' a red\n\tcat ', revisedPrompt: 'a crimson cat', size: '1328x1328', model: 'm' }), alt);
  });
}

test('without a revised prompt the prompt stands in, and nothing in it is a variable', () => {
  assert.equal(altTextOf('${revisedPrompt}', { prompt: 'a ${size} $& cat', size: '1x1' }), 'a ${size} $& cat');
});

test('long texts are cut at a word, at about 125 characters', () => {
  const alt = (prompt: string): string => altTextOf('${prompt}', { prompt, size: '1x1' });
  assert.equal(alt('word '.repeat(40)), 'word '.repeat(25).trim());
  assert.equal([...alt('x'.repeat(300))].length, 125);
  const han = alt('一只猫坐在窗边看雨'.repeat(40));
  assert.ok([...han].length >= 115 && [...han].length <= 125, han);
  assert.equal(alt('👩‍🚀'.repeat(100)).length % '👩‍🚀'.length, 0);
  assert.equal(alt('x'.repeat(125)), 'x'.repeat(125));
});

test('a relative link and the document’s folder make the image’s path', () => {
  fc.assert(
    fc.property(hostilePlaces(), ({ documentPath, targetPath }) => {
      assert.equal(posix.join(posix.dirname(documentPath), relativeLink(documentPath, targetPath) ?? ''), targetPath);
    }),
  );
});

const LINKS: readonly (readonly [documentPath: string, targetPath: string, link: string | undefined])[] = [
  ['/w/a.md', '/w/images/x y.png', 'images/x y.png'],
  ['/w/docs/de/a.md', '/w/images/x.png', '../../images/x.png'],
  ['/c:/w/a.md', '/C:/w/x.png', 'x.png'],
  ['/c:/w/a.md', '/d:/w/x.png', undefined],
  ['/a.md', '/x.png', 'x.png'],
];

test('links between places', () => {
  for (const [documentPath, targetPath, link] of LINKS) assert.equal(relativeLink(documentPath, targetPath), link);
});

const SITES: readonly (readonly [linkBase: string, link: string | undefined])[] = [
  ['public', '/images/a b.png'],
  ['./public/', '/images/a b.png'],
  ['/public', '/images/a b.png'],
  ['public\\images', '/a b.png'],
  ['.', '/public/images/a b.png'],
  ['/', '/public/images/a b.png'],
  ['', undefined],
  ['static', undefined],
  ['pub', undefined],
  ['..', undefined],
];

for (const [linkBase, link] of SITES) {
  test(`the site link with the base ${JSON.stringify(linkBase)}`, () => assert.equal(siteLink('/w/public/images/a b.png', '/w', linkBase), link));
}
