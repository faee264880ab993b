// The same insertion in every kind of document, place and language: the link is written as it is read, and leads to the file.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { parse, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { world } from '../../../vscodeModule/world.ts';
import { DOCUMENT_KINDS } from './documentKinds.ts';
import { makeDesk } from './insertAtCursor.ts';

const LINK = '![a boat](images/a-boat.png)';

for (const [ending, languageId, text, inserted] of DOCUMENT_KINDS) {
  test(`links as its language does, the alternative text selected: .${ending}`, async (t) => {
    const desk = makeDesk(t);
    const made = await desk.insert(`docs/page.${ending}`, `${text}\n`, languageId);
    assert.equal(made.text, `${inserted}\n`);
    if (inserted.includes('a boat')) assert.equal(made.selected, 'a boat');
    assert.deepEqual(desk.files(), ['docs/images/a-boat.png', `docs/page.${ending}`]);
  });
}

const CHOICES: readonly (readonly [settings: Readonly<Record<string, unknown>>, revisedPrompt: string | undefined, text: string])[] = [
  [{ linkTemplates: { markdown: '{{< figure src="${path}" alt="${alt}" title="${prompt}" w=${widthPx} h=${heightPx} >}}${tab}${nope}' } }, undefined, '{{< figure src="images/a-boat.png" alt="a boat" title="a boat" w=1328 h=1328 >}}${nope}'],
  [{ altText: '' }, undefined, '![](images/a-boat.png)'],
  [{ altText: '${revisedPrompt}' }, 'a wooden boat\nat [sea]', '![a wooden boat at \\[sea\\]](images/a-boat.png)'],
  [{ altText: '${revisedPrompt}' }, undefined, LINK],
];
for (const [settings, revisedPrompt, text] of CHOICES) {
  test(`follows the person’s own choice: ${JSON.stringify(settings)}, ${revisedPrompt ?? 'nothing revised'}`, async (t) => {
    const desk = makeDesk(t, revisedPrompt === undefined ? {} : { revisedPrompt });
    for (const [name, value] of Object.entries(settings)) world.set(`generateImage.${name}`, value, world.workspace);
    assert.equal((await desk.insert('docs/page.md', '')).text, text);
  });
}

/** Each with what the document's name becomes as a part of ours. */
const FOLDERS = [['a b', 'a-b'], ['100% #1', '100-1'], ['(x) [y]', 'x-y'], ['文 档', '文-档'], ["it's & co", 'it-s-co']] as const;
for (const [name, languageId] of [['page.md', 'markdown'], ['page.html', 'html']] as const) {
  test(`is found from and in folders of any name: ${name}`, async (t) => {
    for (const [folder, plain] of FOLDERS) {
      const desk = makeDesk(t);
      world.set('generateImage.saveTo', `../${folder} too/\${documentName}.\${ext}`, world.workspace);
      const path = `docs/${folder}/${folder}.${name}`;
      const { text } = await desk.insert(path, '', languageId);
      const { src } = shownImage(text, languageId);
      assert.ok(existsSync(join(desk.root, dirname(path), decodeURIComponent(src))), `${src} in ${folder}`);
      assert.deepEqual(desk.files().filter((file) => file !== path), [`docs/${folder} too/${plain}.page.png`]);
    }
  });
}

test('holds any prompt, and is one image for the parser of VS Code’s preview and for a browser', async (t) => {
  const PROMPTS = ['a]b[c](d) ![e](f) `g` *h* _i_ <b>j</b> <!-- k -->', '$x$ ${y} $1 \\$ \\ {{z}} } &amp; &#65; "q" \'s\' 100% #1', '=> ~~n~~ | m | https://example.com :smile: 文字「猫」（窗）🎨'];
  for (const prompt of PROMPTS) {
    for (const [name, languageId] of [['page.md', 'markdown'], ['page.html', 'html']] as const) {
      const desk = makeDesk(t, { prompt });
      const { text } = await desk.insert(`docs/${name}`, 'before | after\n', languageId);
      const { src, alt } = shownImage(text, languageId);
      assert.equal(alt, prompt, text);
      assert.ok(existsSync(join(desk.root, 'docs', decodeURIComponent(src))), src);
    }
  }
});

/** The one image of the document, as VS Code's preview parses Markdown, or as a browser reads HTML. */
function shownImage(text: string, languageId: 'markdown' | 'html'): { src: string; alt: string } {
  const root = languageId === 'html' ? parse(text) : parseFragment(new MarkdownIt({ html: true, linkify: true }).render(text));
  const images: Record<string, string>[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node && node.tagName === 'img') images.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(root);
  const [image = {}, ...more] = images;
  assert.deepEqual([images.length, more], [1, []], text);
  return { src: image['src'] ?? '', alt: image['alt'] ?? '' };
}
