// The last phase of the fault matrix, inserting: what goes wrong, and that nothing is half done, lost or charged.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { cleanUp, filesBelow, inRoot, openDocument, outsideFolder, rootUri, withSettings } from './documents.ts';
import { memoryFiles } from './memoryFiles.ts';
import { bytesOf, generate, insert, sha256, type GeneratedImage } from './images.ts';
import { posts, resetStandIn } from './standIn.ts';
import { clearNotifications, hasWindow, notification } from './window.ts';

const { fs } = vscode.workspace;
const FOREIGN = Buffer.from('somebody’s own');

/** Where the document of a case lies, and what may be done to it while the image is on its way. */
interface Place {
  folder: vscode.Uri;
  document: vscode.TextDocument;
  /** A folder beside all others, to which a link may lead. */
  outside: vscode.Uri;
}

interface Fault {
  fault: string;
  /** What is read; absent if the image is inserted all the same. */
  sentence?: RegExp;
  /** The new file, from the document's folder, and the text that the document has afterwards. */
  inserted?: { file: string; text: RegExp };
  settings?: Record<string, unknown>;
  /** What lies there beforehand. */
  before?: (place: Place) => unknown;
  /** Once, right after the product has looked whether the name is free, in a file system made for it. */
  afterCheck?: (place: Place, files: vscode.FileSystemProvider) => unknown;
  /** Once, while the file system writes the image. */
  whileWriting?: (place: Place) => unknown;
  /** What the file system does otherwise. */
  changes?: (files: vscode.FileSystemProvider) => Partial<vscode.FileSystemProvider>;
}

const NOT_WRITTEN = /^VS Code could not write the image or its link, so nothing was inserted\. The image stays in the history/;
const LONG = 'n'.repeat(300);
const LONGEST = `${'n'.repeat(251)}.png`;
const linked = (name: string): NonNullable<Fault['inserted']> => ({ file: `images/${name}`, text: new RegExp(`^one !\\[a boat\\]\\(images/${name}\\) two\\n$`) });
const replaceAll = async ({ document }: Place, text: string): Promise<void> => {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
};
const close = (): Thenable<void> => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

/**
 * Beside these, targets.test.ts holds the places that settings may lead to, links in the path, whole file systems and
 * documents that are read-only, and the full disk; missing.test.ts the files of a document's own links; and
 * test/unit/host/insert/destinations.test.ts names that are taken.
 */
const FAULTS: readonly Fault[] = [
  { fault: 'a symbolic link that has the name and leads out', before: ({ folder, outside }) => linkTo(folder, 'images/a-boat.png', vscode.Uri.joinPath(outside, 'theirs.png')), inserted: linked('a-boat-1.png') },
  { fault: 'a file where the folder belongs', before: ({ folder }) => fs.writeFile(vscode.Uri.joinPath(folder, 'images'), FOREIGN), sentence: /\/images is a file, so no folder can be made there/ },
  { fault: 'a name of more than 255 bytes', settings: { 'generateImage.saveTo': `images/${LONG}.\${ext}` }, inserted: linked(LONGEST) },
  { fault: 'a folder of more than 255 bytes', settings: { 'generateImage.saveTo': `${LONG}/\${slug}.\${ext}` }, sentence: NOT_WRITTEN },
  { fault: 'a file that appears after the check', afterCheck: ({ folder }, files) => files.writeFile(vscode.Uri.joinPath(folder, 'images/a-boat.png'), FOREIGN, { create: true, overwrite: true }), sentence: NOT_WRITTEN },
  { fault: 'a folder that may not be written to', changes: (files) => ({ createDirectory: (uri) => (uri.path.endsWith('/images') ? refuseWrite() : files.createDirectory(uri)) }), sentence: NOT_WRITTEN },
  { fault: 'a file that may not be written', changes: (files) => ({ writeFile: (uri, bytes, options) => (uri.path.endsWith('.png') ? refuseWrite() : files.writeFile(uri, bytes, options)) }), sentence: NOT_WRITTEN },
  {
    fault: 'a folder that says it is read-only',
    before: ({ folder }) => fs.createDirectory(vscode.Uri.joinPath(folder, 'images')),
    changes: (files) => ({ stat: async (uri) => ({ ...(await files.stat(uri)), ...(uri.path.endsWith('/images') && { permissions: vscode.FilePermission.Readonly }) }) }),
    sentence: /^The folder \/docs\/images is read-only, so the image cannot be put there\. It stays in the history/,
  },
  { fault: 'a document that is emptied after the check', afterCheck: (place) => replaceAll(place, ''), inserted: { file: 'images/a-boat.png', text: /^!\[a boat\]\(images\/a-boat\.png\)$/ } },
  { fault: 'a document that is changed while the image is written', whileWriting: (place) => replaceAll(place, 'quite another text\n'), sentence: NOT_WRITTEN },
  { fault: 'a document that is closed after the check', afterCheck: close, inserted: linked('a-boat.png') },
  { fault: 'a document that is closed while the image is written', whileWriting: close, inserted: linked('a-boat.png') },
  { fault: 'a document that is deleted after the check', afterCheck: ({ document }, files) => files.delete(document.uri, { recursive: false }), inserted: linked('a-boat.png') },
];

