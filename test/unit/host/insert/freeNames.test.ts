// Holds how a free name is found: with one question to the file system, however many names are taken.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as vscode from 'vscode';
import type { ImageRecord } from '../../../../src/history/record.ts';
import { homeOf } from '../../../../src/host/insert/documentHome.ts';
import { chooseTarget } from '../../../../src/host/insert/imageTarget.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

beforeEach(() => void resetWorld());

test('names that are taken cost no question each, and differ by more than case', async (t) => {
  world.openFolders('/w');
  const document = world.open('/w/a.md', '', { languageId: 'markdown' });
  const names = ['A-Cat.png', ...Array.from({ length: 30 }, (_, index) => `a-cat-${index + 1}.png`)];
  t.mock.method(vscode.workspace.fs, 'readDirectory', () => Promise.resolve(names.map((name) => [name, vscode.FileType.File])));
  const stat = t.mock.method(vscode.workspace.fs, 'stat', () => Promise.reject(new Error('none')));
  const record = { id: 'x', recipe: { prompt: 'a cat', size: '1x1' }, file: { type: 'png' } } as unknown as ImageRecord;
  const home = homeOf(document);
  assert.ok(home);
  assert.equal((await chooseTarget(record, 'png', home, document, new Set())).path, '/w/images/a-cat-31.png');
  assert.ok(stat.mock.callCount() <= 3, `${stat.mock.callCount()}`);
});
