// Draws what is asked for: prompt, options, count and the button that costs money.
import { html, nothing, type TemplateResult } from 'lit-html';
import { checkPrompt, countCharacters } from '../../prompt/promptText.ts';
import type { Draft, Snapshot } from '../../protocol/snapshot.ts';
import { estimateAll } from '../jobs/jobProgress.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { isComposingKey } from '../parts/press.ts';
import { checkbox } from './optionsView.ts';
import { serviceLine } from './serviceLine.ts';
import type { Wording } from '../parts/wording.ts';

const MOST_IMAGES = 8;

export interface FormParts {
  page: PageContext;
  snapshot: Snapshot;
  draft: Draft;
  promptBox: TemplateResult;
  options: TemplateResult;
  /** The line below the button: jobs, or what was asked for. */
  slot: TemplateResult;
  change: (part: Partial<Draft>) => void;
  generate: () => void;
}

export function formView({ page, snapshot, draft, promptBox, options, slot, change, generate }: FormParts): TemplateResult {
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
    ${options}
    ${snapshot.extras ? checkbox(words.text('takeFromImage', snapshot.extras.text), words.text('takeFromImageHint'), snapshot.extras.taken, (taken) => page.post({ type: 'extras', taken })) : nothing}
    <div class="generateRow">
      ${generateButton(draft.count, reason, words, generate)}
      <label class="count" title=${words.text('images')}><span class="unseen">${words.text('images')}</span><span aria-hidden="true">×</span>${countInput(draft.count, (count) => change({ count }))}</label>
    </div>
    ${serviceLine(page, snapshot)}
    ${costView(draft, snapshot, words)}
    ${slot}
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

/** One line, whatever becomes known: what does not fit stands in the title. The price is first, as the button says how many. */
function costView(draft: Draft, snapshot: Snapshot, words: Wording): TemplateResult {
  const cost = costOf(draft, snapshot, words);
  const hint = priceHint(snapshot, words);
  return html`<p class="quiet cost" title=${hint === undefined ? cost : `${cost}\n${hint}`}>${cost}</p>`;
}

function costOf({ count }: Draft, { service }: Snapshot, words: Wording): string {
  const price = service?.price && words.text('aboutEach', service.price.text);
  const requests = count > 1 ? words.text('paidRequests', words.number(count)) : undefined;
  return [price, requests].filter((part) => part !== undefined).join(' · ');
}

/** How long the draft's images take, and how many were asked for so far: what there is to say while nothing is under way. */
export function idleWords({ size, promptExtend, count }: Draft, { estimates, concurrency, askedCount }: Snapshot, words: Wording): string {
  const one = estimates?.find((known) => known.size === size && known.promptExtend === promptExtend);
  const allMs = one && estimateAll(count, one.durationMs, concurrency ?? 1);
  const time = allMs === undefined ? undefined : words.text(one?.isDocumented ? 'aboutDocumented' : 'about', words.duration(allMs));
  const asked = askedCount > 0 ? words.counted('asked', askedCount) : undefined;
  return [time, asked].filter((part) => part !== undefined).join(' · ');
}
