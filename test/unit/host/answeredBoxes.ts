// Answers quick picks and input boxes act by act, as a person does, and tells what stood in them.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import * as vscode from 'vscode';

/** Text put into the box, the row of a label taken, a button of the title or of a row pressed by its name (`Back` is one), Enter, or Escape. */
export type Act = { type: string } | { pick: string } | { press: string } | 'enter' | 'leave';

/** How a box stood at one moment. */
export interface Stand {
  readonly title: string;
  readonly value: string;
  readonly prompt: string;
  /** Why the text cannot be taken. */
  readonly problem: string | undefined;
  readonly rows: readonly vscode.QuickPickItem[];
}

/** One box, as it came. */
export interface SeenBox extends Stand {
  readonly password: boolean;
  /** Names of the buttons of its title. */
  readonly buttons: readonly string[];
  /** How it stood when it came, and after each act. */
  readonly stands: readonly Stand[];
  /** What it said of each text that it did not take at Enter. */
  readonly refusals: readonly (readonly [text: string, sentence: string])[];
}

export const titlesOf = (seen: readonly { title: string }[]): string[] => seen.map(({ title }) => title);

/** How all boxes stood, one moment after the other. */
export const standsOf = (seen: readonly SeenBox[]): Stand[] => seen.flatMap(({ stands }) => stands);

/**
 * Answers all boxes from now on until the test ends, which fails if an act could not be done or is left over. Each box takes acts
 * until it is answered; one that comes after the last act is left. The list grows as the boxes come.
 */
export function answerBoxes(t: Pick<TestContext, 'after'>, ...acts: Act[]): SeenBox[] {
  const [seen, misses]: [SeenBox[], string[]] = [[], []];
  const create = (): object => createBox(acts, seen, misses);
  Object.assign(vscode.window, { createQuickPick: create, createInputBox: create });
  t.after(() => {
    for (const name of ['createQuickPick', 'createInputBox']) delete (vscode.window as Record<string, unknown>)[name];
    assert.deepEqual(misses, []);
    assert.deepEqual(acts, [], 'no box came for these acts');
  });
  return seen;
}

const nameOf = (button: vscode.QuickInputButton): string => (button === vscode.QuickInputButtons.Back ? 'Back' : (button.tooltip ?? ''));

function createBox(acts: Act[], seen: SeenBox[], misses: string[]): object {
  const listeners = new Map<string, ((value?: unknown) => void)[]>();
  const on = (name: string) => (listener: (value?: unknown) => void): void => void listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  const fire = (name: string, value?: unknown): void => listeners.get(name)?.forEach((listener) => listener(value));
  const [stands, refusals]: [Stand[], [string, string][]] = [[], []];
  let isGone = false;
  const box = {
    title: '', value: '', prompt: '', password: false, busy: false, validationMessage: undefined as string | undefined,
    items: [] as vscode.QuickPickItem[], selectedItems: [] as vscode.QuickPickItem[], activeItems: [] as vscode.QuickPickItem[], buttons: [] as vscode.QuickInputButton[],
    onDidAccept: on('accept'), onDidHide: on('hide'), onDidTriggerButton: on('button'), onDidChangeValue: on('value'), onDidChangeSelection: on('selection'), onDidTriggerItemButton: on('item'),
    show() {
      stands.push(stand());
      seen.push({ ...stand(), password: box.password, buttons: box.buttons.map(nameOf), stands, refusals });
      // Rows that are still to come keep nobody waiting: from now on only an answer makes it busy.
      box.busy = false;
      queueMicrotask(answer);
    },
    dispose() {
      if (isGone) return;
      isGone = true;
      fire('hide');
    },
  };
  const stand = (): Stand => ({ title: box.title, value: box.value, prompt: box.prompt, problem: box.validationMessage, rows: box.items });
  const isAnswered = (): boolean => box.busy || isGone;
  /** The question must not wait for ever, and an error thrown here would belong to no test: the test hears of it at its end. */
  const miss = (name: string): void => {
    misses.push(`“${box.title}” has no “${name}”, but ${[...box.items.map(({ label }) => label), ...box.buttons.map(nameOf)].join(', ')}`);
    box.dispose();
  };
  const press = (name: string): void => {
    for (const item of box.items) {
      const button = item.buttons?.find((candidate) => nameOf(candidate) === name);
      if (button) return fire('item', { item, button });
    }
    const button = box.buttons.find((candidate) => nameOf(candidate) === name);
    if (button) fire('button', button);
    else miss(name);
  };
  const take = (act: Act): void => {
    if (act === 'leave') return box.dispose();
    if (act === 'enter') {
      fire('accept');
      if (!isAnswered() && box.validationMessage !== undefined) refusals.push([box.value, box.validationMessage]);
    } else if ('press' in act) {
      press(act.press);
    } else if ('type' in act) {
      box.value = act.type;
      fire('value', act.type);
    } else {
      const item = box.items.find(({ kind, label }) => kind !== vscode.QuickPickItemKind.Separator && label === act.pick);
      if (!item) return miss(act.pick);
      box.selectedItems = [item];
      fire('accept');
    }
  };
  const answer = (): void => {
    while (!isAnswered()) {
      take(acts.shift() ?? 'leave');
      stands.push(stand());
    }
  };
  return box;
}
