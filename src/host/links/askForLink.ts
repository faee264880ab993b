// Asks what is to stand in the place of a linked image: the same prompt, another one, or a kept image.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { countCharacters } from '../../prompt/promptText.ts';
import { describePromptProblem } from '../prompt/promptProblem.ts';
import { askInTurn } from '../window/inputs.ts';
import { plainText } from '../window/plainText.ts';

const t = vscode.l10n.t;

/** Whether the old file goes in the same edit; undefined if that is not to be asked. */
export interface OldFile {
  goes: boolean;
}

/** What is paid for beside the prompt. A file from elsewhere may have chosen it, so the person sees it first. */
export interface AskedFor {
  size: string;
  promptExtend: boolean;
  watermark: boolean;
}

/** More of a prompt is not read in a list. */
const SHOWN_CHARACTERS = 200;

/**
 * The prompt to pay for; undefined if the person left. One more key before anything is paid: a click may be a slip. A
 * prompt that cannot be sent as it is comes into a box instead.
 */
export function askAgain(prompt: string, asked: AskedFor, old: OldFile | undefined): Promise<string | undefined> {
  if (describePromptProblem(prompt) !== undefined) return askPrompt(prompt, asked, old);
  const characters = countCharacters(prompt);
  const length = characters > SHOWN_CHARACTERS ? [t('{0} characters', characters)] : [];
  return askInTurn((questions) => {
    const box = vscode.window.createQuickPick<vscode.QuickPickItem>();
    box.items = [{ label: t('Make again: 1 paid request'), description: [wordsOf(asked), ...length].join(' · '), detail: plainText(prompt, SHOWN_CHARACTERS) }];
    offerOld(box, t('Make again'), old);
    return questions.put<string>(box, (answer) => void box.onDidAccept(() => answer(prompt)));
  });
}

/** The changed prompt; undefined if the person left. */
export function askPrompt(prompt: string, asked: AskedFor, old: OldFile | undefined): Promise<string | undefined> {
  return askInTurn((questions) => {
    const box = vscode.window.createInputBox();
    box.value = prompt;
    box.prompt = `${t('Describe the image. Enter makes it: 1 paid request.')} ${wordsOf(asked)}`;
    box.validationMessage = prompt === '' ? undefined : describePromptProblem(prompt);
    offerOld(box, t('Prompt for this place'), old);
    return questions.put<string>(box, (answer) => {
      box.onDidChangeValue((text) => void (box.validationMessage = text === '' ? undefined : describePromptProblem(text)));
      box.onDidAccept(() => {
        const problem = describePromptProblem(box.value);
        if (problem === undefined) answer(box.value.trim());
        else box.validationMessage = problem;
      });
    });
  });
}

/** The chosen image; undefined if the person left. */
export function askRecord(records: readonly { record: ImageRecord; icon: vscode.Uri | undefined }[], old: OldFile | undefined): Promise<ImageRecord | undefined> {
  return askInTurn((questions) => {
    const box = vscode.window.createQuickPick<vscode.QuickPickItem & { record: ImageRecord }>();
    box.placeholder = t('Image that takes its place (free)');
    box.matchOnDescription = true;
    box.items = records.map(({ record, icon }) => {
      const { file, recipe } = record;
      const time = new Date(recipe.time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
      return { label: plainText(recipe.prompt, 200), description: `${file.widthPx} × ${file.heightPx} · ${time}`, iconPath: icon ?? new vscode.ThemeIcon('file-media'), record };
    });
    offerOld(box, t('Replace with…'), old);
    return questions.put<ImageRecord>(box, (answer) =>
      void box.onDidAccept(() => {
        const [chosen] = box.selectedItems;
        if (chosen) answer(chosen.record);
      }),
    );
  });
}

function wordsOf({ size, promptExtend, watermark }: AskedFor): string {
  return [size.replace('x', ' × '), promptExtend ? t('prompt improved') : t('prompt as it is'), watermark ? t('with watermark') : t('without watermark')].join(' · ');
}

/** A button in the title that turns over what becomes of the old file. */
function offerOld(box: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, title: string, old: OldFile | undefined): void {
  box.title = title;
  if (!old) return;
  const draw = (): void => {
    box.title = `${title} · ${old.goes ? t('the old file goes') : t('the old file stays')}`;
    box.buttons = [old.goes ? { iconPath: new vscode.ThemeIcon('discard'), tooltip: t('Keep the old file') } : { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete the old file with the same undo') }];
  };
  draw();
  const toggle = (): void => {
    old.goes = !old.goes;
    draw();
  };
  box.onDidTriggerButton(toggle);
}
