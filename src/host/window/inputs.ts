// Asks for lines of text and choices one after the other, with Back and buttons; leaving answers undefined and changes nothing.
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
  /** Does what a button wants; true leaves the question as it is. */
  run?: (button: InputButton) => boolean;
}

export interface Choice<Value> extends vscode.QuickPickItem {
  value: Value;
}

export interface ChoiceQuestion<Value> {
  title: string;
  placeholder: string;
  choices: readonly Choice<Value>[];
  canGoBack?: boolean;
  /** Choices that take their time; they come in below the others. */
  more?: Promise<readonly Choice<Value>[]>;
}

interface Chosen<Value> {
  value: Value;
  /** What stood in the filter. */
  typed: string;
}

/**
 * Questions that follow each other. An answered one stays until the next is there, or until `askInTurn` ends: the
 * focus never falls back into the document between two of them, where a key that was meant for the next would land.
 */
export class Questions {
  #shown: vscode.QuickInput | undefined;

  /** The typed text, BACK, the button that was pressed, or undefined when the person left. */
  text(question: TextQuestion): Promise<string | typeof BACK | InputButton | undefined> {
    const box = vscode.window.createInputBox();
    const own = (question.buttons ?? []).map((button) => ({ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.label, button }));
    box.title = question.title;
    box.value = question.value;
    box.prompt = question.prompt;
    box.placeholder = question.placeholder ?? '';
    box.password = question.password ?? false;
    box.buttons = [...(question.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...own];
    const describe = (): void => {
      if (question.describe) box.prompt = `${question.prompt} ${question.describe(box.value)}`;
    };
    describe();
    return this.put<string | typeof BACK | InputButton>(box, (answer) => {
      box.onDidChangeValue((text) => {
        describe();
        box.validationMessage = text === '' ? undefined : question.validate(text);
      });
      box.onDidTriggerButton((pressed) => {
        if (pressed === vscode.QuickInputButtons.Back) return answer(BACK);
        const button = own.find((candidate) => candidate === pressed)?.button;
        if (button && question.run?.(button)) return;
        const text = button && question.fill?.(button);
        if (text === undefined) return button && answer(button);
        box.value = text;
        describe();
        box.validationMessage = question.validate(text);
      });
      box.onDidAccept(() => {
        const problem = question.validate(box.value);
        if (problem === undefined) answer(box.value);
        else box.validationMessage = problem;
      });
    });
  }

  /** The chosen value, BACK, or undefined when the person left. */
  async choice<Value>(question: ChoiceQuestion<Value>): Promise<Value | typeof BACK | undefined> {
    const chosen = await this.choiceAndText(question);
    return chosen === undefined || chosen === BACK ? chosen : chosen.value;
  }

  /** As `choice`, together with what was typed to filter. */
  choiceAndText<Value>(question: ChoiceQuestion<Value>): Promise<Chosen<Value> | typeof BACK | undefined> {
    const pick = vscode.window.createQuickPick<Choice<Value>>();
    pick.matchOnDescription = true;
    pick.keepScrollPosition = true;
    pick.title = question.title;
    pick.placeholder = question.placeholder;
    pick.items = question.choices;
    pick.buttons = question.canGoBack ? [vscode.QuickInputButtons.Back] : [];
    return this.put<Chosen<Value> | typeof BACK>(pick, (answer) => {
      let isAnswered = false;
      const end = (value: Chosen<Value> | typeof BACK): void => {
        isAnswered = true;
        answer(value);
      };
      pick.onDidTriggerButton(() => end(BACK));
      pick.onDidAccept(() => {
        const chosen = pick.selectedItems[0] ?? pick.activeItems[0] ?? onlyMatch(pick);
        if (chosen) end({ value: chosen.value, typed: pick.value });
      });
      pick.busy = question.more !== undefined;
      const add = (more: readonly Choice<Value>[]): void => {
        if (isAnswered) return;
        pick.busy = false;
        // Rows that are drawn anew swallow a click that falls in between.
        if (more.length === 0) return;
        const [active] = pick.activeItems;
        // VS Code tells of a row by its number, and a click may be on its way: no row that is there may change its own.
        pick.items = [...question.choices, ...more];
        // Under a filter it takes the first that fits by itself; what was active before may be out of sight.
        if (active && pick.value === '') pick.activeItems = [active];
      };
      void question.more?.then(add, () => add([]));
    });
  }

  /** Shows any box in its turn. `listen` calls its `answer` once the person has; undefined when the person left. */
  put<Answer>(box: vscode.QuickInput, listen: (answer: (value: Answer) => void) => void): Promise<Answer | undefined> {
    // A key is fetched from another window more often than typed.
    box.ignoreFocusOut = true;
    return new Promise((resolve) => {
      listen((value) => {
        box.busy = true;
        resolve(value);
      });
      // Only the first of both counts, so the next question hides an answered one without a word.
      box.onDidHide(() => {
        box.dispose();
        resolve(undefined);
      });
      const last = this.#shown;
      this.#shown = box;
      box.show();
      last?.dispose();
    });
  }

  /** Takes the last question away. */
  end(): void {
    this.#shown?.dispose();
    this.#shown = undefined;
  }
}

/** Asks as many questions as `ask` wants, and takes the last one away when it is through. */
export async function askInTurn<Result>(ask: (questions: Questions) => Promise<Result>): Promise<Result> {
  const questions = new Questions();
  try {
    return await ask(questions);
  } finally {
    questions.end();
  }
}

/** The one row whose label begins with what was typed: an Enter may come before VS Code has a row in focus again. */
function onlyMatch<Item extends vscode.QuickPickItem>({ value, items }: vscode.QuickPick<Item>): Item | undefined {
  const typed = value.trim().toLowerCase();
  const [match, other] = items.filter(({ label, kind }) => kind !== vscode.QuickPickItemKind.Separator && label.toLowerCase().startsWith(typed));
  return typed === '' || other ? undefined : match;
}
