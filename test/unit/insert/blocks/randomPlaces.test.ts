// Holds that at a random place of a random document an image is the one thing that changes, as the language's parser reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changedInRest, hasDocutils } from './docutils.ts';
import { insertInto } from './insertInto.ts';
import { ASCIIDOC, LATEX, ORG, REST } from './papers.ts';
import { readAsciidoc, readCss, readHtml, readJsx, readLatex, readMarkdown, readOrg, type Reader } from './readers.ts';
import { CSS, HTML, JSX, MARKDOWN, type Structure } from './structures.ts';

/** Puts a text into a structure around it. */
type Frame = (text: string) => string;

const quoted: Frame = (text) => text.replace(/^.*\n?/gm, (line) => (line === '' ? '' : `> ${line}`)).replace(/^> $/gm, '>');
const listed: Frame = (text) => `- ${text.replace(/\n(?=[^\n])/g, '\n  ')}`;
const inBody: Frame = (text) => `\\documentclass{article}\n\\usepackage{graphicx}\n\\begin{document}\n${text}\n\\end{document}\n`;
const bodyOf = (text: string): string => /\\begin\{document\}\n([\s\S]*)\n\\end\{document\}/.exec(text)?.[1] ?? text;

/** Of each language: what documents are made of, what may stand around it, and what stands around the whole. */
const LANGUAGES: readonly (readonly [languageId: string, read: Reader, structures: readonly Structure[], frames: readonly Frame[], whole?: Frame])[] = [
  ['markdown', readMarkdown, MARKDOWN.filter(([what]) => !/front matter|without an end|without a break/.test(what)), [quoted, listed, (text) => quoted(listed(text)), (text) => listed(quoted(text))]],
  ['html', readHtml, HTML.filter(([, text]) => !/<html|<body|doctype/.test(text)), [(text) => `<div>\n${text}</div>\n`, (text) => `<ul>\n<li>${text}</li>\n</ul>\n`, (text) => `<table><tr><td>${text}</td></tr></table>\n`]],
  ['typescriptreact', readJsx, JSX.filter(([what]) => what !== 'import'), []],
  ['css', readCss, CSS.filter(([what]) => what !== 'import'), [(text) => (text.includes('@') ? text : `@media print {\n${text}\n}\n`)]],
  ['asciidoc', readAsciidoc, ASCIIDOC.filter(([what, text]) => !/title of|author/.test(what) && !/^= /m.test(text)), [(text) => (/^={4}$|^\[verse/m.test(text) ? text : `====\n${text.replace(/^={2,}(?= )/gm, '.')}====\n`)]],
  ['latex', readLatex, LATEX.filter(([, text]) => /\\begin\{document\}\n[\s\S]*\n\\end\{document\}\n$/.test(text) && !text.includes('\\newcommand')).map(([what, text]) => [what, bodyOf(text)] as const), [(text) => `\\begin{quote}\n${text}\n\\end{quote}\n`], inBody],
  ['org', readOrg, ORG, []],
];

const choose = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

for (const [languageId, read, structures, frames, whole] of LANGUAGES) {
  test(`${languageId}: any place of any document`, async () => {
    const piece = fc.tuple(choose(structures), choose<Frame>([(text) => text, ...frames])).map(([[, marked], frame]) => frame(marked.replace(/[«»]/g, '')));
    const documents = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => (whole ?? String)(pieces.join('\n')));
    await fc.assert(
      fc.asyncProperty(documents, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.2, noNaN: true }), choose(['cursor', 'behind'] as const), async (text, at, length, mode) => {
        const start = Math.floor(at * text.length);
        const end = mode === 'cursor' ? start : Math.min(text.length, start + Math.floor(length * text.length));
        const after = insertInto(languageId, text, start, end, mode);
        const [wanted, found] = [await read(text), await read(after)];
        assert.equal(found.images, 1, `no image\n${after}`);
        assert.equal(found.rest, wanted.rest, `another document\n${after}`);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) },
    );
  });
}

test('restructuredtext: any place of any document, as docutils reads it', { skip: hasDocutils ? false : 'docutils is not installed' }, () => {
  const indented = (text: string, indent: string): string => text.replace(/^(?=.)/gm, indent);
  const structures = REST.filter(([what]) => what !== 'document information');
  const frames: readonly Frame[] = [String, (text) => `.. note::\n\n${indented(text, '   ')}`, (text) => `- item\n\n${indented(text, '  ')}`];
  // Titles and transitions stand in no frame.
  const piece = fc.tuple(choose(structures), choose(frames)).map(([[what, marked], frame]) => (/title|transition|doctest/.test(what) ? String : frame)(marked.replace(/[«»]/g, '')));
  const place = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), choose(['cursor', 'behind'] as const));
  const tries = fc.sample(place, Number(process.env['RUNS'] ?? 100)).map(([pieces, at, mode]) => {
    const before = pieces.join('\n');
    const offset = Math.floor(at * before.length);
    return { name: `${mode} ${offset} of\n${before}`, before, after: insertInto('restructuredtext', before, offset, offset, mode) };
  });
  assert.deepEqual(changedInRest(tries), []);
});
