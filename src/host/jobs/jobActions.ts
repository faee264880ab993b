// Does what the buttons of a failure say.
import * as vscode from 'vscode';
import { extensionOf, readImageInfo } from '../../image/imageInfo.ts';
import { slugOf } from '../../insert/slug.ts';
import type { Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import type { Failure, FailureAction, FailureReason } from '../../request/failures/failure.ts';
import { mend } from '../failures/mend.ts';
import type { StartJobs } from './startJobs.ts';
import { usualFolder } from '../window/folders.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

const ACTIONS: readonly FailureAction[] = ['setApiKey', 'setUp', 'openSettings', 'leaveFieldOut', 'useAddress', 'askForBase64', 'downloadAgain', 'copyAddress', 'generateAgain', 'saveAs', 'showLog'];

/** What mends a setting is done once; these are done for every job. */
const OF_EACH_JOB: readonly FailureAction[] = ['leaveFieldOut', 'useAddress', 'downloadAgain', 'generateAgain', 'saveAs'];
/** What these complain of stands in the settings, and may have been mended there. */
const BY_SETTINGS: readonly FailureReason[] = ['modelNotFound', 'accessDenied', 'fieldRefused', 'requestRefused', 'fileOnServer', 'takenAsTask', 'answerUnreadable', 'noImageInAnswer'];

export interface JobActionsParts {
  queue: JobQueue;
  startJobs: StartJobs;
  homeFolder: string;
}

export class JobActions {
  readonly #parts: JobActionsParts;

  constructor(parts: JobActionsParts) {
    this.#parts = parts;
  }

  /** The page's word for an action, for all jobs that failed alike; an unknown one does nothing. */
  async runNamed(name: string, jobIds: readonly string[]): Promise<void> {
    const action = ACTIONS.find((candidate) => candidate === name);
    const jobs = jobIds.flatMap((jobId) => this.#parts.queue.job(jobId) ?? []);
    if (!action) return;
    // One text for all: each on its own would put the one before off the clipboard.
    if (action === 'copyAddress') return copyAddresses(jobs.flatMap(({ id }) => this.#parts.queue.addressesOf(id)));
    const isOfEach = OF_EACH_JOB.includes(action);
    for (const job of isOfEach ? jobs : jobs.slice(0, 1)) await this.run(action, job.state.phase === 'failed' ? job.state.failure : undefined, job.id);
  }

  async run(action: FailureAction, failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    const { queue } = this.#parts;
    const job = jobId === undefined ? undefined : queue.job(jobId);
    switch (action) {
      case 'leaveFieldOut': return this.#leaveFieldOut(failure, jobId);
      case 'useAddress': return this.#useAddress(failure, jobId);
      case 'downloadAgain': {
        if (job) queue.downloadAgain(job.id);
        return;
      }
      case 'copyAddress': return copyAddresses(jobId === undefined ? [] : queue.addressesOf(jobId));
      case 'generateAgain': {
        if (job) this.#startAgain(job, requestAsSetNow(job, failure));
        return;
      }
      case 'saveAs': return this.#saveAs(failure, jobId);
      default: return mend(action, failure);
    }
  }

  /** Sets `requestFields` so that the refused field is not sent, and asks again: nothing was charged. */
  async #leaveFieldOut(failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    const field = failure?.facts.field;
    if (field === undefined) return;
    const fields = { ...readSetting('requestFields') };
    if (['model', 'prompt', 'size', 'n', 'watermark', 'prompt_extend'].includes(field)) fields[field] = null;
    else delete fields[field];
    await writeSetting('requestFields', fields);
    const job = jobId === undefined ? undefined : this.#parts.queue.job(jobId);
    if (job) this.#startAgain(job, { ...job.request, fields });
  }

  /** In the place of a job that ended, for what that one was made for. */
  #startAgain(job: Job, request: ImageRequest): void {
    this.#parts.startJobs.start(request, { source: 'person', place: job.id, insteadOf: job });
    this.#parts.queue.dismiss(job.id);
  }

  /** A redirect is no work, so nothing was charged. */
  async #useAddress(failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    await mend('useAddress', failure);
    const job = jobId === undefined ? undefined : this.#parts.queue.job(jobId);
    if (job) this.#startAgain(job, job.request);
  }

  async #saveAs(failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    const unkept = jobId === undefined ? [] : this.#parts.queue.unkeptBytes(jobId);
    const all = unkept.length > 0 ? unkept : failure?.facts.bytes ? [failure.facts.bytes] : [];
    const name = slugOf(jobId === undefined ? '' : (this.#parts.queue.job(jobId)?.request.prompt ?? ''));
    for (const bytes of all) {
      const target = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Save as is'), defaultUri: suggestUri(name, bytes, this.#parts.homeFolder) });
      if (!target) return;
      await vscode.workspace.fs.writeFile(target, bytes);
    }
  }
}

/** The same request, with the model and the fields of the settings if it was those that were refused. */
function requestAsSetNow({ request }: Job, failure: Failure | undefined): ImageRequest {
  if (!failure || !BY_SETTINGS.includes(failure.reason)) return request;
  return { ...request, model: readSetting('model'), fields: readSetting('requestFields') };
}

/** To the clipboard only: a link to a paid image is shown in no page, message or log. */
async function copyAddresses(addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return;
  await vscode.env.clipboard.writeText(addresses.join('\n'));
  void vscode.window.showInformationMessage(vscode.l10n.t('The address is on the clipboard. Whoever has it can fetch the image while it lives.'));
}

/** A name for bytes that may be no image at all. */
function suggestUri(name: string, bytes: Uint8Array, homeFolder: string): vscode.Uri {
  const info = readImageInfo(bytes);
  return vscode.Uri.joinPath(usualFolder(homeFolder), `${name}.${info ? extensionOf(info.type) : 'bin'}`);
}
