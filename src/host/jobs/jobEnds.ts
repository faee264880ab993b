// Does what the end of a job means: for the history, the preview, the place it was made for, and the person who asked.
import type * as vscode from 'vscode';
import type { Estimates } from '../../jobs/estimate.ts';
import { isEnded, type Job, type JobState } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { HistoryLimit } from '../history/historyLimit.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Thumbnails } from '../history/thumbnails.ts';
import type { ImageRecord } from '../../history/record.ts';
import type { Anchors } from '../insert/anchors.ts';
import type { Log } from '../window/log.ts';
import type { Memory } from '../window/memory.ts';
import { tickStep } from '../window/walkthroughStep.ts';
import type { WindowState } from '../window/windowState.ts';
import { tellEnd, type TellParts } from './tellEnd.ts';

export interface JobEndsParts extends TellParts {
  queue: JobQueue;
  state: WindowState;
  kept: KeptImages;
  memory: Memory;
  estimates: Estimates;
  thumbnails: Thumbnails;
  anchors: Anchors;
  limit: HistoryLimit;
  log: Log;
}

export function registerJobEnds(parts: JobEndsParts): vscode.Disposable {
  const ends = new WeakMap<Job, JobState>();
  const stop = parts.queue.onDidChange((job) => {
    if (!isEnded(job.state)) return;
    const before = ends.get(job);
    if (before === job.state) {
      // The list changes too when a job is dismissed: its end was dealt with before. Its image may bear its name, and keeps the place.
      if (imagesOf(job.state).length === 0) parts.anchors.drop(job.id);
      return;
    }
    ends.set(job, job.state);
    keepImages(job, parts);
    // A document's jobs are told by what started them, code by its promise, and recovered ones in one sentence for all,
    // unless a person asked for another try.
    if (job.source === 'person' || (job.source === 'recovered' && before)) void tellEnd(job, parts);
    if (hasNothingToSay(job)) queueMicrotask(() => parts.queue.dismiss(job.id));
  });
  return { dispose: stop };
}

function imagesOf(state: JobState): readonly ImageRecord[] {
  return state.phase === 'kept' || state.phase === 'failed' ? state.images : [];
}

function keepImages(job: Job, { state, kept, memory, estimates, thumbnails, anchors, limit, log }: JobEndsParts): void {
  const { state: now } = job;
  if (now.phase === 'kept') state.countDone();
  const images = imagesOf(now);
  const [image] = images;
  if (!image) return;
  state.changeMember(job.id, { imageIds: images.map(({ id }) => id) });
  if (job.source === 'recovered' && job.group !== undefined) state.joinGroup(job.group, job.id, images.map(({ id }) => id));
  anchors.hand(job.id, image.id);
  for (const record of images) {
    estimates.note(record.recipe);
    thumbnails.make(record);
  }
  // A caller may go on to insert what it asked for; what an earlier window left is nobody's newest image.
  if (job.source !== 'recovered') memory.setNewestImageId(image.id);
  // What nobody clicked for never changes what a person is looking at.
  if (job.source === 'person' || job.source === 'document') {
    state.showImage(image.id);
    void tickStep('generated');
  }
  kept.refresh();
  limit.enforce().catch((error: unknown) => log.error('The size of the history could not be kept', error));
}

/** Neither a kept job nor one that cost nothing has anything left to say; a caller is told by its promise. */
function hasNothingToSay({ state, source }: Job): boolean {
  return state.phase === 'kept'
    || (state.phase === 'cancelled' && state.billed === 'no')
    || (state.phase === 'failed' && source === 'code' && !state.paidNotDownloaded);
}
