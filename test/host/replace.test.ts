// "Replace Last Inserted Image": a new file and its link where the last one stands, in one edit and one undo.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, filesBelow, inRoot, openDocument, untilText } from './documents.ts';
import { generate, insert, type GeneratedImage } from './images.ts';
import { resetStandIn } from './standIn.ts';
import { clearNotifications, hasWindow, notification, until } from './window.ts';

const FIRST = '![a first boat](images/a-first-boat.png)';
const SECOND = '![a second boat](images/a-second-boat.png)';

let first: GeneratedImage;
let second: GeneratedImage;

/** A document of its own for each test, and no other file’s: VS Code remembers the text of one that was closed a moment ago. */
let pages = 0;
const page = (name = 'page.md'): vscode.Uri => inRoot(`docs/replaced-${++pages}-${name}`);

const replaceLast = (): Thenable<void> => vscode.commands.executeCommand('generateImage.replaceLast');
const images = (): Promise<string[]> => filesBelow(inRoot('docs/images'));

async function undoTo(document: vscode.TextDocument, text: string, files: string[]): Promise<void> {
  await vscode.commands.executeCommand('undo');
  await untilText(document, text);
  await until('the file goes', async () => ((await images()).join() === files.join() ? true : undefined));
}

async function change(document: vscode.TextDocument, old: string, text: string): Promise<void> {
  const start = document.getText().indexOf(old);
  assert.ok(start >= 0, old);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + old.length)), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function says(sentence: RegExp): Promise<void> {
  if (hasWindow) await notification(sentence);
}

describe('generateImage.replaceLast', function () {
  this.timeout(60_000);
  before(async () => {
    await resetStandIn();
    first = await generate({ prompt: 'a first boat' });
    // The newest one in this window.
    second = await generate({ prompt: 'a second boat', size: '928x1664' });
  });
  beforeEach(async () => {
    if (hasWindow) await clearNotifications();
  });
  afterEach(cleanUp);

  it('writes a new file, changes the link, and one undo takes both back', async () => {
    const { document } = await openDocument(page(), 'one | two\n');
    await insert(first.id);
    assert.equal(document.getText(), `one ${FIRST} two\n`);
    await replaceLast();
    assert.equal(document.getText(), `one ${SECOND} two\n`);
    assert.deepEqual(await images(), ['a-first-boat.png', 'a-second-boat.png']);
    await undoTo(document, `one ${FIRST} two\n`, ['a-first-boat.png']);
    await undoTo(document, 'one  two\n', []);
  });

  it('finds the link after edits before it, behind it and inside it, while another document is in front', async () => {
    const { document } = await openDocument(page(), 'one\n\n|\n\ntwo\n');
    await insert(first.id);
    await change(document, 'one\n', 'New.\n\none\n');
    await change(document, 'two', 'three');
    await change(document, 'a first boat', 'My own words');
    const other = await openDocument(page(), 'untouched\n');
    await replaceLast();
    assert.equal(document.getText(), `New.\n\none\n\n${SECOND}\n\nthree\n`);
    assert.equal(other.document.getText(), 'untouched\n');
  });

  it('replaces a block of several lines, indented as it was', async () => {
    const { document } = await openDocument(page('page.rst'), '- item\n\n  |\n\nEnd.\n');
    await insert(first.id);
    assert.equal(document.getText(), '- item\n\n  .. image:: images/a-first-boat.png\n     :alt: a first boat\n\nEnd.\n');
    await replaceLast();
    assert.equal(document.getText(), '- item\n\n  .. image:: images/a-second-boat.png\n     :alt: a second boat\n\nEnd.\n');
    await undoTo(document, '- item\n\n  .. image:: images/a-first-boat.png\n     :alt: a first boat\n\nEnd.\n', ['a-first-boat.png']);
  });

  it('says so if the link is gone, and touches nothing', async () => {
    const { document } = await openDocument(page(), 'one | two\n');
    await insert(first.id);
    for (const [left, instead] of [[FIRST, 'nothing here'], ['nothing here', '']] as const) {
      await change(document, left, instead);
      await replaceLast();
      await says(/No link of an inserted image was found\. Insert an image first\./);
      assert.equal(document.getText(), `one ${instead} two\n`);
    }
    assert.deepEqual(await images(), ['a-first-boat.png']);
  });

  it('says so if the newest image is the one that stands there', async () => {
    const { document } = await openDocument(page(), '|\n');
    await insert(second.id);
    await replaceLast();
    await says(/The newest image is the one that is inserted already/);
    assert.equal(document.getText(), `${SECOND}\n`);
  });

  it('goes on after an undo: the image that stands there again can be replaced', async () => {
    const { document } = await openDocument(page(), 'one | two\n');
    await insert(first.id);
    await replaceLast();
    await undoTo(document, `one ${FIRST} two\n`, ['a-first-boat.png']);
    await replaceLast();
    assert.equal(document.getText(), `one ${SECOND} two\n`);
  });
});
