// Keeps the history's place: what is asked for, what can be seen, what has the focus and what is selected.
import type { TemplateResult } from 'lit-html';
import type { Snapshot } from '../../protocol/snapshot.ts';
import { layOutHistory, moveFrom, tileAt, visiblePart, type HistoryLayout, type MoveKey } from './historyLayout.ts';
import { HistoryPages, type HistoryRange } from './historyPages.ts';
import { historyView } from './historyView.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { isComposingKey } from '../parts/press.ts';

const TILE = { leastTilePx: 84, gapPx: 6, headPx: 26 };
const OVERSCAN_PX = 300;
const SEARCH_PAUSE_MS = 200;
const ASK_PAUSE_MS = 60;
const MOVE_KEYS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'] satisfies MoveKey[];

export interface HistoryFilter {
  query: string;
  starredOnly: boolean;
}

/** The virtual list: only what can be seen, and the image that has the focus, is in the document. */
export class HistoryList {
  readonly #page: PageContext;
  readonly #keepFilter: (filter: HistoryFilter) => void;
  readonly #pages = new HistoryPages();
  #filter: HistoryFilter;
  #history: Snapshot['history'] | undefined;
  #view = { widthPx: 280, topPx: 0, bottomPx: 600 };
  #layout: HistoryLayout = layOutHistory({ days: [], total: 0, widthPx: 280, ...TILE });
  #activeIndex = 0;
  #hasFocus = false;
  #mustFocus = false;
  #selected: Set<string> | undefined;
  #askedFor = '';
  #askTimer = 0;
  #searchTimer = 0;

  constructor(page: PageContext, filter: HistoryFilter, keepFilter: (filter: HistoryFilter) => void) {
    this.#page = page;
    this.#filter = filter;
    this.#keepFilter = keepFilter;
  }

