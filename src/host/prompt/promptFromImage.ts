// Puts the prompt that an image file holds into the draft, at once or once the person wants it.
import * as vscode from 'vscode';
import type { PromptFromImage } from '../../image/readPrompt.ts';
import { formatSize, parseSize } from '../../prompt/size.ts';
import type { Pixels } from '../platform.ts';
import type { Draft } from '../window/draft.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';
import type { WindowState } from '../window/windowState.ts';

const t = vscode.l10n.t;

export interface PromptParts {
  draft: Draft;
  state: WindowState;
}

export function takePrompt(found: PromptFromImage, { draft, state }: PromptParts): void {
  if (found.source !== 'recipe') {
    draft.change({ prompt: found.prompt });
    state.tell(t('Prompt taken from the image.'));
    return;
  }
  const { prompt, model, watermark, promptExtend, fields } = found;
  const size = parseSize(found.size);
  draft.change({ prompt, watermark, promptExtend, ...(size ? { size: formatSize(size) } : {}) });
  // Both decide what is paid, and anybody may have written the file: a person ticks them first.
  const isUsual = model === readSetting('model') && Object.keys(fields).length === 0;
  if (!isUsual) draft.offerExtras({ prompt, model, fields });
  state.tell(isUsual ? t('Prompt and options taken from the image.') : t('Prompt and options taken from the image. It names a model or extra fields, too: tick them in the panel to send them.'));
}

/** Asks first: what is in the prompt box may be half an hour's work. `bytes` are undefined for a file that was too large. */
export async function offerPrompt(name: string, bytes: Uint8Array | undefined, parts: PromptParts & { pixels: Pixels }): Promise<void> {
  const { state, pixels } = parts;
  if (!bytes) return state.tell(t('This file is too large to be read.'));
  const found = await pixels.prompt(bytes);
  if (!found) return state.tell(t('{0} holds no prompt.', plainText(name)));
  state.tell(t('This image was made from: “{0}”', plainText(found.prompt, 300)), [{ id: 'usePrompt', label: t('Use it') }], () => takePrompt(found, parts));
}