describe('an image that cannot be inserted', () => {
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

  for (const [index, fault] of FAULTS.entries()) {
    it(`${fault.inserted ? 'goes to a free place' : 'is refused in a sentence'}: ${fault.fault}`, async () => {
      const outside = outsideFolder();
      const isOnDisk = !fault.afterCheck && !fault.whileWriting && !fault.changes;
      let place: Place | undefined;
      const registered = isOnDisk ? undefined : register(`faulty${index}`, fault, () => place);
      try {
        const folder = isOnDisk ? inRoot('docs') : vscode.Uri.parse(`faulty${index}://host/docs`);
        if (!isOnDisk) await fs.createDirectory(folder);
        const { document } = await openDocument(vscode.Uri.joinPath(folder, 'page.md'), 'one | two\n');
        place = { folder, document, outside: outside.uri };
        await fault.before?.(place);
        await withSettings(fault.settings ?? {}, () => holds(fault, folder, document), vscode.ConfigurationTarget.Workspace);
        assert.deepEqual(await filesBelow(outside.uri), []);
      } finally {
        await cleanUp();
        registered?.dispose();
        outside.remove();
      }
    });
  }

  /** Inserts, and compares all that must be as it was. */
  async function holds({ sentence, inserted }: Fault, folder: vscode.Uri, document: vscode.TextDocument): Promise<void> {
    const [workspace, kept] = [await contents(rootUri()), sha256(await bytesOf(image.uri))];
    const files = await contents(folder);
    await insert(image.id);
    if (sentence) await says(sentence);
    assert.equal(sha256(await bytesOf(image.uri)), kept);
    assert.deepEqual(await posts(), []);
    const added = (before: Map<string, string>, after: Map<string, string>): string[] => [...after].filter(([path, hash]) => before.get(path) !== hash).map(([path]) => path);
    const now = await contents(folder);
    assert.deepEqual(added(files, now), inserted ? [inserted.file] : []);
    assert.match(await textOf(document.uri), inserted?.text ?? /^(one {2}two\n|quite another text\n)$/);
    if (folder.scheme !== 'file') assert.deepEqual(await contents(rootUri()), workspace);
  }
});

/** The files below a folder by path, with their bytes' hash. */
async function contents(folder: vscode.Uri): Promise<Map<string, string>> {
  const paths = await filesBelow(folder);
  return new Map(await Promise.all(paths.map(async (path): Promise<[string, string]> => [path, await bytesOf(vscode.Uri.joinPath(folder, path)).then(sha256, () => 'unreadable')])));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** Says so only if there is a window to be looked at. */
async function says(sentence: RegExp): Promise<void> {
  if (hasWindow) await notification(sentence);
}

async function linkTo(folder: vscode.Uri, name: string, target: vscode.Uri): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, name);
  await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  symlinkSync(target.fsPath, uri.fsPath);
}

function refuseWrite(): never {
  throw vscode.FileSystemError.NoPermissions('Not allowed.');
}

/** A file system in memory that does to the product what the case says, each once. */
function register(scheme: string, { changes, afterCheck, whileWriting }: Fault, placeNow: () => Place | undefined): vscode.Disposable {
  const files = memoryFiles();
  const done = new Set<unknown>();
  const once = async (action: ((place: Place, files: vscode.FileSystemProvider) => unknown) | undefined): Promise<void> => {
    const place = placeNow();
    if (!place || !action || done.has(action)) return;
    done.add(action);
    await action(place, files);
  };
  const provider: vscode.FileSystemProvider = {
    ...files,
    async readDirectory(uri) {
      try {
        return await files.readDirectory(uri);
      } finally {
        if (uri.path.endsWith('/images')) await once(afterCheck);
      }
    },
    async writeFile(uri, bytes, options) {
      await files.writeFile(uri, bytes, options);
      if (uri.path.endsWith('.png')) await once(whileWriting);
    },
    ...changes?.(files),
  };
  return vscode.workspace.registerFileSystemProvider(scheme, provider, { isCaseSensitive: true });
}
