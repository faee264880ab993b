// Holds the finding of image links in Markdown, MDX and HTML against tables, independent parsers and hostile text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import { parse } from 'parse5';
import type { ImageLinkLanguage } from '../../../src/missing/documentLanguage.ts';
import type { ImageLink } from '../../../src/missing/imageLink.ts';
import { findImageLinks } from '../../../src/missing/imageLinks.ts';

const short = (links: ImageLink[]): string[] => links.map(({ alt, path }) => `${alt}|${path}`);

/** Text, and of each link found in it `alt|path`. */
type Table = [text: string, ...found: string[]][];

function holds(language: ImageLinkLanguage, table: Table): void {
  for (const [text, ...found] of table) assert.deepEqual(short(findImageLinks(text, language)), found, text);
}

test('Markdown: images and their paths', () => {
  holds('markdown', [
    ['![a cat](images/cat.png)', 'a cat|images/cat.png'],
    ['![a](<my images/c (1).png> "title")', 'a|my images/c (1).png'],
    ['![a](my%20images/%E7%8C%AB.png)', 'a|my images/猫.png'],
    ['![a](100%.png)', 'a|100%.png'],
    ['![a](x.png?v=1#f)', 'a|x.png'],
    ['![a \\[b\\] &amp; *c* `d` [e](f) ![g](h.png)](i.png)', 'a [b] & c d e g|i.png'],
    ['![a\nb](x\\_y&amp;z.png)', 'a b|x_y&z.png'],
    ['> ![q](q.png)\n\n- ![l](l.png)\n\n| ![t](t.png) |', 'q|q.png', 'l|l.png', 't|t.png'],
    ['[![in a link](a.png)](b.html)', 'in a link|a.png'],
    ['![]() ![no path]() [a link](a.png)'],
    ['# ![heading](h.png)\n\n![last](l.png)', 'heading|h.png', 'last|l.png'],
    ['![in a *link* <b>](a.png)', 'in a link |a.png'],
  ]);
});

test('Markdown: embeds of Obsidian and figures of Hugo', () => {
  holds('markdown', [
    ['![[cat.png]] ![[my cats/a cat.jpg#x|A cat|300]] ![[a note]] ![[a.pdf]] [[cat.png]]', '|cat.png', 'A cat|300|my cats/a cat.jpg'],
    ['| a |\n|---|\n| ![[cat.png\\|300x200]] |', '300x200|cat.png'],
    ['`![[a.png]]`\n\n```\n![[b.png]]\n{{< figure src="c.png" >}}\n```\n\n<!-- ![[d.png]] -->\n'],
    ['{{< figure src="a.png" alt="A cat" title="t" >}}', 'A cat|a.png'],
    ['Text {{% figure\n  link="x.html"\n  src=`/img/b%20c.png`\n  caption="The \\"cat\\"" %}} text.', '|/img/b c.png'],
    ['{{</* figure src="a.png" */>}} {{< figure >}} {{< other src="b.png" >}}'],
  ]);
  const text = 'x {{< figure alt="A" src="i m.png" width="300" height="200" />}} ![[ a.png |200x100]]';
  const [figure, embed] = findImageLinks(text, 'markdown');
  assert.deepEqual([text.slice(figure?.pathStart, figure?.pathEnd), figure?.widthPx, figure?.heightPx], ['i m.png', 300, 200]);
  assert.deepEqual([text.slice(embed?.pathStart, embed?.pathEnd), embed?.widthPx, text.slice(embed?.rawStart)], ['a.png', 200, '![[ a.png |200x100]]']);
});

test('Markdown: references', () => {
  holds('markdown', [
    ['![a cat][c]\n\n[C]: images/cat.png "t"', 'a cat|images/cat.png'],
    ['![cat][]\n\n![cat]\n\n[cat]: <my cat.png>', 'cat|my cat.png', 'cat|my cat.png'],
    ['![cat]\n\n[cat]: first.png\n[cat]: second.png', 'cat|first.png'],
    ['![cat][dog]'],
    ['![*a* b][x y]\n\n> [X  Y]: z.png', 'a b|z.png'],
  ]);
  const text = '![a][c] ![b][c]\n\n[c]: c%20d.png';
  for (const link of findImageLinks(text, 'markdown')) {
    assert.equal(link.syntax, 'reference');
    assert.equal(text.slice(link.pathStart, link.pathEnd), 'c%20d.png');
  }
});

