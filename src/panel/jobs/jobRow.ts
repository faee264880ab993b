// Draws one job under way: what it does, how far it is, and its Cancel.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { SnapshotJob } from '../../protocol/snapshot.ts';
import { icon } from '../parts/icons.ts';
import type { Wording } from '../parts/wording.ts';
import { factsOf } from './jobFacts.ts';
import type { JobProgress } from './jobProgress.ts';

export interface JobRowParts {
  job: SnapshotJob;
  progress: JobProgress;
  words: Wording;
  /** Where there is little room: Cancel is a cross, and the words are the first one only. */
  isSmall: boolean;
  cancel: () => void;
}

export function jobRow({ job, progress, words, isSmall, cancel }: JobRowParts): TemplateResult {
  const facts = factsOf(job, progress, words);
  const percent = progress.part === undefined ? undefined : Math.round(progress.part * 100);
  const isStill = job.state.phase === 'queued' || job.state.phase === 'waiting';
  const label = words.text('cancel');
  return html`<span class="unseen" id="job-${job.id}" dir="auto">${job.prompt}</span>
    <div class="jobFacts quiet" title="${job.prompt}\n${facts.join(' · ')}">${isSmall ? facts[0] : facts.join(' · ')}</div>
    <button type="button" class=${isSmall ? 'iconButton' : 'secondary small'} aria-label=${isSmall ? label : nothing} title=${isSmall ? label : nothing}
      aria-describedby="job-${job.id}" ?disabled=${job.state.phase === 'writing'} @click=${cancel}>${isSmall ? icon('close') : label}</button>
    <div class="track ${percent === undefined ? (isStill ? 'still' : 'unknown') : ''}" role="progressbar" aria-labelledby="job-${job.id}"
      aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent ?? nothing} aria-valuetext=${[...new Set([...facts.slice(0, percent === undefined ? 1 : 2), job.askedBy ?? facts[0]])].join(', ')}>
      <div class="bar" .style=${percent === undefined ? '' : `width:${percent}%`}></div>
    </div>`;
}
