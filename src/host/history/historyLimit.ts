// Keeps the history below its limit: asks before the first time, then lets the oldest unstarred images go.
import * as vscode from 'vscode';
import type { History } from '../../history/history.ts';
import type { KeptImages } from './keptImages.ts';
import type { Thumbnails } from './thumbnails.ts';
import type { Memory } from '../window/memory.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;
const BYTES_PER_MB = 1_000_000;

export class HistoryLimit {
  readonly #history: History;
  readonly #view: KeptImages;
  readonly #thumbnails: Thumbnails;
  readonly #memory: Memory;
  #running = false;
  #declined = false;

  constructor(history: History, view: KeptImages, thumbnails: Thumbnails, memory: Memory) {
    this.#history = history;
    this.#view = view;
    this.#thumbnails = thumbnails;
    this.#memory = memory;
  }

  /** Called after an image was kept; does nothing while the history fits. */
  async enforce(): Promise<void> {
    const maxMB = readSetting('history.maxSizeMB');
    if (maxMB === 0 || this.#running || this.#declined) return;
    this.#running = true;
    try {
      const plan = await this.#history.planMaxSize(maxMB * BYTES_PER_MB);
      if (plan.ids.length === 0 || !(await this.#mayRemove(plan.ids.length, maxMB))) return;
      await this.#thumbnails.remove(await this.#history.dropImages(plan.ids));
      this.#view.refresh();
    } finally {
      this.#running = false;
    }
  }

  async #mayRemove(count: number, maxMB: number): Promise<boolean> {
    if (this.#memory.wasTold('historyLimit')) return true;
    const remove = t('Remove the oldest');
    const change = t('Change the limit');
    const choice = await vscode.window.showWarningMessage(
      t('The history is larger than {0} MB. May the oldest images without a star be removed from it, {1} now, and more as new ones come? Their recipes stay, and so do the files in your workspace.', maxMB, count),
      remove, change,
    );
    if (choice === remove) this.#memory.setTold('historyLimit');
    // Asked again in the next window, not at every image of this one.
    else this.#declined = true;
    if (choice === change) await vscode.commands.executeCommand('workbench.action.openSettings', 'generateImage.history.maxSizeMB');
    return choice === remove;
  }
}
