// "Generate Missing Images in This Document": lists what is missing with its price, then makes what is ticked.
import * as vscode from 'vscode';
import { describePromptProblem } from '../prompt/askRequest.ts';
import { MISSING_LANGUAGES } from '../window/ids.ts';
import { askText } from '../window/inputs.ts';
import type { LastEditor } from '../insert/lastEditor.ts';
import { generateMissingPictures, type MissingJobsParts } from '../missing/missingJobs.ts';
import type { MissingPicture, MissingPictures } from '../missing/missingPictures.ts';
import type { PersonJobs } from '../jobs/personJobs.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';

const t = vscode.l10n.t;

export interface GenerateMissingParts {
  jobs: PersonJobs;
  missing: MissingPictures;
  missingJobs: MissingJobsParts;
  lastEditor: LastEditor;
}

export function generateMissingCommand(parts: GenerateMissingParts): Command {
  return {
    id: 'generateMissing',
    async run(...args) {
      const document = args[0] instanceof vscode.Uri ? await vscode.workspace.openTextDocument(args[0]) : (await parts.lastEditor.get())?.document;
      if (!document || !MISSING_LANGUAGES.includes(document.languageId)) throw new Refusal(t('Open a Markdown, MDX or HTML document first.'));
      const within = args[1] instanceof vscode.Range ? args[1] : undefined;
      const pictures = await parts.missing.find(document, within);
      if (pictures.length === 0) {
        void vscode.window.showInformationMessage(t('No image link of this document misses its file.'));
        return;
      }
      const chosen = await choose(pictures);
      if (!chosen || chosen.length === 0 || !(await parts.jobs.ensureSetUp())) return;
      await generateMissingPictures(chosen, document, parts.missingJobs);
    },
  };
}

interface PictureItem extends vscode.QuickPickItem {
  picture: MissingPicture;
}

/** Ticked pictures, with edited prompts; undefined when the person left. */
async function choose(pictures: readonly MissingPicture[]): Promise<MissingPicture[] | undefined> {
  const edit: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Edit the prompt') };
  const items = pictures.map((picture) => itemOf(picture, edit));
  for (;;) {
    const answer = await pick(items);
    if (!answer || Array.isArray(answer)) return answer;
    const { picture } = answer;
    const prompt = await askText({ title: t('Prompt for {0}', plainText(picture.uri.path.split('/').at(-1) ?? '')), value: picture.prompt, prompt: t('Describe the picture.'), validate: describePromptProblem });
    if (typeof prompt === 'string') Object.assign(answer, itemOf({ ...picture, prompt: prompt.trim() }, edit), { picked: true });
  }
}

function itemOf(picture: MissingPicture, edit: vscode.QuickInputButton): PictureItem {
  const problem = describePromptProblem(picture.prompt);
  const description = `${picture.size} · ${plainText(vscode.workspace.asRelativePath(picture.uri))}`;
  return { label: plainText(picture.prompt, 1000), description, ...(problem === undefined ? {} : { detail: problem }), picked: problem === undefined, buttons: [edit], picture };
}

/** The ticked pictures, the item whose prompt is to be edited, or undefined. */
function pick(items: PictureItem[]): Promise<MissingPicture[] | PictureItem | undefined> {
  const box = vscode.window.createQuickPick<PictureItem>();
  box.canSelectMany = true;
  box.ignoreFocusOut = true;
  box.placeholder = t('Pictures to generate');
  box.items = items;
  box.selectedItems = items.filter((item) => item.picked);
  const showPrice = (): void => {
    const count = box.selectedItems.length;
    box.title = count === 1 ? t('1 picture: 1 paid request') : t('{0} pictures: {0} paid requests', count);
  };
  showPrice();
  return new Promise((resolve) => {
    let answer: MissingPicture[] | PictureItem | undefined;
    box.onDidChangeSelection(showPrice);
    box.onDidTriggerItemButton(({ item }) => {
      for (const other of items) other.picked = box.selectedItems.includes(other);
      answer = item;
      box.hide();
    });
    box.onDidAccept(() => {
      const chosen = box.selectedItems.map(({ picture }) => picture);
      const problem = chosen.map(({ prompt }) => describePromptProblem(prompt)).find((sentence) => sentence !== undefined);
      if (problem !== undefined) {
        box.title = problem;
        return;
      }
      answer = chosen;
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}
