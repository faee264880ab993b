// Draws the one line that says which model of which host makes the next images, a button that opens the choice.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Snapshot } from '../../protocol/snapshot.ts';
import type { PageContext } from '../parts/pageContext.ts';

export function serviceLine(page: PageContext, { service }: Snapshot): TemplateResult | typeof nothing {
  if (!service) return nothing;
  return html`<button type="button" class="service quiet" title=${page.words.text('chooseService')} @click=${() => page.post({ type: 'chooseService' })}>
    <bdi>${service.model}</bdi> · <bdi>${service.host}</bdi>
  </button>`;
}
