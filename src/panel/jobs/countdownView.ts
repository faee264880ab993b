// Draws the one countdown for all jobs that wait for the service, with the service's own words.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Snapshot } from '../../protocol/snapshot.ts';
import type { Wording } from '../parts/wording.ts';
import { waitingUntil } from './announcements.ts';

/** `nowMs` is the host's wall clock. */
export function countdownView(snapshot: Snapshot, nowMs: number, words: Wording): TemplateResult | typeof nothing {
  const untilMs = waitingUntil(snapshot);
  if (untilMs === undefined) return nothing;
  const said = snapshot.jobs.flatMap(({ state }) => (state.phase === 'waiting' && state.words ? [state.words] : []))[0];
  return html`<section class="countdown" aria-label=${words.text('inProgress')}>
    <p>${words.text('waitingCountdown', words.duration(Math.max(0, untilMs - nowMs)))}</p>
    ${said === undefined ? nothing : html`<p class="quiet" dir="auto">${words.text('serviceSays', said)}</p>`}
  </section>`;
}
