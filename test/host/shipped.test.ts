// The package, as installed: it is there, its commands are registered, and nothing else was started for it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const ID = 'open-image-tools.generate-image';

describe('the installed package', () => {
  it('is the extension under test', () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is not installed`);
    assert.notEqual(extension.extensionKind, undefined);
    assert.match(extension.extensionPath, /open-image-tools\.generate-image-/);
  });

  it('activates and registers every command that it declares', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    assert.ok(contributes.commands.length > 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
