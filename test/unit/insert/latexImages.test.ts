// Shows what LaTeX documents say of each other: root, subfile, inputs and the folders of `\graphicspath`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findInputs, graphicsFolders, isLatexRoot, latexInputs, magicRoot, subfileMain } from '../../../src/insert/latexImages.ts';
import { linkWithin } from '../../../src/insert/imagePaths.ts';

test('a magic comment names the root, as editors read it', () => {
  assert.equal(magicRoot('% !TeX root = ../main.tex\nText'), '../main.tex');
  assert.equal(magicRoot('%!TEX root=main\r\n'), 'main.tex');
  assert.equal(magicRoot('% !TeX program = lualatex\n  % !TeX root = "my main.tex"  \n'), 'my main.tex');
  assert.equal(magicRoot('% !TeX spellcheck = en\nroot = x'), undefined);
});

test('a subfile names its main document, not in a comment', () => {
  assert.equal(subfileMain('\\documentclass[../main]{subfiles}'), '../main.tex');
  assert.equal(subfileMain('% \\documentclass[../main]{subfiles}\n\\documentclass{article}'), undefined);
  assert.ok(isLatexRoot('a 100\\% \\documentclass{article}') && !isLatexRoot('%\\documentclass{article}'));
});

test('the last \\graphicspath counts, also with \\subfix', () => {
  assert.deepEqual(graphicsFolders('\\graphicspath{{old/}}\n\\graphicspath{{figs/} {../img/}}\n%\\graphicspath{{no/}}'), ['figs/', '../img/']);
  assert.deepEqual(graphicsFolders('\\graphicspath{{\\subfix{../images/}}}'), ['../images/']);
  assert.deepEqual(graphicsFolders('\\graphicspath{{\\figs/}}'), []);
});

test('what a root takes in, through others, each with the folder of its paths', async () => {
  const files = new Map([['/w/ch/one.tex', '\\input{ch/two}'], ['/w/parts/a.tex', '\\input{b}']]);
  assert.deepEqual(latexInputs('\\include{a} %\\input{no}\n\\subimport{parts/}{a}'), [{ path: 'a.tex', isImported: false }, { path: 'parts//a.tex', isImported: true }]);
  const found = await findInputs('/w/main.tex', '\\input{ch/one}\\subimport{parts/}{a}\\subfile{s/s}\\input{main}', (path) => Promise.resolve(files.get(path)));
  assert.deepEqual([...found], [['/w/main.tex', '/w'], ['/w/ch/one.tex', '/w'], ['/w/parts/a.tex', '/w/parts'], ['/w/s/s.tex', '/w/s'], ['/w/ch/two.tex', '/w'], ['/w/parts/b.tex', '/w/parts']]);
});

test('a bare name links only what lies in the folder that new images go to', () => {
  const images = { fromFolder: '/w', newFolder: '/w/figs', searched: ['/w/figs', '/w/img'] };
  assert.equal(linkWithin(images, '/w/figs/a.png'), 'a.png');
  assert.equal(linkWithin(images, '/w/img/a.png'), 'img/a.png');
  assert.equal(linkWithin({ fromFolder: '/w/figs', newFolder: '/w/figs' }, '/w/a.png'), '../a.png');
  assert.equal(linkWithin({ fromFolder: '/w/figs', isClosed: true }, '/w/a.png'), undefined);
});
