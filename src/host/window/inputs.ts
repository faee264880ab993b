// Asks for one line of text or one choice, with Back and buttons; leaving answers undefined and changes nothing.
import * as vscode from 'vscode';

export const BACK = Symbol('back');

export interface InputButton {
  /** Name of a product icon. */
  icon: string;
  label: string;
}

export interface TextQuestion {
  title: string;
  value: string;
  prompt: string;
  placeholder?: string;
  password?: boolean;
  canGoBack?: boolean;
  buttons?: InputButton[];
  /** A sentence when the text cannot be taken, else undefined. */
  validate: (text: string) => string | undefined;
  /** The line under the box while the text is fine, such as a counter. */
  describe?: (text: string) => string;
  /** Answers a button by a new text for the box; undefined ends the question with that button. */
  fill?: (button: InputButton) => string | undefined;
}

/** The typed text, BACK, the button that was pressed, or undefined when the person left. */
export function askText(question: TextQuestion): Promise<string | typeof BACK | InputButton | undefined> {
  const box = vscode.window.createInputBox();
  const own = (question.buttons ?? []).map((button) => ({ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.label, button }));
  box.title = question.title;
  box.value = question.value;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder ?? '';
  box.password = question.password ?? false;
  // A key is fetched from another window more often than typed.
  box.ignoreFocusOut = true;
  box.buttons = [...(question.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...own];
  const describe = (): void => {
    if (question.describe) box.prompt = `${question.prompt} ${question.describe(box.value)}`;
  };
  describe();
  return new Promise((resolve) => {
    let answer: string | typeof BACK | InputButton | undefined;
    box.onDidChangeValue((text) => {
      describe();
      box.validationMessage = text === '' ? undefined : question.validate(text);
    });
    box.onDidTriggerButton((pressed) => {
      if (pressed === vscode.QuickInputButtons.Back) answer = BACK;
      else {
        const button = own.find((candidate) => candidate === pressed)?.button;
        const text = button && question.fill?.(button);
        if (text !== undefined) {
          box.value = text;
          describe();
          box.validationMessage = question.validate(text);
          return;
        }
        answer = button;
      }
      box.hide();
    });
    box.onDidAccept(() => {
      const problem = question.validate(box.value);
      if (problem !== undefined) {
        box.validationMessage = problem;
        return;
      }
      answer = box.value;
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}

export interface Choice<Value> extends vscode.QuickPickItem {
  value: Value;
}

/** The chosen value, BACK, or undefined when the person left. */
export function askChoice<Value>(question: { title: string; placeholder: string; choices: readonly Choice<Value>[]; canGoBack?: boolean }): Promise<Value | typeof BACK | undefined> {
  const pick = vscode.window.createQuickPick<Choice<Value>>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  pick.items = question.choices;
  pick.ignoreFocusOut = true;
  pick.buttons = question.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    let answer: Value | typeof BACK | undefined;
    pick.onDidTriggerButton(() => {
      answer = BACK;
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (!chosen) return;
      answer = chosen.value;
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });
}
