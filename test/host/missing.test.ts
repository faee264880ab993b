// "Generate Missing Images in This Document": image links without a file become images at exactly the paths they name.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import * as vscode from 'vscode';
import { cleanUp, exists, filesBelow, inRoot, openDocument, untilText, withSettings } from './documents.ts';
import { bytesOf } from './images.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { acceptUntil, clearNotifications, hasWindow, notification, pause, until } from './window.ts';

const TITLE = 'Generate this image';

/** Ten invitations, among links that are none. */
const PAGE = `---
cover: "![in front matter](images/front.png)"
---

![](images/no-words.png)

# Ten images

![A red boat](images/red.png) and ![a green boat](<images/a green boat.png>) in one line.

![A boat, 100% blue](images/100%25%20blue%20%231.png "Title")

![猫在窗边](../图片/猫.png)

> ![In *a* quote](images/quote.png)

- ![in a list](./images/deep/er/list.PNG)

![By reference][boat] and ![once more, the red boat](images/red.png)

[boat]: images/reference.png

<p><img src="images/wide.png" alt="A wide &amp; low boat" width="160" height="90"></p>

![A photograph](images/photo.jpg)

![Another photograph](/images/from-the-root.jpeg)

\`![in code](images/code.png)\`

\`\`\`markdown
![in a fence](images/fence.png)
\`\`\`

    ![in an indented block](images/indented.png)

<!-- ![in a comment](images/comment.png) <img src="images/comment.png" alt="in a comment"> -->

![there already](images/there.png) ![elsewhere](https://example.com/a.png) ![outside](../../away.png)
`;

const MADE = ['images/red.png', 'images/a green boat.png', 'images/100% blue #1.png', '../图片/猫.png', 'images/quote.png', 'images/deep/er/list.PNG', 'images/reference.png', 'images/wide.png', 'images/photo.jpg', '../images/from-the-root.jpeg'];
const PROMPTS = ['A red boat', 'a green boat', 'A boat, 100% blue', '猫在窗边', 'In a quote', 'in a list', 'By reference', 'A wide & low boat', 'A photograph', 'Another photograph'];

