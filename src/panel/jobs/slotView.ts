// Draws the line below Generate, which is always as high: the one job under way, the group's state, or what the next images take.
import { html, type TemplateResult } from 'lit-html';
import type { SnapshotJob } from '../../protocol/snapshot.ts';
import { textButton, type TextButton } from '../parts/button.ts';
import type { Wording } from '../parts/wording.ts';
import { progressOf } from './jobProgress.ts';
import { jobRow } from './jobRow.ts';

export interface SlotParts {
  words: Wording;
  /** What is said while nothing is under way. */
  idle: string;
  nowMs: number;
  /** The only job under way, if no grid shows it. */
  job: SnapshotJob | undefined;
  /** What the grid tells, with what can be done. */
  line: { text: string; buttons: readonly TextButton[] } | undefined;
  cancel: (jobId: string) => void;
}

export function slotView({ words, idle, nowMs, job, line, cancel }: SlotParts): TemplateResult {
  if (job) return html`<ul class="slot"><li class="job">${jobRow({ job, progress: progressOf(job, nowMs), words, isSmall: false, cancel: () => cancel(job.id) })}</li></ul>`;
  if (line) return html`<div class="slot row"><span class="slotText">${line.text}</span><span class="slotButtons">${line.buttons.map((button) => textButton({ ...button, isSmall: true }))}</span></div>`;
  return html`<p class="slot quiet">${idle}</p>`;
}
