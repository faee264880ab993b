// Draws the history: search, filter, selection, and the part of the strip of thumbnails that can be seen.
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Snapshot, SnapshotImage } from '../../protocol/snapshot.ts';
import { iconButton, textButton } from '../parts/button.ts';
import { tileAt, type HistoryLayout, type Section } from './historyLayout.ts';
import { icon } from '../parts/icons.ts';
import type { PageContext } from '../parts/pageContext.ts';

export interface HistoryParts {
  page: PageContext;
  history: Snapshot['history'];
  layout: HistoryLayout;
  sections: readonly Section[];
  /** Places to draw, ascending; the one that has the focus is always among them. */
  indexes: readonly number[];
  rovingIndex: number;
  currentId: string | undefined;
  query: string;
  starredOnly: boolean;
  isStale: boolean;
  /** Ids of the selected images, or undefined when not selecting. */
  selected: ReadonlySet<string> | undefined;
  imageAt(index: number): SnapshotImage | undefined;
  on: HistoryActions;
}

export interface HistoryActions {
  search(text: string): void;
  filterStarred(starredOnly: boolean): void;
  toggleSelecting(): void;
  toggleSelected(imageId: string): void;
  open(index: number): void;
  focusAt(index: number): void;
  leave(event: FocusEvent): void;
  key(event: KeyboardEvent): void;
  bulk(kind: 'insert' | 'save' | 'delete' | 'compare'): void;
}

export function historyView(parts: HistoryParts): TemplateResult {
  const { page, history, on } = parts;
  const { words } = page;
  return html`<section class="history" @keydown=${(event: KeyboardEvent) => on.key(event)}>
    <div class="row">
      <h2>${words.text('history')}</h2>
      <span class="icons">
        ${iconButton({ label: words.text('starred'), icon: parts.starredOnly ? 'starred' : 'star', isPressed: parts.starredOnly, run: () => on.filterStarred(!parts.starredOnly) })}
        ${iconButton({ label: words.text('select'), icon: 'select', isPressed: parts.selected !== undefined, run: () => on.toggleSelecting() })}
      </span>
    </div>
    <input type="search" dir="auto" aria-label=${words.text('searchHistory')} placeholder=${words.text('searchHistory')} .value=${live(parts.query)}
      @input=${(event: Event) => on.search((event.target as HTMLInputElement).value)} />
    ${history.total === 0 && !parts.isStale ? html`<p class="quiet">${words.text(history.keptTotal === 0 ? 'historyEmpty' : 'nothingFound')}</p>` : nothing}
    <div class="strip" .style=${`height:${parts.layout.heightPx}px`}>
      ${repeat(parts.sections, ({ first }) => first, (section) => headingView(section, page))}
      <ul aria-label=${words.text('history')} aria-busy=${parts.isStale ? 'true' : nothing} @focusout=${(event: FocusEvent) => on.leave(event)}>
        ${repeat(parts.indexes, (index) => index, (index) => tileView(parts, index))}
      </ul>
    </div>
    ${parts.selected ? selectionBar(parts, parts.selected) : nothing}
    ${footView(parts)}
  </section>`;
}

function headingView({ day, topPx }: Section, { words }: PageContext): TemplateResult | typeof nothing {
  // Out of a screen reader's way: a list may hold items only, and each image tells its own day.
  return day === '' ? nothing : html`<div class="day quiet" aria-hidden="true" .style=${`transform:translateY(${topPx}px)`}>${words.day(day, new Date())}</div>`;
}

function tileView(parts: HistoryParts, index: number): TemplateResult {
  const { page, layout, on, selected } = parts;
  const image = parts.imageAt(index);
  const { xPx, yPx } = tileAt(layout, index);
  const isSelected = image !== undefined && selected?.has(image.id) === true;
  const tabIndex = index === parts.rovingIndex ? 0 : -1;
  return html`<li class="tile ${isSelected ? 'selected' : ''} ${groupMark(parts, index)}" aria-setsize=${layout.total} aria-posinset=${index + 1}
    .style=${`transform:translate(${xPx}px,${yPx}px);width:${layout.tilePx}px;height:${layout.tilePx}px`}>
    <button type="button" class="thumbnail" data-index=${index} tabindex=${tabIndex} aria-label=${image?.prompt ?? page.words.text('loading')}
      title=${image ? describe(parts, index, image) : nothing} aria-current=${image !== undefined && image.id === parts.currentId ? 'true' : nothing}
      @click=${() => on.open(index)} @focus=${() => on.focusAt(index)}>
      ${image ? html`<img src=${image.thumbnailUri ?? image.uri} alt="" loading="lazy" decoding="async" draggable="false" />` : nothing}
      ${image?.starred ? html`<span class="mark">${icon('starred')}</span>` : nothing}
    </button>
    ${selected && image
      ? html`<input type="checkbox" tabindex=${tabIndex} aria-label=${page.words.text('select')} .checked=${live(isSelected)} @change=${() => on.toggleSelected(image.id)} />`
      : nothing}
  </li>`;
}

function describe(parts: HistoryParts, index: number, image: SnapshotImage): string {
  const { words } = parts.page;
  const facts = [words.moment(image.time), `${image.widthPx} × ${image.heightPx}`];
  if (image.starred) facts.push(words.text('starred'));
  if (groupMark(parts, index) !== '') facts.push(words.text('inGroup'));
  return `${image.prompt}\n${facts.join(' · ')}`;
}

/** The classes of an image that stands among others it was asked for with. */
function groupMark(parts: HistoryParts, index: number): string {
  const group = parts.imageAt(index)?.group;
  const isSame = (place: number): boolean => group !== undefined && parts.imageAt(place)?.group === group;
  const [before, after] = [isSame(index - 1), isSame(index + 1)];
  if (!before && !after) return '';
  return `together${before ? '' : ' firstOf'}${after ? '' : ' lastOf'}`;
}

function selectionBar({ page, on }: HistoryParts, selected: ReadonlySet<string>): TemplateResult {
  const { words } = page;
  const label = words.counted('selected', selected.size);
  const action = (kind: 'insert' | 'save' | 'delete' | 'compare', text: string, isPossible: boolean): TemplateResult =>
    html`<button type="button" class="secondary small" ?disabled=${!isPossible} @click=${() => on.bulk(kind)}>${text}</button>`;
  const isAny = selected.size > 0;
  return html`<div class="selection" role="group" aria-label=${label}>
    <span class="quiet">${label}</span>
    ${action('insert', words.text('insert'), isAny)} ${action('save', words.text('save'), isAny)} ${action('delete', words.text('delete'), isAny)}
    ${action('compare', words.text('compareTwo'), selected.size === 2)}
  </div>`;
}

function footView({ page, history }: HistoryParts): TemplateResult {
  const { words } = page;
  const isFiltered = history.query !== '' || history.starredOnly;
  const found = isFiltered ? html`<p class="quiet">${words.counted('found', history.total)}</p>` : nothing;
  return html`<div class="foot">
    ${found}
    <p class="quiet">${words.counted('kept', history.keptTotal, words.bytes(history.sizeBytes))}</p>
    ${textButton({ label: words.text('openFolder'), run: () => page.post({ type: 'openHistoryFolder' }) })}
    ${textButton({ label: words.text('deleteUnstarred'), run: () => page.press('deleteUnstarred', () => page.post({ type: 'deleteUnstarred' })) })}
  </div>`;
}
