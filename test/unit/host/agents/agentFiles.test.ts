// The files of agents: what may have changed since the call was planned is looked at again, right before each is written.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as vscode from 'vscode';
import { placeFor, writeNewFile } from '../../../../src/host/agents/agentFiles.ts';
import { generateFilesForCode } from '../../../../src/host/agents/filesForCode.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { pngChunk } from '../../../endpoint/png.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeFolder, makeImage } from '../../history/folder.ts';
import { applyEdits } from '../appliedEdits.ts';
import { makeAgentGround } from './agentGround.ts';

test('a folder that became a link to elsewhere while the image was made gets no file', async (t) => {
  resetWorld();
  const [folder, outside] = [realpathSync(makeFolder(t)), realpathSync(makeFolder(t))];
  world.openFolders(folder);
  const edits = applyEdits(t);
  const root = { name: 'w', path: folder, uri: vscode.Uri.file(folder) };
  const place = await placeFor({ path: 'images/fox.png' }, [root]);
  assert.ok(!('problem' in place) && place.file);
  symlinkSync(outside, join(folder, 'images'));
  await assert.rejects(writeNewFile(root, place.file.path, makeImage(), new Set()), (error) => error instanceof Refusal && /symbolic link/.test(error.message));
  assert.deepEqual([edits.length, readdirSync(outside)], [0, []]);
  mkdirSync(join(folder, 'pictures'));
  assert.equal((await writeNewFile(root, join(folder, 'pictures/fox.png'), makeImage(), new Set())).path, join(folder, 'pictures/fox.png'));
});

test('that a file does not hold the signature of its original is told if it is so', async (t) => {
  const image = makeImage();
  const signed = new Uint8Array(Buffer.concat([image.subarray(0, 33), pngChunk('caBX', new Uint8Array(4)), image.subarray(33)]));
  const { parts } = makeAgentGround(t, () => signed);
  const told = (): number => world.messages.filter(({ text }) => text.includes('C2PA')).length;
  await generateFilesForCode({ prompt: 'a fox', path: 'fox.png' }, parts);
  assert.equal(told(), 0);
  await generateFilesForCode({ prompt: 'a fox', path: 'fox.webp' }, parts);
  assert.equal(told(), 1);
});

test('two calls at the same time that name the same file get two', async (t) => {
  resetWorld();
  const { parts, folder } = makeAgentGround(t);
  const made = await Promise.all(['one', 'two'].map((prompt) => generateFilesForCode({ prompt, path: 'img/same.png' }, parts)));
  const names = made.flatMap(({ files }) => files.map(({ uri }) => uri.path.slice(folder.length)));
  assert.deepEqual(names.sort(), ['/img/same-1.png', '/img/same.png']);
  assert.deepEqual(readdirSync(join(folder, 'img')).sort(), ['same-1.png', 'same.png']);
});
