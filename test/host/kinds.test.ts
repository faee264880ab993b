// The same insertion in every kind of document, place and language: the link is written as it is read, and leads to the file.
import assert from 'node:assert/strict';
import { parse, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import * as vscode from 'vscode';
import { cleanUp, exists, filesBelow, inRoot, openDocument, untilText, withSettings } from './documents.ts';
import { memoryFiles } from './memoryFiles.ts';
import { generate, insert, type GeneratedImage } from './images.ts';
import { resetStandIn, standIn } from './standIn.ts';
import { until } from './window.ts';

const { Workspace } = vscode.ConfigurationTarget;
/** A document of its own each time, and no other file’s: VS Code remembers the text of one that was closed a moment ago. */
let pages = 0;
const page = (name = 'page.md'): vscode.Uri => inRoot(`docs/kind-${++pages}-${name}`);
const LINK = '![a boat](images/a-boat.png)';

describe('a document of another kind', function () {
  this.timeout(60_000);
  let boat: GeneratedImage;

  before(async () => {
    await resetStandIn();
    boat = await generate({ prompt: 'a boat' });
  });
  afterEach(cleanUp);

  /** A block goes behind the paragraph that the cursor is in. */
  const LANGUAGES: [ending: string, text: string, inserted: string][] = [
    ['mdx', 'one | two', `one ${LINK} two`],
    ['qmd', 'one | two', `one ${LINK} two`],
    ['rmd', 'one | two', `one ${LINK} two`],
    ['html', 'one | two', 'one <img src="images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
    ['vue', '<template>one | two</template>', '<template>one <img src="./images/a-boat.png" alt="a boat" width="1328" height="1328"> two</template>'],
    ['svelte', 'one | two', 'one <img src="./images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
    ['astro', 'one | two', 'one <img src="./images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
    ['php', 'one | two', 'one <img src="images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
    ['jsx', '<b>one | two</b>', '<b>one <img src="images/a-boat.png" alt="a boat" width="1328" height="1328" /> two</b>'],
    ['scss', '.a { background: one | }', '.a { background: one url("images/a-boat.png") }'],
    ['less', '.a { background: one | }', '.a { background: one url("images/a-boat.png") }'],
    ['adoc', 'one | two', 'one  two\n\nimage::images/a-boat.png[a boat]'],
    ['rst', 'one | two', 'one  two\n\n.. image:: images/a-boat.png\n   :alt: a boat'],
    ['tex', 'one | two', 'one  two\n\n\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{images/a-boat.png}\n  \\caption{a boat}\n\\end{figure}'],
    ['typ', 'one | two', 'one  two\n\n#figure(image("images/a-boat.png"), caption: [a boat])'],
    ['org', 'one | two', 'one  two\n\n#+CAPTION: a boat\n[[file:images/a-boat.png]]'],
  ];
  for (const [ending, text, inserted] of LANGUAGES) {
    it(`links as its language does, the alternative text selected: .${ending}`, async () => {
      const { document } = await openDocument(inRoot(`docs/page.${ending}`), `${text}\n`);
      await insert(boat.id);
      assert.equal(document.getText(), `${inserted}\n`);
      if (inserted.includes('a boat')) assert.equal(document.getText(vscode.window.activeTextEditor?.selection), 'a boat');
      await vscode.commands.executeCommand('undo');
      await untilText(document, `${text.replace('|', '')}\n`);
      await until('the file goes', async () => ((await filesBelow(inRoot('docs/images'))).length === 0 ? true : undefined));
    });
  }

  it('takes the words typed over the selected alternative text, and two undos give everything back', async () => {
    const { document } = await openDocument(page(), 'one | two\n');
    await insert(boat.id);
    await vscode.commands.executeCommand('type', { text: 'my words' });
    assert.equal(document.getText(), 'one ![my words](images/a-boat.png) two\n');
    for (let left = 12; left > 0 && document.getText() !== 'one  two\n'; left--) await vscode.commands.executeCommand('undo');
    await untilText(document, 'one  two\n');
    await until('the file goes', async () => ((await filesBelow(inRoot('docs/images'))).length === 0 ? true : undefined));
  });

  it('follows the person’s own template, and an alternative text of their choice', async () => {
    await standIn.plan({ kind: 'ok', like: { revisedPrompt: 'a wooden boat\nat [sea]' } });
    const revised = await generate({ prompt: 'a boat, revised' });
    const CASES: [settings: Record<string, unknown>, id: string, text: string][] = [
      [{ 'generateImage.linkTemplates': { markdown: '{{< figure src="${path}" alt="${alt}" title="${prompt}" w=${widthPx} h=${heightPx} >}}${tab}${nope}' } }, boat.id, '{{< figure src="images/a-boat.png" alt="a boat" title="a boat" w=1328 h=1328 >}}${nope}'],
      [{ 'generateImage.altText': '' }, boat.id, '![](images/a-boat.png)'],
      [{ 'generateImage.altText': '${revisedPrompt}' }, revised.id, '![a wooden boat at \\[sea\\]](images/a-boat-revised.png)'],
      [{ 'generateImage.altText': '${revisedPrompt}' }, boat.id, LINK],
    ];
    for (const [settings, id, text] of CASES) {
      const { document } = await openDocument(page());
      await withSettings(settings, () => Promise.resolve(insert(id)), Workspace);
      assert.equal(document.getText(), text);
      await cleanUp();
    }
  });

  /** Each with what the document's name becomes as a part of ours. */
  const FOLDERS = [['a b', 'a-b'], ['100% #1', '100-1'], ['(x) [y]', 'x-y'], ['文 档', '文-档'], ["it's & co", 'it-s-co']] as const;
  for (const name of ['page.md', 'page.html']) {
    it(`is found from and in folders of any name: ${name}`, async () => {
      for (const [folder, plain] of FOLDERS) {
        const { document } = await openDocument(inRoot(`docs/${folder}/${folder}.${name}`));
        await withSettings({ 'generateImage.saveTo': `../${folder} too/\${documentName}.\${ext}` }, () => Promise.resolve(insert(boat.id)), Workspace);
        const { src } = await shownImage(document);
        assert.ok(await exists(vscode.Uri.joinPath(document.uri, '..', decodeURIComponent(src))), `${src} in ${folder}`);
        assert.deepEqual(await filesBelow(inRoot(`docs/${folder} too`)), [`${plain}.page.png`]);
      }
    });
  }

  it('holds any prompt, and is one image for VS Code’s preview and for a browser', async () => {
    const PROMPTS = ['a]b[c](d) ![e](f) `g` *h* _i_ <b>j</b> <!-- k -->', '$x$ ${y} $1 \\$ \\ {{z}} } &amp; &#65; "q" \'s\' 100% #1', '=> ~~n~~ | m | https://example.com :smile: 文字「猫」（窗）🎨'];
    for (const prompt of PROMPTS) {
      const { id } = await generate({ prompt });
      for (const name of ['page.md', 'page.html']) {
        const { document } = await openDocument(page(name), 'before | after\n');
        await insert(id);
        const { src, alt } = await shownImage(document);
        // VS Code's markdown-it drops escaped characters of alternative texts; other parsers of Markdown keep them.
        if (name === 'page.html') assert.equal(alt, prompt, document.getText());
        assert.ok(await exists(vscode.Uri.joinPath(document.uri, '..', decodeURIComponent(src))), src);
      }
      await cleanUp();
    }
  });

  it('is a cell of a notebook: the path counts from the notebook', async () => {
    const uri = inRoot('docs/deep/book.ipynb');
    const cells = [{ cell_type: 'markdown', metadata: {}, source: ['one\n', '\n', 'two'] }, { cell_type: 'markdown', metadata: {}, source: ['other'] }];
    await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })));
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = await until('the cell takes text', () => (vscode.window.activeTextEditor?.document === cell ? vscode.window.activeTextEditor : undefined));
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await insert(boat.id);
    await untilText(cell, `one\n\n${LINK}\n\ntwo`);
    assert.equal(notebook.cellAt(1).document.getText(), 'other');
    assert.deepEqual(await filesBelow(inRoot('docs/deep/images')), ['a-boat.png']);
    await vscode.commands.executeCommand('undo');
    await untilText(cell, 'one\n\ntwo');
    await until('the file goes', async () => ((await filesBelow(inRoot('docs/deep/images'))).length === 0 ? true : undefined));
  });

  it('lies on another file system', async () => {
    const files = memoryFiles();
    const registered = vscode.workspace.registerFileSystemProvider('memfs', files, { isCaseSensitive: true });
    try {
      const uri = vscode.Uri.parse('memfs://host/书 架/page.md');
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
      const { document } = await openDocument(uri, 'one | two\n');
      await insert(boat.id);
      assert.equal(document.getText(), `one ${LINK} two\n`);
      assert.deepEqual(await filesBelow(vscode.Uri.joinPath(uri, '..')), ['images/a-boat.png', 'page.md']);
      await vscode.commands.executeCommand('undo');
      await untilText(document, 'one  two\n');
      await until('the file goes', async () => ((await filesBelow(vscode.Uri.joinPath(uri, '..', 'images'))).length === 0 ? true : undefined));
    } finally {
      await cleanUp();
      registered.dispose();
    }
  });
});

/** The one image of the document, as VS Code's preview renders Markdown, or as a browser reads HTML. */
async function shownImage(document: vscode.TextDocument): Promise<{ src: string; alt: string }> {
  const isHtml = document.languageId === 'html';
  const root = isHtml ? parse(document.getText()) : parseFragment(await vscode.commands.executeCommand<string>('markdown.api.render', document));
  const images: Record<string, string>[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node && node.tagName === 'img') images.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(root);
  const [image = {}, ...more] = images;
  assert.deepEqual([images.length, more], [1, []], document.getText());
  // The preview shows `src` half decoded, and keeps what the document says beside it.
  return { src: image['data-src'] ?? image['src'] ?? '', alt: image['alt'] ?? '' };
}
