// Words the question that VS Code shows before a tool of ours runs: how many images, where they go, what they cost.
import * as vscode from 'vscode';
import { readFindCall, readGenerateCall } from '../../agents/toolArguments.ts';
import type { ToolName } from '../../agents/toolSchemas.ts';
import { resolveBelow, resolveImageFile } from '../../agents/workspacePath.ts';
import { priceOfImages } from '../connection/serviceSettings.ts';
import { markdownText, plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';
import { agentRoots } from './agentFiles.ts';

const t = vscode.l10n.t;

/** Whatever an agent sends is shown as plain text, in lines that wrap. */
export function confirmationFor(tool: ToolName, input: unknown): vscode.PreparedToolInvocation {
  return tool === 'generateImageFile' ? confirmGenerate(input) : confirmFind(input);
}

function confirmGenerate(input: unknown): vscode.PreparedToolInvocation {
  const call = readGenerateCall(input, readSetting('maxPromptCharacters'));
  // A call that will be refused costs nothing, so there is nothing to ask.
  if ('problem' in call || isOutside(call)) return { invocationMessage: t('Checking a request for an image') };
  const { prompt, count, path, widthPx, heightPx } = call;
  const title = count === 1 ? t('Make 1 image (1 paid request)?') : t('Make {0} images ({0} paid requests)?', count);
  const price = priceOfImages(count);
  const lines = [
    t('Prompt: {0}', plainText(prompt, 1000)),
    path === undefined ? t('File: where the settings put it') : t('File: {0}', plainText(path, 300)),
    ...(widthPx !== undefined || heightPx !== undefined ? [t('Pixels: {0} × {1}', widthPx ?? '…', heightPx ?? '…')] : []),
    t('Service: {0}, model {1}', plainText(hostOf(readSetting('endpoint')), 100), plainText(readSetting('model'), 100)),
    ...(price === undefined ? [] : [t('Price: {0} by the public list', price)]),
  ];
  const message = new vscode.MarkdownString(lines.map(markdownText).join('\n\n'));
  return { invocationMessage: count === 1 ? t('Making an image') : t('Making {0} images', count), confirmationMessages: { title, message } };
}

function confirmFind(input: unknown): vscode.PreparedToolInvocation {
  const call = readFindCall(input);
  if ('problem' in call || call.saveAs === undefined || isOutside({ path: call.saveAs })) return { invocationMessage: t('Looking for images') };
  const message = new vscode.MarkdownString(markdownText(t('File: {0}', plainText(call.saveAs, 300))));
  return { invocationMessage: t('Writing an image'), confirmationMessages: { title: t('Write a kept image into the workspace (free)?'), message } };
}

/** Whether an image cannot go where the call says, whatever lies there. */
function isOutside({ path, document }: { readonly path?: string; readonly document?: string }): boolean {
  const roots = agentRoots();
  return (path !== undefined && 'problem' in resolveImageFile(path, roots)) || (document !== undefined && 'problem' in resolveBelow(document, roots));
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}
