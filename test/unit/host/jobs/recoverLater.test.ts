// Some time after activation, a look at what earlier windows left: only what is old or unfinished wakes the product.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { recoverLater } from '../../../../src/host/jobs/recoverLater.ts';
import { resetWorld } from '../../../vscodeModule/world.ts';
import { makeFolder } from '../../history/folder.ts';
import { until } from '../../jobs/workbench.ts';

const HOUR_MS = 3_600_000;
const deleted = (hoursAgo: number): string => `${Date.now() - hoursAgo * HOUR_MS}~20260101T000000000Z-0123abcd.png`;

/** How often the product was woken after the first look at this storage. */
async function look(t: TestContext, files: Readonly<Record<string, readonly string[]>>, isClosed = false): Promise<number> {
  resetWorld();
  const root = makeFolder(t);
  for (const [folder, names] of Object.entries(files)) {
    mkdirSync(join(root, folder));
    for (const name of names) writeFileSync(join(root, folder, name), '{}');
  }
  // The disk answers in real time; each read of a folder is waited for.
  const reads: Promise<unknown>[] = [];
  const { fs } = vscode.workspace;
  t.mock.method(fs, 'readDirectory', ((readDirectory: typeof fs.readDirectory) => (uri: vscode.Uri) => {
    const read = readDirectory(uri);
    reads.push(Promise.resolve(read).catch(() => undefined));
    return read;
  })(fs.readDirectory.bind(fs)));
  const ticking = t.mock.timers;
  ticking.enable({ apis: ['setTimeout'] });
  let woken = 0;
  const later = recoverLater(vscode.Uri.file(root), () => Promise.resolve(void (woken += 1)));
  t.after(() => void later.dispose());
  assert.equal(reads.length, 0, 'the window settles first');
  if (isClosed) later.dispose();
  ticking.tick(1500);
  ticking.reset();
  if (isClosed) assert.equal(reads.length, 0, 'nothing is looked at');
  else await until(() => reads.length === 2 || woken > 0);
  await Promise.all(reads);
  await new Promise((resolve) => setImmediate(resolve));
  return woken;
}

for (const [what, files, times] of [
  ['nothing was ever kept', {}, 0],
  ['nothing was left', { unfinished: [], trash: [] }, 0],
  ['what was deleted an hour ago may still be taken back', { trash: [deleted(1)] }, 0],
  ['what was deleted two days ago is thrown away', { trash: [deleted(1), deleted(48)] }, 1],
  ['a journal is taken up', { unfinished: ['20260101T000000000Z-0123abcd.json'] }, 1],
  ['what systems leave in folders is not ours', { unfinished: ['.DS_Store'], trash: ['.DS_Store', 'Thumbs.db'] }, 0],
] as const) {
  test(what, async (t) => assert.equal(await look(t, files), times));
}

test('a window that is gone by then looks at nothing', async (t) => {
  assert.equal(await look(t, { trash: [deleted(48)] }, true), 0);
});
