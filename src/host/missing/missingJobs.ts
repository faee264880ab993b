// Makes the pictures that a document asks for, and writes each to the path that its link names.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import type { Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { Generator } from '../jobs/generator.ts';
import type { ImageFiles } from '../history/imageFile.ts';
import { placeOf } from '../insert/documentPlace.ts';
import { refuseUnwritable, statOf } from '../insert/imageTarget.ts';
import type { MissingPicture } from './missingPictures.ts';
import type { PanelState } from '../window/windowState.ts';
import type { Pixels } from '../../node/pixels.ts';
import { refuseReadOnly } from '../insert/readOnly.ts';
import { Refusal } from '../window/refusal.ts';
import { plainText } from '../window/plainText.ts';

const t = vscode.l10n.t;

export interface MissingJobsParts {
  generator: Generator;
  queue: JobQueue;
  files: ImageFiles;
  pixels: Pixels;
  reports: FailureReports;
  state: PanelState;
}

/** Runs one job for each picture with one progress for all; what succeeded stays, what failed is told. */
export async function generateMissingPictures(pictures: readonly MissingPicture[], document: vscode.TextDocument, parts: MissingJobsParts): Promise<void> {
  const { promptExtend, watermark } = parts.state.draft.value;
  const jobs = pictures.map((picture) => ({
    picture,
    job: parts.generator.start(parts.generator.requestFor({ prompt: picture.prompt, size: picture.size, promptExtend, watermark }, 'person'), 'person', 'document'),
  }));
  const problems: string[] = [];
  let written = 0;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: t('Generating missing pictures'), cancellable: true }, async (progress, token) => {
    const report = (): void => progress.report({ message: t('{0} of {1}', written + problems.length, jobs.length), increment: 100 / jobs.length });
    progress.report({ message: t('{0} of {1}', 0, jobs.length) });
    token.onCancellationRequested(() => {
      for (const { job } of jobs) parts.queue.cancel(job.id);
    });
    await Promise.all(jobs.map(async ({ picture, job }) => {
      const problem = await finish(picture, job, document, parts);
      if (problem === undefined) written++;
      else problems.push(`“${plainText(picture.prompt, 40)}”: ${problem}`);
      report();
    }));
  });
  if (problems.length === 0) void vscode.window.showInformationMessage(written === 1 ? t('The picture is in its place.') : t('All {0} pictures are in their places.', written));
  else void vscode.window.showWarningMessage(plainText(t('{0} of {1} pictures are in their places. {2}', written, jobs.length, problems.join(' ')), 1500));
}

/** Undefined when the picture is in its place; else the sentence that says why not. */
async function finish(picture: MissingPicture, job: Job, document: vscode.TextDocument, { files, pixels, reports }: MissingJobsParts): Promise<string | undefined> {
  const state = await job.ended;
  if (state.phase === 'failed') return reports.sentence(state.failure);
  const [record] = state.phase === 'kept' ? state.images : [];
  if (!record) return t('Cancelled.');
  try {
    await write(picture, record, document, files, pixels);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    return t('It could not be written: {0} The picture stays in the history.', plainText(error instanceof Error ? error.message : String(error)));
  }
}

async function write(picture: MissingPicture, record: ImageRecord, document: vscode.TextDocument, files: ImageFiles, pixels: Pixels): Promise<void> {
  const place = placeOf(document);
  if (place) await refuseUnwritable(place.rootUri, picture.uri.path);
  if (place && picture.pathEdit) await refuseReadOnly(document, place);
  const bytes = await bytesFor(picture, record, document, files, pixels);
  // The file may have appeared while the picture was made: it is somebody's, and stays.
  if (await statOf(picture.uri)) throw new Refusal(t('{0} exists by now, so it was left alone. The picture stays in the history.', plainText(picture.uri.path)));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(picture.uri, { contents: bytes });
  if (picture.pathEdit) edit.set(document.uri, [picture.pathEdit]);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Refusal(t('VS Code could not write {0}. The picture stays in the history.', plainText(picture.uri.path)));
}

/** The bytes in the format that the link's ending promises. */
async function bytesFor(picture: MissingPicture, record: ImageRecord, document: vscode.TextDocument, files: ImageFiles, pixels: Pixels): Promise<Uint8Array> {
  const bytes = await files.bytesForFile(record, document);
  if (record.file.type === picture.format) return bytes;
  if (picture.format === 'jpeg') {
    const jpeg = await pixels.jpeg(bytes);
    if (jpeg) return jpeg.jpeg;
  }
  throw new Refusal(t('The service sent {0}, which does not fit the ending of {1}. The picture stays in the history.', record.file.type.toUpperCase(), plainText(picture.uri.path)));
}
