// The same insertion in documents of other kinds: languages as VS Code knows them, a notebook, another file system.
import assert from 'node:assert/strict';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import * as vscode from 'vscode';
import { DOCUMENT_KINDS } from '../unit/host/insert/documentKinds.ts';
import { cleanUp, exists, filesBelow, inRoot, openDocument, untilText, withSettings } from './documents.ts';
import { memoryFiles } from './memoryFiles.ts';
import { generate, insert, type GeneratedImage } from './images.ts';
import { resetStandIn } from './standIn.ts';
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

  it('has the language that its link is written in by the ending of its name', async () => {
    const found: string[][] = [];
    for (const [ending] of DOCUMENT_KINDS) {
      const uri = inRoot(`docs/language.${ending}`);
      await vscode.workspace.fs.writeFile(uri, Buffer.from('one\n'));
      found.push([ending, (await vscode.workspace.openTextDocument(uri)).languageId]);
    }
    assert.deepEqual(found, DOCUMENT_KINDS.map(([ending, languageId]) => [ending, languageId]));
  });

  // One link within a line and one of several lines; test/unit/host/insert/documentKinds.test.ts holds all of them.
  for (const [ending, , text, inserted] of DOCUMENT_KINDS.filter(([name]) => name === 'html' || name === 'tex')) {
    it(`links as its language does, the alternative text selected: .${ending}`, async () => {
      const { document } = await openDocument(inRoot(`docs/page.${ending}`), `${text}\n`);
      await insert(boat.id);
      assert.equal(document.getText(), `${inserted}\n`);
      assert.equal(document.getText(vscode.window.activeTextEditor?.selection), 'a boat');
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

  it('is found by VS Code’s preview from and in a folder of any name', async () => {
    const folder = "it's 100% #1 (x) [y]";
    const { document } = await openDocument(inRoot(`docs/${folder}/${folder}.page.md`));
    await withSettings({ 'generateImage.saveTo': `../${folder} too/\${documentName}.\${ext}` }, () => Promise.resolve(insert(boat.id)), Workspace);
    const src = await shownImage(document);
    assert.ok(await exists(vscode.Uri.joinPath(document.uri, '..', decodeURIComponent(src))), src);
    assert.deepEqual(await filesBelow(inRoot(`docs/${folder} too`)), ['it-s-100-1-x-y.page.png']);
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

/** What leads to the one image of the document, as VS Code's preview renders it. */
async function shownImage(document: vscode.TextDocument): Promise<string> {
  const images: Record<string, string>[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node && node.tagName === 'img') images.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(await vscode.commands.executeCommand<string>('markdown.api.render', document)));
  const [image = {}, ...more] = images;
  assert.deepEqual([images.length, more], [1, []], document.getText());
  // The preview shows `src` half decoded, and keeps what the document says beside it.
  return image['data-src'] ?? image['src'] ?? '';
}
