// Puts a person into unit tests who answers quick picks and input boxes, one act after the other, and tells what was asked.
import { QuickInputButtons, window } from '../../../vscodeModule/vscode.ts';

interface Item { label: string; kind?: number }
interface Button { tooltip?: string }

/** A text is typed and taken with Enter; `pick` takes the row of that label; `press` is a button of the title; `leave` is Escape. */
export type Act = { pick: string; filter?: string } | { type: string } | { press: string } | 'leave';

/** One question, as the person saw it. */
export interface SeenBox {
  readonly title: string;
  /** What stood in it when it came. */
  readonly value: string;
  readonly prompt: string;
  readonly password: boolean;
  /** Names of the buttons of its title. */
  readonly buttons: readonly string[];
  /** What it said of each text that it did not take, with what stood in it then. */
  readonly refusals: (readonly [text: string, sentence: string])[];
}

/** Answers all boxes from now on; the list grows as they come. A box that is left over after the last act is left. */
export function answerBoxes(...acts: Act[]): SeenBox[] {
  const seen: SeenBox[] = [];
  const create = (): object => createBox(acts, seen);
  Object.assign(window, { createQuickPick: create, createInputBox: create });
  return seen;
}

export const titlesOf = (seen: readonly SeenBox[]): string[] => seen.map(({ title }) => title);

const nameOf = (button: Button): string => (button === QuickInputButtons.Back ? 'Back' : (button.tooltip ?? ''));

/** A quick pick or input box that answers itself as soon as it is shown, and again if it did not take the answer. */
function createBox(acts: Act[], seen: SeenBox[]): object {
  const listeners: Record<string, ((value?: unknown) => void)[]> = {};
  const on = (name: string) => (listener: (value?: unknown) => void) => void (listeners[name] ??= []).push(listener);
  const fire = (name: string, value?: unknown): void => listeners[name]?.forEach((listener) => listener(value));
  const refusals: [string, string][] = [];
  const box = {
    isGone: false, title: '', value: '', prompt: '', password: false, busy: false, validationMessage: undefined as string | undefined,
    items: [] as Item[], selectedItems: [] as Item[], activeItems: [] as Item[], buttons: [] as Button[],
    onDidAccept: on('accept'), onDidHide: on('hide'), onDidTriggerButton: on('button'), onDidChangeValue: on('value'), onDidChangeSelection: on('selection'),
    show() {
      const { title, value, prompt, password } = box;
      seen.push({ title, value, prompt, password, buttons: box.buttons.map(nameOf), refusals });
      queueMicrotask(answer);
    },
    dispose() {
      if (box.isGone) return;
      box.isGone = true;
      fire('hide');
    },
  };
  /** A test that wants what is not there fails by what it sees next; the question must not wait for ever. */
  const missing = (what: string): never => {
    fire('hide');
    throw new Error(`“${box.title}” has no “${what}”, but ${[...box.items.map(({ label }) => label), ...box.buttons.map(nameOf)].join(', ')}`);
  };
  const press = (label: string): void => fire('button', box.buttons.find((button) => nameOf(button) === label) ?? missing(label));
  const take = (label: string): void => {
    box.selectedItems = [box.items.find((item) => item.kind === undefined && item.label === label) ?? missing(label)];
    fire('accept');
  };
  const answer = (): void => {
    const act = acts.shift();
    if (act === undefined || act === 'leave') return fire('hide');
    if ('press' in act) return press(act.press);
    box.value = 'type' in act ? act.type : (act.filter ?? '');
    box.validationMessage = undefined;
    if ('pick' in act) take(act.pick);
    else fire('accept');
    if (box.validationMessage === undefined) return;
    refusals.push([box.value, box.validationMessage]);
    queueMicrotask(answer);
  };
  return box;
}
