// "Generate Image from Selection": the image finds its text again, whatever happened to the document while it was made.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { cleanUp, exists, inRoot, openDocument, untilText, withSettings } from './documents.ts';
import { generate, insert, keptFiles, storageOf } from './images.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { acceptUntil, hasWindow, leaveUntil, press, texts, until } from './window.ts';

const SENTENCE = 'An orange cat sits at the window.';
const LINK = `![${SENTENCE}](images/an-orange-cat-sits-at-the-window.png)`;
const PAGE = `# A page\n\nText before.\n\n${SENTENCE}\n\nText after.\n`;

describe('generateImage.generateFromSelection', () => {
  let storage: vscode.Uri;

  before(async () => {
    await resetStandIn('small');
    storage = storageOf(await generate({ prompt: 'a boat' }));
  });
  beforeEach(() => resetStandIn('small'));
  afterEach(cleanUp);
  // The panel opens with the first image, and stays for the others.
  after(() => vscode.commands.executeCommand('workbench.action.closeSidebar'));

  it('asks for the size only, and puts the image on its own line behind the text, which stays', async () => {
    const { document } = await openPage('docs/own.md');
    await startFor(document);
    const [post] = await posts();
    const { prompt, size } = JSON.parse(post?.body ?? '') as { prompt: string; size: string };
    assert.deepEqual([prompt, size], [SENTENCE, '1328x1328']);
    await insert(await kept());
    assert.equal(document.getText(), PAGE.replace(SENTENCE, `${SENTENCE}\n\n${LINK}`));
    assert.ok(await exists(inRoot('docs/images/an-orange-cat-sits-at-the-window.png')));
    await vscode.commands.executeCommand('undo');
    await untilText(document, PAGE);
  });

  it('folds line breaks and blanks around the selected text', async () => {
    const { document } = await openPage('docs/folded.md', 'one\n  An orange\n  cat.  \ntwo\n');
    await startFor(document, '  An orange\n  cat.  \n');
    assert.equal((JSON.parse((await posts())[0]?.body ?? '') as { prompt: string }).prompt, 'An orange cat.');
    await insert(await kept());
    assert.match(document.getText(), /^one\n {2}An orange\n {2}cat\. {2}\ntwo\n\n!\[An orange cat\.\]\(images\/an-orange-cat\.png\)\n$/);
  });

  // test/unit/host/insert/behindText.test.ts holds edits of other kinds: undo and formatters are VS Code's own.
  it('finds its place after an edit that deletes it, and undone', async () => {
    const { document } = await openPage('docs/edited.md');
    await standIn.plan({ kind: 'ok', held: true });
    await startFor(document, SENTENCE, async () => {
      await edit(document, at(SENTENCE) - 4, SENTENCE.length + 8, '');
      await vscode.commands.executeCommand('undo');
      await untilText(document, PAGE);
      await standIn.release();
    });
    await insert(await kept());
    assert.equal(document.getText(), withLink(SENTENCE));
  });

  it('finds its place after Format Document', async () => {
    const { document } = await openPage('docs/format.txt', 'One.\n\n\n   An orange\n      cat sits.\n\n\nTwo.\n');
    await startFor(document, 'An orange\n      cat sits.');
    const formatter = vscode.languages.registerDocumentFormattingEditProvider({ pattern: '**/format.txt' }, {
      provideDocumentFormattingEdits: ({ lineCount }) => [vscode.TextEdit.replace(new vscode.Range(0, 0, lineCount, 0), 'One.\n\nAn orange cat sits.\n\nTwo.\n')],
    });
    await vscode.commands.executeCommand('editor.action.formatDocument');
    formatter.dispose();
    await untilText(document, 'One.\n\nAn orange cat sits.\n\nTwo.\n');
    await insert(await kept());
    assert.equal(document.getText(), 'One.\n\nAn orange cat sits.\nimages/an-orange-cat-sits.png\n\nTwo.\n');
  });

  it('finds its place in a document that was closed, changed by another program and opened again', async () => {
    const { document } = await openPage('docs/closed.md');
    await startFor(document);
    const id = await kept();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(document.uri.fsPath, `Put in front.\n\n${PAGE}`);
    const again = await vscode.workspace.openTextDocument(document.uri);
    await untilText(again, `Put in front.\n\n${PAGE}`);
    await insert(id);
    assert.equal(again.getText(), `Put in front.\n\n${withLink(SENTENCE)}`);
  });

  it('goes to its own document while another one is in front', async () => {
    const { document } = await openPage('docs/mine.md');
    await startFor(document);
    const id = await kept();
    const other = await openDocument(inRoot('docs/other.md'), 'Other.\n');
    await insert(id);
    assert.equal(other.document.getText(), 'Other.\n');
    assert.equal(document.getText(), withLink(SENTENCE));
  });

  it('puts nothing anywhere on its own if the text is gone', async () => {
    const { document } = await openPage('docs/gone.md');
    await startFor(document);
    const id = await kept();
    await edit(document, at(SENTENCE), SENTENCE.length, '');
    // The person is asked, and VS Code refuses dialogs while a suite runs.
    await insert(id);
    assert.equal(document.getText(), PAGE.replace(SENTENCE, ''));
    assert.equal(await exists(inRoot('docs/images')), false);
  });

  it('opens the prompt with a text that is too long, and cuts nothing', async function () {
    if (!hasWindow) return this.skip();
    const long = 'A cat. '.repeat(120).trim();
    const { document } = await openPage('docs/long.md', `${long}\n`);
    select(document, long);
    const done = vscode.commands.executeCommand('generateImage.generateFromSelection');
    await until('the prompt', async () => ((await texts('.quick-input-widget')).some((text) => text.includes('839 / 800')) ? true : undefined));
    await press('Enter');
    await until('the sentence', async () => ((await texts('.quick-input-widget')).some((text) => text.includes('839 characters; at most 800 are sent')) ? true : undefined));
    await press('Escape');
    await done;
    assert.deepEqual(await posts(), []);
  });

  it('costs nothing if the person leaves, and asks for a selection if there is none', async () => {
    const { document } = await openPage('docs/left.md');
    select(document, SENTENCE);
    await leaveUntil(vscode.commands.executeCommand('generateImage.generateFromSelection'));
    select(document, '');
    await vscode.commands.executeCommand('generateImage.generateFromSelection');
    assert.deepEqual(await posts(), []);
  });

  it('offers the sizes of the settings, and `Insert` follows the place in the setting', async () => {
    const { document } = await openPage('docs/sizes.md');
    await withSettings({ 'generateImage.sizes': ['928x1664'], 'generateImage.altText': '${size}' }, async () => {
      await startFor(document);
      await insert(await kept());
    }, vscode.ConfigurationTarget.Workspace);
    assert.match(document.getText(), /!\[\d+x\d+\]\(images\//);
  });

  let imagesBefore: string[] = [];

  async function openPage(path: string, text = PAGE): Promise<vscode.TextEditor> {
    imagesBefore = await keptFiles(storage);
    return openDocument(inRoot(path), text);
  }

  /** Selects the text, runs the command and takes the size that is offered first; `meanwhile` runs before the answer. */
  async function startFor(document: vscode.TextDocument, text = SENTENCE, meanwhile?: () => Promise<unknown>): Promise<void> {
    select(document, text);
    await acceptUntil(vscode.commands.executeCommand('generateImage.generateFromSelection'));
    await until('the request, whole', async () => ((await posts()).some(({ body }) => body !== '') ? true : undefined));
    await vscode.window.showTextDocument(document);
    await meanwhile?.();
  }

  /** The id of the image that was made since the page was opened. */
  async function kept(): Promise<string> {
    const id = await until('the image', async () => {
      const path = (await keptFiles(storage)).find((each) => /^images\/.*\.json$/.test(each) && !imagesBefore.includes(each));
      return path && /\/(.*)\.json$/.exec(path)?.[1];
    });
    // Its journal goes once everybody was told.
    await until('the end of the job', async () => ((await keptFiles(storage)).some((path) => path.startsWith('unfinished/') && !imagesBefore.includes(path)) ? undefined : true));
    return id;
  }
});

function withLink(text: string): string {
  return PAGE.replace(SENTENCE, `${text}\n\n${LINK}`);
}

function at(text: string): number {
  return PAGE.indexOf(text);
}

function select(document: vscode.TextDocument, text: string): void {
  const start = document.getText().indexOf(text);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor?.document === document && start >= 0);
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + text.length));
}

async function edit(document: vscode.TextDocument, offset: number, length: number, text: string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), text);
  assert.ok(await vscode.workspace.applyEdit(change));
}
