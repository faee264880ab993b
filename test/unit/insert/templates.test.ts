// Shows the link of each language, the person's own templates over them, and their tab stops.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderLink, type LinkFacts } from '../../../src/insert/templates.ts';

const CAT: LinkFacts = { languageId: 'markdown', path: 'images/a cat.png', alt: 'A cat & a dog', widthPx: 1664, heightPx: 928, prompt: 'A cat\n& a dog', templates: {} };
const IMG = '<img src="images/a%20cat.png" alt="A cat &amp; a dog" width="1664" height="928"';
const LATEX = '\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{images/a cat.png}\n  \\caption{A cat \\& a dog}\n\\end{figure}';

const BUILT_IN: readonly (readonly [languageIds: string, link: string, block: boolean])[] = [
  ['markdown mdx quarto rmd', '![A cat & a dog](images/a%20cat.png)', false],
  ['html vue svelte php', `${IMG}>`, false],
  ['javascriptreact typescriptreact', `${IMG} />`, false],
  ['css scss less', 'url("images/a%20cat.png")', false],
  ['asciidoc', 'image::images/a cat.png[A cat & a dog]', true],
  ['restructuredtext', '.. image:: images/a\\ cat.png\n   :alt: A cat & a dog', true],
  ['latex tex', LATEX, true],
  ['typst', '#figure(image("images/a cat.png"), caption: [A cat & a dog])', true],
  ['org', '#+CAPTION: A cat & a dog\n[[file:images/a cat.png]]', true],
  ['plaintext json', 'images/a cat.png', false],
];

for (const [languageIds, link, block] of BUILT_IN) {
  test(`the link of ${languageIds}`, () => {
    for (const languageId of languageIds.split(' ')) {
      const rendered = renderLink({ ...CAT, languageId });
      assert.deepEqual([rendered.plain, rendered.block], [link, block]);
      assert.equal(rendered.parts.filter((part) => 'tabStop' in part).length, /url|^images/.test(link) ? 0 : 1);
    }
  });
}

test('the alternative text is a tab stop, filled', () => {
  assert.deepEqual(renderLink({ ...CAT, alt: 'a *b*' }).parts, [{ text: '![' }, { tabStop: 'a \\*b\\*' }, { text: '](images/a%20cat.png)' }]);
  assert.deepEqual(renderLink({ ...CAT, alt: '' }).parts, [{ text: '![' }, { tabStop: '' }, { text: '](images/a%20cat.png)' }]);
});

test('no empty caption is left', () => {
  for (const languageId of ['latex', 'typst', 'org', 'restructuredtext']) {
    assert.doesNotMatch(renderLink({ ...CAT, languageId, alt: ' \n ' }).plain, /caption|alt/i);
  }
});

test('line breaks never get in; those of the template follow the document', () => {
  const rendered = renderLink({ ...CAT, languageId: 'restructuredtext', alt: 'a\r\n\r\nb\u2028c\u0000d', eol: '\r\n' });
  assert.equal(rendered.plain, '.. image:: images/a\\ cat.png\r\n   :alt: a b c d');
});

test('AsciiDoc quotes a text with commas if it is an attribute, and only there', () => {
  const asciidoc = (alt: string, template?: string): string => renderLink({ ...CAT, path: 'a.png', languageId: 'asciidoc', alt, templates: template === undefined ? {} : { asciidoc: template } }).plain;
  assert.equal(asciidoc('a, b'), 'image::a.png["a, b"]');
  assert.equal(asciidoc('a, b', '.${alt}\nimage::${path}[alt=${alt},width=${widthPx}]'), '.a, b\nimage::a.png[alt="a, b",width=1664]');
  assert.equal(asciidoc('a, "b"', 'image:${path}["${alt}"]'), 'image:a.png["a, &#34;b&#34;"]');
});

const OWN: readonly (readonly [languageId: string, template: string, link: string, block: boolean])[] = [
  ['markdown', '![${alt}](${path} "${widthPx}×${heightPx}")', '![say &quot;x&quot; \\*y\\*](a%20b.png "1664×928")', false],
  ['markdown', '<img src="${path}" alt="${alt}">', '<img src="a%20b.png" alt="say &#34;x&#34; *y*">', false],
  ['markdown', '{{< figure src="${path}" alt="${alt}" >}}', '{{< figure src="a%20b.png" alt="say &quot;x&quot; \\*y\\*" >}}', false],
  ['markdown', '![](${path})\n\n*${prompt}*\n', '![](a%20b.png)\n\n*A cat & a dog*\n', true],
  ['plaintext', '${path}|${widthPx}|${nope}|$1|${ path}', 'a b.png|1664|${nope}|$1|${ path}', false],
  ['org', '[[file:${path}]]', '[[file:a b.png]]', false],
  ['asciidoc', 'image::${path}[]', 'image::a b.png[]', true],
  ['asciidoc', 'image:${path}[]', 'image:a b.png[]', false],
  ['html', '', '', false],
];

for (const [languageId, template, link, block] of OWN) {
  test(`a person's own template: ${JSON.stringify(template)} in ${languageId}`, () => {
    const rendered = renderLink({ ...CAT, path: 'a b.png', alt: 'say "x" *y*', languageId, templates: { [languageId]: template } });
    assert.deepEqual([rendered.plain, rendered.block], [link, block]);
  });
}

test('${tab} takes the tab stop over', () => {
  const { parts } = renderLink({ ...CAT, path: 'a.png', alt: 'x', templates: { markdown: '![${alt}](${path})${tab}!' } });
  assert.deepEqual(parts, [{ text: '![x](a.png)' }, { tabStop: '' }, { text: '!' }]);
});

test('a template of another language does not count', () => {
  assert.equal(renderLink({ ...CAT, alt: '', templates: { html: 'x' } }).plain, '![](images/a%20cat.png)');
});
