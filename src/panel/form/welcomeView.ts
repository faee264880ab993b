// Draws what stands in place of the form until an endpoint is known.
import { html, type TemplateResult } from 'lit-html';
import { textButton } from '../parts/button.ts';
import type { PageContext } from '../parts/pageContext.ts';

export function welcomeView(page: PageContext): TemplateResult {
  return html`<div class="welcome">
    <p>${page.words.text('welcomeTitle')}</p>
    <p class="quiet">${page.words.text('welcomeText')}</p>
    ${textButton({ label: page.words.text('setUp'), isPrimary: true, run: () => page.press('setUp', () => page.post({ type: 'setUp' })) })}
  </div>`;
}
