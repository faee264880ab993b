// Turns the arguments of the command "Generate Image" into a checked wish, or a sentence that says what is wrong.
import * as vscode from 'vscode';
import * as v from 'valibot';
import { describePromptProblem } from './promptProblem.ts';
import { readSetting } from '../window/settings.ts';
import { formatSize, parseSize } from '../../prompt/size.ts';

/** What is asked for, before model and extra fields are known. */
export interface Wish {
  prompt: string;
  size: string;
  watermark: boolean;
  promptExtend: boolean;
}

const argumentsSchema = v.object({
  prompt: v.string(),
  size: v.optional(v.string()),
  watermark: v.optional(v.boolean()),
  promptExtend: v.optional(v.boolean()),
});

/** A wish with the settings' values if an argument is left out; a string is the sentence that refuses. */
export function readGenerateArguments(value: unknown): Wish | string {
  const result = v.safeParse(argumentsSchema, value);
  if (!result.success) {
    return vscode.l10n.t('“Generate Image” takes { prompt, size?, watermark?, promptExtend? }: two texts and two booleans.');
  }
  const { prompt, watermark, promptExtend } = result.output;
  const problem = describePromptProblem(prompt);
  if (problem !== undefined) return problem;
  const size = parseSize(result.output.size ?? readSetting('size'));
  if (!size) return vscode.l10n.t('Write WIDTHxHEIGHT, for example 1328x1328.');
  return {
    prompt: prompt.trim(),
    size: formatSize(size),
    watermark: watermark ?? readSetting('watermark'),
    promptExtend: promptExtend ?? readSetting('promptExtend'),
  };
}
