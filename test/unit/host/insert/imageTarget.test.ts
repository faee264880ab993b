// The file that an image goes to: free, below the root, by the setting that counts, and never through a link.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createRecord } from '../../../../src/history/record.ts';
import { homeOf } from '../../../../src/host/insert/documentHome.ts';
import { chooseTarget } from '../../../../src/host/insert/imageTarget.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';

const record = createRecord('20260101T000000000Z-00000000', makeRecipe('A Cat'), IMAGE_INFO, 9);

function start(t: TestContext): { root: string; choose: (taken?: Set<string>) => Promise<string> } {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, 'docs'));
  world.openFolders(root);
  const document = world.open(join(root, 'docs', 'a.md'), '', { languageId: 'markdown' });
  const home = homeOf(document);
  assert.ok(home);
  return { root, choose: async (taken = new Set()) => (await chooseTarget(record, 'png', home, document, taken)).path.slice(root.length + 1) };
}

test('takes a name that is neither on the disk nor in this edit', async (t) => {
  const { root, choose } = start(t);
  const taken = new Set<string>();
  assert.deepEqual([await choose(taken), await choose(taken)], ['docs/images/a-cat.png', 'docs/images/a-cat-1.png']);
  mkdirSync(join(root, 'docs', 'images'));
  writeFileSync(join(root, 'docs', 'images', 'a-cat.png'), '');
  assert.equal(await choose(), 'docs/images/a-cat-1.png');
});

test('the person’s Markdown setting comes before ours; a folder that nobody trusts has no say', async (t) => {
  const { choose } = start(t);
  world.set('generateImage.saveTo', '${workspaceFolder}/pics/${slug}.${ext}');
  assert.equal(await choose(), 'pics/a-cat.png');
  world.set('markdown.copyFiles.destination', { '**/*.md': 'media/' }, world.workspace);
  assert.equal(await choose(), 'docs/media/a-cat.png');
  world.isTrusted = false;
  assert.equal(await choose(), 'pics/a-cat.png');
  world.set('markdown.copyFiles.destination', { '**/*.md': 'own/' });
  assert.equal(await choose(), 'docs/own/a-cat.png');
});

test('refuses by name what must not be written to', async (t) => {
  const { root, choose } = start(t);
  const refused = async (saveTo: string): Promise<string> => {
    world.set('generateImage.saveTo', saveTo);
    const error: unknown = await choose().then(() => assert.fail('it was not refused'), (reason: unknown) => reason);
    assert.ok(error instanceof Refusal, String(error));
    return error.message;
  };
  assert.match(await refused('${workspaceFolder}/../out/${slug}.${ext}'), /lies outside of/);
  assert.match(await refused('${workspaceFolder}/.git/${slug}.${ext}'), /is a hidden folder/);
  assert.match(await refused('${documentDir}/${nothing}.${ext}'), /does not know/);
  writeFileSync(join(root, 'file'), '');
  assert.match(await refused('${workspaceFolder}/file/${slug}.${ext}'), /file is a file, so no folder can be made there/);
  symlinkSync(makeFolder(t), join(root, 'link'));
  assert.match(await refused('${workspaceFolder}/link/${slug}.${ext}'), /link is a symbolic link/);
});