test('Markdown: nothing in code, comments and front matter', () => {
  holds('markdown', [
    ['`![a](a.png)`\n\n```md\n![b](b.png)\n```\n\n    ![c](c.png)\n\n~~~\n<img src="d.png" alt="d">\n~~~'],
    ['---\ncover: "![a](a.png)"\n---\n\n![b](b.png)', 'b|b.png'],
    ['+++\na = "![a](a.png)"\n+++\n'],
    ['<!-- ![a](a.png) <img src="a.png" alt="a"> -->\n\nx <!-- <img src="b.png" alt="b"> --> y'],
    ['\\![a](a.png)'],
    ['<pre>\n![a](a.png)\n</pre>'],
    ['<script>\nconst a = \'<img src="a.png" alt="a">\';\n</script>'],
  ]);
});

test('Markdown: raw HTML', () => {
  holds('markdown', [
    ['<p align="center">\n  <img src="a%20b.png" alt="a &amp; b" width="300" height=200>\n</p>', 'a & b|a b.png'],
    ['words <IMG SRC=\'a.png\' ALT=\'it "is"\'/> words', 'it "is"|a.png'],
    ['> <div>\n> <img\n>   alt="x"\n>   src="b.png">\n> </div>', 'x|b.png'],
    ['- <img src=c.png alt=c>', 'c|c.png'],
  ]);
  const [link] = findImageLinks('> <div>\n> <img\n>   width="300" height="200px" alt="x"\n>   src="b&amp;c.png">', 'markdown');
  assert.deepEqual([link?.widthPx, link?.heightPx, link?.syntax], [300, 200, 'html']);
});

test('MDX: images and JSX', () => {
  holds('mdx', [
    ['![a](a.png)\n\n<div>\n  ![b](b.png)\n</div>', 'a|a.png', 'b|b.png'],
    ['<img src="a&amp;b.png" alt=\'x "y"\' width={300} height={200} />', 'x "y"|a&b.png'],
    ['text <Image src="/a.png" alt="c" /> text <Other src="b.png" alt="d" />', 'c|/a.png'],
    ["<img src={require('./a.png')} alt=\"a\" />"],
    ['<img src="a.png" alt={words} />', '|a.png'],
    ['{/* ![a](a.png) <img src="b.png" alt="b" /> */}\n\n`![c](c.png)`'],
    ['    ![no indented code](a.png)', 'no indented code|a.png'],
    ['import a from "./a.js"\nexport const b = <img src="a.png" alt="a" />\n\n![c](c.png)', 'c|c.png'],
    ['---\na: "![b](b.png)"\n---\n![c](c.png)', 'c|c.png'],
    ['> <img\n>   src="a.png"\n>   alt="q" />', 'q|a.png'],
  ]);
  const [link] = findImageLinks('<img src="a.png" alt="a" width={300} height={200} />', 'mdx');
  assert.deepEqual([link?.widthPx, link?.heightPx, link?.syntax], [300, 200, 'jsx']);
});

test('MDX that does not parse yet still has its images', () => {
  holds('mdx', [['![a](a.png)\n\n<div\n\n{ unfinished', 'a|a.png'], ['<img src="b.png" alt="b"> {', 'b|b.png']]);
});

test('HTML: images wherever a browser sees them', () => {
  holds('html', [
    ['<!doctype html><p><img src="a%20b.png" alt="A &lt;b&gt; &#x1F408;">', 'A <b> 🐈|a b.png'],
    ['<img alt=x src=a.png><img src="b.png"><img alt="c">', 'x|a.png', '|b.png'],
    ['<img src="a.png" src="b.png" alt="first">', 'first|a.png'],
    ['<!-- <img src="a.png" alt="a"> --><script>"<img src=\'a.png\' alt=\'a\'>"</script><style>/*<img src=a.png>*/</style><textarea><img src=a.png></textarea><title><img src=b.png></title>'],
    ['<img src=" a.png " alt=" b ">', ' b |a.png'],
    ['<img data-src="a.png" alt="a">'],
    ['<img src alt="a"><img src="" alt="b">'],
    ['<IMG\n  ALT="d"\n  SRC="d.png"\n/>', 'd|d.png'],
    ['<img src="a.png" alt="never closed"'],
  ]);
});

