// Makes the images that a document asks for, and writes each to the path that its link names.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import type { Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { ImageFiles } from '../history/imageFiles.ts';
import { homeOf } from '../insert/documentHome.ts';
import { refuseUnwritable, statOf } from '../insert/imageTarget.ts';
import type { MissingImage } from './missingImages.ts';
import type { Draft } from '../window/draft.ts';
import { refuseReadOnly } from '../insert/readOnly.ts';
import { Refusal } from '../window/refusal.ts';
import { plainText } from '../window/plainText.ts';

const t = vscode.l10n.t;

export interface MissingJobsParts {
  startJobs: StartJobs;
  queue: JobQueue;
  files: ImageFiles;
  reports: FailureReports;
  draft: Draft;
}

/** Runs one job for each image with one progress for all; what succeeded stays, what failed is told. */
export async function generateMissingImages(images: readonly MissingImage[], document: vscode.TextDocument, parts: MissingJobsParts): Promise<void> {
  const { promptExtend, watermark } = parts.draft.value;
  const jobs = images.flatMap((image) => {
    const request = parts.startJobs.requestFor({ prompt: image.prompt, size: image.size, promptExtend, watermark }, 'document');
    return parts.startJobs.start(request, { source: 'document' }).map((job) => ({ image, job }));
  });
  const problems: string[] = [];
  let written = 0;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: t('Generating missing images'), cancellable: true }, async (progress, token) => {
    const report = (): void => progress.report({ message: t('{0} of {1}', written + problems.length, jobs.length), increment: 100 / jobs.length });
    progress.report({ message: t('{0} of {1}', 0, jobs.length) });
    token.onCancellationRequested(() => {
      for (const { job } of jobs) parts.queue.cancel(job.id);
    });
    await Promise.all(jobs.map(async ({ image, job }) => {
      const problem = await finish(image, job, document, parts);
      if (problem === undefined) written++;
      else problems.push(`“${plainText(image.prompt, 40)}”: ${problem}`);
      report();
    }));
  });
  if (problems.length === 0) void vscode.window.showInformationMessage(written === 1 ? t('The image is in its place.') : t('All {0} images are in their places.', written));
  else void vscode.window.showWarningMessage(plainText(t('{0} of {1} images are in their places. {2}', written, jobs.length, problems.join(' ')), 1500));
}

/** Undefined when the image is in its place; else the sentence that says why not. */
async function finish(image: MissingImage, job: Job, document: vscode.TextDocument, { files, reports }: MissingJobsParts): Promise<string | undefined> {
  const state = await job.ended;
  if (state.phase === 'failed') return reports.sentence(state.failure);
  const [record] = state.phase === 'kept' ? state.images : [];
  if (!record) return t('Cancelled.');
  try {
    await write(image, record, document, files);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    return t('It could not be written: {0} The image stays in the history.', plainText(error instanceof Error ? error.message : String(error)));
  }
}

async function write(image: MissingImage, record: ImageRecord, document: vscode.TextDocument, files: ImageFiles): Promise<void> {
  const home = homeOf(document);
  if (home) await refuseUnwritable(home.rootUri, image.uri.path);
  if (home && image.pathEdit) await refuseReadOnly(document, home);
  const bytes = await bytesFor(image, record, document, files);
  // The file may have appeared while the image was made: it is somebody's, and stays.
  if (await statOf(image.uri)) throw new Refusal(t('{0} exists by now, so it was left alone. The image stays in the history.', plainText(image.uri.path)));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(image.uri, { contents: bytes });
  if (image.pathEdit) edit.set(document.uri, [image.pathEdit]);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Refusal(t('VS Code could not write {0}. The image stays in the history.', plainText(image.uri.path)));
}

/** The bytes in the format that the link's ending promises. */
async function bytesFor(image: MissingImage, record: ImageRecord, document: vscode.TextDocument, files: ImageFiles): Promise<Uint8Array> {
  const file = await files.prepare({ record, scope: document, languageId: document.languageId, ending: image.format });
  if (file.type === image.format) return file.bytes;
  throw new Refusal(t('The service sent {0}, which does not fit the ending of {1}. The image stays in the history.', record.file.type.toUpperCase(), plainText(image.uri.path)));
}
