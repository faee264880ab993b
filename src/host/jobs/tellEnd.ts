// Tells a person how a job of theirs ended, unless the panel shows it already.
import * as vscode from 'vscode';
import type { Job } from '../../jobs/job.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { ImageActions } from '../insert/imageActions.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting, writeSetting } from '../window/settings.ts';
import type { JobActions } from './jobActions.ts';
import type { ShownPanel } from './startJobs.ts';

const t = vscode.l10n.t;

export interface TellParts {
  panel: ShownPanel;
  reports: FailureReports;
  images: ImageActions;
  jobActions: JobActions;
}

/** Shows one notification, and does what its button says. Never rejects. */
export async function tellEnd(job: Job, parts: TellParts): Promise<void> {
  const { state, request } = job;
  if (parts.panel.isVisible) return;
  try {
    if (state.phase === 'kept') {
      const [image] = state.images;
      if (image && readSetting('notifications')) await offer(image.id, request.prompt, parts.images);
    } else if (state.phase === 'failed') {
      const action = await parts.reports.show(state.failure);
      if (action) await parts.jobActions.run(action, state.failure, job.id);
    } else if (state.phase === 'cancelled' && state.billed !== 'no') {
      void vscode.window.showInformationMessage(cancelledSentence(state.billed, state.paidNotDownloaded));
    }
  } catch (error) {
    parts.reports.showError(error);
  }
}

async function offer(imageId: string, prompt: string, images: ImageActions): Promise<void> {
  const insert = t('Insert');
  const save = t('Save');
  const never = t('Don’t show again');
  const choice = await vscode.window.showInformationMessage(t('The image of “{0}” is ready.', plainText(prompt, 80)), insert, save, never);
  if (choice === insert) await images.insert([imageId]);
  else if (choice === save) await images.save([imageId]);
  else if (choice === never) await writeSetting('notifications', false);
}
