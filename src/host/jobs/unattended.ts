// Makes an image for code instead of a person: counted, asked about over the limit, refused in Restricted Mode.
import * as vscode from 'vscode';
import { imagePath } from '../../history/folderNames.ts';
import type { Asker } from '../../jobs/job.ts';
import type { Recipe } from '../../prompt/recipe.ts';
import { Failure } from '../../request/failures/failure.ts';
import type { ImageType } from '../../image/imageInfo.ts';
import type { Connections } from '../connection/connections.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import { readGenerateArguments } from '../prompt/generateArguments.ts';
import type { Permission } from './permission.ts';
import type { StartJobs } from './startJobs.ts';
import type { Log } from '../window/log.ts';
import { RefusalToCaller } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';

const t = vscode.l10n.t;

const ASKER: Asker = { kind: 'extension' };

/** What the command with arguments resolves to; `uri` is the file in the history. */
export interface GeneratedImage {
  id: string;
  uri: vscode.Uri;
  type: ImageType;
  widthPx: number;
  heightPx: number;
  recipe: Recipe;
}

export interface UnattendedParts {
  startJobs: StartJobs;
  permission: Permission;
  connections: Connections;
  reports: FailureReports;
  uriOf: (path: string) => vscode.Uri;
  log: Log;
}

/** @throws RefusalToCaller with the sentence that a person would have read. */
export async function generateUnattended(args: unknown, parts: UnattendedParts): Promise<GeneratedImage> {
  try {
    return await generateFor(args, parts);
  } catch (error) {
    if (error instanceof RefusalToCaller) throw error;
    parts.log.error('An image that was asked for unattended could not be made', error);
    throw new RefusalToCaller(parts.reports.unknownSentence());
  }
}

async function generateFor(args: unknown, parts: UnattendedParts): Promise<GeneratedImage> {
  if (!vscode.workspace.isTrusted) throw new RefusalToCaller(restrictedSentence());
  const wish = readGenerateArguments(args);
  if (typeof wish === 'string') throw new RefusalToCaller(wish);
  const problem = await parts.connections.problem();
  if (problem) throw new RefusalToCaller(parts.reports.sentence(problem));
  if (!(await parts.permission.take(1, ASKER))) throw new RefusalToCaller(limitSentence());
  const [job] = parts.startJobs.start(parts.startJobs.requestFor(wish, 'code'), { source: 'code', askedBy: ASKER });
  const state = await job?.ended;
  if (state?.phase === 'kept' && state.images[0]) {
    const { id, file, recipe } = state.images[0];
    return { id, uri: parts.uriOf(imagePath(state.images[0])), type: file.type, widthPx: file.widthPx, heightPx: file.heightPx, recipe };
  }
  if (state?.phase === 'failed') {
    if (job?.posts === 0) parts.permission.giveBack(1, ASKER);
    throw new RefusalToCaller(parts.reports.sentence(state.failure));
  }
  if (state?.phase === 'cancelled') {
    if (job?.posts === 0) parts.permission.giveBack(1, ASKER);
    throw new RefusalToCaller(cancelledSentence(state.billed, state.paidNotDownloaded));
  }
  throw new RefusalToCaller(parts.reports.sentence(new Failure('noImageInAnswer')));
}

export function restrictedSentence(): string {
  return t('This workspace is in Restricted Mode, so nothing is generated without a person asking. Trust the workspace first.');
}

export function limitSentence(): string {
  return t('The limit of {0} unattended images in this window is reached, and no more were allowed.', readSetting('unattendedImages'));
}
