// Starting the extension has no effect that anybody could notice: nothing is sent, shown or written.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { standIn } from './standIn.ts';
import { hasWindow, pause, texts } from './window.ts';

/** Recovery looks at what was left unfinished a moment after the start; that must not be heard either. */
const RECOVERY_MS = 2200;

describe('activation', () => {
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
});
