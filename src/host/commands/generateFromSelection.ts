// "Generate Image from Selection": the selected text is the prompt; one size pick confirms.
import * as vscode from 'vscode';
import { checkPrompt, foldLineBreaks } from '../../prompt/promptText.ts';
import { askPromptAndSize, askSize } from '../prompt/askRequest.ts';
import type { Memory } from '../window/memory.ts';
import { ensureSetUp } from '../connection/setUp.ts';
import type { SetUpParts } from '../connection/setUpParts.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { Anchors } from '../insert/anchors.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';
import { readSetting } from '../window/settings.ts';

export interface FromSelectionParts {
  startJobs: StartJobs;
  setUpParts: SetUpParts;
  memory: Memory;
  anchors: Anchors;
}

export function generateFromSelectionCommand(parts: FromSelectionParts): Command {
  return {
    id: 'generateFromSelection',
    async run() {
      const editor = vscode.window.activeTextEditor;
      const prompt = editor ? foldLineBreaks(editor.document.getText(editor.selection)) : '';
      if (!editor || prompt === '') throw new Refusal(vscode.l10n.t('Select the text that describes the image first.'));
      // Marked before anything is asked: the document may change while the person chooses.
      const anchorKey = `selection ${editor.document.uri.toString()} ${performance.now()}`;
      parts.anchors.markText(anchorKey, editor.document, editor.selection);
      const wish = await ask(prompt, editor.document.uri, parts);
      if (wish) await parts.startJobs.startFromCommand(wish.prompt, wish.size, anchorKey);
      else parts.anchors.drop(anchorKey);
    },
  };
}

async function ask(prompt: string, scope: vscode.Uri, { setUpParts, memory }: FromSelectionParts): Promise<{ prompt: string; size: string } | undefined> {
  if (!(await ensureSetUp(setUpParts))) return undefined;
  // Too long a text is never cut silently: it opens the prompt input.
  if (checkPrompt(prompt, readSetting('maxPromptCharacters'))) return askPromptAndSize(memory, prompt);
  const size = await askSize(memory, { title: vscode.l10n.t('Generate Image from Selection: Size'), scope });
  return size === undefined ? undefined : { prompt, size };
}
