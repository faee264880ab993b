// Draws what is asked for: prompt, styles, size, switches, count and the button that costs money.
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { checkPrompt, countCharacters } from '../../prompt/promptText.ts';
import type { Draft, Snapshot } from '../../protocol/snapshot.ts';
import { iconButton } from '../parts/button.ts';
import { estimateAll } from '../jobs/jobProgress.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { isComposingKey } from '../parts/press.ts';
import { hasFragment, toggleFragment } from './promptFragments.ts';
import { serviceLine } from './serviceLine.ts';
import { sizeView } from './sizeView.ts';
import type { Wording } from '../parts/wording.ts';

const MOST_IMAGES = 8;

export interface FormParts {
  page: PageContext;
  snapshot: Snapshot;
  draft: Draft;
  promptBox: TemplateResult;
  change: (part: Partial<Draft>) => void;
  /** Puts a text into the prompt box, undoable. */
  writePrompt: (text: string) => void;
  generate: () => void;
}

export function formView({ page, snapshot, draft, promptBox, change, writePrompt, generate }: FormParts): TemplateResult {
  const { words } = page;
  const problem = promptProblem(draft, snapshot);
  const reason = problem ? reasonOf(problem, words) : undefined;
  return html`<form class="form" aria-label=${words.text('generate')} 
    @submit=${(event: Event) => event.preventDefault()}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposingKey(event)) return;
      event.preventDefault();
      if (!event.repeat) generate();
    }}>
    <div class="row">
      <label for="prompt">${words.text('prompt')}</label>
      ${counterView(draft, snapshot, words)}
    </div>
    ${promptBox}
    ${problem?.kind === 'tooLong' ? html`<p class="fieldError">${reason}</p>` : nothing}
    ${stylesView(snapshot, draft, words, writePrompt)}
    ${sizeView(snapshot.sizes, draft.size, words.text('size'), (size) => change({ size }))}
    <div class="switches">
      ${checkbox(words.text('improvePrompt'), words.text('improvePromptHint'), draft.promptExtend, (promptExtend) => change({ promptExtend }))}
      ${checkbox(words.text('watermark'), words.text('watermarkHint'), draft.watermark, (watermark) => change({ watermark }))}
    </div>
    ${snapshot.extras ? checkbox(words.text('takeFromImage', snapshot.extras.text), words.text('takeFromImageHint'), snapshot.extras.taken, (taken) => page.post({ type: 'extras', taken })) : nothing}
    <div class="row">
      <label class="count">${words.text('images')} ${countInput(draft.count, (count) => change({ count }))}</label>
      ${iconButton({ label: words.text('openSettings'), icon: 'settings', run: () => page.post({ type: 'openSettings' }) })}
    </div>
    ${generateButton(draft.count, reason, words, generate)}
    <p class="quiet cost" title=${priceHint(snapshot, words) ?? nothing}>${costOf(draft, snapshot, words)}</p>
    ${serviceLine(page, snapshot)}
  </form>`;
}

/** What keeps the draft from being asked for, or undefined. */
export function promptProblem(draft: Draft, snapshot: Snapshot): ReturnType<typeof checkPrompt> {
  return checkPrompt(draft.prompt, snapshot.maxPromptCharacters);
}

function reasonOf(problem: NonNullable<ReturnType<typeof checkPrompt>>, words: Wording): string {
  if (problem.kind === 'empty') return words.text('promptEmpty');
  return words.text('promptTooLong', words.number(problem.characters), words.number(problem.max));
}

function counterView(draft: Draft, { maxPromptCharacters: max }: Snapshot, words: Wording): TemplateResult {
  const count = countCharacters(draft.prompt.trim());
  const isOver = max > 0 && count > max;
  if (max === 0) return html`<span id="counter" class="quiet">${count}</span>`;
  return html`<span id="counter" class=${isOver ? 'counter over' : 'counter quiet'} title=${words.text('characters', words.number(count), words.number(max))}>${count} / ${max}</span>`;
}

function stylesView({ styles }: Snapshot, draft: Draft, words: Wording, write: FormParts['writePrompt']): TemplateResult | typeof nothing {
  if (styles.length === 0) return nothing;
  return html`<div class="styles" role="group" aria-label=${words.text('styles')}>
    ${styles.map(
      ({ label, text }) => html`<button type="button" class="chip" title=${text} aria-pressed=${String(hasFragment(draft.prompt, text))}
        @click=${() => write(toggleFragment(draft.prompt, text))}><bdi>${label}</bdi></button>`,
    )}
  </div>`;
}

function checkbox(label: string, hint: string, isOn: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<label class="checkbox" title=${hint}>
    <input type="checkbox" .checked=${live(isOn)} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>`;
}

function countInput(count: number, set: (count: number) => void): TemplateResult {
  // Half-typed numbers stay as they are until the box is left.
  return html`<input type="number" min="1" max=${MOST_IMAGES} step="1" inputmode="numeric" .value=${String(count)}
    @input=${(event: Event) => {
      const typed = (event.target as HTMLInputElement).valueAsNumber;
      if (Number.isInteger(typed) && typed >= 1 && typed <= MOST_IMAGES) set(typed);
    }}
    @change=${(event: Event) => {
      const box = event.target as HTMLInputElement;
      const typed = Math.round(box.valueAsNumber);
      const fitted = Number.isNaN(typed) ? count : Math.min(MOST_IMAGES, Math.max(1, typed));
      box.value = String(fitted);
      set(fitted);
    }} />`;
}

function generateButton(count: number, reason: string | undefined, words: Wording, generate: () => void): TemplateResult {
  const cost = count > 1 ? words.text('generateCost', words.number(count), words.number(count)) : undefined;
  // Not the attribute "disabled": the button stays reachable, so that its reason can be read.
  return html`<button type="button" class="primary generate" aria-label=${cost ?? nothing} title=${reason ?? cost ?? nothing}
    aria-disabled=${reason ? 'true' : nothing} aria-description=${reason ?? nothing} @click=${() => generate()}>
    ${count > 1 ? words.text('generateMany', words.number(count)) : words.text('generate')}
  </button>`;
}

/** Says from when the price is, and whose it is. */
function priceHint({ service }: Snapshot, words: Wording): string | undefined {
  return service?.price && words.text('listPrice', service.price.read);
}

function costOf(draft: Draft, snapshot: Snapshot, words: Wording): string {
  const one = snapshot.estimates?.find(({ size }) => size === draft.size)?.durationMs;
  const time = one === undefined ? undefined : words.text('about', words.duration(estimateAll(draft.count, one, snapshot.concurrency ?? 1)));
  const requests = draft.count > 1 ? words.text('paidRequests', words.number(draft.count)) : undefined;
  const price = snapshot.service?.price && words.text('aboutEach', snapshot.service.price.text);
  const asked = snapshot.askedCount > 0 ? words.counted('asked', snapshot.askedCount) : undefined;
  return [requests, price, time, asked].filter((part) => part !== undefined).join(' · ');
}
