// Starting the extension has no effect that anybody could notice: nothing is sent, shown or written.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { standIn } from './standIn.ts';
import { hasWindow, pause, texts } from './window.ts';

/** Recovery looks at what was left unfinished a moment after the start; that must not be heard either. */
const RECOVERY_MS = 2200;

/** Whether the file with what makes images was read: the suite shares its process with the extension. */
function isProductRead(): boolean {
  const { cache } = createRequire(join(import.meta.dirname, 'index.cjs'));
  return Object.keys(cache).some((path) => basename(path) === 'product.cjs');
}

describe('activation', () => {
  // The list of files would be drawn anew for each that the tests behind these make.
  after(() => vscode.commands.executeCommand('workbench.action.closeSidebar'));

  it('waits until something of the extension is used', () => {
    assert.equal(vscode.extensions.getExtension('open-image-tools.generate-image')?.isActive, false);
  });

  it('sends nothing, opens no view and shows no notification', async () => {
    await vscode.extensions.getExtension('open-image-tools.generate-image')?.activate();
    await pause(RECOVERY_MS);
    assert.deepEqual(await standIn.requests(), []);
    assert.deepEqual(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)), []);
    if (!hasWindow) return;
    assert.deepEqual((await texts('.composite.title h2')).filter((title) => /generate image/i.test(title)), []);
    await vscode.commands.executeCommand('notifications.showList');
    assert.deepEqual(await texts('.notifications-center .notification-list-item-message'), []);
    await vscode.commands.executeCommand('notifications.hideList');
  });

  it('reads what makes images only when something is asked of it', async () => {
    assert.equal(isProductRead(), false);
    await vscode.commands.executeCommand('generateImage.cancelAll');
    assert.equal(isProductRead(), true);
  });
});
