// Holds the finding of image links in each language that has a scanner of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { documentLanguage } from '../../../src/insert/documentLanguage.ts';
import { hasLinks } from '../../../src/insert/linkLanguages.ts';
import { DOCUMENT_ENDINGS, DOCUMENT_IDS, type ImageLinkLanguage, imageLinkLanguageOf, LANGUAGE_MARKS } from '../../../src/missing/documentLanguage.ts';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';
import { promptOf } from '../../../src/missing/promptWords.ts';

/** Text, and of each link found in it `prompt|path`. */
type Table = [text: string, ...found: string[]][];

function holds(language: ImageLinkLanguage, table: Table): void {
  for (const [text, ...found] of table) {
    const links = findImageLinks(text, language);
    assert.deepEqual(links.map((link) => `${promptOf(link) ?? ''}|${link.path}`), found, text);
    for (const { url, pathStart, pathEnd, rawStart, rawEnd } of links) {
      assert.ok(rawStart <= pathStart && pathStart < pathEnd && pathEnd <= rawEnd, text);
      const written = text.slice(pathStart, pathEnd);
      if (/^[\w./-]+$/.test(url) && !written.includes('{')) assert.equal(written, url, text);
    }
  }
}

test('JSX and TSX: tags in code, not in strings and comments', () => {
  holds('jsx', [
    ['export const A = () => <img src="a.png" alt="A &amp; B" width={300} height={200} />;', 'A & B|a.png'],
    ['const a = "<img src=\'a.png\'>"; const b = `<img src="b.png">`; // <img src="c.png" />\n/* <img src="d.png" /> */'],
    ["return (<p>don't {list.map((x) => <Image key={x} src='/a.png' alt={'It is'} />)} it's</p>);", 'It is|/a.png'],
    ['<div>{/* <img src="a.png" alt="a"/> */}<img onClick={() => { if (a > b) c(); }} src={"b.png"} alt="b"/></div>', 'b|b.png'],
    ['const f = <T,>(x: T) => x; const g = a < b && c > d; const r = /<img src="x.png">/; <img src="a.png" alt="a"/>', 'a|a.png'],
    ['useState<string>(""); const x = <><img src={logo} alt="x"/><img src={`y.png`} alt="y"/><img src={`${z}.png`} alt="z"/></>;', 'y|y.png'],
    ['<figure><img src="a.png"/><figcaption>A boat</figcaption></figure>', 'A boat|a.png'],
    ['<section><h2>A harbour</h2><img src="a.png" alt=""/></section>', 'A harbour|a.png'],
    ['<p>{`${<img src="a.png" alt="in a template"/>}`}</p>', 'in a template|a.png'],
  ]);
});

test('Svelte and Astro: markup with code in it', () => {
  holds('svelte', [
    ['<script>\n  const a = "<img src=\'a.png\'>";\n</script>\n{#if a < b}<img src="b.png" alt="B">{:else}<img {src} alt="no"/>{/if}\n<img src={c} alt="c"><img src="d.png" alt={d}>', 'B|b.png', '|d.png'],
    ['<!-- <img src="a.png" alt="a"> -->\n<p>it\'s</p><enhanced:img src="./b.png" alt="B" /><img on:click={() => x > 1} src=c.png alt=c>', 'B|./b.png', 'c|c.png'],
    ['<style>a { b: url(x.png) }</style><img alt="A" src="a.png">', 'A|a.png'],
  ]);
  holds('astro', [
    ['---\nimport a from "./a.png";\nconst b = <img src="no.png"/>;\n---\n<Image src={a} alt="a"/><img src="b.png" alt="B">{c && <img src="c.png" alt="C">}<p>{list.map((x) => (<li><br><img src="d.png" alt="D"></li>))}</p>', 'B|b.png', 'C|c.png', 'D|d.png'],
  ]);
});

