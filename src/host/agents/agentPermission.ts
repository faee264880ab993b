// Decides whether an agent may spend: by the budget of unattended images, and by asking the person, one question at a time.
import * as vscode from 'vscode';
import type { UnattendedBudget } from '../../jobs/budget.ts';
import type { Asker } from '../../jobs/job.ts';
import { askForMore } from '../jobs/unattended.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

/** What an agent is told that may not go on. */
const NO = 'The person was asked and did not allow it. Nothing was made, and it cost nothing. Do not ask again unless the person says so.';

export class AgentPermission {
  readonly #budget: UnattendedBudget;
  /** Images that each agent beside VS Code may still make without a question, by the name it gives itself. */
  readonly #granted = new Map<string, number>();
  #questions: Promise<unknown> = Promise.resolve();

  constructor(budget: UnattendedBudget) {
    this.#budget = budget;
  }

  /** Images that may still be made before the person is asked again. */
  left(asker: Asker): number {
    return asker.kind === 'beside' ? Math.min(this.#granted.get(asker.name) ?? 0, this.#budget.left) : this.#budget.left;
  }

  /** Takes `images` from the budget; a sentence for the agent if it may not. Whoever waits is asked for in turn. */
  async take(images: number, asker: Asker): Promise<string | undefined> {
    if (asker.kind !== 'beside') return (await this.#budget.claim(images, () => askForMore(this.#budget, asker.kind === 'inVsCode' ? t('An agent in VS Code') : undefined))) ? undefined : NO;
    if (this.#takeGranted(images, asker.name)) return undefined;
    const turn = this.#questions.then(() => (this.#takeGranted(images, asker.name) ? undefined : this.#ask(images, asker.name)));
    this.#questions = turn.catch(() => undefined);
    return turn;
  }

  /** For images that surely cost nothing. */
  giveBack(images: number, asker: Asker): void {
    this.#budget.giveBack(images);
    if (asker.kind === 'beside') this.#granted.set(asker.name, (this.#granted.get(asker.name) ?? 0) + images);
  }

  #takeGranted(images: number, name: string): boolean {
    const granted = this.#granted.get(name) ?? 0;
    if (granted < images || !this.#budget.take(images)) return false;
    this.#granted.set(name, granted - images);
    return true;
  }

  async #ask(images: number, name: string): Promise<string | undefined> {
    const more = Math.max(images, readSetting('unattendedImages'));
    const once = t('Allow This Once');
    const allowMore = t('Allow {0} in This Window', more);
    const detail = t('Images asked for without a click in this window so far: {0}.', this.#budget.used);
    // A closed dialog, or a window that shows none, has allowed nothing.
    const pressed = await vscode.window.showWarningMessage(questionOf(images, name), { modal: true, detail }, once, allowMore).then((button) => button, () => undefined);
    if (pressed !== once && pressed !== allowMore) return NO;
    const grant = pressed === once ? images : more;
    // What a person allows holds whatever the limit was; it is still counted.
    this.#budget.extend(Math.max(0, grant - this.#budget.left));
    this.#budget.take(images);
    this.#granted.set(name, grant - images);
    return undefined;
  }
}

function questionOf(images: number, claimedName: string): string {
  const name = plainText(claimedName, 60) || t('no name');
  return images === 1
    ? t('A program that calls itself “{0}” wants to make 1 image in this window: 1 paid request.', name)
    : t('A program that calls itself “{0}” wants to make {1} images in this window: {1} paid requests.', name, images);
}
