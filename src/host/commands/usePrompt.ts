// "Use Prompt from This Image": reads the recipe in an image file and puts it into the panel.
import * as vscode from 'vscode';
import type { Pixels } from '../platform.ts';
import type { Draft } from '../window/draft.ts';
import type { WindowState } from '../window/windowState.ts';
import { takePrompt } from '../prompt/promptFromImage.ts';
import type { PanelView } from '../panel/panelView.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';
import { plainText } from '../window/plainText.ts';

const t = vscode.l10n.t;

/** A larger file is no image that a prompt is looked for in. */
const LARGEST_FILE_BYTES = 256 * 1024 * 1024;

export function usePromptCommand({ draft, state, panel, pixels }: { draft: Draft; state: WindowState; panel: PanelView; pixels: Pixels }): Command {
  return {
    id: 'usePrompt',
    async run(...args) {
      const uri = args[0] instanceof vscode.Uri ? args[0] : imageInFront();
      if (!uri) throw new Refusal(t('Open an image, or right-click one in the Explorer, then run this again.'));
      const { size: sizeBytes } = await vscode.workspace.fs.stat(uri);
      if (sizeBytes > LARGEST_FILE_BYTES) throw new Refusal(t('This file is too large to be read.'));
      const found = await pixels.prompt(await vscode.workspace.fs.readFile(uri));
      if (!found) throw new Refusal(t('{0} holds no prompt.', plainText(uri.path.split('/').at(-1) ?? '')));
      takePrompt(found, { draft, state });
      await panel.focus();
    },
  };
}

function imageInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}
