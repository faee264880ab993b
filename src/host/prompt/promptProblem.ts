// Says in a sentence why a prompt cannot be sent.
import * as vscode from 'vscode';
import { checkPrompt } from '../../prompt/promptText.ts';
import { readSetting } from '../window/settings.ts';

/** The problem of a prompt, by the settings of this moment; undefined for a prompt that can be sent. */
export function describePromptProblem(text: string): string | undefined {
  const problem = checkPrompt(text, readSetting('maxPromptCharacters'));
  if (!problem) return undefined;
  if (problem.kind === 'empty') return vscode.l10n.t('Describe the image first.');
  return vscode.l10n.t('{0} characters; at most {1} are sent. Shorten the text.', problem.characters, problem.max);
}
