// The document in front is the target, in whatever editor it is shown; no other one is written into without its name.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, exists, inRoot, openDocument, untilText } from './documents.ts';
import { generate, insert, type GeneratedImage } from './images.ts';
import { resetStandIn } from './standIn.ts';
import { hasWindow, notification, until } from './window.ts';

const LINK = '![a boat](images/a-boat.png)';

describe('the document in front', function () {
  this.timeout(60_000);
  let boat: GeneratedImage;
  let older: vscode.TextDocument;

  before(async () => {
    await resetStandIn();
    boat = await generate({ prompt: 'a boat' });
  });
  beforeEach(async () => {
    older = (await openDocument(inRoot('docs/older.md'), '# Older\n\n|\n')).document;
  });
  afterEach(cleanUp);

  const told = async (sentence: RegExp): Promise<void> => {
    if (hasWindow) await notification(sentence);
  };

  it('is shown in the Markdown Editor: the link is copied, and no other document is touched', async () => {
    const uri = inRoot('docs/rich.md');
    await vscode.workspace.fs.writeFile(uri, Buffer.from('# Rich\n\nbody\n'));
    await vscode.commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.editor');
    await until('the editor', () => (vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom ? true : undefined));
    await vscode.env.clipboard.writeText('');
    const done = insert(boat.id);
    await until('the link', async () => ((await vscode.env.clipboard.readText()) === LINK ? true : undefined));
    assert.equal(older.getText(), '# Older\n\n\n');
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), '# Rich\n\nbody\n');
    assert.ok(await exists(inRoot('docs/images/a-boat.png')));
    await told(/No cursor can be read in this editor of rich\.md/);
    await vscode.commands.executeCommand('notifications.clearAll');
    await done;
  });

  const BEHIND: [what: string, show: () => Thenable<unknown>][] = [
    ['an image', () => vscode.commands.executeCommand('vscode.open', boat.uri)],
    ['the settings', () => vscode.commands.executeCommand('workbench.action.openSettings')],
    ['a preview', () => vscode.commands.executeCommand('markdown.showPreview')],
  ];
  for (const [what, show] of BEHIND) {
    it(`is none where ${what} is in front: the one used last is taken, and its name is told`, async () => {
      await show();
      await until('no text in front', () => (vscode.window.activeTextEditor ? undefined : true));
      await insert(boat.id);
      await untilText(older, `# Older\n\n${LINK}\n`);
      await told(/The image is in older\.md/);
    });
  }

  it('is the changed side of a diff', async () => {
    const uri = inRoot('docs/newer.md');
    await vscode.workspace.fs.writeFile(uri, Buffer.from('Newer.\n'));
    await vscode.commands.executeCommand('vscode.diff', older.uri, uri);
    await until('the diff', () => (vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff ? true : undefined));
    await until('its text', () => (vscode.window.activeTextEditor?.document.uri.toString() === uri.toString() ? true : undefined));
    await insert(boat.id);
    assert.match((await vscode.workspace.openTextDocument(uri)).getText(), /!\[a boat\]\(images\/a-boat\.png\)/);
    assert.equal(older.getText(), '# Older\n\n\n');
  });
});
