// Draws styles, size and switches below one line that says their values; the line opens and closes them.
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Draft, Snapshot } from '../../protocol/snapshot.ts';
import { iconButton } from '../parts/button.ts';
import { icon } from '../parts/icons.ts';
import type { PageContext } from '../parts/pageContext.ts';
import type { Wording } from '../parts/wording.ts';
import { hasFragment, toggleFragment } from './promptFragments.ts';
import { sizeView, withChosen } from './sizeView.ts';

export interface OptionsParts {
  page: PageContext;
  snapshot: Snapshot;
  draft: Draft;
  isOpen: boolean;
  toggle: () => void;
  change: (part: Partial<Draft>) => void;
  /** Puts a text into the prompt box, undoable. */
  writePrompt: (text: string) => void;
}

export function optionsView({ page, snapshot, draft, isOpen, toggle, change, writePrompt }: OptionsParts): TemplateResult {
  const { words } = page;
  const values = valuesOf(snapshot, draft, words);
  return html`<div class="optionsLine">
      <button type="button" class="optionsToggle" aria-expanded=${String(isOpen)} aria-controls="options" aria-label=${words.text('options', values)} title=${values} @click=${toggle}>
        ${icon('unfold')}<bdi>${values}</bdi>
      </button>
      ${iconButton({ label: words.text('openSettings'), icon: 'settings', run: () => page.post({ type: 'openSettings' }) })}
    </div>
    ${isOpen
      ? html`<div id="options" class="options">
          ${stylesView(snapshot, draft, words, writePrompt)}
          ${sizeView(snapshot.sizes, draft.size, words.text('size'), (size) => change({ size }))}
          <div class="switches">
            ${checkbox(words.text('improvePrompt'), words.text('improvePromptHint'), draft.promptExtend, (promptExtend) => change({ promptExtend }))}
            ${checkbox(words.text('watermark'), words.text('watermarkHint'), draft.watermark, (watermark) => change({ watermark }))}
          </div>
        </div>`
      : nothing}`;
}

/** `1:1 · Photo · improved · 4 images`. */
export function valuesOf({ sizes, styles }: Pick<Snapshot, 'sizes' | 'styles'>, draft: Draft, words: Wording): string {
  const size = withChosen(sizes, draft.size).find(({ value }) => value === draft.size);
  return [
    size?.ratio ?? draft.size,
    ...styles.filter(({ text }) => hasFragment(draft.prompt, text)).map(({ label }) => label),
    ...(draft.promptExtend ? [words.text('improved')] : []),
    ...(draft.watermark ? [words.text('watermarked')] : []),
    words.counted('imageCount', draft.count),
  ].join(' · ');
}

function stylesView({ styles }: Snapshot, draft: Draft, words: Wording, write: OptionsParts['writePrompt']): TemplateResult | typeof nothing {
  if (styles.length === 0) return nothing;
  return html`<div class="styles" role="group" aria-label=${words.text('styles')}>
    ${styles.map(
      ({ label, text }) => html`<button type="button" class="chip" title=${text} aria-pressed=${String(hasFragment(draft.prompt, text))}
        @click=${() => write(toggleFragment(draft.prompt, text))}><bdi>${label}</bdi></button>`,
    )}
  </div>`;
}

export function checkbox(label: string, hint: string, isOn: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<label class="checkbox" title=${hint}>
    <input type="checkbox" .checked=${live(isOn)} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>`;
}
