// Shows a failure as one notification whose buttons mend it.
import * as vscode from 'vscode';
import { Failure, type FailureAction } from '../../request/failures/failure.ts';
import type { Log } from '../window/log.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { describeFailure, labelOf } from './sentences.ts';

/** Does what a button of a failure says; `jobId` is there where the failure ended a job. */
export type ActionRunner = (action: FailureAction, failure: Failure, jobId?: string) => void;

export class FailureReports {
  readonly #runAction: ActionRunner;

  constructor(runAction: ActionRunner) {
    this.#runAction = runAction;
  }

  /** The sentence a person reads, as plain text. */
  sentence(failure: Failure): string {
    return plainText(describeFailure(failure), 700);
  }

  actions(failure: Failure): { id: FailureAction; label: string }[] {
    return failure.actions.map((id) => ({ id, label: labelOf(id) }));
  }

  /** Shows the failure; resolves nothing, a press of a button goes to the action runner. */
  show(failure: Failure, jobId?: string): void {
    const actions = this.actions(failure);
    void vscode.window.showErrorMessage(this.sentence(failure), ...actions.map(({ label }) => label)).then((label) => {
      const action = actions.find((candidate) => candidate.label === label);
      if (action) this.#runAction(action.id, failure, jobId);
    });
  }

  /** The error boundary's one way of showing: a cancel is silent, a known failure is one sentence, the rest is logged. */
  showError(error: unknown, log: Log): void {
    if (error instanceof vscode.CancellationError) return;
    if (error instanceof Failure) {
      if (error.reason !== 'cancelled') this.show(error);
    } else if (error instanceof Refusal) {
      void vscode.window.showErrorMessage(plainText(error.message, 700));
    } else {
      log.error('Something failed', error);
      this.showUnknown();
    }
  }

  unknownSentence(): string {
    return vscode.l10n.t('Something unexpected happened; nothing was lost. The log has the details.');
  }

  /** For what was not foreseen: the log has the rest. */
  showUnknown(): void {
    const showLog = labelOf('showLog');
    void vscode.window.showErrorMessage(this.unknownSentence(), showLog).then((label) => {
      if (label === showLog) void vscode.commands.executeCommand('generateImage.showLog');
    });
  }
}
