// Draws the jobs that ended badly: an alert for what failed, a quiet note for what was cancelled or can be tried again now.
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Snapshot, SnapshotAction, SnapshotJob } from '../../protocol/snapshot.ts';
import { iconButton, textButton } from '../parts/button.ts';
import { icon } from '../parts/icons.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { shareFailures, type EndedNote } from './sharedFailures.ts';

export interface EndedParts {
  page: PageContext;
  snapshot: Snapshot;
  /** A failure that was said before this page was drawn anew. */
  wasSaid: (jobId: string) => boolean;
}

export function endedView({ page, snapshot, wasSaid }: EndedParts): TemplateResult {
  return html`${repeat(shareFailures(snapshot), ({ key }) => key, (note) => noteView(note, page, note.jobs.every(({ id }) => wasSaid(id))))}`;
}

function noteView(note: EndedNote, page: PageContext, isOld: boolean): TemplateResult | typeof nothing {
  const [job] = note.jobs;
  if (!job || (job.state.phase !== 'failed' && job.state.phase !== 'cancelled')) return nothing;
  const { words } = page;
  const isMended = job.mended === true;
  const isAlert = job.state.phase === 'failed' && !isMended;
  const told = isMended ? words.text('mended') : job.state.sentence;
  const sentence = note.jobs.length > 1 ? words.text('shared', words.number(note.jobs.length), words.number(note.of), told) : told;
  return html`<div class="ended ${isAlert ? 'failure' : 'note'}" role=${isAlert ? 'alert' : 'group'} aria-label=${isAlert ? nothing : isMended ? words.text('mended') : words.counted('saidCancelled', 1)}
    aria-live=${isAlert && isOld ? 'off' : nothing}>
    ${isAlert ? icon('error') : nothing}
    <div class="endedText">
      ${[...new Set(note.jobs.map(({ prompt }) => prompt))].map((prompt) => html`<div class="jobPrompt quiet" dir="auto" title=${prompt}>${prompt}</div>`)}
      ${job.askedBy === undefined ? nothing : html`<div class="quiet" dir="auto">${job.askedBy}</div>`}
      <p dir="auto" title=${isMended ? job.state.sentence : nothing}>${sentence}</p>
      ${actionsView(job.state.actions, (action) => act(page, note.jobs, action))}
    </div>
    ${iconButton({ label: words.text('dismiss'), icon: 'close', run: () => note.jobs.forEach(({ id }) => page.post({ type: 'dismiss', jobId: id })) })}
  </div>`;
}

function act(page: PageContext, jobs: readonly SnapshotJob[], action: string): void {
  const [job, ...rest] = jobs;
  if (!job) return;
  page.press(`jobAction ${job.id} ${action}`, (intentId) => page.post({ type: 'jobAction', intentId, jobId: job.id, action, ...(rest.length > 0 && { alsoJobIds: rest.map(({ id }) => id) }) }));
}

/** The buttons that the host offers with a sentence; their words are the host's. */
export function actionsView(actions: readonly SnapshotAction[], run: (actionId: string) => void): TemplateResult | typeof nothing {
  if (actions.length === 0) return nothing;
  return html`<div class="actions">${actions.map(({ id, label }) => textButton({ label, run: () => run(id) }))}</div>`;
}
