// Draws what there is to read: the last sentence of the host, a countdown, and what ended badly.
import { html, type TemplateResult } from 'lit-html';
import type { Wording } from '../parts/wording.ts';
import { countdownView } from './countdownView.ts';
import { endedView, type EndedParts } from './endedView.ts';
import { statusView, type StatusParts } from './pageStatus.ts';

/** Stands below the image and in sight, so that whatever comes moves no button above it. `nowMs` is the host's clock. */
export function messagesView(parts: EndedParts & StatusParts & { nowMs: number; words: Wording }): TemplateResult {
  return html`<div class="messages">${statusView(parts)}${countdownView(parts.snapshot, parts.nowMs, parts.words)}${endedView(parts)}</div>`;
}
