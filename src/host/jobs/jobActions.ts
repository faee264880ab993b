// Does what the buttons of a failure say.
import * as vscode from 'vscode';
import { extensionOf, readImageInfo } from '../../image/imageInfo.ts';
import { slugOf } from '../../insert/slug.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { Failure, FailureAction } from '../../request/failures/failure.ts';
import { fullId } from '../window/ids.ts';
import type { PersonJobs } from './personJobs.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

const ACTIONS: readonly FailureAction[] = ['setApiKey', 'setUp', 'openSettings', 'leaveFieldOut', 'useAddress', 'askForBase64', 'downloadAgain', 'generateAgain', 'saveAs', 'showLog'];

export interface JobActionsParts {
  queue: JobQueue;
  jobs: () => PersonJobs;
}

export class JobActions {
  readonly #parts: JobActionsParts;

  constructor(parts: JobActionsParts) {
    this.#parts = parts;
  }

  /** The page's word for an action; an unknown one does nothing. */
  async runNamed(name: string, jobId: string): Promise<void> {
    const action = ACTIONS.find((candidate) => candidate === name);
    const job = this.#parts.queue.job(jobId);
    if (!action || !job) return;
    await this.run(action, job.state.phase === 'failed' ? job.state.failure : undefined, jobId);
  }

  async run(action: FailureAction, failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    const { queue } = this.#parts;
    const job = jobId === undefined ? undefined : queue.job(jobId);
    switch (action) {
      case 'setApiKey': return void (await vscode.commands.executeCommand(fullId('setApiKey')));
      case 'setUp': return void (await vscode.commands.executeCommand(fullId('setUp')));
      case 'showLog': return void (await vscode.commands.executeCommand(fullId('showLog')));
      case 'openSettings': return void (await vscode.commands.executeCommand('workbench.action.openSettings', settingFor(failure)));
      case 'leaveFieldOut': return this.#leaveFieldOut(failure, jobId);
      case 'useAddress': return this.#useAddress(failure, jobId);
      case 'askForBase64': return this.#askForBase64();
      case 'downloadAgain': {
        if (job && queue.downloadAgain(job.id)) this.#parts.jobs().tellAgain(job);
        return;
      }
      case 'generateAgain': {
        if (!job) return;
        queue.dismiss(job.id);
        return this.#parts.jobs().startRequest(job.request);
      }
      case 'saveAs': return this.#saveAs(failure, jobId);
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
    if (!job) return;
    this.#parts.queue.dismiss(job.id);
    await this.#parts.jobs().startRequest({ ...job.request, fields });
  }

  /** Sets the address that a redirect named, and asks again: a redirect is no work, so nothing was charged. */
  async #useAddress(failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    const address = failure?.facts.address;
    if (address === undefined) return;
    await writeSetting('endpoint', address);
    const job = jobId === undefined ? undefined : this.#parts.queue.job(jobId);
    if (!job) return;
    this.#parts.queue.dismiss(job.id);
    await this.#parts.jobs().startRequest(job.request);
  }

  /** Only sets it: the image that the server kept for itself may be paid for, so another one is for the person to ask. */
  async #askForBase64(): Promise<void> {
    await writeSetting('requestFields', { ...readSetting('requestFields'), response_format: 'b64_json' });
    void vscode.window.showInformationMessage(vscode.l10n.t('The next images are asked for with “response_format”: “b64_json”.'));
  }

  async #saveAs(failure: Failure | undefined, jobId: string | undefined): Promise<void> {
    const unkept = jobId === undefined ? [] : this.#parts.queue.unkeptBytes(jobId);
    const all = unkept.length > 0 ? unkept : failure?.facts.bytes ? [failure.facts.bytes] : [];
    const name = slugOf(jobId === undefined ? '' : (this.#parts.queue.job(jobId)?.request.prompt ?? ''));
    for (const bytes of all) {
      const target = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Save as is'), defaultUri: suggestUri(name, bytes) });
      if (!target) return;
      await vscode.workspace.fs.writeFile(target, bytes);
    }
  }
}

/** A name for bytes that may be no image at all, in the workspace where there is one. */
function suggestUri(name: string, bytes: Uint8Array): vscode.Uri {
  const info = readImageInfo(bytes);
  const fileName = `${name}.${info ? extensionOf(info.type) : 'bin'}`;
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder ? vscode.Uri.joinPath(folder.uri, fileName) : vscode.Uri.file(fileName);
}

/** The search in the settings editor that shows the setting which mends the failure. */
function settingFor(failure: Failure | undefined): string {
  switch (failure?.reason) {
    case 'modelNotFound': case 'accessDenied': return 'generateImage.model';
    case 'networkRefused': return 'http.proxy';
    case 'timedOut': return 'generateImage.timeoutSeconds';
    case 'requestRefused': return 'generateImage';
    default: return 'generateImage.endpoint';
  }
}
