// Decides what may be done that nobody clicked for: by the budget of unattended images, and by asking the person.
import * as vscode from 'vscode';
import type { UnattendedBudget } from '../../jobs/budget.ts';
import type { Asker } from '../../jobs/job.ts';
import { QuestionTurns } from '../../jobs/questionTurns.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

type Beside = Extract<Asker, { kind: 'beside' }>;

/** One per window, and what was allowed is forgotten with it. */
export class Permission {
  readonly #budget: UnattendedBudget;
  readonly #turns = new QuestionTurns();
  /** Images that each agent beside VS Code may still make without a question, by the name it gives itself. */
  readonly #granted = new Map<string, number>();
  /** Names under which programs may look at kept images. */
  readonly #lookers = new Set<string>();

  constructor(budget: UnattendedBudget) {
    this.#budget = budget;
  }

  /** Images that may still be made before the person is asked again. */
  left(asker: Asker): number {
    return asker.kind === 'beside' ? Math.min(this.#granted.get(asker.name) ?? 0, this.#budget.left) : this.#budget.left;
  }

  /** Takes so many requests, all or none, if need be after a person allowed more. */
  take(images: number, asker: Asker): Promise<boolean> {
    return this.#take(images, asker, asker.kind === 'beside' ? questionOf(images, nameOf(asker)) : undefined);
  }

  /** The same for a request that has to be sent once more. */
  takeAnother(asker: Asker): Promise<boolean> {
    return this.#take(1, asker, asker.kind === 'beside' ? t('The service has not made the image that “{0}” asked for. Send the request again? It may be a paid image.', nameOf(asker)) : undefined);
  }

  /** Whether a program may see what is kept, of all projects, and have copies of it written. VS Code asks for its own agents. */
  async mayLook(asker: Asker): Promise<boolean> {
    if (asker.kind !== 'beside') return true;
    return this.#turns.claim(`look ${asker.name}`, () => this.#lookers.has(asker.name), async () => {
      const allow = t('Allow in This Window');
      const question = t('A program that calls itself “{0}” wants to look at your kept images.', nameOf(asker));
      const detail = t('It gets prompts and small copies of images of all your projects and of this workspace, and may have them written here as new files. This is free.');
      const isAllowed = (await press(question, detail, allow)) === allow;
      if (isAllowed) this.#lookers.add(asker.name);
      return isAllowed;
    });
  }

  /** For images that surely cost nothing. */
  giveBack(images: number, asker: Asker): void {
    this.#budget.giveBack(images);
    if (asker.kind === 'beside') this.#granted.set(asker.name, (this.#granted.get(asker.name) ?? 0) + images);
  }

  #take(images: number, asker: Asker, question: string | undefined): Promise<boolean> {
    if (asker.kind !== 'beside') return this.#turns.claim(asker.kind, () => this.#budget.take(images), () => this.#askForMore(images, asker));
    return this.#turns.claim(`make ${asker.name}`, () => this.#takeGranted(images, asker), () => this.#askForGrant(images, asker, question ?? ''));
  }

  #takeGranted(images: number, { name }: Beside): boolean {
    const granted = this.#granted.get(name) ?? 0;
    if (granted < images || !this.#budget.take(images)) return false;
    this.#granted.set(name, granted - images);
    return true;
  }

  async #askForGrant(images: number, { name }: Beside, question: string): Promise<boolean> {
    const more = Math.max(images, readSetting('unattendedImages'));
    const once = t('Allow This Once');
    const allowMore = t('Allow {0} in This Window', more);
    const detail = t('Images asked for without a click in this window so far: {0}.', this.#budget.used);
    const pressed = await press(question, detail, once, allowMore);
    if (pressed !== once && pressed !== allowMore) return false;
    const grant = pressed === once ? images : more;
    // What a person allows holds whatever the limit was; it is still counted.
    this.#budget.extend(Math.max(0, grant - this.#budget.left));
    this.#granted.set(name, grant);
    return true;
  }

  /** VS Code does not tell which extension runs a command. */
  async #askForMore(images: number, asker: Asker): Promise<boolean> {
    const limit = Math.max(1, readSetting('unattendedImages'));
    const allow = t('Allow {0} more', limit);
    const who = asker.kind === 'inVsCode' ? t('An agent in VS Code') : t('Another extension');
    const question = t('{0} wants to generate an image. {1} unattended requests were sent in this window already; each may be a paid image.', who, this.#budget.used);
    const isAllowed = (await press(question, undefined, allow)) === allow;
    if (isAllowed) this.#budget.extend(Math.max(limit, images - this.#budget.left));
    return isAllowed;
  }
}

/** A closed dialog, or a window that shows none, has allowed nothing. */
async function press(question: string, detail: string | undefined, ...buttons: string[]): Promise<string | undefined> {
  return vscode.window.showWarningMessage(question, { modal: true, ...(detail !== undefined && { detail }) }, ...buttons).then((button) => button, () => undefined);
}

const nameOf = ({ name }: Beside): string => plainText(name, 60) || t('no name');

function questionOf(images: number, name: string): string {
  return images === 1
    ? t('A program that calls itself “{0}” wants to make 1 image in this window: 1 paid request.', name)
    : t('A program that calls itself “{0}” wants to make {1} images in this window: {1} paid requests.', name, images);
}
