// Gives messages the room that is left below the preview's buttons, so that they never lie over one of them.

/** In a window that is so low, a message may: it has to be seen, and the buttons can be scrolled to. */
const LEAST_PX = 72;
const GAP_PX = 8;

/** What is longer scrolls. Called after each redraw and when the page changes its size. */
export function fitMessages(): void {
  const messages = document.querySelector<HTMLElement>('.messages');
  const buttons = document.querySelector('.belowStage');
  const preview = buttons?.closest('.preview');
  if (!messages) return;
  if (!buttons || !preview?.parentElement) {
    messages.style.maxHeight = '';
    return;
  }
  // The preview sticks to the top: its own place is that of the column that it opens.
  const topPx = preview.parentElement.getBoundingClientRect().top + window.scrollY;
  const bottomPx = topPx + buttons.getBoundingClientRect().bottom - preview.getBoundingClientRect().top;
  messages.style.maxHeight = `max(${LEAST_PX}px, calc(100vh - ${Math.ceil(bottomPx) + GAP_PX}px))`;
}
