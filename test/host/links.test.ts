// On an image link: the hover and the light bulb tell of the image, and another one takes its place, in one edit and one undo.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, exists, filesBelow, inRoot, openDocument, untilText } from './documents.ts';
import { bytesOf, generate, type GeneratedImage, insert } from './images.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { acceptUntil, clearNotifications, hasWindow, notification, until } from './window.ts';

let fox: GeneratedImage;
let pages = 0;
const page = (ending = 'md'): vscode.Uri => inRoot(`docs/links-${++pages}.${ending}`);

async function hoverAt(document: vscode.TextDocument, words: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(words));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  const texts = hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === 'string' ? content : content.value));
  return texts.find((text) => text.includes('command:generateImage.changeLinkedImage')) ?? '';
}

async function actionsAt(document: vscode.TextDocument, words: string): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(words));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(position, position));
  return actions.filter(({ title }) => title.startsWith('Image: '));
}

const titles = (actions: readonly vscode.CodeAction[]): string[] => actions.map(({ title }) => title.slice('Image: '.length));

/** Runs the action of this title, answers what it asks with Enter, and waits until it is through. */
async function take(document: vscode.TextDocument, words: string, title: string): Promise<void> {
  const action = (await actionsAt(document, words)).find((candidate) => candidate.title === `Image: ${title}`);
  assert.ok(action?.command, title);
  await acceptUntil(vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[])));
}

describe('an image link', function () {
  this.timeout(60_000);
  before(async () => {
    await resetStandIn();
    fox = await generate({ prompt: 'a fox in the snow' });
    await generate({ prompt: 'a newer owl' });
  });
  beforeEach(async () => {
    await resetStandIn();
    if (hasWindow) await clearNotifications();
  });
  afterEach(cleanUp);

  it('made here: a thumbnail, the prompt, size and bytes, and all that can be done', async () => {
    const { document } = await openDocument(page(), 'one | two\n');
    await insert(fox.id);
    const hover = await hoverAt(document, '![a fox');
    assert.match(hover, /!\[\]\(data:image\/jpeg;base64,/);
    assert.match(hover, /a fox in the snow[\s\S]*1328 × 1328 · \d+ kB/);
    assert.deepEqual(titles(await actionsAt(document, '![a fox')), ['Make again', 'Change the prompt…', 'Replace with…', 'Show in the panel']);
    assert.deepEqual(await actionsAt(document, 'one'), []);
    assert.equal(await hoverAt(document, 'two'), '');
  });

  it('made elsewhere, missing, remote, in a table, by reference and in HTML: what each can offer', async () => {
    await vscode.workspace.fs.writeFile(inRoot('docs/images/scan.gif'), Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'));
    const { document } = await openDocument(page(), '|| ![scan](images/scan.gif) |\n|---|\n| ![by ref][r] |\n\n![gone](images/gone.png)\n\n![far](https://example.com/a.png)\n\n<img\n  src="images/scan.gif" alt="tag">\n\n[r]: images/scan.gif\n');
    for (const words of ['![scan]', '![by ref]', '[r]: images', 'src="images']) assert.deepEqual(titles(await actionsAt(document, words)), ['Make another image…', 'Replace with…'], words);
    for (const words of ['![gone]', '![far]']) assert.deepEqual(titles(await actionsAt(document, words)), ['Make an image for it…', 'Replace with…'], words);
    assert.match(await hoverAt(document, '![gone]'), /The file is missing/);
    assert.match(await hoverAt(document, '![far]'), /it is not fetched/);
    assert.deepEqual(await posts(), []);
  });

  it('gets another kept image, free: the link stays as it is written but for the name; one undo takes file and link back', async () => {
    await vscode.workspace.fs.createDirectory(inRoot('docs/pics'));
    await vscode.workspace.fs.copy(fox.uri, inRoot('docs/pics/old one.png'));
    const text = 'One.\n\n| ![A fox](<./pics/old one.png> "T") | ![A fox](<./pics/old one.png> "T") |\n';
    const { document } = await openDocument(page(), `|${text}`);
    const second = text.lastIndexOf('![A fox]');
    const [action] = (await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(document.positionAt(second), document.positionAt(second)))).filter(({ title }) => title === 'Image: Replace with…');
    assert.ok(action?.command);
    await acceptUntil(vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[])));
    assert.equal(document.getText(), `${text.slice(0, second)}![A fox](<./pics/a-newer-owl.png> "T") |\n`);
    assert.deepEqual(await filesBelow(inRoot('docs/pics')), ['a-newer-owl.png', 'old one.png']);
    assert.deepEqual(await posts(), []);
    assert.ok(titles(await actionsAt(document, 'newer-owl')).includes('Before / after'));
    await vscode.commands.executeCommand('undo');
    await untilText(document, text);
    await until('the file goes', async () => ((await exists(inRoot('docs/pics/a-newer-owl.png'))) ? undefined : true));
  });

  it('is made again for one request, and found where it stands by then', async () => {
    const { document } = await openDocument(page(), 'one | two\n');
    await insert(fox.id);
    await standIn.plan({ kind: 'ok', held: true });
    const taking = take(document, '![a fox', 'Make again');
    await until('the request', async () => ((await posts()).length === 1 ? true : undefined));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'New line.\n\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await standIn.release();
    await taking;
    assert.equal(document.getText(), 'New line.\n\none ![a fox in the snow](images/a-fox-in-the-snow-1.png) two\n');
    assert.ok((await bytesOf(inRoot('docs/images/a-fox-in-the-snow-1.png'))).includes('a fox in the snow'));
    assert.ok(await exists(inRoot('docs/images/a-fox-in-the-snow.png')), 'the old file stays');
    if (hasWindow) await notification(/a-fox-in-the-snow-1\.png is in its place\./);
    await vscode.commands.executeCommand('undo');
    await untilText(document, 'New line.\n\none ![a fox in the snow](images/a-fox-in-the-snow.png) two\n');
  });

  it('that is gone by then changes nothing, and the image stays in the history', async () => {
    const { document } = await openDocument(page(), '![A lamp](images/lamp.png)\n');
    await standIn.plan({ kind: 'ok', held: true });
    const taking = take(document, '![A lamp', 'Make an image for it…');
    await until('the request', async () => ((await posts()).length === 1 ? true : undefined));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 0, 26), 'Nothing.');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await standIn.release();
    await taking;
    assert.equal(document.getText(), 'Nothing.\n');
    assert.equal(await exists(inRoot('docs/images/lamp.png')), false);
    if (hasWindow) await notification(/The link to images\/lamp\.png is gone/);
  });
});