test('Vue: the template, not bindings and scripts', () => {
  holds('vue', [
    ['<template>\n  <h1>A harbour</h1>\n  <img src="./a.png" alt="A">\n  <NuxtImg src="/b.png"/>\n  <img :src="c" alt="c">\n</template>\n<script setup lang="ts">const x = \'<img src="d.png">\';</script>', 'A|./a.png', 'A harbour|/b.png'],
  ]);
});

test('AsciiDoc: block and inline macros', () => {
  holds('asciidoc', [
    ['= A harbour\n\nimage::a.png[A boat,300,200]', 'A boat|a.png'],
    ['== A harbour\n\n.The *old* boat\n[#id]\nimage::a b.png[]\n\nwords image:c.png["Comma, quoted", width=20] words', 'The old boat|a b.png', 'Comma, quoted|c.png'],
    ['----\nimage::a.png[a]\n----\n....\nimage::b.png[b]\n....\n////\nimage::c.png[c]\n////\n// image::d.png[d]\n[source]\nimage::e.png[e]\n\n```\nimage::f.png[f]\n```\nimage::g.png[g]', 'g|g.png'],
    [':name: boat\nimage::{name}.png[a] image:{other}.png[b] \\image:x.png[y]', 'a|boat.png', 'b|{other}.png'],
  ]);
  const [link] = findImageLinks(':imagesdir: img\n\nimage::a.png[A,300,200]', 'asciidoc');
  assert.deepEqual([link?.folders, link?.widthPx, link?.heightPx], [['img'], 300, 200]);
});

test('reStructuredText: images and figures', () => {
  holds('rest', [
    ['A harbour\n=========\n\n.. image:: a.png\n   :alt: A boat\n   :width: 300\n\n.. figure:: b.png\n\n   The *quay*\n   at dawn.\n\n   A legend.\n', 'A boat|a.png', 'The quay at dawn.|b.png'],
    ['A harbour\n~~~~~~~~~\n\n* .. image:: a.png\n.. |boat| image:: b.png', 'A harbour|a.png', 'A harbour|b.png'],
    ['Like this::\n\n   .. image:: a.png\n\n.. code-block:: rst\n\n   .. image:: b.png\n\n.. A comment\n   .. image:: c.png\n\n.. note::\n\n   .. image:: d.png\n      :alt: d', 'd|d.png'],
  ]);
  assert.equal(findImageLinks('.. image:: a.*\n', 'rest')[0]?.path, 'a.png');
});

test('LaTeX: graphics and their captions', () => {
  holds('latex', [
    ['\\section{A harbour}\n\\begin{figure}\n\\includegraphics[width=\\linewidth]{img/a}\n\\caption{The \\emph{old} boat\\label{x}}\n\\end{figure}\n\\includegraphics{b.png}', 'The old boat|img/a.png', 'A harbour|b.png'],
    ['% \\includegraphics{a}\n\\begin{verbatim}\n\\includegraphics{b}\n\\end{verbatim}\n\\verb|\\includegraphics{c}|\n50\\% \\includegraphics{d.jpg}', '|d.jpg'],
    ['\\begin{figure}\\caption[s]{Above it}\\includegraphics{a.png}\\end{figure}\\includegraphics[alt={A boat}]{b.png}', 'Above it|a.png', 'A boat|b.png'],
  ]);
  const [link] = findImageLinks('\\graphicspath{{img/}{../b/}}\\includegraphics{a}', 'latex');
  assert.deepEqual([link?.folders, link?.otherPaths?.includes('a.pdf')], [['img/', '../b/'], true]);
});

test('Typst: images and figures', () => {
  holds('typst', [
    ['= A harbour <h>\n\n#figure(\n  image("a.png", width: 80%),\n  caption: [The _old_ *boat*],\n)\n\n#image("/b\\"c.png", alt: "The quay")\n#image("d.png")', 'The _old_ boat|a.png', 'The quay|/b"c.png', 'A harbour|d.png'],
    ['// #image("a.png")\n/* #image("b.png") */ `image("c.png")`\n```typ\n#image("d.png")\n```\n#my-image("e.png") #set image(width: 1cm)\n#link("https://x.y")[#image("f.png", alt: "f")]', 'f|f.png'],
  ]);
});

