// Does what the page asks for; every intent ends in a changed state, which is pushed back whole.
import * as vscode from 'vscode';
import type { History } from '../../history/history.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { requestOf } from '../../prompt/recipe.ts';
import type { Intent } from '../../protocol/intent.ts';
import type { Pixels } from '../platform.ts';
import { offerPrompt } from '../prompt/promptFromImage.ts';
import { describePromptProblem } from '../prompt/promptProblem.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { ImageActions } from '../insert/imageActions.ts';
import type { InsertAs } from '../insert/insertAs.ts';
import type { JobActions } from '../jobs/jobActions.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import { chooseService } from '../connection/chooseService.ts';
import { ensureSetUp, setUp } from '../connection/setUp.ts';
import type { SetUpParts } from '../connection/setUpParts.ts';
import type { Draft } from '../window/draft.ts';
import type { WindowState } from '../window/windowState.ts';
import type { PasteOffer } from '../insert/pasteOffer.ts';
import { writeMark } from '../insert/pasteMark.ts';
import { fullId } from '../window/ids.ts';
import { Refusal } from '../window/refusal.ts';
import type { Thumbnails } from '../history/thumbnails.ts';

const t = vscode.l10n.t;

export interface PanelIntentsParts {
  draft: Draft;
  state: WindowState;
  queue: JobQueue;
  startJobs: StartJobs;
  jobActions: JobActions;
  images: ImageActions;
  pasteOffer: PasteOffer;
  insertAs: InsertAs;
  history: History;
  kept: KeptImages;
  thumbnails: Thumbnails;
  pixels: Pixels;
  setUpParts: SetUpParts;
}

export class PanelIntents {
  readonly #parts: PanelIntentsParts;
  readonly #once = new OncePerIntent();

  constructor(parts: PanelIntentsParts) {
    this.#parts = parts;
  }

  /** @throws what the error boundary shows */
  async run(intent: Intent): Promise<void> {
    const { draft, state, queue, images, insertAs, jobActions, setUpParts } = this.#parts;
    if ('intentId' in intent && !this.#once.isNew(intent.intentId)) return;
    switch (intent.type) {
      case 'ready': return undefined;
      case 'draft': return draft.take(intent.revision, intent.value);
      case 'extras': return draft.takeExtras(intent.taken);
      case 'generate': return this.#generate(intent);
      case 'cancel': return queue.cancel(intent.jobId);
      case 'cancelAll': return queue.cancelAll();
      case 'dismiss': return this.#dismiss(intent.jobId);
      case 'jobAction': return jobActions.runNamed(intent.action, [intent.jobId, ...(intent.alsoJobIds ?? [])]);
      case 'noticeAction': return this.#noticeAction(intent.noticeId, intent.action);
      case 'imageFile': return offerPrompt(intent.name, intent.bytes, this.#parts);
      case 'setUp': return void (await setUp(setUpParts));
      case 'chooseService': return chooseService(setUpParts);
      case 'openSettings': return void (await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:open-image-tools.generate-image'));
      case 'openHistoryFolder': return void (await vscode.commands.executeCommand(fullId('openHistoryFolder')));
      case 'deleteUnstarred': return this.#deleteUnstarred();
      case 'show': return state.showImage(intent.imageId);
      case 'insert': return images.insert(intent.imageIds, insertAs.take(intent.as));
      case 'weigh': return insertAs.weigh(intent.imageId);
      case 'save': return images.save(intent.imageIds);
      case 'delete': return this.#delete(intent.imageIds);
      case 'copy': return this.#copy(intent.imageId);
      case 'copyPrompt': return this.#copyPrompt(intent.imageId);
      case 'copiedImage': return state.tell(intent.done ? t('Image copied.') : t('The image could not be put on the clipboard. Open it and copy it there.'));
      case 'usePrompt': return this.#usePrompt(intent.imageId, 'asked');
      case 'useRevisedPrompt': return this.#usePrompt(intent.imageId, 'revised');
      case 'makeAgain': return this.#makeAgain(intent.imageId);
      case 'star': return this.#star(intent.imageId, intent.starred);
      case 'openImage': return images.open(intent.imageId);
      case 'compare': return images.compare(intent.imageIds);
      case 'reveal': return images.reveal(intent.imageId);
      case 'history': {
        const { offset, count, query, starredOnly } = intent;
        return state.setRange({ offset, count, query, starredOnly });
      }
    }
  }

  async #generate({ revision, value }: Extract<Intent, { type: 'generate' }>): Promise<void> {
    const { draft, startJobs, setUpParts } = this.#parts;
    draft.take(revision, value);
    const problem = describePromptProblem(value.prompt);
    if (problem !== undefined) throw new Refusal(problem);
    if (!(await ensureSetUp(setUpParts))) return;
    const { count, ...wish } = value;
    startJobs.start(startJobs.requestFor(wish, 'person'), { source: 'person', count });
  }

  #dismiss(jobId: string): void {
    this.#parts.queue.dismiss(jobId);
    this.#parts.state.dropMember(jobId);
  }

  #noticeAction(noticeId: number, action: string): void {
    const { notice } = this.#parts.state;
    if (notice?.id !== noticeId) return;
    this.#parts.state.clearNotice(noticeId);
    notice.run(action);
  }

