// Draws the status line: what a screen reader should hear once, and the host's last sentence with its undo.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Snapshot } from '../../protocol/snapshot.ts';
import type { Announcement } from './announcements.ts';
import { iconButton } from '../parts/button.ts';
import { actionsView } from './endedView.ts';
import type { PageContext } from '../parts/pageContext.ts';
import type { Wording } from '../parts/wording.ts';

export interface StatusParts {
  page: PageContext;
  said: string;
  notice: Snapshot['notice'];
  hideNotice: (noticeId: number) => void;
}

export function statusView({ page, said, notice, hideNotice }: StatusParts): TemplateResult {
  // Two nodes that are read on their own: a new sentence must not have the other said again.
  return html`<div class=${notice ? 'notice' : 'noNotice'}>
    <div role="status" aria-atomic="false"><span class="unseen">${said}</span><span dir="auto">${notice?.text ?? ''}</span></div>
    ${notice
      ? html`${actionsView(notice.actions, (action) => page.press(`notice ${notice.id}`, () => page.post({ type: 'noticeAction', noticeId: notice.id, action })))}
          ${iconButton({ label: page.words.text('dismiss'), icon: 'close', run: () => hideNotice(notice.id) })}`
      : nothing}
  </div>`;
}

/** The words for what changed; `nowMs` is the host's clock. */
export function wordsFor(announcement: Announcement, words: Wording, nowMs: number): string {
  switch (announcement.kind) {
    case 'started': return words.counted('saidStarted', announcement.count);
    case 'done': return words.counted('saidDone', announcement.count);
    case 'groupDone': return words.text('ofReady', words.number(announcement.ready), words.number(announcement.count));
    case 'cancelled': return words.counted('saidCancelled', announcement.count);
    case 'waiting': return words.text('waitingCountdown', words.duration(Math.max(0, announcement.untilMs - nowMs)));
  }
}