describe('generateImage.generateMissing', function () {
  // Ten images at once take their time on a machine with much to do.
  this.timeout(90_000);
  before(() => vscode.extensions.getExtension('open-image-tools.generate-image')?.activate());
  beforeEach(async () => {
    await resetStandIn('small');
    if (hasWindow) await clearNotifications();
  });
  afterEach(cleanUp);

  it('makes a document with ten missing images into one with none, each in its format and size, and changes no letter of it', async () => {
    await standIn.set({ image: 'flat' });
    const { document } = await openPage();
    assert.equal((await invitations(document)).length, 10);
    await generateMissing(document);
    assert.equal(document.getText(), PAGE);
    assert.equal(document.isDirty, false);
    for (const path of MADE) assert.ok(await exists(inRoot(`docs/${path}`)), path);
    assert.deepEqual(await filesBelow(inRoot('docs/images')), ['100% blue #1.png', 'a green boat.png', 'deep/er/list.PNG', 'photo.jpg', 'quote.png', 'red.png', 'reference.png', 'there.png', 'wide.png']);
    assert.deepEqual((await prompts()).sort(), PROMPTS.toSorted());
    assert.deepEqual(await invitations(document), []);
    if (hasWindow) await notification(/^All 10 images are in their places\.$/);
    const [wide, red] = await Promise.all(['wide', 'red'].map(async (name) => decode(await bytesOf(inRoot(`docs/images/${name}.png`)))));
    assert.deepEqual([wide?.width, wide?.height, red?.width, red?.height], [160, 90, 1328, 1328]);
    for (const path of ['docs/images/photo.jpg', 'images/from-the-root.jpeg']) {
      const { width, height } = decodeJpeg(await bytesOf(inRoot(path)), { useTArray: true });
      assert.deepEqual([width, height], [1328, 1328]);
    }
    assert.ok((await bytesOf(inRoot('docs/images/red.png'))).includes('A red boat'), 'the recipe is in the file');
  });

  it('keeps the others if the third is refused, and explains that one', async () => {
    const names = ['red', 'green', 'blue'];
    const text = names.map((name) => `![a ${name} boat](images/${name}.png)\n`).join('\n');
    const { document } = await openDocument(inRoot('docs/three.md'), text);
    await standIn.plan({ kind: 'ok' }, { kind: 'ok' }, { kind: 'error', status: 400, code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' });
    await generateMissing(document);
    const refused = (await posts()).find(({ step }) => step === 'error');
    const prompt = (JSON.parse(refused?.body ?? '{}') as { prompt: string }).prompt;
    const missing = names.find((name) => prompt === `a ${name} boat`);
    assert.ok(missing, prompt);
    for (const name of names) assert.equal(await exists(inRoot(`docs/images/${name}.png`)), name !== missing, name);
    assert.equal((await posts()).length, 3);
    assert.equal(document.getText(), text);
    if (!hasWindow) return;
    const told = await notification(/^2 of 3 images are in their places\./);
    assert.ok(told.includes(`“${prompt}”: The service refused the content of this prompt.`), told);
    await clearNotifications();
    assert.equal((await invitations(document)).length, 1);
    await generateMissing(document);
    await notification(/^The image is in its place\.$/);
    assert.ok(await exists(inRoot(`docs/images/${missing}.png`)));
  });

  it('offers .png for another ending, and changes the link alone; one undo takes both back', async () => {
    const text = '# One\n\n![A boat](images/boat.svg?v=1#top "A *title*") and ![a *quay*](quay.gif)\n';
    const { document } = await openDocument(inRoot('docs/other.md'), text);
    const [boat, quay] = await invitations(document, `${TITLE} as .png`);
    assert.ok(boat && quay);
    await take(boat);
    assert.equal(document.getText(), text.replace('boat.svg', 'boat.png'));
    decode(await bytesOf(inRoot('docs/images/boat.png')));
    assert.deepEqual(await prompts(), ['A boat']);
    await vscode.commands.executeCommand('undo');
    await untilText(document, text);
    await until('the file goes', async () => ((await exists(inRoot('docs/images/boat.png'))) ? undefined : true));
  });

  it('changes endings where the links are by then: two on one line, with typing in between, and undo restores exactly', async () => {
    const text = '# One\n\n![A boat](boat.gif) and ![A quay](quay.svg) and ![again](./boat.gif)\n';
    const { document } = await openDocument(inRoot('docs/table.md'), text);
    await standIn.plan({ kind: 'ok', held: true }, { kind: 'ok', held: true });
    await generateMissing(document, async () => {
      await until('both requests', async () => ((await posts()).length === 2 ? true : undefined));
      await insertAt(document, 0, 'A line about something else entirely.\n\n');
      await insertAt(document, document.getText().indexOf('![A quay]'), 'a word ');
      await standIn.release(2);
    });
    const typed = `A line about something else entirely.\n\n${text.replace('![A quay]', 'a word ![A quay]')}`;
    assert.equal(document.getText(), typed.replaceAll(/\.(?:gif|svg)/g, '.png'));
    for (const name of ['boat', 'quay']) decode(await bytesOf(inRoot(`docs/${name}.png`)));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await untilText(document, typed);
    await until('the files go', async () => ((await filesBelow(inRoot('docs'))).some((name) => /(?:boat|quay)\.png$/.test(name)) ? undefined : true));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await untilText(document, text);
  });

  it('tells a link that is gone, and leaves document and folder alone', async () => {
    const { document } = await openDocument(inRoot('docs/gone.md'), '![A boat](boat.gif)\n\nwords\n');
    await standIn.plan({ kind: 'ok', held: true });
    await generateMissing(document, async () => {
      await until('the request', async () => ((await posts()).length > 0 ? true : undefined));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, 0, '![A boat](boat.gif)'.length), '![A boat](ship.gif)');
      assert.ok(await vscode.workspace.applyEdit(edit));
      await standIn.release();
    });
    assert.equal(document.getText(), '![A boat](ship.gif)\n\nwords\n');
    assert.equal(await exists(inRoot('docs/boat.png')), false);
    if (hasWindow) await notification(/0 of 1 images are in their places\. “A boat”: No link asks for docs\/boat\.png any more/);
  });

  it('never makes one file of two, and leaves what is there', async () => {
    await vscode.workspace.fs.writeFile(inRoot('docs/c.png'), Buffer.from('somebody’s own'));
    const { document } = await openDocument(inRoot('docs/two.md'), '![A](a.gif) ![B](a.svg) ![C](c.gif)\n');
    await generateMissing(document);
    assert.equal(document.getText(), '![A](a.png) ![B](a-1.png) ![C](c-1.png)\n');
    assert.equal((await bytesOf(inRoot('docs/c.png'))).toString(), 'somebody’s own');
    for (const name of ['a', 'a-1', 'c-1']) decode(await bytesOf(inRoot(`docs/${name}.png`)));
  });

  it('puts images in the places of placeholders, in their sizes, and changes their links', async () => {
    await standIn.set({ image: 'flat' });
    const text = '# A harbour\n\n![A boat](https://placehold.co/1600x900) <img src="https://picsum.photos/300" alt="A quay"> ![](images/TODO.png)\n';
    const { document } = await openDocument(inRoot('docs/later.md'), text);
    await generateMissing(document);
    assert.equal(document.getText(), '# A harbour\n\n![A boat](images/a-boat.png) <img src="images/a-quay.png" alt="A quay"> ![](images/a-harbour.png)\n');
    const boat = decode(await bytesOf(inRoot('docs/images/a-boat.png')));
    assert.deepEqual([boat.width, boat.height], [1600, 900]);
    assert.deepEqual((await prompts()).sort(), ['A boat', 'A harbour', 'A quay']);
  });

  it('looks where the site’s generator would before it calls a file missing, and puts it there', async () => {
    await vscode.workspace.fs.writeFile(inRoot('site/docusaurus.config.js'), Buffer.from('export default {};\n'));
    await vscode.workspace.fs.writeFile(inRoot('site/static/img/there.png'), Buffer.from('any'));
    const { document } = await openDocument(inRoot('docs/site.md'), '![there](/img/there.png) ![alias](@site/static/img/x.png) ![A boat](/img/boat.png)\n');
    await generateMissing(document);
    assert.deepEqual(await prompts(), ['A boat']);
    assert.ok(await exists(inRoot('site/static/img/boat.png')));
  });

  it('works on a folder: one image for a file that two documents name, and both links change', async () => {
    await vscode.workspace.fs.writeFile(inRoot('book/a.md'), Buffer.from('# A\n\n![A boat](img/boat.gif)\n'));
    await vscode.workspace.fs.writeFile(inRoot('book/b.adoc'), Buffer.from('= B\n\nimage::img/boat.gif[]\n\nimage::img/quay.png[A quay]\n'));
    await vscode.workspace.fs.writeFile(inRoot('book/node_modules/x/c.md'), Buffer.from('![not ours](c.png)\n'));
    const { document: other } = await openDocument(inRoot('docs/other.md'), '![elsewhere](elsewhere.png)\n');
    await acceptUntil(vscode.commands.executeCommand('generateImage.generateMissingInFolder', inRoot('book')));
    assert.deepEqual((await prompts()).sort(), ['A boat', 'A quay']);
    assert.deepEqual(await filesBelow(inRoot('book/img')), ['boat.png', 'quay.png']);
    const [a, b] = await Promise.all(['a.md', 'b.adoc'].map((name) => vscode.workspace.openTextDocument(inRoot(`book/${name}`))));
    assert.deepEqual([a?.getText(), b?.getText()], ['# A\n\n![A boat](img/boat.png)\n', '= B\n\nimage::img/boat.png[]\n\nimage::img/quay.png[A quay]\n']);
    assert.equal(other.getText(), '![elsewhere](elsewhere.png)\n');
  });

  it('offers a code action for the link under the cursor only, and makes that image only', async () => {
    const { document } = await openPage();
    const at = document.positionAt(PAGE.indexOf('green'));
    const [action, ...more] = await invitations(document, TITLE, new vscode.Range(at, at));
    assert.ok(action);
    assert.deepEqual(more, []);
    await take(action);
    assert.deepEqual(await prompts(), ['a green boat']);
    assert.deepEqual(await filesBelow(inRoot('docs/images')), ['a green boat.png', 'there.png']);
  });

  it('leaves a file alone that appeared while its image was made', async () => {
    const { document } = await openDocument(inRoot('docs/race.md'), '![A boat](images/boat.png)\n');
    await standIn.plan({ kind: 'ok', held: true });
    await generateMissing(document, async () => {
      await until('the request', async () => ((await posts()).length > 0 ? true : undefined));
      await vscode.workspace.fs.writeFile(inRoot('docs/images/boat.png'), Buffer.from('somebody’s own'));
      await standIn.release();
    });
    assert.equal((await bytesOf(inRoot('docs/images/boat.png'))).toString(), 'somebody’s own');
    if (hasWindow) await notification(/0 of 1 images are in their places\. “A boat”: .*boat\.png exists now, so it was left as it is/);
  });

  it('asks for nothing if nothing is missing', async () => {
    const { document } = await openDocument(inRoot('docs/none.md'), '# No image\n');
    await generateMissing(document);
    assert.deepEqual(await posts(), []);
    if (hasWindow) await notification(/Every image link of this document has its file/);
  });

  // test/unit/missing holds how each language is read: this one needs a parser of its own.
  it('reads MDX by its own rules', async () => {
    const text = 'import a from "./a.png"\n\nexport const b = <img src="images/script.png" alt="in a script" />\n\n# Title {1 + 1}\n\n![In MDX](images/one.png)\n\n<Image src="images/two.png" alt="In JSX" width={900} height={1600} />\n\n{/* ![in a comment](images/three.png) */}\n';
    const { document } = await openDocument(inRoot('docs/boats.mdx'), text);
    await generateMissing(document);
    assert.deepEqual(await filesBelow(inRoot('docs/images')), ['one.png', 'two.png']);
    assert.deepEqual((await prompts()).sort(), ['In JSX', 'In MDX']);
    assert.equal(document.getText(), text);
    assert.deepEqual(await invitations(document), []);
  });

  it('underlines nothing unless the setting asks for it, and then only what is still missing', async () => {
    const hints = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Generate Image');
    const untilHints = (count: number): Promise<unknown> => until(`${count} hints`, () => (hints().length === count ? true : undefined));
    await vscode.workspace.fs.writeFile(inRoot('docs/images/there.png'), Buffer.from('any'));
    const { document } = await openDocument(inRoot('docs/two.md'), '![A red boat](images/red.png)\n\n![a green boat](images/green.png) ![there already](images/there.png)\n');
    await pause(800);
    assert.deepEqual(hints(), []);
    await withSettings({ 'generateImage.missingImages.hints': true }, async () => {
      await untilHints(2);
      assert.match(hints()[0]?.message ?? '', /images\/red\.png does not exist yet\. It can be generated from the alternative text\./);
      assert.equal(document.getText(hints()[0]?.range), '![A red boat](images/red.png)');
      await generateMissing(document);
      await untilHints(0);
    });
    await openDocument(inRoot('docs/later.md'), '![A boat](images/boat.png)\n');
    await pause(800);
    assert.deepEqual(vscode.languages.getDiagnostics(inRoot('docs/later.md')).filter(({ source }) => source === 'Generate Image'), []);
  });

  it('takes a hint away when another program makes the file, and brings it back when that is deleted', async () => {
    const { document } = await openDocument(inRoot('docs/hint.md'), '![A boat](images/late.png)\n');
    const hints = (): number => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Generate Image').length;
    const untilHints = (count: number): Promise<unknown> => until(`${count} hints`, () => (hints() === count ? true : undefined), 20_000);
    await withSettings({ 'generateImage.missingImages.hints': true }, async () => {
      await untilHints(1);
      const { fsPath } = inRoot('docs/images');
      mkdirSync(fsPath, { recursive: true });
      writeFileSync(join(fsPath, 'late.png'), 'any');
      await untilHints(0);
      rmSync(join(fsPath, 'late.png'));
      await untilHints(1);
    });
  });
});

async function openPage(): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(inRoot('docs/images/there.png'), Buffer.from('any'));
  return openDocument(inRoot('docs/ten.md'), PAGE);
}

/** The code actions of this title, in the order of the text. */
async function invitations(document: vscode.TextDocument, title = TITLE, range = new vscode.Range(0, 0, document.lineCount, 0)): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, vscode.CodeActionKind.QuickFix.value);
  return actions.filter((action) => action.title === title);
}

/** Runs what a code action does, and accepts the one image that is listed. */
async function take({ command }: vscode.CodeAction): Promise<void> {
  assert.ok(command);
  await acceptUntil(vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[])));
}

/** Accepts the list as it is ticked, and waits until every image is in its place, or is not. */
async function generateMissing(document: vscode.TextDocument, meanwhile?: () => Promise<unknown>): Promise<void> {
  const done = acceptUntil(vscode.commands.executeCommand('generateImage.generateMissing', document.uri));
  await meanwhile?.();
  await done;
}

async function insertAt(document: vscode.TextDocument, offset: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(offset), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function prompts(): Promise<string[]> {
  return (await posts()).map(({ body }) => (JSON.parse(body) as { prompt: string }).prompt);
}
