// Shows that a link in Markdown leads to its image, as markdown-it and micromark read it.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { micromark } from 'micromark';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { mdxMd } from 'micromark-extension-mdx-md';
import { parseFragment } from 'parse5';
import { relativeLink } from '../../../src/insert/linkPath.ts';
import { renderLink } from '../../../src/insert/templates.ts';
import { HOSTILE_TEXTS, hostilePlaces, hostileText } from './hostile.ts';

interface Read {
  url: string;
  alt: string;
}

/** The one image of a document by the parser that VS Code's preview uses; throws when there is not exactly one. */
function readWithMarkdownIt(source: string): Read {
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(source, {});
  const images = tokens.flatMap((token) => token.children ?? []).filter((token) => token.type === 'image');
  assert.equal(images.length, 1, source);
  const children = images[0]?.children ?? [];
  assert.ok(children.every(({ type }) => type.startsWith('text')), `not plain text: ${source}`);
  return { url: String(images[0]?.attrGet('src')), alt: children.map(({ content }) => content).join('') };
}

function readWithMicromark(source: string, extensions: Parameters<typeof micromark>[1] = {}): Read {
  const html = micromark(source, extensions);
  const [paragraph] = parseFragment(html).childNodes;
  assert.ok(paragraph && 'childNodes' in paragraph, html);
  const others = paragraph.childNodes.filter((node) => node.nodeName !== 'img' && node.nodeName !== '#text');
  const [image, second] = paragraph.childNodes.filter((node) => node.nodeName === 'img');
  assert.ok(others.length === 0 && second === undefined && image && 'attrs' in image, html);
  const attributes = new Map(image.attrs.map(({ name, value }) => [name, value]));
  return { url: attributes.get('src') ?? '', alt: attributes.get('alt') ?? '' };
}

function readAsMdx(source: string): Read {
  return readWithMicromark(source, { extensions: [mdxJsx(), mdxExpression(), mdxMd()] });
}

function linkOf(documentPath: string, targetPath: string, alt: string, languageId = 'markdown'): string {
  const path = relativeLink(documentPath, targetPath);
  assert.ok(path !== undefined);
  return renderLink({ languageId, path, alt, widthPx: 1, heightPx: 2, prompt: alt, templates: {} }).plain;
}

const PARSERS: readonly (readonly [string, (source: string) => Read])[] = [
  ['markdown-it', readWithMarkdownIt],
  ['micromark', (source) => readWithMicromark(source)],
  ['micromark with MDX', readAsMdx],
];

for (const [parser, read] of PARSERS) {
  test(`every place and text survives ${parser}, wherever the link stands`, () => {
    fc.assert(
      fc.property(hostilePlaces(), hostileText, fc.constantFrom('', 'text '), fc.constantFrom('', ' text', '(a)'), ({ documentPath, targetPath }, alt, before, after) => {
        const { url, alt: text } = read(`${before}${linkOf(documentPath, targetPath, alt)}${after}`);
        assert.equal(posix.join(posix.dirname(documentPath), decodeURIComponent(url)), targetPath);
        assert.equal(text, alt);
        assert.doesNotMatch(url, /[?#:\s\\]/);
      }),
      { numRuns: 200 },
    );
  });
}

test('the listed texts survive in Markdown and, but for typography, in Pandoc dialects', () => {
  for (const alt of HOSTILE_TEXTS) {
    for (const languageId of ['markdown', 'mdx', 'quarto', 'rmd']) {
      assert.equal(readWithMarkdownIt(linkOf('/w/a.md', '/w/b.png', alt, languageId)).alt, alt);
    }
  }
});

test('R Markdown gets no backtick, which knitr would run', () => {
  assert.doesNotMatch(linkOf('/w/a.rmd', '/w/b.png', '`r system("x")`', 'rmd'), /`/);
});

test('a link in a table and in a list stays one cell and one item', () => {
  const link = linkOf('/w/a.md', '/w/x | y.png', 'a | b');
  const tokens = new MarkdownIt().parse(`| h | i |\n|---|---|\n| ${link} | z |\n\n- ${link}\n`, {});
  assert.equal(tokens.filter(({ type }) => type === 'td_open').length, 2);
  assert.equal(tokens.filter(({ type }) => type === 'list_item_open').length, 1);
});

test('scripts stay readable, syntax does not', () => {
  assert.equal(linkOf('/w/文档/a.md', '/w/图片/一只 猫(1).png', '猫'), '![猫](../图片/一只%20猫%281%29.png)');
});