test('Org: links that are shown as images', () => {
  holds('org', [
    ['* TODO A harbour :tag:\n\n#+CAPTION: The *old* boat\n#+ATTR_HTML: :width 300 :alt A boat :title t\n[[file:a.png]]\n\n[[./b.jpg]] [[file:c.png][a link]] [[https://x.y][file:d.png]]', 'A boat|a.png', 'A harbour|./b.jpg', 'A harbour|d.png'],
    ['#+begin_src org\n[[file:a.png]]\n#+end_src\n# [[file:b.png]]\n: [[file:c.png]]\n[[file:d.org]]\n#+CAPTION: A boat\n[[file:e.png]]', 'A boat|e.png'],
  ]);
});

test('CSS, SCSS and Less: url()', () => {
  holds('css', [
    ['.a { background: url("img/red boat.png") no-repeat, url(img/blue-boat.png) }', 'red boat|img/red boat.png', 'blue boat|img/blue-boat.png'],
    ['/* url(a.png) */ @import url(b.css); .a { content: "url(c.png)" }\n// url(d.png)\n'],
    ['.b { background: url( \'a-boat.png\' ) }', 'a boat|a-boat.png'],
  ]);
});

test('a language is told by its id, else by the ending', () => {
  const table: [id: string, path: string, language: ImageLinkLanguage | undefined][] = [
    ['markdown', '/a', 'markdown'], ['plaintext', '/a.adoc', 'asciidoc'], ['plaintext', '/a.TYP', 'typst'], ['plaintext', '/a.txt', undefined], ['css', '/a.md', 'css'], ['constructor', '/a.constructor', undefined],
    ['plaintext', '/a.mkdn', 'markdown'], ['rst', '/a', 'rest'], ['django-html', '/a.txt', 'html'], ['php', '/a.php', 'html'], ['plaintext', '/a.php', undefined], ['plaintext', '/a.hbs', undefined],
  ];
  for (const [id, path, language] of table) assert.equal(imageLinkLanguageOf(id, path), language, `${id} ${path}`);
  assert.ok(DOCUMENT_IDS.every((id) => imageLinkLanguageOf(id, '') !== undefined));
  // What links are written in is what they are read in.
  for (const ending of DOCUMENT_ENDINGS) assert.ok(imageLinkLanguageOf('', `/a.${ending}`) !== undefined && hasLinks(documentLanguage('', `/a.${ending}`)), ending);
});

const PIECES = ['image::', 'image(', '"a.png"', '[', ']', '(', ')', '{', '}', '<img ', '<Image', ' src=', "'", '"', '`', '>', '/>', '</', '\n', '\n\n', '  ', '.. image:: b.png', '   :alt: c', '\\includegraphics', '{d}', '\\caption{', '%', '[[file:e.png]]', '#+begin_src', '#+end_src', '* ', '= ', '----', 'url(', ')', '/*', '*/', '//', '${', '=>', '---', '::', '\\', '<script>', '&amp;', '🐈', '\u0000'];

test('no text makes any of them throw, and offsets lie in the text', () => {
  const languages = Object.keys(LANGUAGE_MARKS) as ImageLinkLanguage[];
  fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), fc.constantFrom(...languages), (pieces, language) => {
    const text = pieces.join('');
    for (const { rawStart, rawEnd, pathStart, pathEnd } of findImageLinks(text, language)) {
      assert.ok(0 <= rawStart && rawStart < rawEnd && rawEnd <= text.length && pathStart < pathEnd && pathEnd <= text.length, text);
    }
  }), { numRuns: 3000 });
});
