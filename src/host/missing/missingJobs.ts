// Makes the images that documents ask for, with one progress for all.
import * as vscode from 'vscode';
import type { Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { Draft } from '../window/draft.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import type { MissingImage } from './missingImages.ts';
import { placeImage, type PlaceImageParts } from './placeImage.ts';

const t = vscode.l10n.t;

export interface MissingJobsParts extends PlaceImageParts {
  startJobs: StartJobs;
  queue: JobQueue;
  reports: FailureReports;
  draft: Draft;
}

/** Runs one job for each image; what succeeded stays, what failed is told. */
export async function generateMissingImages(images: readonly MissingImage[], parts: MissingJobsParts): Promise<void> {
  const { promptExtend, watermark } = parts.draft.value;
  const jobs = images.flatMap((image) => {
    const request = parts.startJobs.requestFor({ prompt: image.prompt, size: image.size, promptExtend, watermark }, 'document');
    return parts.startJobs.start(request, { source: 'document' }).map((job) => ({ image, job }));
  });
  const problems: string[] = [];
  let written = 0;
  // One after the other: each finds the links in the text that the last one left.
  let turn: Promise<unknown> = Promise.resolve();
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: t('Generating missing images'), cancellable: true }, async (progress, token) => {
    const report = (): void => progress.report({ message: t('{0} of {1}', written + problems.length, jobs.length), increment: 100 / jobs.length });
    progress.report({ message: t('{0} of {1}', 0, jobs.length) });
    token.onCancellationRequested(() => {
      for (const { job } of jobs) parts.queue.cancel(job.id);
    });
    await Promise.all(jobs.map(async ({ image, job }) => {
      await job.ended;
      const mine = turn.then(() => finish(image, job, parts));
      turn = mine;
      const problem = await mine;
      if (problem === undefined) written++;
      else problems.push(`“${plainText(image.prompt, 40)}”: ${problem}`);
      report();
    }));
  });
  if (problems.length === 0) void vscode.window.showInformationMessage(written === 1 ? t('The image is in its place.') : t('All {0} images are in their places.', written));
  else void vscode.window.showWarningMessage(plainText(t('{0} of {1} images are in their places. {2}', written, jobs.length, problems.join(' ')), 1500));
}

/** Undefined when the image is in its place; else the sentence that says why not. Never rejects. */
async function finish(image: MissingImage, job: Job, parts: MissingJobsParts): Promise<string | undefined> {
  const state = await job.ended;
  if (state.phase === 'failed') return parts.reports.sentence(state.failure);
  const [record] = state.phase === 'kept' ? state.images : [];
  if (!record) return t('Cancelled.');
  try {
    await placeImage(image, record, parts);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    return t('It could not be written: {0} The image stays in the history.', plainText(error instanceof Error ? error.message : String(error)));
  }
}
