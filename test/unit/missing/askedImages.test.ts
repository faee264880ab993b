// Holds which files links lead to, which of them are missing, and that no two images become one file.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { askedImages, changesTo, linksTo } from '../../../src/missing/askedImages.ts';
import type { ImageLinkLanguage } from '../../../src/missing/documentLanguage.ts';
import { FileLookup, type FolderListing } from '../../../src/missing/fileLookup.ts';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';
import { type Ground, linkedFile, resolveLinkPath } from '../../../src/missing/linkedFile.ts';
import { siteOf } from '../../../src/missing/sites.ts';

/** A root `/w` that holds these files, and how often its folders were listed. */
function workspace(...files: string[]): { ground: (documentPath: string, linkBase?: string) => Ground; listed: string[] } {
  const listed: string[] = [];
  const list = (path: string): Promise<FolderListing | undefined> => {
    listed.push(path);
    const below = files.map((file) => `/w/${file}`).filter((file) => file.startsWith(`${path}/`)).map((file) => file.slice(path.length + 1).split('/'));
    return Promise.resolve(below.length === 0 && path !== '/w' ? undefined : new Map(below.map(([name = '', ...more]) => [name, more.length > 0 ? 'folder' : 'file'] as const)));
  };
  const lookup = new FileLookup(list, '/w');
  const sites = files.flatMap((file) => siteOf(`/w/${file}`) ?? []);
  return { ground: (documentPath, linkBase = '') => ({ documentPath: `/w/${documentPath}`, rootPath: '/w', linkBase, sites, lookup }), listed };
}

const linksIn = (text: string, language: ImageLinkLanguage = 'markdown') => findImageLinks(text, language);

async function asked(text: string, ground: Ground, language: ImageLinkLanguage = 'markdown'): Promise<string[]> {
  const images = await askedImages([{ text, links: linksIn(text, language), ground }]);
  return images.map(({ path, change }) => `${path?.replace('/w/', '') ?? 'as inserted'} ${change}`);
}

test('where the missing image of a part of a document goes', async () => {
  const table: [files: string[], document: string, language: ImageLinkLanguage, text: string, file: string][] = [
    [['main.tex'], 'ch/a.tex', 'latex', '\\section{Cat}\\includegraphics{figs/c.png}', 'ch/figs/c.png nothing'],
    [['main.tex', 'figs/x.png'], 'ch/a.tex', 'latex', '\\section{Cat}\\includegraphics{figs/c.png}', 'figs/c.png nothing'],
    [['main.tex', 'figs/x.png', 'ch/figs/y.png'], 'ch/a.tex', 'latex', '\\section{Cat}\\includegraphics{figs/c.png}', 'ch/figs/c.png nothing'],
    [['main.tex'], 'ch/a.tex', 'latex', '% !TeX root = ../main.tex\n\\section{Cat}\\includegraphics{figs/c.png}', 'figs/c.png nothing'],
    [['main.tex'], 'ch/a.tex', 'latex', '% !TeX root = ../main.tex\n\\graphicspath{{img/}}\\section{Cat}\\includegraphics{c.png}', 'img/c.png nothing'],
    [['docs/antora.yml'], 'docs/modules/ROOT/pages/x/a.adoc', 'asciidoc', 'image::c.png[Cat]', 'docs/modules/ROOT/images/c.png nothing'],
    [[], 'docs/modules/ROOT/pages/x/a.adoc', 'asciidoc', 'image::c.png[Cat]', 'docs/modules/ROOT/pages/x/c.png nothing'],
    [['docs/images/x.png'], 'docs/parts/a.adoc', 'asciidoc', 'image::images/c.png[Cat]', 'docs/images/c.png nothing'],
  ];
  for (const [files, document, language, text, file] of table) assert.deepEqual(await asked(text, workspace(...files).ground(document), language), [file], text);
});

test('an embed is missing only if no file of its name is anywhere', async () => {
  const text = '# A cat\n\n![[cat.png|300]] ![[pets/dog.png|A dog|200x100]] ![[fox.gif|A fox]]';
  const { ground } = workspace('x/.obsidian/app.json', 'pets/other.png');
  const anywhere = (...names: string[]): Ground => ({ ...ground('x/a.md'), isAnywhere: (name) => Promise.resolve(names.includes(name)) });
  assert.deepEqual(await asked(text, anywhere()), ['x/cat.png nothing', 'pets/dog.png nothing', 'x/fox.png ending']);
  assert.deepEqual(await asked(text, anywhere('cat.png', 'fox.gif')), ['pets/dog.png nothing']);
  // Of a lone document nobody knows the vault.
  assert.deepEqual(await asked(text, ground('x/a.md')), []);
  const [image] = await askedImages([{ text, links: linksIn(text), ground: anywhere('dog.png', 'fox.gif') }]);
  assert.equal(image?.prompt, 'A cat');
});

