// Holds images in the tightest places: two in one cell, behind a backslash, with texts that would part cells or end a link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '@asciidoctor/core';
import { decodeHTML } from 'entities';
import { renderLink } from '../../../../src/insert/templates.ts';
import { HOSTILE_TEXTS } from '../hostile.ts';
import { insertInto } from './insertInto.ts';
import { PATH, readAsciidoc, readCss, readHtml, readJsx, readLatex, readMarkdown, readOrg, type Reader } from './readers.ts';

const page = (body: string): string => `\\documentclass{article}\n\\begin{document}\n${body}\n\\end{document}\n`;

/** The cursor is `§`. */
const CELLS: readonly (readonly [languageId: string, read: Reader, what: string, marked: string])[] = [
  ['markdown', readMarkdown, 'cell', '| a | b |\n|---|---|\n| o§ne | two |\n\nAfter.\n'],
  ['markdown', readMarkdown, 'cell behind a backslash', '| a | b |\n|---|---|\n| one\\§ x | two |\n\nAfter.\n'],
  ['markdown', readMarkdown, 'text behind a backslash', 'One\\§ two *three*.\n'],
  ['markdown', readMarkdown, 'text behind two backslashes', 'One\\\\§ two.\n'],
  ['html', readHtml, 'cell', '<table><tr><td>o§ne</td><td>two</td></tr></table>\n'],
  ['html', readHtml, 'text behind a backslash', '<p>one\\§ two</p>\n'],
  ['typescriptreact', readJsx, 'text behind a backslash', 'export const A = () => <p>one\\§ two</p>;\n'],
  ['css', readCss, 'value behind a backslash', '.a {\n  background: r\\§ed;\n}\n'],
  ['css', readCss, 'value behind a backslash before its end', '.a {\n  background: r\\§;x;\n}\n'],
  ['asciidoc', readAsciidoc, 'cell', '|===\n|o§ne |two\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'cell behind a backslash', '|===\n|one\\§ x |two\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'cell behind two backslashes', '|===\n|one\\\\§ x |two\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'cell before an escaped bar', '|===\n|one\\§|x |two\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'cell of AsciiDoc', '[cols="1a,1"]\n|===\n|o§ne |two\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'cell of a table in a table', '|===\na|\n!===\n!o§ne !two\n!===\n|x\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'table of commas', ',===\no§ne,two\n,===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'table of colons', ':===\no§ne:two\n:===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'table of commas by its attributes', '[%header,format=csv]\n|===\na,b\no§ne,two|x\n|===\n\nAfter.\n'],
  ['asciidoc', readAsciidoc, 'table with a separator of its own', '[separator=;]\n|===\n;o§ne|x ;two\n|===\n\nAfter.\n'],
  ['latex', readLatex, 'cell', page('\\begin{tabular}{ll}\na§ & b \\\\\n\\end{tabular}\n\nText.')],
  ['latex', readLatex, 'cell behind a backslash', page('\\begin{tabular}{ll}\na \\§& b & c \\\\\n\\end{tabular}\n\nText.')],
  ['latex', readLatex, 'behind the end of a row', page('\\begin{tabular}{ll}\na & b \\\\§\nc & d \\\\\n\\end{tabular}\n\nText.')],
  ['org', readOrg, 'cell', '| a | b |\n|---+---|\n| o§ne | two |\n\nText.\n'],
  ['org', readOrg, 'cell behind a backslash', '| a | b |\n|---+---|\n| one\\§ x | two |\n\nText.\n'],
];

const ALTS = ['under test', 'a | b || c', 'a ! b', 'a, b = c; d', '"a", b', '{'.repeat(130), '}'.repeat(130), '{}'.repeat(65), '\\', 'a\\', '][', '$$', '`', '~', '_a_b_', ...HOSTILE_TEXTS];

for (const [languageId, read, what, marked] of CELLS) {
  test(`${languageId}: ${what}`, async () => {
    const at = marked.indexOf('§');
    const before = marked.replace('§', '');
    const wanted = await read(before);
    for (const alt of ALTS) {
      for (const count of [1, 2]) {
        const after = insertInto(languageId, before, at, at, 'cursor', { alt, count });
        const found = await read(after);
        assert.equal(found.images, count, `${alt}, ${count} images\n${after}`);
        // Between two images is a blank.
        const words = (text: string): string => (count === 1 && languageId !== 'css' ? text : text.replaceAll(' ', ''));
        assert.equal(words(found.rest), words(wanted.rest), `${alt}, ${count} images: another document\n${after}`);
      }
    }
  });
}

test('asciidoc: a link in a line says its text as it is', async () => {
  for (const alt of ALTS) {
    const html = (await convert(`One ${renderLink({ languageId: 'asciidoc', path: PATH, alt, widthPx: 1, heightPx: 2, prompt: alt, templates: {}, form: 'inline' }).plain} *two*.`)) as string;
    const [, , said = ''] = /<img src="([^"]*)" alt="([^"]*)"/.exec(html) ?? assert.fail(html);
    assert.equal(decodeHTML(said).replaceAll('’', "'"), alt === '' ? 'undertest' : alt.replaceAll('’', "'"), html);
  }
});

test('typst: content in brackets behind a backslash', () => {
  assert.equal(insertInto('typst', '#table([one\\ x], [b])\n', 12, 12, 'cursor'), '#table([one#box(image("images/undertest.png"))\\ x], [b])\n');
});

test('a path is written so that nobody reads more into it', () => {
  const linkTo = (languageId: string, path: string): string => renderLink({ languageId, path, alt: '', widthPx: 1, heightPx: 2, prompt: '', templates: {}, form: 'inline' }).plain;
  assert.equal(linkTo('latex', '~a/b.png'), '\\includegraphics[width=0.2\\linewidth]{./\\string~a/b.png}');
  assert.equal(linkTo('latex', '`/b#.png'), '\\includegraphics[width=0.2\\linewidth]{./`/b\\csname c_hash_str\\endcsname .png}');
  assert.equal(linkTo('org', '~a/b_c.png'), '[[file:./~a/b_c.png]]');
  assert.equal(linkTo('scss', '~a/b.png'), 'url("./~a/b.png")');
});
