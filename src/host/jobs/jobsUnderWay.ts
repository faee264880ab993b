// Shows jobs under way: a cancellable notification for those a command started, and one status-bar item for all.
import * as vscode from 'vscode';
import type { Estimates } from '../../jobs/estimate.ts';
import { isEnded, type Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { roundDuration } from '../../protocol/roundDuration.ts';
import { fullId } from '../window/ids.ts';
import { plainText } from '../window/plainText.ts';
import { expectTime, type ExpectedTime } from './expectedTime.ts';

const t = vscode.l10n.t;
const TICK_MS = 1000;

export class JobsUnderWay implements vscode.Disposable {
  readonly #queue: JobQueue;
  readonly #estimates: Estimates;
  readonly #item: vscode.StatusBarItem;
  readonly #stopListening: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(queue: JobQueue, estimates: Estimates) {
    this.#queue = queue;
    this.#estimates = estimates;
    this.#item = vscode.window.createStatusBarItem('generateImage.jobs', vscode.StatusBarAlignment.Left);
    this.#item.name = t('Generate Image');
    this.#item.command = fullId('openPanel');
    this.#stopListening = queue.onDidChange(() => this.#update());
  }

  /** Shows one job as a notification until it ends; Cancel there cancels it. */
  show(job: Job): void {
    const title = t('Generating “{0}”', plainText(job.request.prompt, 60));
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      const startMs = performance.now();
      const report = (): void => progress.report({ message: describeState(job, performance.now() - startMs, this.#expected(job)) });
      const timer = setInterval(report, TICK_MS);
      const stopListening = this.#queue.onDidChange(report);
      token.onCancellationRequested(() => this.#queue.cancel(job.id));
      report();
      try {
        await job.ended;
      } finally {
        clearInterval(timer);
        stopListening();
      }
    });
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#stopListening();
    this.#item.dispose();
  }

  #expected(job: Job): ExpectedTime | undefined {
    return job.endpoint === undefined ? undefined : expectTime(this.#estimates, { ...job.request, endpoint: job.endpoint });
  }

  #update(): void {
    const running = this.#queue.jobs.filter((job) => !isEnded(job.state));
    const [oldest] = running;
    if (!oldest) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#item.hide();
      return;
    }
    const elapsed = t('{0} s', Math.round((Date.now() - oldest.createdMs) / 1000));
    this.#item.text = running.length === 1
      ? `$(loading~spin) ${t('Generating image, {0}', elapsed)}`
      : `$(loading~spin) ${t('Generating {0} images, {1}', running.length, elapsed)}`;
    this.#item.tooltip = t('Open the panel of Generate Image');
    this.#item.show();
    this.#timer ??= setInterval(() => this.#update(), TICK_MS);
  }
}

/** What a job is doing and for how long, in a few words. */
function describeState(job: Job, elapsedMs: number, expected: ExpectedTime | undefined): string {
  const seconds = Math.round(elapsedMs / 1000);
  const { state } = job;
  const usualMs = expected && roundDuration(expected.durationMs);
  switch (state.phase) {
    case 'queued': return t('queued, {0} s', seconds);
    case 'waiting': return t('the service asks to wait {0} more seconds', Math.max(0, Math.ceil((state.untilMs - Date.now()) / 1000)));
    case 'requesting':
      if (usualMs === undefined) return t('waiting for the service, {0} s', seconds);
      return expected?.isDocumented
        ? t('waiting for the service, {0} s ({1} s are documented)', seconds, Math.round(usualMs / 1000))
        : t('waiting for the service, {0} s (about {1} s are usual)', seconds, Math.round(usualMs / 1000));
    case 'downloading': return state.totalBytes === undefined
      ? t('downloading, {0} kB', kilobytes(state.receivedBytes))
      : t('downloading, {0} of {1} kB', kilobytes(state.receivedBytes), kilobytes(state.totalBytes));
    case 'writing': return t('keeping the image');
    case 'kept': case 'failed': case 'cancelled': return '';
  }
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000);
}