test('the written path is where the offsets say', () => {
  const table: [language: ImageLinkLanguage, text: string, raw: string, path: string][] = [
    ['markdown', 'x ![a](b%20c.png "t") y', '![a](b%20c.png "t")', 'b%20c.png'],
    ['markdown', '-\t![a](<b c.png>)', '![a](<b c.png>)', 'b c.png'],
    ['markdown', 'a\r\n\r\n> 🐈 ![a](b\\_c.png)', '![a](b\\_c.png)', 'b\\_c.png'],
    ['markdown', '\uFEFF![a](b.png)', '![a](b.png)', 'b.png'],
    ['markdown', '> <p>\n> <img alt="a"\n>  src="b&amp;c.png">', '<img alt="a"\n>  src="b&amp;c.png">', 'b&amp;c.png'],
    ['html', '<p><img src = "&amp;b.png" alt=a>', '<img src = "&amp;b.png" alt=a>', '&amp;b.png'],
    ['html', "<img alt=a src='b.png'/>", "<img alt=a src='b.png'/>", 'b.png'],
    ['html', '<img alt=a src=b.png>', '<img alt=a src=b.png>', 'b.png'],
    ['html', '<img alt="a" src=b.png />', '<img alt="a" src=b.png />', 'b.png'],
    ['mdx', '\uFEFFx <img src="b&amp;.png" alt="a" /> y', '<img src="b&amp;.png" alt="a" />', 'b&amp;.png'],
  ];
  for (const [language, text, raw, path] of table) {
    const found = findImageLinks(text, language).map((link) => [text.slice(link.rawStart, link.rawEnd), text.slice(link.pathStart, link.pathEnd)]);
    assert.deepEqual(found, [[raw, path]], text);
  }
});

/** What a link spans, and what is its written path, must be what stands there. */
function checkOffsets(text: string, links: ImageLink[]): void {
  for (const { rawStart, rawEnd, pathStart, pathEnd, url, syntax } of links) {
    const raw = text.slice(rawStart, rawEnd);
    assert.match(raw, syntax === 'html' || syntax === 'jsx' ? /^<i.*>$/is : /^!\[.*[\])]$/s, text);
    assert.ok(pathStart < pathEnd && pathEnd <= text.length, text);
    if (/^[\w./]+$/.test(url)) assert.equal(text.slice(pathStart, pathEnd).trim(), url, text);
  }
}

const PIECES = ['![', '](', ')', 'a.png', '<img ', 'src="', "alt='", '"', "'", '>', '/>', '\n', '\n\n', '> ', '- ', '    ', '`', '```', '<!--', '-->', '[a]: b.png', '[a]', '{', '}', '&amp;', '\\', '\t', '\r\n', '\u0000', '\uFEFF', '🐈', '---\n', '<Image ', 'import x', '<div>', '</div>', 'src=c.png', '%20', '<', '*'];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(''));

test('no text makes it throw, and offsets are where the link is', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom<ImageLinkLanguage>('markdown', 'mdx', 'html'), (text, language) => {
      checkOffsets(text, findImageLinks(text, language));
    }),
    { numRuns: 1500 },
  );
});

test('Markdown: an independent parser finds the same images', () => {
  const parser = markdownIt('commonmark');
  type Token = ReturnType<typeof parser.parse>[number];
  const imagesIn = (tokens: Token[]): string[] => tokens.flatMap((token) => (token.type === 'image' ? [String(token.attrGet('src'))] : imagesIn(token.children ?? [])));
  const plain = fc.array(fc.constantFrom('![a](b.png)', '![c]', '`', '```\n', '\n', '\n\n', '> ', '- ', '    ', '*', '![', '](e.png)', ' words ', '\\', '# ', '<f.png>'), { maxLength: 20 });
  fc.assert(
    fc.property(plain.map((pieces) => `[c]: d.png\n\n${pieces.join('')}`), (text) => {
      assert.deepEqual(findImageLinks(text, 'markdown').map((link) => encodeURI(decodeURI(link.url))), imagesIn(parser.parse(text, {})), text);
    }),
    { numRuns: 1000 },
  );
});

test('HTML: an independent parser finds the same images', () => {
  interface Node { nodeName: string; tagName?: string; attrs?: { name: string; value: string }[]; childNodes?: Node[] }
  const imagesIn = (node: Node): string[] => {
    const attribute = (name: string): string => node.attrs?.find((attr) => attr.name === name)?.value ?? '';
    const own = node.tagName === 'img' && attribute('src').trim() !== '' ? [`${attribute('alt')}|${attribute('src').trim()}`] : [];
    return [...own, ...(node.childNodes ?? []).flatMap(imagesIn)];
  };
  const pieces = fc.array(fc.constantFrom('<img src="a.png" alt="b &amp; c">', '<img src=d.png', ' alt=\'e"f\'', '>', '/>', '<!--', '-->', '<script>', '</script>', '<style>', '</style>', '<p>', '</p>', '"', "'", ' words ', '<textarea>', '</textarea>', '&lt;', '\n', '<', '</', '<!', '<?', '='), { maxLength: 16 });
  fc.assert(
    fc.property(pieces.map((parts) => `<!doctype html><body>${parts.join('')}`), (text) => {
      assert.deepEqual(findImageLinks(text, 'html').map(({ alt, url }) => `${alt}|${url}`), imagesIn(parse(text)), text);
    }),
    { numRuns: 1500 },
  );
});
