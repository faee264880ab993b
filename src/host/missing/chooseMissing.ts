// Lists the images that documents ask for, with what they cost, and lets each prompt be changed before anything is sent.
import * as vscode from 'vscode';
import { describePromptProblem } from '../prompt/promptProblem.ts';
import { askInTurn, type Questions } from '../window/inputs.ts';
import { plainText } from '../window/plainText.ts';
import type { MissingImage } from './missingImages.ts';

const t = vscode.l10n.t;

/** What images of these sizes cost together, if the service's prices are known. */
export type PriceOf = (sizes: readonly string[]) => string | undefined;

/** More than that is not ticked beforehand: nobody pays for a hundred images with one key. */
const MOST_TICKED = 20;

interface ImageItem extends vscode.QuickPickItem {
  /** Undefined for the name of a document above its images. */
  image?: MissingImage;
}

/**
 * Ticked images, with edited prompts; undefined when the person left, or when `isReady` says no. The list stays while
 * that is asked, so that no key falls into the document before its first question is there.
 */
export function chooseMissing(images: readonly MissingImage[], isReady: () => Promise<boolean>, priceOf?: PriceOf): Promise<MissingImage[] | undefined> {
  return askInTurn(async (questions) => {
    const ticked = new Set(images.length > MOST_TICKED ? [] : images.filter(({ prompt }) => describePromptProblem(prompt) === undefined).map(({ key }) => key));
    let listed = [...images];
    for (;;) {
      const answer = await pick(questions, listed, ticked, priceOf);
      if (answer === undefined) return undefined;
      if (Array.isArray(answer)) return answer.length > 0 && (await isReady()) ? answer : undefined;
      const prompt = await questions.text({ title: t('Prompt for {0}', nameOf(answer)), value: answer.prompt, prompt: t('Describe the image.'), validate: describePromptProblem });
      if (typeof prompt !== 'string') continue;
      listed = listed.map((image) => (image === answer ? { ...image, prompt: prompt.trim() } : image));
      ticked.add(answer.key);
    }
  });
}

/** The ticked images, the one whose prompt is to be edited, or undefined. */
function pick(questions: Questions, images: readonly MissingImage[], ticked: Set<string>, priceOf?: PriceOf): Promise<MissingImage[] | MissingImage | undefined> {
  const box = vscode.window.createQuickPick<ImageItem>();
  const items = itemsOf(images);
  box.canSelectMany = true;
  box.matchOnDescription = true;
  box.placeholder = t('Images to generate');
  box.items = items;
  box.selectedItems = items.filter(({ image }) => image && ticked.has(image.key));
  const chosen = (): MissingImage[] => box.selectedItems.flatMap(({ image }) => image ?? []);
  const showPrice = (): void => {
    const count = chosen().length;
    const requests = count === 1 ? t('1 image: 1 paid request') : t('{0} images: {0} paid requests', count);
    const price = priceOf?.(chosen().map(({ size }) => size));
    box.title = price === undefined ? requests : t('{0}, {1}', requests, price);
  };
  showPrice();
  return questions.put<MissingImage[] | MissingImage>(box, (answer) => {
    box.onDidChangeSelection(() => {
      ticked.clear();
      for (const { key } of chosen()) ticked.add(key);
      showPrice();
    });
    box.onDidTriggerItemButton(({ item }) => {
      if (item.image) answer(item.image);
    });
    box.onDidAccept(() => {
      const problem = chosen().map(({ prompt }) => describePromptProblem(prompt)).find((sentence) => sentence !== undefined);
      if (problem === undefined) answer(chosen());
      else box.title = problem;
    });
  });
}

/** The images of each document below its name, where there is more than one document. */
function itemsOf(images: readonly MissingImage[]): ImageItem[] {
  const groups = new Map<string, MissingImage[]>();
  for (const image of images) {
    const name = vscode.workspace.asRelativePath(image.documents[0]);
    groups.set(name, [...(groups.get(name) ?? []), image]);
  }
  if (groups.size === 1) return images.map(itemOf);
  return [...groups].flatMap(([name, own]) => [{ label: plainText(name), kind: vscode.QuickPickItemKind.Separator }, ...own.map(itemOf)]);
}

function itemOf(image: MissingImage): ImageItem {
  const problem = describePromptProblem(image.prompt);
  const edit: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Edit prompt') };
  const place = image.uri ? vscode.workspace.asRelativePath(image.uri) : t('in place of a placeholder');
  const detail = problem ?? (image.change === 'ending' ? t('The type that the link names cannot be made: the link will end in .{0} instead. Take the tick away to leave it.', image.format) : undefined);
  return { label: plainText(image.prompt, 1000), description: `${image.size} · ${plainText(place)}`, ...(detail === undefined ? {} : { detail }), buttons: [edit], image };
}

function nameOf({ uri, size }: MissingImage): string {
  return plainText(uri?.path.split('/').at(-1) ?? size);
}