test('where a path leads, and whether that is there', async () => {
  const table: [files: string[], document: string, path: string, file: string | undefined, linkBase?: string][] = [
    [[], 'docs/a.md', 'images/cat.png', 'docs/images/cat.png missing'],
    [['docs/images/cat.png'], 'docs/a.md', 'images/cat.png', 'docs/images/cat.png'],
    [['docs/images/Cat.PNG'], 'docs/a.md', 'images/cat.png', 'docs/images/cat.png'],
    [['docs/images/cafe\u0301.png'], 'docs/a.md', 'images/caf\u00e9.png', 'docs/images/caf\u00e9.png'],
    [[], 'docs/a.md', '../my cat.png', 'my cat.png missing'],
    [[], 'docs/a.md', '../../cat.png', undefined],
    [[], 'a.md', 'images/', undefined],
    [[], 'docs/a.md', '/cat.png', 'cat.png missing'],
    [[], 'docs/a.md', '/cat.png', 'public/cat.png missing', 'public'],
    [['docusaurus.config.ts'], 'docs/a.md', '/img/cat.png', 'static/img/cat.png missing'],
    [['docusaurus.config.ts', 'static/img/cat.png'], 'docs/a.md', '/img/cat.png', 'static/img/cat.png'],
    [['website/docusaurus.config.js', 'website/static/docs/assets/cat.png'], 'docs/a.md', '/docs/assets/cat.png', 'website/static/docs/assets/cat.png'],
    [['website/docusaurus.config.js'], 'docs/a.md', '/docs/assets/cat.png', 'website/static/docs/assets/cat.png missing'],
    [['next.config.js', 'public/images/x.png'], 'src/content/a.md', '/images/cat.png', 'public/images/cat.png missing'],
    [['src/assets/images/cat.png', 'astro.config.mjs'], 'src/content/a.md', '/src/assets/images/cat.png', 'src/assets/images/cat.png'],
    [['hugo.toml', 'assets/img/b.png'], 'content/a.md', '/img/cat.png', 'assets/img/cat.png missing'],
    [['config/_default/hugo.toml', 'static/cat.png'], 'content/a.md', '/cat.png', 'static/cat.png'],
    [['mkdocs.yml', 'docs/img/cat.png'], 'docs/x/a.md', '/img/cat.png', 'docs/img/cat.png'],
    [['_config.yml', 'source/images/cat.png'], 'source/_posts/a.md', '/images/cat.png', 'source/images/cat.png'],
    [['docs/.vitepress/config.mts'], 'docs/x/a.md', '/cat.png', 'docs/public/cat.png missing'],
    [['packages/a/public/b.png'], 'packages/a/docs/a.md', '/cat.png', 'packages/a/public/cat.png missing'],
    [['mkdocs.yml', 'docs/img/cat.png'], 'docs/x/a.md', '../../img/cat.png', 'docs/img/cat.png'],
    [['.obsidian/app.json'], 'notes/a.md', 'cat.png', 'notes/cat.png missing'],
    [['en/Attachments/cat.png'], 'en/notes/a.md', 'cat.png', 'en/attachments/cat.png'],
  ];
  for (const [files, document, path, expected, linkBase] of table) {
    const [link] = linksIn(`![a](<${path}>)`);
    assert.ok(link, path);
    const file = await linkedFile(link, workspace(...files).ground(document, linkBase));
    assert.equal(file && `${file.path.replace('/w/', '')}${file.isMissing ? ' missing' : ''}`, expected, `${path} in ${document} with ${files.join()}`);
  }
});

test('folders and endings that a language looks through', async () => {
  const table: [language: ImageLinkLanguage, files: string[], document: string, text: string, ...found: string[]][] = [
    ['latex', ['fig/a.pdf'], 'ch/a.tex', '\\graphicspath{{../fig/}}\\section{S}\\includegraphics{a}'],
    ['latex', ['fig/a.pdf'], 'ch/a.tex', '\\section{S}\\includegraphics{fig/a}'],
    ['latex', ['a.tex'], 'a.tex', '\\section{S}\\includegraphics{fig/b}', 'fig/b.png nothing'],
    ['asciidoc', ['docs/img/a.png'], 'docs/a.adoc', ':imagesdir: img\n\nimage::a.png[A]\n\nimage::b.png[B]', 'docs/img/b.png nothing'],
    ['rest', ['conf.py', '_static/a.png', 'x/b.svg'], 'x/a.rst', '.. image:: /_static/a.png\n   :alt: A\n.. image:: b.*\n   :alt: B\n.. image:: /_static/c.png\n   :alt: C', '_static/c.png nothing'],
    ['typst', ['img/a.png'], 'x/a.typ', '= H\n#image("/img/a.png") #image("b.png")', 'x/b.png nothing'],
    ['jsx', ['public/logo.png'], 'src/A.tsx', 'const a = <><img src="logo.png" alt="A"/><img src="/b.png" alt="B"/></>;', 'public/b.png nothing'],
  ];
  for (const [language, files, document, text, ...found] of table) assert.deepEqual(await asked(text, workspace(...files).ground(document), language), found, text);
});

