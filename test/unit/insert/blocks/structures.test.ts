// Holds that an image in any structure leaves the document as it was: read before and after by the language's own parser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { compileTokens, readTokens } from '../../../../src/insert/blocks/markdownTree.ts';
import { changedInRest, hasDocutils } from './docutils.ts';
import { triesOf } from './insertInto.ts';
import { ASCIIDOC, LATEX, ORG, REST } from './papers.ts';
import { PATH, readAsciidoc, readCss, readHtml, readJsx, readLatex, readMarkdown, readOrg, type Reader } from './readers.ts';
import { ASTRO, PHP, SVELTE, VUE } from './components.ts';
import { CSS, HTML, JSX, MARKDOWN, MARKDOWN_EXTENDED, MDX, type Structure } from './structures.ts';

/** Extensions of Markdown have no other parser here. */
const readExtended = (isMdx: boolean): Reader => (text) => {
  const parts = compileTokens(readTokens(text, isMdx)).split(new RegExp(`<img src="${PATH}"[^>]*>`));
  return { rest: parts.join('').replace(/\s+/g, ' ').replace(/ ?(<[^>]*>) ?/g, '$1').replace(/<p><\/p>/g, ''), images: parts.length - 1 };
};

/** MDX has neither HTML's comments, addresses in angle brackets nor indented code, and reads braces. */
function isMdx([, marked]: Structure): boolean {
  try {
    return compileTokens(readTokens(marked.replace(/[«»]/g, ''), true)) !== '' && !/<!--|[{}]/.test(marked);
  } catch {
    return false;
  }
}

/** The fence as it is written, and the rest as a page. */
const readAstro: Reader = async (text) => {
  const fence = /^---\n[\s\S]*?\n---(?=\n|$)/.exec(text)?.[0] ?? '';
  const { rest, images } = await readHtml(text.slice(fence.length));
  return { rest: fence + rest, images };
};

const LANGUAGES: readonly (readonly [languageId: string, structures: readonly Structure[], read: Reader])[] = [
  ['markdown', MARKDOWN, readMarkdown],
  ['markdown', MARKDOWN_EXTENDED, readExtended(false)],
  ['mdx', [...MDX, ...MARKDOWN.filter(isMdx)], readExtended(true)],
  ['html', HTML, readHtml],
  ['vue', HTML.filter(([, text]) => !text.includes('<body')).map(([what, text]) => [what, `<template>\n${text}</template>\n`] as const), readHtml],
  ['vue', VUE, readHtml],
  ['svelte', [...SVELTE, ...HTML.filter(([, text]) => !text.includes('<html'))], readHtml],
  ['astro', [...ASTRO, ...HTML.filter(([, text]) => !text.includes('<html'))], readAstro],
  ['typescriptreact', JSX, readJsx],
  ['css', CSS, readCss],
  ['asciidoc', ASCIIDOC, readAsciidoc],
  ['latex', LATEX, readLatex],
  ['org', ORG, readOrg],
];

for (const [languageId, structures, read] of LANGUAGES) {
  for (const structure of structures) {
    test(`${languageId}: ${structure[0]}`, async () => {
      const tries = triesOf(languageId, structure);
      // It is the same document before each try.
      const wanted = await read(tries[0]?.before ?? '');
      for (const { name, after } of tries) {
        const found = await read(after);
        assert.equal(found.images, 1, `${name}: no image\n${after}`);
        assert.equal(found.rest, wanted.rest, `${name}: another document\n${after}`);
      }
    });
  }
}

test('restructuredtext: every structure, as docutils reads it', { skip: hasDocutils ? false : 'docutils is not installed' }, () => {
  assert.deepEqual(changedInRest(REST.flatMap((structure) => triesOf('restructuredtext', structure))), []);
});

const RUN_PHP = `
$tries = json_decode(stream_get_contents(STDIN));
$file = tempnam(sys_get_temp_dir(), 'try');
$read = [];
foreach ($tries as $source) {
  file_put_contents($file, $source);
  ob_start();
  (function () use ($file) { include $file; })();
  $read[] = ob_get_clean();
}
unlink($file);
echo json_encode($read);
`;
const hasPhp = spawnSync('php', ['-v']).status === 0;

test('php: every structure, as PHP and then a browser read it', { skip: hasPhp ? false : 'PHP is not installed' }, async () => {
  const tries = [...PHP, ...HTML].flatMap((structure) => triesOf('php', structure));
  const { stdout, stderr } = spawnSync('php', ['-d', 'display_errors=stderr', '-r', RUN_PHP], { input: JSON.stringify(tries.flatMap(({ before, after }) => [before, after])), encoding: 'utf8' });
  assert.equal(stderr, '');
  const pages = JSON.parse(stdout) as string[];
  for (const [index, { name, after }] of tries.entries()) {
    const [wanted, found] = [await readHtml(pages[2 * index] ?? ''), await readHtml(pages[2 * index + 1] ?? '')];
    assert.equal(found.images, 1, `${name}: no image\n${after}`);
    assert.equal(found.rest, wanted.rest, `${name}: another document\n${after}`);
  }
});
