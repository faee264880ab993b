// Packs an extension that runs "Generate Image" with arguments, as other people's code does, and shows what it got; it also changes our settings, as a person would.
import { zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The palette's title of the command that asks once. */
export const CALL = 'Caller: Ask for an Image';
/** The palette's title of the command that unsets every setting of ours, as a person would one by one. */
export const FORGET = 'Caller: Forget Settings';
/** The palette's title of the command that lets six requests be under way at the same time. */
export const SIX = 'Caller: Six at a Time';
/** What its notification begins with when an image came, or why none did. */
export const MADE = 'The caller got an image of';
export const REFUSED = 'The caller was refused:';

const MANIFEST = {
  name: 'caller', publisher: 'test', version: '0.0.0', license: 'MIT', engines: { vscode: '^1.106.0' }, main: './extension.cjs', extensionKind: ['workspace'],
  capabilities: { untrustedWorkspaces: { supported: true } },
  contributes: { commands: [{ command: 'caller.ask', title: 'Ask for an Image', category: 'Caller' }, { command: 'caller.forget', title: 'Forget Settings', category: 'Caller' }, { command: 'caller.six', title: 'Six at a Time', category: 'Caller' }] },
};

const SCRIPT = `
const vscode = require('vscode');
exports.activate = (context) => {
  let asked = 0;
  context.subscriptions.push(vscode.commands.registerCommand('caller.ask', () => {
    const prompt = 'call ' + ++asked;
    const outcome = vscode.commands.executeCommand('generateImage.generate', { prompt });
    outcome.then(
      (image) => vscode.window.showInformationMessage(${JSON.stringify(MADE)} + ' ' + image.recipe.prompt),
      (error) => vscode.window.showWarningMessage(${JSON.stringify(REFUSED)} + ' ' + error.message));
  }), vscode.commands.registerCommand('caller.forget', async () => {
    const settings = vscode.workspace.getConfiguration('generateImage');
    for (const name of Object.keys(settings)) if (settings.inspect(name)?.globalValue !== undefined) await settings.update(name, undefined, true);
  }), vscode.commands.registerCommand('caller.six', () => vscode.workspace.getConfiguration('generateImage').update('concurrency', 6, true)));
};`;

/** Writes the .vsix into `folder` and returns its path. */
export function packCaller(folder: string): string {
  const path = join(folder, 'caller.vsix');
  const files = { 'extension/package.json': JSON.stringify(MANIFEST), 'extension/extension.cjs': SCRIPT };
  writeFileSync(path, zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))));
  return path;
}
