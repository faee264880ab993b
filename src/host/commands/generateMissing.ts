// "Generate Missing Images in This Document": lists what is missing with its price, then makes what is ticked.
import * as vscode from 'vscode';
import { describePromptProblem } from '../prompt/promptProblem.ts';
import { MISSING_LANGUAGES } from '../window/ids.ts';
import { askText } from '../window/inputs.ts';
import type { LastEditor } from '../insert/lastEditor.ts';
import { generateMissingImages, type MissingJobsParts } from '../missing/missingJobs.ts';
import type { MissingImage, MissingImages } from '../missing/missingImages.ts';
import { ensureSetUp, type SetUpParts } from '../connection/setUp.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';

const t = vscode.l10n.t;

export interface GenerateMissingParts {
  setUpParts: SetUpParts;
  missing: MissingImages;
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
      const images = await parts.missing.find(document, within);
      if (images.length === 0) {
        void vscode.window.showInformationMessage(t('No image link of this document misses its file.'));
        return;
      }
      const chosen = await choose(images);
      if (!chosen || chosen.length === 0 || !(await ensureSetUp(parts.setUpParts))) return;
      await generateMissingImages(chosen, document, parts.missingJobs);
    },
  };
}

interface ImageItem extends vscode.QuickPickItem {
  image: MissingImage;
}

/** Ticked images, with edited prompts; undefined when the person left. */
async function choose(images: readonly MissingImage[]): Promise<MissingImage[] | undefined> {
  const edit: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Edit the prompt') };
  const items = images.map((image) => itemOf(image, edit));
  for (;;) {
    const answer = await pick(items);
    if (!answer || Array.isArray(answer)) return answer;
    const { image } = answer;
    const prompt = await askText({ title: t('Prompt for {0}', plainText(image.uri.path.split('/').at(-1) ?? '')), value: image.prompt, prompt: t('Describe the image.'), validate: describePromptProblem });
    if (typeof prompt === 'string') Object.assign(answer, itemOf({ ...image, prompt: prompt.trim() }, edit), { picked: true });
  }
}

function itemOf(image: MissingImage, edit: vscode.QuickInputButton): ImageItem {
  const problem = describePromptProblem(image.prompt);
  const description = `${image.size} · ${plainText(vscode.workspace.asRelativePath(image.uri))}`;
  return { label: plainText(image.prompt, 1000), description, ...(problem === undefined ? {} : { detail: problem }), picked: problem === undefined, buttons: [edit], image };
}

/** The ticked images, the item whose prompt is to be edited, or undefined. */
function pick(items: ImageItem[]): Promise<MissingImage[] | ImageItem | undefined> {
  const box = vscode.window.createQuickPick<ImageItem>();
  box.canSelectMany = true;
  box.ignoreFocusOut = true;
  box.placeholder = t('Images to generate');
  box.items = items;
  box.selectedItems = items.filter((item) => item.picked);
  const showPrice = (): void => {
    const count = box.selectedItems.length;
    box.title = count === 1 ? t('1 image: 1 paid request') : t('{0} images: {0} paid requests', count);
  };
  showPrice();
  return new Promise((resolve) => {
    let answer: MissingImage[] | ImageItem | undefined;
    box.onDidChangeSelection(showPrice);
    box.onDidTriggerItemButton(({ item }) => {
      for (const other of items) other.picked = box.selectedItems.includes(other);
      answer = item;
      box.hide();
    });
    box.onDidAccept(() => {
      const chosen = box.selectedItems.map(({ image }) => image);
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