  async #usePrompt(imageId: string, which: 'asked' | 'revised'): Promise<void> {
    const [record] = await this.#parts.images.records([imageId]);
    if (!record) return;
    const { prompt, revisedPrompt, size, watermark, promptExtend } = record.recipe;
    this.#parts.draft.change({ prompt: which === 'revised' ? (revisedPrompt ?? prompt) : prompt, size, watermark, promptExtend });
  }

  /** Puts a short line on the clipboard that pasting turns into the same insertion. */
  async #copy(imageId: string): Promise<void> {
    await this.#parts.images.records([imageId]);
    await vscode.env.clipboard.writeText(writeMark(imageId));
    this.#parts.pasteOffer.copied();
    this.#parts.state.tell(t('Copied. Paste it into a document.'));
  }

  async #copyPrompt(imageId: string): Promise<void> {
    const [record] = await this.#parts.images.records([imageId]);
    if (!record) return;
    await vscode.env.clipboard.writeText(record.recipe.prompt);
    this.#parts.state.tell(t('Prompt copied.'));
  }

  async #makeAgain(imageId: string): Promise<void> {
    const [record] = await this.#parts.images.records([imageId]);
    const { startJobs, setUpParts } = this.#parts;
    if (record && record.recipe.prompt === '') throw new Refusal(t('The recipe of this image is missing or could not be read, so it cannot be made again.'));
    if (record && (await ensureSetUp(setUpParts))) startJobs.start(requestOf(record.recipe), { source: 'person' });
  }

  async #star(imageId: string, starred: boolean): Promise<void> {
    await this.#parts.history.star(imageId, starred);
    this.#parts.kept.refresh();
  }

  async #delete(imageIds: readonly string[]): Promise<void> {
    const { history, kept, state, thumbnails } = this.#parts;
    // A disk that gives up halfway has put some there: these must not be out of reach.
    const moved = await history.moveToTrash(imageIds).catch(() => undefined);
    const deleted = moved ?? imageIds;
    await thumbnails.remove(deleted);
    if (state.currentImageId !== undefined && deleted.includes(state.currentImageId)) state.showImage(undefined);
    kept.refresh();
    if (deleted.length === 0) return;
    this.#offerUndo(!moved ? t('Not everything could be deleted. What was can be taken back.') : deleted.length === 1 ? t('Image deleted.') : t('{0} images deleted.', deleted.length), deleted);
  }

  #offerUndo(text: string, deleted: readonly string[]): void {
    this.#parts.state.tell(text, [{ id: 'undo', label: t('Undo') }], () => void this.#undo(deleted));
  }

  /** Never rejects: what could not be taken back is told, and offered again. */
  async #undo(deleted: readonly string[]): Promise<void> {
    const { history, kept, state } = this.#parts;
    const restored = await history.restore(deleted).catch(() => undefined);
    kept.refresh();
    const [first] = deleted;
    if (restored === undefined) this.#offerUndo(t('Not everything could be taken back. It is kept; try again in a moment.'), deleted);
    else if (restored.length === 0) state.tell(t('The deleted images are gone for good.'));
    else if (deleted.length === 1) state.showImage(first);
  }

  async #deleteUnstarred(): Promise<void> {
    const { kept } = this.#parts;
    const unstarred = await kept.unstarredIds();
    if (unstarred.length === 0) return this.#parts.state.tell(t('There is no image without a star.'));
    const go = t('Delete {0} images', unstarred.length);
    const choice = await vscode.window.showWarningMessage(t('Delete every image without a star from the history? Files in your workspace stay.'), { modal: true }, go);
    if (choice === go) await this.#delete(unstarred);
  }
}

/** Knows which presses were acted on: a held key or a double click is one intent. */
class OncePerIntent {
  readonly #seen = new Set<string>();

  isNew(intentId: string): boolean {
    if (this.#seen.has(intentId)) return false;
    // The page makes one id for each press; old ones cannot come again.
    if (this.#seen.size > 1000) this.#seen.clear();
    this.#seen.add(intentId);
    return true;
  }
}
