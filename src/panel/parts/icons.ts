// Draws the page's icons: 16 px, in the colour of the text around them, drawn for this product.
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';

export type IconName = 'copy' | 'prompt' | 'again' | 'star' | 'starred' | 'delete' | 'more' | 'settings' | 'close' | 'error' | 'select' | 'down' | 'unfold';

const LINES: Record<IconName, SVGTemplateResult> = {
  unfold: svg`<path d="m6 4 4 4-4 4"/>`,
  copy: svg`<path d="M5.5 5.5h8v8h-8z"/><path d="M10.5 5.5v-3h-8v8h3"/>`,
  prompt: svg`<path d="M2.5 3.5h11M2.5 7.5h7M2.5 11.5h4"/><path d="m9 13 1-2.5 3.5-3.5 1.5 1.5-3.5 3.500z"/>`,
  again: svg`<path d="M13 8a5 5 0 1 1-1.6-3.7"/><path d="M13.5 1.800v3h-3"/>`,
  star: svg`<path d="m8 1.8 1.9 4 4.3.5-3.2 3 .9 4.300L8 11.400l-3.9 2.2.9-4.3-3.2-3 4.3-.500z"/>`,
  starred: svg`<path fill="currentColor" d="m8 1.8 1.9 4 4.3.5-3.2 3 .9 4.300L8 11.400l-3.9 2.2.9-4.3-3.2-3 4.3-.500z"/>`,
  delete: svg`<path d="M2.5 4h11M6 4V2.500h4V4M4 4l.7 9.500h6.600L12 4M6.7 6.500v4.500M9.3 6.500v4.5"/>`,
  more: svg`<g fill="currentColor" stroke="none"><circle cx="3" cy="8" r="1.2"/><circle cx="8" cy="8" r="1.2"/><circle cx="13" cy="8" r="1.2"/></g>`,
  settings: svg`<path d="M2 4.500h6.500M11.5 4.500H14M2 11.500h2.500M7.5 11.500H14"/><circle cx="10" cy="4.5" r="1.5"/><circle cx="6" cy="11.5" r="1.5"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  error: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.500V9M8 10.700v1"/>`,
  down: svg`<path d="m4 6 4 4 4-4"/>`,
  select: svg`<path d="M2.5 2.5h11v11h-11z"/><path d="m5 8 2.2 2.2L11 6"/>`,
};

/** One icon; it has no name of its own, so its button or text must have one. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.1" stroke-linejoin="round" stroke-linecap="round">${LINES[name]}</svg>`;
}
