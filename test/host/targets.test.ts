// Where an inserted image may go: by the settings, and never outside, through links, or over what is there.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { extensionOf, readImageInfo } from '../../src/image/imageInfo.ts';
import { cleanUp, filesBelow, inRoot, openDocument, outsideFolder, rootUri, withSettings } from './documents.ts';
import { memoryFiles } from './memoryFiles.ts';
import { bytesOf, generate, insert, sha256, type GeneratedImage } from './images.ts';
import { resetStandIn } from './standIn.ts';
import { clearNotifications, hasWindow, notification, until } from './window.ts';

const { Workspace } = vscode.ConfigurationTarget;

describe('the place of an inserted image', () => {
  let image: GeneratedImage;

  before(async () => {
    await resetStandIn();
    image = await generate({ prompt: 'a boat' });
  });
  beforeEach(async () => {
    await resetStandIn();
    if (hasWindow) await clearNotifications();
  });
  afterEach(cleanUp);

  // test/unit/host/insert/destinations.test.ts holds all settings and refusals: here is one of each kind.
  const DESTINATIONS: [what: string, settings: Record<string, unknown>, file: string, link: string][] = [
    ['`saveTo` and `linkBase`, for a site', { 'generateImage.saveTo': '/public/img/${documentName}-${size}.jpg', 'generateImage.linkBase': 'public' }, 'public/img/page-1328x1328.jpg', '/img/page-1328x1328.jpg'],
    ['`markdown.copyFiles.destination`, the first that matches, with its variables', { 'markdown.copyFiles.destination': { 'other.md': 'no/', '/docs/**/*.md': '/media/${documentBaseName}/', '**/*': 'no/' } }, 'media/page/a-boat.png', '../../media/page/a-boat.png'],
  ];
  for (const [what, settings, file, link] of DESTINATIONS) {
    it(`follows ${what}`, async () => {
      const { document } = await openDocument(inRoot('docs/deep/page.md'));
      await withSettings(settings, async () => insert(image.id), Workspace);
      assert.equal(document.getText(), `![a boat](${link})`);
      const info = readImageInfo(await bytesOf(inRoot(file)));
      assert.equal(info && extensionOf(info.type), file.slice(-3));
    });
  }

  it('refuses a symbolic link that leads out of the folder', async () => {
    const outside = outsideFolder();
    try {
      symlinkSync(outside.uri.fsPath, inRoot('linked').fsPath);
      await withSettings({ 'generateImage.saveTo': '/linked/${slug}.${ext}' }, () => refuses(/\/linked is a symbolic link, and images are not written through links/), Workspace);
      assert.deepEqual(await filesBelow(outside.uri), []);
    } finally {
      await vscode.workspace.fs.delete(inRoot('linked'));
      outside.remove();
    }
  });

  it('writes nothing if the file system is read-only', async () => {
    const provider = readOnlyFiles('One line.\n');
    const registered = vscode.workspace.registerFileSystemProvider('frozen', provider, { isReadonly: true });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('frozen:/folder/page.md'));
      await vscode.window.showTextDocument(document);
      await insert(image.id);
      await says(/The folder \/folder is read-only, so the image cannot be put there/);
      assert.equal(document.getText(), 'One line.\n');
    } finally {
      await cleanUp();
      registered.dispose();
    }
  });

  it('writes nothing into a document that the settings mark read-only by a path from the folder', async () => {
    await withSettings({ 'files.readonlyInclude': { 'docs/locked.md': true } }, () => refuses(/locked\.md is read-only, so nothing was inserted\. The image stays in the history/, 'docs/locked.md'), Workspace);
  });

  const LEFT: [what: string, files: string[], change: (bytes: Uint8Array) => Uint8Array][] = [
    ['takes its own file back', ['page.md'], (bytes) => bytes],
    ['leaves another one’s file alone', ['images/a-boat.png', 'page.md'], () => Buffer.from('somebody’s own')],
  ];
  for (const [what, left, change] of LEFT) {
    it(`${what} if the file was written and the edit failed all the same`, async () => {
      const files = memoryFiles();
      const provider: vscode.FileSystemProvider = {
        ...files,
        writeFile(uri, bytes, options) {
          const isImage = uri.path.endsWith('.png');
          void files.writeFile(uri, isImage ? change(bytes) : bytes, options);
          if (isImage) throw vscode.FileSystemError.Unavailable('The disk is full.');
        },
      };
      const scheme = `full${left.length}`;
      const registered = vscode.workspace.registerFileSystemProvider(scheme, provider, { isCaseSensitive: true });
      try {
        const folder = vscode.Uri.parse(`${scheme}://host/docs`);
        await vscode.workspace.fs.createDirectory(folder);
        const { document } = await openDocument(vscode.Uri.joinPath(folder, 'page.md'), 'one | two\n');
        await insert(image.id);
        await says(/VS Code could not write the image or its link, so nothing was inserted\./);
        assert.equal(document.getText(), 'one  two\n');
        assert.deepEqual(await filesBelow(folder), left);
      } finally {
        await cleanUp();
        registered.dispose();
      }
    });
  }

  it('offers Save if no document is open', async () => {
    await cleanUp();
    void insert(image.id);
    await says(/document/i);
    if (hasWindow) await clearNotifications();
  });

  it('survives a workspace that tries to redirect the key and the money', async () => {
    const hostile = { endpoint: 'https://thief.example', model: 'their-model', requestFields: { webhook: 'https://thief.example' }, unattendedImages: 1e6, maxPromptCharacters: 0, timeoutSeconds: 6 };
    const settings = Object.fromEntries(Object.entries(hostile).map(([name, value]) => [`generateImage.${name}`, value]));
    await vscode.workspace.fs.writeFile(inRoot('.vscode/settings.json'), Buffer.from(JSON.stringify({ ...settings, 'generateImage.altText': 'read from the workspace' })));
    const read = (): unknown => vscode.workspace.getConfiguration('generateImage').get('altText');
    await until('the folder’s settings are read', () => (read() === 'read from the workspace' ? true : undefined));
    for (const [name, value] of Object.entries(hostile)) assert.notDeepEqual(vscode.workspace.getConfiguration('generateImage').get(name), value, name);
    const made = await generate({ prompt: 'a boat for a hostile folder' });
    assert.deepEqual([made.recipe.model, made.recipe.endpoint, made.recipe.fields], ['qwen-image-max', new URL(process.env['STAND_IN_URL'] ?? '').origin, {}]);
    await vscode.workspace.fs.delete(inRoot('.vscode/settings.json'));
    await until('the folder’s settings are forgotten', () => (read() === 'read from the workspace' ? undefined : true));
  });

  /** Nothing was written, nothing was changed, and the sentence says why; the history still has the image. */
  async function refuses(sentence: RegExp, path = 'docs/page.md'): Promise<void> {
    const { document } = await openDocument(inRoot(path), 'one | two\n');
    const before = await filesBelow(rootUri());
    const kept = sha256(await bytesOf(image.uri));
    await insert(image.id);
    await says(sentence);
    assert.equal(document.getText(), 'one  two\n');
    assert.deepEqual(await filesBelow(rootUri()), before);
    assert.equal(sha256(await bytesOf(image.uri)), kept);
  }

  async function says(sentence: RegExp): Promise<void> {
    if (hasWindow) await notification(sentence);
  }
});

/** A file system in which every path without an ending is a folder, and every other one a file that holds `text`. */
function readOnlyFiles(text: string): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: () => ({ dispose: () => undefined }),
    watch: () => ({ dispose: () => undefined }),
    stat: ({ path }) => ({ type: path.endsWith('.md') ? vscode.FileType.File : vscode.FileType.Directory, ctime: 0, mtime: 0, size: text.length, permissions: vscode.FilePermission.Readonly }),
    readDirectory: () => [],
    readFile: () => Buffer.from(text),
    createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
  };
}
