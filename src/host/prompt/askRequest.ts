// Asks for the prompt and then the size, with the way back; leaving anywhere costs nothing.
import * as vscode from 'vscode';
import { countCharacters } from '../../prompt/promptText.ts';
import { formatSize, parseSize, ratioOf } from '../../prompt/size.ts';
import { askInTurn, BACK, type Choice, type Questions } from '../window/inputs.ts';
import type { Memory } from '../window/memory.ts';
import { readSetting, sizesInOrder } from '../window/settings.ts';
import { describePromptProblem } from './promptProblem.ts';

const t = vscode.l10n.t;

/** The prompt, trimmed; undefined when the person left. */
async function askPrompt(questions: Questions, memory: Memory, value: string): Promise<string | undefined> {
  const [lastPrompt] = memory.recentPrompts;
  const answer = await questions.text({
    title: t('Generate Image (1/2): Prompt'),
    value,
    prompt: t('Describe the image.'),
    placeholder: t('An orange cat on a window sill, sunlight, a city behind'),
    validate: describePromptProblem,
    describe: (text) => {
      const max = readSetting('maxPromptCharacters');
      const characters = countCharacters(text.trim());
      return max > 0 ? `${characters} / ${max}` : `${characters}`;
    },
    buttons: lastPrompt === undefined ? [] : [{ icon: 'history', label: t('Bring back the last prompt') }],
    fill: () => lastPrompt,
  });
  return typeof answer === 'string' ? answer.trim() : undefined;
}

/** The size as `WxH`; undefined when the person left. */
export async function askSize(memory: Memory, options: { title: string; scope?: vscode.ConfigurationScope }): Promise<string | undefined> {
  const size = await askInTurn((questions) => askSizeIn(questions, memory, { ...options, canGoBack: false }));
  return typeof size === 'string' ? size : undefined;
}

/** The size as `WxH`; undefined when the person left, BACK for one step back. */
async function askSizeIn(questions: Questions, memory: Memory, options: { title: string; canGoBack: boolean; scope?: vscode.ConfigurationScope }): Promise<string | typeof BACK | undefined> {
  const other = Symbol('other');
  const choices: Choice<string | typeof other>[] = sizesInOrder(memory.lastSize, options.scope).map((value, index) => {
    const size = parseSize(value);
    return { label: size ? ratioOf(size) : value, description: value, detail: index === 0 && value === memory.lastSize ? t('last used') : '', value };
  });
  choices.push({ label: t('Other…'), description: t('any width and height'), value: other });
  for (;;) {
    const chosen = await questions.choice({ title: options.title, placeholder: t('Size in pixels'), choices, canGoBack: options.canGoBack });
    if (chosen !== other) return chosen;
    const typed = await questions.text({
      title: options.title,
      value: '',
      placeholder: '1328x1328',
      prompt: t('Width and height in pixels. The service may know only some sizes.'),
      canGoBack: true,
      validate: (text) => (parseSize(text) ? undefined : t('Write WIDTHxHEIGHT, for example 1328x1328.')),
    });
    if (typed === BACK) continue;
    const size = typeof typed === 'string' ? parseSize(typed) : undefined;
    return size && formatSize(size);
  }
}

/** Prompt and size, asked one after the other. */
export function askPromptAndSize(memory: Memory, initialPrompt: string): Promise<{ prompt: string; size: string } | undefined> {
  return askInTurn(async (questions) => {
    let prompt: string | undefined = initialPrompt;
    for (;;) {
      prompt = await askPrompt(questions, memory, prompt);
      if (prompt === undefined) return undefined;
      const size = await askSizeIn(questions, memory, { title: t('Generate Image (2/2): Size'), canGoBack: true });
      if (size !== BACK) return size === undefined ? undefined : { prompt, size };
    }
  });
}
