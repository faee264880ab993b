// Draws the jobs: those under way with their progress, those that ended badly with what can be done.
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Snapshot, SnapshotAction, SnapshotJob } from '../../protocol/snapshot.ts';
import { isActive, waitingUntil } from './announcements.ts';
import { iconButton, textButton } from '../parts/button.ts';
import { icon } from '../parts/icons.ts';
import { progressOf, type JobProgress } from './jobProgress.ts';
import type { PageContext } from '../parts/pageContext.ts';
import type { Wording } from '../parts/wording.ts';

export interface JobsParts {
  page: PageContext;
  snapshot: Snapshot;
  /** The host's wall clock. */
  nowMs: number;
  /** A job that has only begun is not drawn yet, so that a quick one does not flash. */
  isDue: (job: SnapshotJob) => boolean;
  cancel: (jobIds: readonly string[] | 'all') => void;
  /** A failure that was said before this page was drawn anew. */
  wasSaid: (jobId: string) => boolean;
}

/** Every job that is under way, with one countdown for all that wait. */
export function jobsView({ page, snapshot, nowMs, isDue, cancel }: JobsParts): TemplateResult | typeof nothing {
  const active = snapshot.jobs.filter((job) => isActive(job) && isDue(job));
  if (active.length === 0) return nothing;
  const { words } = page;
  const untilMs = waitingUntil(snapshot);
  const said = active.flatMap(({ state }) => (state.phase === 'waiting' && state.words ? [state.words] : []))[0];
  return html`<section class="jobs" aria-label=${words.text('inProgress')}>
    ${untilMs === undefined ? nothing : html`<p class="countdown">${words.text('waitingCountdown', words.duration(Math.max(0, untilMs - nowMs)))}</p>`}
    ${said === undefined ? nothing : html`<p class="countdown quiet" dir="auto">${words.text('serviceSays', said)}</p>`}
    <ul>
      ${repeat(active, ({ id }) => id, (job) => jobRow(job, progressOf(job, nowMs), words, () => cancel([job.id])))}
    </ul>
    ${active.length > 1 ? textButton({ label: words.text('cancelAll'), run: () => cancel('all') }) : nothing}
  </section>`;
}

function jobRow(job: SnapshotJob, progress: JobProgress, words: Wording, cancel: () => void): TemplateResult {
  const facts = factsOf(job, progress, words);
  const percent = progress.part === undefined ? undefined : Math.round(progress.part * 100);
  const isStill = job.state.phase === 'queued' || job.state.phase === 'waiting';
  return html`<li class="job">
    <div class="jobPrompt" id="job-${job.id}" dir="auto" title=${job.prompt}>${job.prompt}</div>
    <button type="button" class="secondary small" aria-describedby="job-${job.id}" ?disabled=${job.state.phase === 'writing'} @click=${cancel}>${words.text('cancel')}</button>
    <div class="track ${percent === undefined ? (isStill ? 'still' : 'unknown') : ''}" role="progressbar" aria-labelledby="job-${job.id}"
      aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent ?? nothing} aria-valuetext=${facts.slice(0, percent === undefined ? 1 : 2).join(', ')}>
      <div class="bar" .style=${percent === undefined ? '' : `width:${percent}%`}></div>
    </div>
    <div class="jobFacts quiet">${facts.join(' · ')}</div>
  </li>`;
}

function factsOf(job: SnapshotJob, { elapsedMs, isLate }: JobProgress, words: Wording): string[] {
  const { state } = job;
  const facts: string[] = [];
  if (state.phase === 'failed' || state.phase === 'cancelled') return facts;
  facts.push(words.text(state.phase));
  if (state.phase === 'downloading') {
    const received = words.bytes(state.receivedBytes);
    facts.push(state.totalBytes ? words.text('ofTotal', received, words.bytes(state.totalBytes)) : received);
  }
  if (elapsedMs !== undefined) facts.push(words.duration(elapsedMs));
  if (state.phase === 'requesting' && job.estimateMs !== undefined) {
    facts.push(words.text(isLate ? 'longerThanUsual' : 'usually', words.duration(job.estimateMs)));
  }
  return facts;
}

/** Every job that failed, as an alert, and every one that was cancelled, as a quiet note. */
export function endedJobsView({ page, snapshot, wasSaid }: JobsParts): TemplateResult {
  return html`${repeat(snapshot.jobs.filter((job) => !isActive(job)), ({ id }) => id, (job) => endedJob(job, page, wasSaid(job.id)))}`;
}

function endedJob(job: SnapshotJob, page: PageContext, isOld: boolean): TemplateResult | typeof nothing {
  const { state } = job;
  if (state.phase !== 'failed' && state.phase !== 'cancelled') return nothing;
  const isFailure = state.phase === 'failed';
  return html`<div class="ended ${isFailure ? 'failure' : 'note'}" role=${isFailure ? 'alert' : 'group'} aria-label=${isFailure ? nothing : page.words.counted('saidCancelled', 1)} aria-live=${isOld ? 'off' : nothing}>
    ${isFailure ? icon('error') : nothing}
    <div class="endedText">
      <div class="jobPrompt quiet" dir="auto" title=${job.prompt}>${job.prompt}</div>
      <p dir="auto">${state.sentence}</p>
      ${actionsView(state.actions, (action) => page.press(`jobAction ${job.id} ${action}`, (intentId) => page.post({ type: 'jobAction', intentId, jobId: job.id, action })))}
    </div>
    ${iconButton({ label: page.words.text('dismiss'), icon: 'close', run: () => page.post({ type: 'dismiss', jobId: job.id }) })}
  </div>`;
}

/** The buttons that the host offers with a sentence; their words are the host's. */
export function actionsView(actions: readonly SnapshotAction[], run: (actionId: string) => void): TemplateResult | typeof nothing {
  if (actions.length === 0) return nothing;
  return html`<div class="actions">${actions.map(({ id, label }) => textButton({ label, run: () => run(id) }))}</div>`;
}