  receive(history: Snapshot['history']): void {
    const focusedId = this.#pages.at(this.#activeIndex)?.id;
    if (this.#history?.revision !== history.revision) this.#askedFor = '';
    this.#history = history;
    this.#pages.receive(history);
    const moved = focusedId === undefined ? undefined : this.#pages.indexOf(focusedId);
    const index = Math.max(0, Math.min(moved ?? this.#activeIndex, history.total - 1));
    this.#mustFocus ||= this.#hasFocus && index !== this.#activeIndex;
    this.#activeIndex = index;
    if (this.#isStale()) this.#ask({ offset: 0, count: 50 });
  }

  view(currentId: string | undefined): TemplateResult | undefined {
    const history = this.#history;
    if (!history) return undefined;
    this.#layout = layOutHistory({ days: history.days ?? [], total: history.total, widthPx: this.#view.widthPx, ...TILE });
    const part = visiblePart(this.#layout, this.#view.topPx - OVERSCAN_PX, this.#view.bottomPx + OVERSCAN_PX);
    const indexes = Array.from({ length: part.end - part.first }, (_, place) => part.first + place);
    const rovingIndex = this.#rovingIndex();
    if (rovingIndex < part.first) indexes.unshift(rovingIndex);
    else if (rovingIndex >= part.end && rovingIndex < history.total) indexes.push(rovingIndex);
    return historyView({
      page: this.#page,
      history,
      layout: this.#layout,
      sections: part.sections,
      indexes,
      rovingIndex,
      currentId,
      ...this.#filter,
      isStale: this.#isStale(),
      selected: this.#selected,
      imageAt: (index) => this.#pages.at(index),
      on: {
        search: (text) => this.#search(text),
        filterStarred: (starredOnly) => this.#setFilter({ ...this.#filter, starredOnly }),
        toggleSelecting: () => this.#setSelected(this.#selected ? undefined : new Set()),
        toggleSelected: (imageId) => this.#toggleSelected(imageId),
        open: (index) => this.#open(index),
        focusAt: (index) => this.#onFocus(index),
        leave: (event) => {
          if (!(event.relatedTarget instanceof Node && (event.currentTarget as Element).contains(event.relatedTarget))) this.#hasFocus = false;
        },
        key: (event) => this.#onKey(event),
        bulk: (kind) => this.#actOnSelected(kind),
      },
    });
  }

  /** Looks where the strip lies now, after a redraw, a scroll or a resize; redraws and asks if that shows more. */
  measure(): void {
    const strip = document.querySelector('.strip');
    if (!strip) return;
    const { top, width } = strip.getBoundingClientRect();
    // Steps of half a tile: a redraw for each scrolled pixel would draw the same tiles again.
    const step = (px: number): number => Math.round(px / 42) * 42;
    const view = { widthPx: Math.floor(width), topPx: step(-top), bottomPx: step(window.innerHeight - top) };
    const isSame = view.widthPx === this.#view.widthPx && view.topPx === this.#view.topPx && view.bottomPx === this.#view.bottomPx;
    this.#view = view;
    if (!isSame) this.#page.redraw();
    if (this.#mustFocus) this.#focusActive();
    const part = visiblePart(this.#layout, view.topPx - OVERSCAN_PX, view.bottomPx + OVERSCAN_PX);
    const range = this.#pages.missingRange(part.first, part.end);
    window.clearTimeout(this.#askTimer);
    if (range && !this.#isStale()) this.#askTimer = window.setTimeout(() => this.#ask(range), ASK_PAUSE_MS);
  }

  /** Starts a selection with one image in it, to choose another. */
  selectFrom(imageId: string): void {
    this.#setSelected(new Set([imageId]));
    this.#page.say(this.#page.words.text('compareHint'));
    this.#mustFocus = true;
  }

  #isStale(): boolean {
    return this.#history !== undefined && (this.#history.query !== this.#filter.query || this.#history.starredOnly !== this.#filter.starredOnly);
  }

  /** The one image that Tab reaches: the last that had the focus, or the first in sight once that is far away. */
  #rovingIndex(): number {
    if (this.#hasFocus || this.#mustFocus) return this.#activeIndex;
    const part = visiblePart(this.#layout, this.#view.topPx, this.#view.bottomPx);
    return this.#activeIndex >= part.first && this.#activeIndex < part.end ? this.#activeIndex : part.first;
  }

  #ask(range: HistoryRange): void {
    const key = JSON.stringify([range, this.#filter]);
    if (key === this.#askedFor) return;
    this.#askedFor = key;
    this.#page.post({ type: 'history', ...range, ...this.#filter });
  }

  #search(text: string): void {
    window.clearTimeout(this.#searchTimer);
    this.#filter = { ...this.#filter, query: text };
    this.#searchTimer = window.setTimeout(() => this.#setFilter(this.#filter), SEARCH_PAUSE_MS);
  }

  #setFilter(filter: HistoryFilter): void {
    this.#filter = filter;
    this.#activeIndex = 0;
    this.#keepFilter(filter);
    this.#ask({ offset: 0, count: 50 });
    this.#page.redraw();
  }

  #setSelected(selected: Set<string> | undefined): void {
    this.#selected = selected;
    this.#page.redraw();
  }

  #toggleSelected(imageId: string): void {
    const selected = new Set(this.#selected);
    if (!selected.delete(imageId)) selected.add(imageId);
    this.#setSelected(selected);
  }

  #open(index: number): void {
    const image = this.#pages.at(index);
    if (!image) return;
    if (this.#selected) return this.#toggleSelected(image.id);
    this.#page.post({ type: 'show', imageId: image.id });
  }

  #onFocus(index: number): void {
    const isNew = !this.#hasFocus || this.#activeIndex !== index;
    this.#hasFocus = true;
    this.#activeIndex = index;
    if (isNew) this.#page.redraw();
  }

  #onKey(event: KeyboardEvent): void {
    if (isComposingKey(event)) return;
    if (event.key === 'Escape' && this.#selected) return this.#setSelected(undefined);
    if (!(event.target instanceof Element) || !event.target.closest('.tile') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Delete') return this.#deleteActive();
    if (!MOVE_KEYS.includes(event.key)) return;
    event.preventDefault();
    const pageRows = Math.max(1, Math.floor(window.innerHeight / (this.#layout.tilePx + this.#layout.gapPx)) - 1);
    this.#activeIndex = moveFrom(this.#layout, this.#activeIndex, event.key as MoveKey, pageRows);
    this.#mustFocus = true;
    this.#scrollToActive();
    this.#page.redraw();
  }

  #deleteActive(): void {
    if (this.#selected && this.#selected.size > 0) return this.#actOnSelected('delete');
    const image = this.#pages.at(this.#activeIndex);
    if (image) this.#page.press('delete', () => this.#page.post({ type: 'delete', imageIds: [image.id] }));
  }

  #actOnSelected(kind: 'insert' | 'save' | 'delete' | 'compare'): void {
    const imageIds = [...(this.#selected ?? [])];
    if (imageIds.length === 0) return;
    this.#page.press(`selected ${kind}`, (intentId) => {
      if (kind === 'insert' || kind === 'save') this.#page.post({ type: kind, intentId, imageIds });
      else this.#page.post({ type: kind, imageIds });
    });
    if (kind === 'delete') this.#setSelected(undefined);
  }

  #scrollToActive(): void {
    const strip = document.querySelector('.strip');
    if (!strip) return;
    const stripRect = strip.getBoundingClientRect();
    const topPx = stripRect.top + tileAt(this.#layout, this.#activeIndex).yPx;
    const leastPx = coveredPx(stripRect) + this.#layout.headPx;
    const barPx = document.querySelector('.selection')?.clientHeight ?? 0;
    const mostPx = window.innerHeight - barPx - this.#layout.tilePx - this.#layout.gapPx;
    if (topPx < leastPx) window.scrollBy(0, topPx - leastPx);
    else if (topPx > mostPx) window.scrollBy(0, topPx - Math.max(leastPx, mostPx));
  }

  #focusActive(): void {
    const tile = document.querySelector<HTMLElement>(`.thumbnail[data-index="${this.#activeIndex}"]`);
    if (!tile) return;
    this.#mustFocus = false;
    tile.focus({ preventScroll: true });
  }
}

/** How much of the window's top the pinned preview hides, if it stands over the strip. */
function coveredPx(strip: DOMRect): number {
  const preview = document.querySelector('.preview');
  if (!preview || getComputedStyle(preview).position !== 'sticky') return 0;
  const rect = preview.getBoundingClientRect();
  return rect.right > strip.left && rect.left < strip.right ? rect.height : 0;
}
