// "Use Prompt from This Image": reads the recipe in an image file and puts it into the panel.
import * as vscode from 'vscode';
import { readPrompt } from '../../image/readPrompt.ts';
import { formatSize, parseSize } from '../../prompt/size.ts';
import type { PanelState } from '../window/windowState.ts';
import type { PanelView } from '../panel/panelView.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';
import { plainText } from '../window/plainText.ts';

const t = vscode.l10n.t;

/** A larger file is no image that a prompt is looked for in. */
const LARGEST_FILE_BYTES = 256 * 1024 * 1024;

export function usePromptCommand(state: PanelState, panel: PanelView): Command {
  return {
    id: 'usePrompt',
    async run(...args) {
      const uri = args[0] instanceof vscode.Uri ? args[0] : imageInFront();
      if (!uri) throw new Refusal(t('Open an image, or right-click one in the Explorer, then run this again.'));
      const { size: sizeBytes } = await vscode.workspace.fs.stat(uri);
      if (sizeBytes > LARGEST_FILE_BYTES) throw new Refusal(t('This file is too large to be read.'));
      const found = readPrompt(await vscode.workspace.fs.readFile(uri));
      if (!found) throw new Refusal(t('{0} holds no prompt.', plainText(uri.path.split('/').at(-1) ?? '')));
      if (found.source === 'recipe') {
        const { prompt, model, watermark, promptExtend, fields } = found;
        const size = parseSize(found.size);
        state.changeDraft({ prompt, watermark, promptExtend, ...(size ? { size: formatSize(size) } : {}) });
        state.setExtras({ prompt, model, fields });
        const extra = Object.entries(fields).map(([name, value]) => `${name} ${plainText(JSON.stringify(value), 60)}`);
        state.tell(extra.length === 0 ? t('Prompt and options taken from the image.') : t('Prompt and options taken from the image, with {0}.', extra.join(', ')));
      } else {
        state.changeDraft({ prompt: found.prompt });
        state.tell(t('Prompt taken from the image.'));
      }
      await panel.focus();
    },
  };
}

function imageInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}
