// A list that gets more rows while a person chooses: no row moves, the focus stays, and what is taken is what was seen.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Questions, type BACK, type Choice } from '../../../../src/host/window/inputs.ts';
import { resetWorld } from '../../../vscodeModule/world.ts';
import { window } from '../../../vscodeModule/vscode.ts';

type Item = Choice<string>;

/**
 * A quick pick in two halves, as VS Code has them: the window draws the rows that it was sent, and tells of a row by its
 * number; what the number means is looked up in the rows that the extension has set by then.
 */
class TwoHalves {
  static last: TwoHalves;
  title = '';
  placeholder = '';
  buttons: unknown[] = [];
  busy = false;
  value = '';
  selectedItems: readonly Item[] = [];
  timesSet = 0;
  #items: readonly Item[] = [];
  #active: readonly Item[] = [];
  #isFocusSet = false;
  /** What the window draws, and the number of the row that has the focus there. */
  drawn: readonly Item[] = [];
  focused = 0;
  readonly #listeners = new Map<string, ((value?: unknown) => void)[]>();
  readonly onDidAccept = this.#on('accept');
  readonly onDidHide = this.#on('hide');
  readonly onDidTriggerButton = this.#on('button');
  readonly onDidChangeValue = this.#on('value');

  constructor() {
    TwoHalves.last = this;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  set items(items: readonly Item[]) {
    this.#items = items;
    this.timesSet++;
  }

  get activeItems(): readonly Item[] {
    return this.#active;
  }

  set activeItems(items: readonly Item[]) {
    this.#active = items;
    this.#isFocusSet = true;
  }

  /** What the extension set reaches the window: the focus goes to the first row that fits, unless it was set. */
  draw(): void {
    const wanted = this.#isFocusSet ? this.#active[0] : undefined;
    this.drawn = this.#items;
    this.focused = Math.max(0, wanted ? this.drawn.indexOf(wanted) : this.drawn.findIndex(({ label }) => label.includes(this.value)));
  }

  /** The person moves to a row, or types; the extension hears of it. */
  focus(label: string): void {
    this.focused = this.drawn.findIndex((item) => item.label === label);
    this.#active = this.#items.filter((_, index) => index === this.focused);
  }

  type(text: string): void {
    this.value = text;
    this.focused = this.drawn.findIndex(({ label }) => label.includes(text));
    this.#fire('value', text);
    this.#active = this.#items.filter((_, index) => index === this.focused);
  }

  /** A click on a row, or Enter on the one with the focus. */
  take(label = this.drawn[this.focused]?.label): void {
    const number = this.drawn.findIndex((item) => item.label === label);
    this.selectedItems = this.#items.filter((_, index) => index === number);
    this.#fire('accept');
  }

  /** Enter, told before the choice is. */
  acceptOnly(): void {
    this.#fire('accept');
  }

  press(button: unknown): void {
    this.#fire('button', button);
  }

  show(): void {
    this.draw();
  }

  dispose(): void {
    this.#fire('hide');
  }

  #on(name: string) {
    return (listener: (value?: unknown) => void): void => void this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  #fire(name: string, value?: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(value);
  }
}

const row = (label: string, more: Partial<Item> = {}): Item => ({ label, value: label, ...more });
const CHOICES = [row('in use'), row('My pictures'), row('Save this service', { alwaysShow: true }), row('Add a service', { alwaysShow: true })];
const MODELS = [row('Models of x', { kind: -1 }), row('model-a'), row('model-b')];

beforeEach(() => {
  resetWorld();
  Object.assign(window, { createQuickPick: () => new TwoHalves() });
});

interface Asked {
  pick: TwoHalves;
  answer: Promise<{ value: string; typed: string } | typeof BACK | undefined>;
  /** The models arrive in the extension; the window has not drawn them yet. */
  arrive: (models?: readonly Item[]) => Promise<void>;
  fail: () => Promise<void>;
}

function ask(): Asked {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Item[]>();
  const answer = new Questions().choiceAndText<string>({ title: 'T', placeholder: 'P', choices: CHOICES, more: promise });
  const settled = (): Promise<void> => new Promise((done) => setImmediate(done));
  return {
    pick: TwoHalves.last, answer,
    arrive: (models = MODELS) => (resolve(models), settled()),
    fail: () => (reject(new Error('keychain')), settled()),
  };
}

for (const { label } of CHOICES) {
  test(`“${label}”, clicked while more rows are on their way to the window, is what was clicked`, async () => {
    const { pick, answer, arrive } = ask();
    await arrive();
    pick.take(label);
    assert.deepEqual(await answer, { value: label, typed: '' });
  });
}

test('no row moves when more come, the focus stays, and the new ones can be taken', async () => {
  const { pick, answer, arrive } = ask();
  pick.focus('Save this service');
  await arrive();
  pick.draw();
  assert.deepEqual(pick.drawn.slice(0, CHOICES.length), CHOICES);
  assert.equal(pick.drawn[pick.focused]?.label, 'Save this service');
  assert.equal(pick.busy, false);
  pick.take('model-b');
  assert.deepEqual(await answer, { value: 'model-b', typed: '' });
});

test('somebody who typed gets the first row that fits, not one that was in focus before', async () => {
  const { pick, answer, arrive } = ask();
  pick.focus('in use');
  // Typed in the window; of the row that has the focus now the extension has not heard yet.
  pick.value = 'model-b';
  await arrive();
  pick.draw();
  pick.take();
  assert.deepEqual(await answer, { value: 'model-b', typed: 'model-b' });
});

test('rows that bring nothing new leave the list as it is drawn', async () => {
  for (const end of ['arrive', 'fail'] as const) {
    const asked = ask();
    if (end === 'arrive') await asked.arrive([]);
    else await asked.fail();
    assert.deepEqual([asked.pick.timesSet, asked.pick.busy], [1, false]);
    asked.pick.take('My pictures');
    assert.deepEqual(await asked.answer, { value: 'My pictures', typed: '' });
  }
});

test('an Enter that is told before the choice takes the row in focus', async () => {
  const { pick, answer } = ask();
  pick.type('Save');
  pick.acceptOnly();
  assert.deepEqual(await answer, { value: 'Save this service', typed: 'Save' });
});

test('rows that come after the answer change nothing', async () => {
  const { pick, answer, arrive } = ask();
  pick.take('My pictures');
  await answer;
  await arrive();
  assert.equal(pick.timesSet, 1);
});

test('an Enter that comes before a row has the focus takes the only one that begins with what was typed', async () => {
  const { pick, answer } = ask();
  pick.show();
  pick.selectedItems = [];
  for (const [typed, isTaken] of [['', false], ['S', true]] as const) {
    pick.value = typed;
    pick.activeItems = [];
    pick.acceptOnly();
    const ended = await Promise.race([answer, new Promise<undefined>((resolve) => void setImmediate(() => resolve(undefined)))]);
    assert.deepEqual(ended, isTaken ? { value: 'Save this service', typed } : undefined, typed);
  }
});
