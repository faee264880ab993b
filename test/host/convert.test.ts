// "Convert or Resize Image…": a new file beside the old one, the links of all pages changed, and all of it back in one undo.
import assert from 'node:assert/strict';
import { imageSize } from 'image-size';
import * as vscode from 'vscode';
import { cleanUp, exists, inRoot, openDocument, untilText } from './documents.ts';
import { bytesOf, generate, type GeneratedImage } from './images.ts';
import { resetStandIn } from './standIn.ts';
import { acceptUntil, clearNotifications, hasWindow, notification, pause, texts, until } from './window.ts';

const MARKDOWN = '# A\n\n![Fox](images/fox.png "A fox") and ![other](images/other.png)\n';
const HTML = '<p>\n  <img src="images/fox.png" alt="Fox">\n</p>\n';

/** Presses Enter on each question, and on the list of links once so many are ticked in it. */
async function acceptInTurn(done: PromiseLike<unknown>, ticked: number): Promise<void> {
  let isSettled = false;
  const settle = (): void => void (isSettled = true);
  done.then(settle, settle);
  while (!isSettled) {
    const [title = ''] = await texts('.quick-input-title');
    const isReady = title.includes('Links that name') ? (await texts('.quick-input-list .monaco-list-row[aria-checked="true"]')).length === ticked : title.includes('Convert or Resize');
    if (isReady) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await pause(30);
  }
  await done;
}

describe('generateImage.convertImage', function () {
  this.timeout(60_000);
  let fox: GeneratedImage;
  before(async () => {
    await resetStandIn();
    fox = await generate({ prompt: 'a fox in the hills' });
  });
  beforeEach(async () => {
    if (hasWindow) await clearNotifications();
  });
  afterEach(cleanUp);

  it('makes a WebP of an image that two pages link to, changes both, and one undo takes all of it back', async () => {
    const [old, made] = [inRoot('docs/images/fox.png'), inRoot('docs/images/fox.webp')];
    await vscode.workspace.fs.writeFile(old, await bytesOf(fox.uri));
    const before = await bytesOf(old);
    const { document: markdown } = await openDocument(inRoot('docs/convert.md'), MARKDOWN);
    const { document: html } = await openDocument(inRoot('docs/convert.html'), HTML);
    // WebP, the same size, any weight, and all links as they are ticked.
    const converted = vscode.commands.executeCommand('generateImage.convertImage', old);
    await (hasWindow ? acceptInTurn(converted, 2) : acceptUntil(converted));
    await untilText(markdown, MARKDOWN.replace('fox.png', 'fox.webp'));
    await untilText(html, HTML.replace('fox.png', 'fox.webp'));
    const { width, height, type } = imageSize(await bytesOf(made));
    assert.deepEqual([width, height, type], [1328, 1328, 'webp']);
    assert.deepEqual(await bytesOf(old), before, 'the old file stays');
    if (hasWindow) await notification(/^fox\.webp made: .*links changed: 2\.$/);
    await vscode.commands.executeCommand('undo');
    await untilText(html, HTML);
    await untilText(markdown, MARKDOWN);
    await until('the new file goes', async () => ((await exists(made)) ? undefined : true));
    assert.deepEqual(await bytesOf(old), before);
  });
});
