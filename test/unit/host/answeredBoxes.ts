// Answers quick picks and input boxes step by step, as a person does, and notes what stood in them.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type * as vscode from 'vscode';
import { window } from '../../vscodeModule/vscode.ts';
import { QuickInputButtons } from '../../vscodeModule/values.ts';

/** Text put into the box, a row or a button by its name, Enter, Back or Escape. */
export type Act = { type: string } | { pick: string } | { press: string } | 'enter' | 'back' | 'leave';

/** How a box stood after one act of the person. */
export interface Seen {
  title: string;
  value: string;
  prompt: string;
  /** Why the text cannot be taken. */
  problem: string | undefined;
  rows: readonly vscode.QuickPickItem[];
}

type Button = vscode.QuickInputButton;

/** From now on; each box takes acts until it is answered. The list holds what was seen before the first act and after each. */
export function answerBoxes(t: Pick<TestContext, 'after'>, acts: Act[]): Seen[] {
  const seen: Seen[] = [];
  const create = (): object => createBox(acts, seen);
  Object.assign(window, { createQuickPick: create, createInputBox: create });
  t.after(() => {
    for (const name of ['createQuickPick', 'createInputBox']) delete (window as Record<string, unknown>)[name];
  });
  return seen;
}

function createBox(acts: Act[], seen: Seen[]): object {
  const listeners = new Map<string, ((value?: unknown) => void)[]>();
  const on = (name: string) => (listener: (value?: unknown) => void): void => void listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  const fire = (name: string, value?: unknown): void => listeners.get(name)?.forEach((listener) => listener(value));
  let isGone = false;
  const box = {
    title: '', value: '', prompt: '', busy: false, validationMessage: undefined as string | undefined,
    items: [] as vscode.QuickPickItem[], selectedItems: [] as vscode.QuickPickItem[], activeItems: [] as vscode.QuickPickItem[], buttons: [] as Button[],
    onDidAccept: on('accept'), onDidHide: on('hide'), onDidTriggerButton: on('button'), onDidChangeValue: on('value'), onDidChangeSelection: on('selection'), onDidTriggerItemButton: on('item'),
    show() {
      const note = (): void => void seen.push({ title: box.title, value: box.value, prompt: box.prompt, problem: box.validationMessage, rows: box.items });
      note();
      queueMicrotask(() => {
        while (!box.busy && !isGone) {
          take(acts.shift() ?? 'leave');
          note();
        }
      });
    },
    dispose() {
      if (isGone) return;
      isGone = true;
      fire('hide');
    },
  };
  const take = (act: Act): void => {
    if (act === 'leave') return box.dispose();
    if (act === 'enter') return fire('accept');
    if (act === 'back') return press(box.buttons.find((button) => button === QuickInputButtons.Back), act);
    if ('press' in act) {
      const row = box.items.find(({ buttons }) => buttons?.some(({ tooltip }) => tooltip === act.press));
      if (row) return fire('item', { item: row });
      return press(box.buttons.find(({ tooltip }) => tooltip === act.press), act.press);
    }
    if ('type' in act) {
      box.value = act.type;
      return fire('value', act.type);
    }
    const item = box.items.find(({ label }) => label === act.pick);
    assert.ok(item, `“${box.title}” has no “${act.pick}”, but ${box.items.map(({ label }) => label).join(', ')}`);
    box.selectedItems = [item];
    fire('accept');
  };
  const press = (button: Button | undefined, name: string): void => {
    assert.ok(button, `“${box.title}” has no button “${name}”`);
    fire('button', button);
  };
  return box;
}