test('two files never become one, and all links to one file are one image', async () => {
  const table: [files: string[], text: string, ...found: string[]][] = [
    [[], '![a](a.svg) ![b](b.gif) ![a](./a.svg "again")', 'a.png ending', 'b.png ending'],
    [[], '![a](a.svg) ![b](a.gif) ![c](a.png) ![d](a.webp) ![e](a.jpg)', 'a-1.png ending', 'a-2.png ending', 'a.png nothing', 'a.webp nothing', 'a.jpg nothing'],
    [['a.png'], '![a](a.gif)', 'a-1.png ending'],
    [[], '![a](a.png) ![b](A.png)', 'a.png nothing'],
    [['A.gif'], '![a](a.gif)'],
    [[], '# H\n\n![](TODO.png) ![A boat](TODO.png) ![A quay](img/TODO.png) ![A boat](TODO.png)', 'h.png name', 'a-boat.png name', 'img/a-quay.png name'],
    [[], '![A boat](https://placehold.co/6x4) ![A quay](https://placehold.co/6x4)', 'as inserted address', 'as inserted address'],
    [[], '![a](.hidden/a.png)'],
  ];
  for (const [files, text, ...found] of table) assert.deepEqual(await asked(text, workspace(...files).ground('a.md')), found, text);
});

test('links that say nothing change with those that do', async () => {
  const text = '![](boat.gif) and ![A boat](boat.gif), [r]: no\n\n![ ][boat] ![x][boat]\n\n[boat]: ./boat.gif';
  const { ground } = workspace();
  const [image] = await askedImages([{ text, links: linksIn(text), ground: ground('a.md') }]);
  assert.ok(image?.path);
  assert.equal(image.prompt, 'A boat');
  const now = `typed above\n\n${text}`;
  const changes = changesTo(image.change, await linksTo(image.key, linksIn(now), ground('a.md')), now, image.path) ?? [];
  let changed = now;
  for (const { start, end, text: put } of changes.sort((one, other) => other.start - one.start)) changed = changed.slice(0, start) + put + changed.slice(end);
  assert.equal(changed, now.replaceAll('boat.gif', 'boat.png'));
  assert.deepEqual(await linksTo(image.key, linksIn('![A boat](ship.gif)'), ground('a.md')), []);
});

test('documents of a folder share an image', async () => {
  const { ground, listed } = workspace('docs/b.md');
  const [a, b] = ['![A boat](img/boat.gif)', '![](img/boat.gif) ![C](../c.png)'];
  const images = await askedImages([{ text: a, links: linksIn(a), ground: ground('docs/a.md') }, { text: b, links: linksIn(b), ground: ground('docs/b.md') }]);
  assert.deepEqual(images.map(({ path, uses }) => [path, uses.map(({ document }) => document)]), [['/w/docs/img/boat.png', [0, 1]], ['/w/c.png', [1]]]);
  assert.deepEqual([...new Set(listed)].length, listed.length, 'a folder was listed twice');
});

test('where a path leads by its text alone', () => {
  const table: [documentPath: string, path: string, linkBase: string, found: string | undefined][] = [
    ['/w/docs/a.md', 'images/cat.png', '', '/w/docs/images/cat.png'],
    ['/w/docs/a.md', '../../cat.png', '', undefined],
    ['/w/docs/a.md', '/cat.png', '', '/w/cat.png'],
    ['/w/docs/a.md', '/../cat.png', 'public', '/w/cat.png'],
    ['/w/docs/a.md', '/../../cat.png', 'public', undefined],
    ['/w/a.md', 'images/', '', undefined],
    ['/wide/a.md', 'cat.png', '', undefined],
  ];
  for (const [documentPath, path, linkBase, found] of table) assert.equal(resolveLinkPath(documentPath, path, '/w', linkBase), found, `${path} in ${documentPath}`);
});

test('no path leads out of the root', async () => {
  const paths = fc.array(fc.constantFrom('..', '.', '', '/', 'a', 'b.png', '...', '%2e%2e', ' ', '~'), { maxLength: 10 });
  const { ground } = workspace('docs/a.md', 'public/x');
  await fc.assert(fc.asyncProperty(paths, fc.constantFrom('', 'public', '..', '../..'), async (segments, linkBase) => {
    const path = segments.join('/');
    const file = await linkedFile({ alt: 'a', url: path, path, rawStart: 0, rawEnd: 1, pathStart: 0, pathEnd: 1, syntax: 'markdown' }, ground('docs/a.md', linkBase));
    assert.ok(file === undefined || (file.path.startsWith('/w/') && posix.normalize(file.path) === file.path), file?.path);
  }));
});
