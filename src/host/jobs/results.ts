// Tells how a job ended: in the panel where that is visible, else by one notification.
import * as vscode from 'vscode';
import type { Job } from '../../jobs/job.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { Log } from '../window/log.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting, writeSetting } from '../window/settings.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';

const t = vscode.l10n.t;

/** As much of the panel as jobs need to know: they come before it. */
export interface ResultsPanel {
  readonly isVisible: boolean;
  /** Shows it without taking the focus. */
  reveal(): Promise<void>;
}

export interface ResultsParts {
  panel: ResultsPanel;
  reports: FailureReports;
  insert: (imageId: string) => Promise<void>;
  save: (imageId: string) => Promise<void>;
  log: Log;
}

/** Waits for a job that a person started and tells the end once, unless the panel shows it already. */
export async function tellResult(job: Job, parts: ResultsParts): Promise<void> {
  const state = await job.ended;
  if (state.phase === 'kept') {
    const [image] = state.images;
    if (image && !parts.panel.isVisible && readSetting('notifications')) await offer(image.id, job.request.prompt, parts);
  } else if (state.phase === 'failed') {
    if (!parts.panel.isVisible) parts.reports.show(state.failure, job.id);
  } else if (state.phase === 'cancelled' && state.billed !== 'no' && !parts.panel.isVisible) {
    void vscode.window.showInformationMessage(cancelledSentence(state.billed, state.paidNotDownloaded));
  }
}

async function offer(imageId: string, prompt: string, parts: ResultsParts): Promise<void> {
  const insert = t('Insert');
  const save = t('Save');
  const never = t('Don’t show again');
  const choice = await vscode.window.showInformationMessage(t('The image of “{0}” is ready.', plainText(prompt, 80)), insert, save, never);
  try {
    if (choice === insert) await parts.insert(imageId);
    else if (choice === save) await parts.save(imageId);
    else if (choice === never) await writeSetting('notifications', false);
  } catch (error) {
    parts.reports.showError(error, parts.log);
  }
}
