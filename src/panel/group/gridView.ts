// Draws the grid of images asked for together: each cell its image, its progress or how it ended.
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { isActive } from '../jobs/announcements.ts';
import { progressOf } from '../jobs/jobProgress.ts';
import { jobRow } from '../jobs/jobRow.ts';
import { icon } from '../parts/icons.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { columnsOf, type Cell } from './cells.ts';

export interface GridParts {
  page: PageContext;
  cells: readonly Cell[];
  /** Key of the chosen cell, and of the one that waits for a second to be compared with. */
  chosen: string | undefined;
  marked: string | undefined;
  nowMs: number;
  cancel: (jobId: string) => void;
  choose: (place: number) => void;
  open: (place: number) => void;
  onKey: (event: KeyboardEvent, place: number) => void;
}

export function gridView(parts: GridParts): TemplateResult {
  const { cells, page } = parts;
  return html`<ul class="cells" aria-label=${page.words.text('inGroup')} .style=${`grid-template-columns:repeat(${columnsOf(cells.length)},minmax(0,1fr))`}>
    ${repeat(cells, ({ key }) => key, (cell, place) => cellView(parts, cell, place))}
  </ul>`;
}

function cellView(parts: GridParts, cell: Cell, place: number): TemplateResult {
  const { page, cells, nowMs, cancel } = parts;
  const { words } = page;
  const { job, image } = cell;
  if (image) return imageCell(parts, cell, place);
  if (job && isActive(job)) {
    return html`<li class="cell job">${jobRow({ job, progress: progressOf(job, nowMs), words, isSmall: cells.length > 4, cancel: () => cancel(job.id) })}</li>`;
  }
  const hasFailed = job?.state.phase === 'failed';
  return html`<li class="cell over ${hasFailed ? 'failed' : ''}" title=${job && 'sentence' in job.state ? job.state.sentence : nothing}>
    ${hasFailed ? icon('error') : nothing}<span class="quiet">${words.text(hasFailed ? 'cellFailed' : 'cellCancelled')}</span>
  </li>`;
}

function imageCell({ page, cells, chosen, marked, choose, open, onKey }: GridParts, { key, image }: Cell, place: number): TemplateResult {
  const { words } = page;
  const isChosen = key === chosen;
  const label = words.text('shared', words.number(place + 1), words.number(cells.length), image?.prompt ?? '');
  return html`<li class="cell ${key === marked ? 'marked' : ''}">
    <button type="button" class="cellImage" data-cell=${place} tabindex=${isChosen ? 0 : -1} aria-label=${label} title="${image?.prompt}\n${words.text('cellHint')}" aria-current=${isChosen ? 'true' : nothing}
      @click=${() => choose(place)} @dblclick=${() => open(place)} @keydown=${(event: KeyboardEvent) => onKey(event, place)}>
      <img src=${image?.uri ?? ''} alt="" decoding="async" draggable="false" />
      <span class="number" aria-hidden="true">${words.number(place + 1)}</span>
    </button>
  </li>`;
}
