// Files in the format, size and weight that settings and paths ask for: in Markdown, HTML and LaTeX.
import assert from 'node:assert/strict';
import { imageSize } from 'image-size';
import * as vscode from 'vscode';
import { cleanUp, exists, inRoot, openDocument, untilText, withSettings } from './documents.ts';
import { bytesOf, generate, insert, type GeneratedImage } from './images.ts';
import { resetStandIn, standIn } from './standIn.ts';
import { until } from './window.ts';

const { Workspace } = vscode.ConfigurationTarget;

describe('files that a site can ship', () => {
  let image: GeneratedImage;

  before(async () => {
    await resetStandIn();
    await standIn.set({ image: 'landscape' });
    image = await generate({ prompt: 'a fox in the hills', size: '1664x928' });
  });
  beforeEach(resetStandIn);
  afterEach(cleanUp);

  it('is a WebP in Markdown, and one undo takes file and link back', () =>
    withSettings({ 'generateImage.fileFormat': 'webp' }, async () => {
      const { document } = await openDocument(inRoot('docs/page.md'), '# Title\n\n|\n');
      await insert(image.id);
      const file = inRoot('docs/images/a-fox-in-the-hills.webp');
      assert.match(document.getText(), /!\[a fox in the hills\]\(images\/a-fox-in-the-hills\.webp\)/);
      const { width, height, type } = imageSize(await bytesOf(file));
      assert.deepEqual([width, height, type], [1664, 928, 'webp']);
      await vscode.commands.executeCommand('undo');
      await untilText(document, '# Title\n\n\n');
      await until('the file goes', async () => ((await exists(file)) ? undefined : true));
    }, Workspace));

  it('has the size in HTML that the file has', () =>
    withSettings({ 'generateImage.fileFormat': 'jpeg', 'generateImage.fileMaxWidth': 600 }, async () => {
      const { document } = await openDocument(inRoot('docs/page.html'), '<body>\n|\n</body>\n');
      await insert(image.id);
      assert.match(document.getText(), /<img src="images\/a-fox-in-the-hills\.jpg" alt="[^"]*" width="600" height="335">/);
      const { width, height, type } = imageSize(await bytesOf(inRoot('docs/images/a-fox-in-the-hills.jpg')));
      assert.deepEqual([width, height, type], [600, 335, 'jpg']);
    }, Workspace));

  it('is never a WebP in LaTeX', () =>
    withSettings({ 'generateImage.fileFormat': 'webp' }, async () => {
      const { document } = await openDocument(inRoot('docs/page.tex'), '|\n');
      await vscode.languages.setTextDocumentLanguage(document, 'latex');
      await insert(image.id);
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /\\includegraphics.*images\/a-fox-in-the-hills\.jpg/);
      assert.equal(imageSize(await bytesOf(inRoot('docs/images/a-fox-in-the-hills.jpg'))).type, 'jpg');
    }, Workspace));

  it('has the type that the path names, whatever the setting says', () =>
    withSettings({ 'generateImage.fileFormat': 'jpeg', 'generateImage.saveTo': '${documentDir}/${slug}.webp' }, async () => {
      await openDocument(inRoot('docs/named.md'), '|\n');
      await insert(image.id);
      assert.equal(imageSize(await bytesOf(inRoot('docs/a-fox-in-the-hills.webp'))).type, 'webp');
    }, Workspace));

  it('is no heavier than the budget', () =>
    withSettings({ 'generateImage.fileFormat': 'webp', 'generateImage.fileMaxKB': 8 }, async () => {
      await openDocument(inRoot('docs/light.md'), '|\n');
      await insert(image.id);
      const bytes = await bytesOf(inRoot('docs/images/a-fox-in-the-hills.webp'));
      assert.ok(bytes.length <= 8000, `${bytes.length} bytes`);
    }, Workspace));
});
