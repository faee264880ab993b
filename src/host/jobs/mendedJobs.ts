// Tells of a failed job whether what made it fail has changed since: the key, the address, the model, or the service's mind.
import type * as vscode from 'vscode';
import type { Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { FailureReason } from '../../request/failures/failure.ts';
import type { KeyStore } from '../connection/keyStore.ts';
import { readSetting } from '../window/settings.ts';

/** What can mend a failure; `success`: a later request to the same service for the same model went through. */
type Cause = 'key' | 'endpoint' | 'model' | 'requestFields' | 'timeoutSeconds' | 'success';

/** Only what a change can mend; what a prompt did, or what is paid for, stays as it is told. */
const CAUSES: Partial<Record<FailureReason, readonly Cause[]>> = {
  keyMissing: ['key', 'endpoint', 'success'],
  keyRefused: ['key', 'endpoint', 'success'],
  accessDenied: ['key', 'endpoint', 'model', 'success'],
  quotaUsedUp: ['key', 'endpoint', 'success'],
  accountOverdue: ['key', 'endpoint', 'success'],
  fieldRefused: ['requestFields', 'endpoint', 'model'],
  requestRefused: ['requestFields', 'endpoint', 'model'],
  modelNotFound: ['endpoint', 'model', 'success'],
  wrongAddress: ['endpoint', 'success'],
  rateLimited: ['success'],
  serviceFailed: ['endpoint', 'success'],
  serviceBusy: ['endpoint', 'success'],
  unreachable: ['endpoint', 'success'],
  certificateRefused: ['endpoint', 'success'],
  redirectRefused: ['endpoint', 'success'],
  networkRefused: ['endpoint', 'success'],
  timedOut: ['timeoutSeconds', 'endpoint', 'success'],
  connectionLost: ['endpoint', 'success'],
  answerUnreadable: ['endpoint', 'model'],
  takenAsTask: ['endpoint', 'model'],
  fileOnServer: ['requestFields', 'endpoint'],
  noImageInAnswer: ['endpoint', 'model'],
};

export class MendedJobs implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[];
  /** What held when each job failed. */
  readonly #then = new WeakMap<Job['state'], Record<Cause, string>>();
  readonly #successes = new Map<string, number>();
  #keyChanges = 0;

  constructor(queue: JobQueue, keys: Pick<KeyStore, 'onDidChange'>) {
    this.#disposables = [
      { dispose: queue.onDidChange((job) => this.#note(job)) },
      keys.onDidChange(() => this.#keyChanges++),
    ];
  }

  isMended(job: Job): boolean {
    const { state } = job;
    if (state.phase !== 'failed' || state.paidNotDownloaded) return false;
    const then = this.#then.get(state);
    const now = this.#ground(job);
    return then !== undefined && (CAUSES[state.failure.reason] ?? []).some((cause) => then[cause] !== now[cause]);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #note(job: Job): void {
    const { state } = job;
    if (state.phase === 'kept') this.#successes.set(job.request.model, this.#successesOf(job) + 1);
    else if (state.phase === 'failed' && !this.#then.has(state)) this.#then.set(state, this.#ground(job));
  }

  /** Of its model: one that was never sent counts with all of them. */
  #successesOf(job: Job): number {
    return this.#successes.get(job.request.model) ?? 0;
  }

  #ground(job: Job): Record<Cause, string> {
    return {
      key: String(this.#keyChanges),
      endpoint: readSetting('endpoint'),
      model: readSetting('model'),
      requestFields: JSON.stringify(readSetting('requestFields')),
      timeoutSeconds: String(readSetting('timeoutSeconds')),
      success: String(this.#successesOf(job)),
    };
  }
}
