// The one notification about a large file under version control, and what it offers.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import type { ImageFiles, PreparedFile } from '../../../../src/host/history/imageFiles.ts';
import { tellHeavyFileOnce } from '../../../../src/host/insert/heavyFile.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { createRecord } from '../../../../src/history/record.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';

const record = createRecord('20260101T000000000Z-00000000', makeRecipe(), IMAGE_INFO, 9);

interface Case { bytes?: number; type?: PreparedFile['type']; control?: string; below?: string; webp?: PreparedFile['type'] }

/** Tells of a file; again for the same memory. */
function start(t: TestContext): { tell: (given?: Case) => Promise<void>; converted: () => number } {
  resetWorld();
  const memory = new Memory(createMemento(), createMemento());
  let converted = 0;
  const tell = async ({ bytes = 1_374_624, type = 'png', control = '.git', below = '', webp = 'webp' }: Case = {}): Promise<void> => {
    const root = realpathSync(makeFolder(t));
    if (control) mkdirSync(join(root, control));
    mkdirSync(join(root, below), { recursive: true });
    world.openFolders(join(root, below));
    const files = { prepare: () => (converted++, Promise.resolve({ type: webp, bytes: new Uint8Array(74_282) })) } as unknown as ImageFiles;
    await tellHeavyFileOnce(vscode.Uri.file(join(root, below, 'images', 'fox.png')), record, { type, bytes: new Uint8Array(bytes) } as unknown as PreparedFile, files, memory);
  };
  return { tell, converted: () => converted };
}

test('comes once, says both weights, and offers WebP for this workspace alone', async (t) => {
  const { tell } = start(t);
  world.answer = ({ buttons }) => buttons[0];
  await tell();
  await tell();
  assert.deepEqual(world.messages.map(({ kind, text, modal, buttons }) => [kind, text, modal, buttons]), [
    ['info', 'fox.png has 1375 kB; as WebP it would have 74 kB. New images can be inserted as WebP.', false, ['Use WebP in this workspace']],
  ]);
  assert.deepEqual([world.workspace.get('generateImage.fileFormat'), world.user.has('generateImage.fileFormat')], ['webp', false]);
});

test('who closes it has changed nothing, and is not asked again', async (t) => {
  const { tell } = start(t);
  await tell();
  await tell();
  assert.deepEqual([world.messages.length, world.workspace.size, world.user.size], [1, 0, 0]);
});

test('comes for a repository of any kind, also if the workspace folder lies below its root', async (t) => {
  for (const given of [{ control: '.hg' }, { control: '.svn' }, { control: '.jj' }, { below: 'packages/site/docs' }]) {
    const { tell } = start(t);
    await tell(given);
    assert.equal(world.messages.length, 1, JSON.stringify(given));
  }
});

test('does not come for up to 500 kB, without version control, for WebP, or if WebP cannot be had', async (t) => {
  for (const given of [{ bytes: 500_000 }, { control: '' }, { type: 'webp' as const }, { webp: 'png' as const }]) {
    const { tell, converted } = start(t);
    await tell(given);
    assert.deepEqual(world.messages, [], JSON.stringify(given));
    // What leads to nothing is not computed.
    assert.equal(converted(), 'webp' in given ? 1 : 0, JSON.stringify(given));
  }
});
