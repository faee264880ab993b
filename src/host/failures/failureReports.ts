// Shows a failure as one notification whose buttons mend it.
import * as vscode from 'vscode';
import { Failure, type FailureAction } from '../../request/failures/failure.ts';
import { fullId } from '../window/ids.ts';
import type { Log } from '../window/log.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { describeFailure as describeForLog } from '../../jobs/describeFailed.ts';
import { mend } from './mend.ts';
import { describeFailure, labelOf } from './sentences.ts';

export class FailureReports {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** The sentence a person reads, as plain text. */
  sentence(failure: Failure): string {
    return plainText(describeFailure(failure), 700);
  }

  actions(failure: Failure): { id: FailureAction; label: string }[] {
    return failure.actions.map((id) => ({ id, label: labelOf(id) }));
  }

  /** Shows the failure; resolves to the action whose button was pressed, once the notification is gone. */
  async show(failure: Failure): Promise<FailureAction | undefined> {
    const actions = this.actions(failure);
    const label = await vscode.window.showErrorMessage(this.sentence(failure), ...actions.map((action) => action.label));
    return actions.find((action) => action.label === label)?.id;
  }

  /** The error boundary's one way of showing: a cancel is silent, a known failure is one sentence, the rest is logged. */
  showError(error: unknown): void {
    if (error instanceof vscode.CancellationError) return;
    if (error instanceof Failure) {
      if (error.reason === 'cancelled') return;
      this.#log.warn(describeForLog(error));
      void this.#showAndMend(error);
    } else if (error instanceof Refusal) {
      void vscode.window.showErrorMessage(plainText(error.message, 700));
    } else {
      this.#log.error('Something failed', error);
      void this.#showUnknown();
    }
  }

  unknownSentence(): string {
    return vscode.l10n.t('Something unexpected happened; nothing was lost. The log has the details.');
  }

  async #showAndMend(failure: Failure): Promise<void> {
    const action = await this.show(failure);
    if (action) await mend(action, failure);
  }

  /** For what was not foreseen: the log has the rest. */
  async #showUnknown(): Promise<void> {
    const showLog = labelOf('showLog');
    if ((await vscode.window.showErrorMessage(this.unknownSentence(), showLog)) === showLog) await vscode.commands.executeCommand(fullId('showLog'));
  }
}
