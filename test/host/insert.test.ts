// "Insert Image": the file and its link in one edit, in every kind of document, and one undo that takes both back.
import assert from 'node:assert/strict';
import { decode } from 'fast-png';
import * as vscode from 'vscode';
import { cleanUp, exists, filesBelow, inRoot, openDocument, outsideFolder, rootUri, untilText, withSettings } from './documents.ts';
import { bytesOf, generate, insert, type GeneratedImage } from './images.ts';
import { resetStandIn, standIn } from './standIn.ts';
import { until } from './window.ts';

const { Workspace } = vscode.ConfigurationTarget;
const PROMPT = 'A harbour at dawn, $5 & 100% [fog] {a} \\ "calm"';
const SLUG = 'a-harbour-at-dawn-5-100-fog-a-calm';

describe('generateImage.insert', () => {
  let image: GeneratedImage;
  let received: Buffer;

  before(async () => {
    await resetStandIn();
    await standIn.set({ image: 'landscape' });
    image = await generate({ prompt: PROMPT });
    received = await bytesOf(image.uri);
  });
  beforeEach(resetStandIn);
  afterEach(cleanUp);

  it('puts the file beside a nested document and the link at the cursor; one undo takes both back', async () => {
    const text = '# Title\n\nBefore | after\n';
    const { document } = await openDocument(inRoot('docs/deep/page.md'), text);
    const before = await filesBelow(rootUri());
    await insert(image.id);
    const file = inRoot(`docs/deep/images/${SLUG}.png`);
    assert.deepEqual((await filesBelow(rootUri())).filter((path) => !before.includes(path)), [`docs/deep/images/${SLUG}.png`]);
    assert.match(document.getText(), new RegExp(`^# Title\\n\\nBefore !\\[.*\\]\\(images/${SLUG}\\.png\\) after\\n$`));
    await vscode.commands.executeCommand('undo');
    await untilText(document, text.replace('|', ''));
    await until('the file goes', async () => ((await exists(file)) ? undefined : true));
    assert.deepEqual(await filesBelow(rootUri()), before);
    await vscode.commands.executeCommand('redo');
    await until('the file comes back', async () => ((await exists(file)) ? true : undefined));
    assert.match(document.getText(), /!\[.*\]\(images\//);
  });

  it('leaves the alternative text selected, and the prompt in it letter by letter', async () => {
    const { document } = await openDocument(inRoot('docs/alt.md'));
    await insert(image.id);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    const alt = document.getText(editor?.selection);
    assert.equal(document.getText(), `![${alt}](images/${SLUG}.png)`);
    assert.equal(alt.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1'), PROMPT);
  });

  it('is shown by VS Code’s own Markdown preview', async () => {
    const { document } = await openDocument(inRoot('docs/preview.md'), 'Text before.\n\n|\n');
    await insert(image.id);
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', document);
    const [, source = ''] = /<img [^>]*\bsrc="([^"]+)"/.exec(html) ?? [];
    const shown = vscode.Uri.joinPath(document.uri, '..', decodeURIComponent(source));
    assert.equal(decode(await bytesOf(shown)).width, 1328, `${source} in ${html}`);
  });

  it('takes the newest image if none is named', async () => {
    const newest = await generate({ prompt: 'the newest boat', size: '928x1664' });
    const { document } = await openDocument(inRoot('docs/newest.md'));
    await insert();
    assert.equal(document.getText(), '![the newest boat](images/the-newest-boat.png)');
    assert.equal(decode(await bytesOf(inRoot('docs/images/the-newest-boat.png'))).width, newest.widthPx);
  });

  it('links one file at every cursor', async () => {
    const editor = await openDocument(inRoot('docs/many.md'), 'one \ntwo \nthree \n');
    editor.selections = [0, 1, 2].map((line) => new vscode.Selection(editor.document.lineAt(line).range.end, editor.document.lineAt(line).range.end));
    await insert(image.id);
    const link = `!\\[.*\\]\\(images/${SLUG}\\.png\\)`;
    assert.match(editor.document.getText(), new RegExp(`^one ${link}\\ntwo ${link}\\nthree ${link}\\n$`));
    assert.deepEqual(await filesBelow(inRoot('docs/images')), [`${SLUG}.png`]);
    await vscode.commands.executeCommand('undo');
    await untilText(editor.document, 'one \ntwo \nthree \n');
    await until('the file goes', async () => ((await filesBelow(inRoot('docs/images'))).length === 0 ? true : undefined));
  });

  it('keeps line breaks of Windows', async () => {
    const { document } = await openDocument(inRoot('docs/windows.md'), 'one\r\n|\r\nthree\r\n');
    await insert(image.id);
    assert.match(document.getText(), /^one\r\n\r\n!\[[^\r\n]*\]\([^\r\n]*\)\r\n\r\nthree\r\n$/);
  });

  it('never writes over a file, and undo never takes another one', async () => {
    const taken = inRoot(`docs/images/${SLUG}.png`);
    await vscode.workspace.fs.writeFile(taken, Buffer.from('somebody’s own'));
    const { document } = await openDocument(inRoot('docs/taken.md'));
    await insert(image.id);
    await vscode.commands.executeCommand('leaveSnippet');
    await vscode.commands.executeCommand('cursorBottom');
    await insert(image.id);
    assert.deepEqual(await filesBelow(inRoot('docs/images')), [`${SLUG}-1.png`, `${SLUG}-2.png`, `${SLUG}.png`]);
    assert.deepEqual([...document.getText().matchAll(/\(images\/(.*?)\)/g)].map(([, name]) => name), [`${SLUG}-1.png`, `${SLUG}-2.png`]);
    for (let left = 4; left > 0 && document.getText() !== ''; left--) await vscode.commands.executeCommand('undo');
    await until('both go', async () => ((await filesBelow(inRoot('docs/images'))).length === 1 ? true : undefined));
    assert.equal((await bytesOf(taken)).toString(), 'somebody’s own');
  });

  it('writes the recipe into the file and leaves every pixel as it came', async () => {
    await openDocument(inRoot('docs/recipe.md'));
    await insert(image.id);
    const written = await bytesOf(inRoot(`docs/images/${SLUG}.png`));
    assert.ok(!received.includes(PROMPT) && written.includes(PROMPT));
    assert.ok(!written.includes(new URL(standIn.baseUrl).host), 'the endpoint is nobody’s business');
    const [came, wrote] = [decode(received), decode(written)];
    assert.deepEqual([wrote.width, wrote.height, wrote.channels, wrote.depth], [came.width, came.height, came.channels, came.depth]);
    assert.equal(Buffer.compare(Buffer.from(wrote.data.buffer), Buffer.from(came.data.buffer)), 0);
    assert.deepEqual(await bytesOf(image.uri), received, 'the history keeps what came');
  });

  it('writes the bytes as they came if no recipe is wanted', async () => {
    await openDocument(inRoot('docs/plain.md'));
    await withSettings({ 'generateImage.embedRecipe': false }, async () => insert(image.id), Workspace);
    assert.deepEqual(await bytesOf(inRoot(`docs/images/${SLUG}.png`)), received);
  });

  it('puts the images of an untitled document into the folder that is open', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: 'new: ' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 5, 0, 5);
    await insert(image.id);
    assert.match(document.getText(), new RegExp(`^new: !\\[.*\\]\\(images/${SLUG}\\.png\\)$`));
    assert.ok(await exists(inRoot(`images/${SLUG}.png`)));
  });

  it('takes the own folder of a document that lies in no open folder', async () => {
    const outside = outsideFolder();
    try {
      const { document } = await openDocument(vscode.Uri.joinPath(outside.uri, 'lone page.md'));
      await insert(image.id);
      assert.match(document.getText(), new RegExp(`\\]\\(images/${SLUG}\\.png\\)$`));
      assert.deepEqual(await filesBelow(outside.uri), [`images/${SLUG}.png`, 'lone page.md']);
      await vscode.commands.executeCommand('undo');
      await untilText(document, '');
      await until('the file goes', async () => ((await exists(vscode.Uri.joinPath(outside.uri, 'images', `${SLUG}.png`))) ? undefined : true));
      assert.deepEqual(await filesBelow(outside.uri), ['lone page.md']);
    } finally {
      await cleanUp();
      outside.remove();
    }
  });

  it('writes a name of any script as VS Code’s preview reads it', async () => {
    const cat = await generate({ prompt: '一只猫，坐在 (窗边)。' });
    const { document } = await openDocument(inRoot('docs/文 档/页.md'));
    await insert(cat.id);
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', document);
    const [, source = ''] = /<img [^>]*\bsrc="([^"]+)"/.exec(html) ?? [];
    assert.ok(await exists(vscode.Uri.joinPath(document.uri, '..', decodeURIComponent(source))), html);
  });
});
