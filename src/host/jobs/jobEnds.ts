// Does what the end of a job means for the window: its newest image, the preview, the history, the estimates.
import type * as vscode from 'vscode';
import type { Estimates } from '../../jobs/estimate.ts';
import type { Job, JobState } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { HistoryLimit } from '../history/historyLimit.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Log } from '../window/log.ts';
import type { Memory } from '../window/memory.ts';
import type { PanelState } from '../window/windowState.ts';
import type { Thumbnails } from '../history/thumbnails.ts';
import { tickStep } from '../window/walkthroughStep.ts';

export interface FollowParts {
  queue: JobQueue;
  state: PanelState;
  view: KeptImages;
  memory: Memory;
  estimates: Estimates;
  thumbnails: Thumbnails;
  limit: HistoryLimit;
  log: Log;
}

export function followJobs(parts: FollowParts): vscode.Disposable {
  const seen = new WeakMap<Job, JobState>();
  const stop = parts.queue.onDidChange((job) => {
    parts.state.touch();
    // The list changes too when a job is dismissed: its end is dealt with once.
    if (seen.get(job) === job.state) return;
    seen.set(job, job.state);
    end(job, parts);
  });
  return { dispose: stop };
}

function end(job: Job, { queue, state, view, memory, estimates, thumbnails, limit, log }: FollowParts): void {
  const { state: now } = job;
  const images = now.phase === 'kept' || now.phase === 'failed' ? now.images : [];
  const [image] = images;
  if (image) {
    memory.setNewestImageId(image.id);
    for (const record of images) {
      estimates.note(record.recipe);
      thumbnails.make(record);
    }
    // What nobody clicked for never changes what a person is looking at.
    if (job.source === 'person') {
      state.showImage(image.id);
      void tickStep('generated');
    }
    view.refresh();
    limit.enforce().catch((error: unknown) => log.error('The size of the history could not be kept', error));
  }
  if (now.phase === 'kept') state.countDone();
  // Neither a kept job nor one that cost nothing has anything left to say; a caller is told by its promise.
  const silent = now.phase === 'kept'
    || (now.phase === 'cancelled' && now.billed === 'no')
    || (now.phase === 'failed' && job.source === 'unattended' && !now.paidNotDownloaded);
  if (silent) queueMicrotask(() => queue.dismiss(job.id));
}
