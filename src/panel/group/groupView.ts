// Keeps which image of a group is chosen, opened or put aside to compare, and draws the group's grid and its line.
import type { TemplateResult } from 'lit-html';
import type { Snapshot, SnapshotImage } from '../../protocol/snapshot.ts';
import { isActive } from '../jobs/announcements.ts';
import type { TextButton } from '../parts/button.ts';
import type { PageContext } from '../parts/pageContext.ts';
import { isComposingKey } from '../parts/press.ts';
import { cellsOf, moveInGrid, type Cell } from './cells.ts';
import { gridView } from './gridView.ts';

export interface GroupPorts {
  page: PageContext;
  /** Remembers the group that is dismissed to one line. */
  keepFolded: (groupId: string | undefined) => void;
  cancel: (jobId: string) => void;
  cancelAll: () => void;
}

/** The images of one press on Generate, until they are dismissed to one line. */
export class GroupView {
  readonly #ports: GroupPorts;
  #foldedId: string | undefined;
  #snapshot: Snapshot | undefined;
  #cells: readonly Cell[] = [];
  /** What the person chose; it stays chosen whatever comes later. */
  #chosenKey: string | undefined;
  #markedKey: string | undefined;
  #isLarge = false;

  constructor(ports: GroupPorts, foldedId: string | undefined) {
    this.#ports = ports;
    this.#foldedId = foldedId;
  }

  /** `isDue`: whether a job is worth drawing already. */
  update(snapshot: Snapshot, isDue: (jobId: string) => boolean): void {
    this.#followImageInFront(snapshot);
    const isOther = snapshot.group?.id !== this.#snapshot?.group?.id;
    this.#snapshot = snapshot;
    this.#cells = cellsOf(snapshot, this.#foldedId, isDue);
    if (isOther) this.#isLarge = false;
    // The first that is there is the chosen one until a person chooses.
    if (!this.#cells.some(({ key, image }) => image && key === this.#chosenKey)) this.#chosenKey = this.#cells.find(({ image }) => image)?.key;
    if (!this.#cells.some(({ key }) => key === this.#markedKey)) this.#markedKey = undefined;
  }

  /** What a person picked elsewhere is chosen here too; an image of no place here puts the group aside. */
  #followImageInFront({ current, group }: Snapshot): void {
    const before = this.#snapshot;
    if (!current || !before || current.id === before.current?.id) return;
    const cell = this.#cells.find(({ image }) => image?.id === current.id);
    if (cell) this.#chosenKey = cell.key;
    else if (group && group.id === before.group?.id && !group.members.some(({ image }) => image?.id === current.id)) this.#putAside(group.id);
  }

  #putAside(groupId: string | undefined): void {
    this.#foldedId = groupId;
    this.#isLarge = false;
    this.#ports.keepFolded(groupId);
  }

  /** Whether a cell stands for this job. */
  has(jobId: string): boolean {
    return this.isShown && this.#cells.some(({ key }) => key === jobId);
  }

  /** True if the stage shows a grid, or one image out of it. */
  get isShown(): boolean {
    return this.#cells.length > 1;
  }

  get isLarge(): boolean {
    return this.isShown && this.#isLarge && this.chosen !== undefined;
  }

  get chosen(): SnapshotImage | undefined {
    return this.#cells.find(({ key }) => key === this.#chosenKey)?.image;
  }

  grid(nowMs: number): TemplateResult {
    return gridView({
      page: this.#ports.page, cells: this.#cells, chosen: this.#chosenKey, marked: this.#markedKey, nowMs,
      cancel: this.#ports.cancel,
      choose: (place) => this.#choose(place),
      open: (place) => this.#open(place),
      onKey: (event, place) => this.#onKey(event, place),
    });
  }

  /** The group's state in one line, with what can be done with all of it. */
  line(): { text: string; buttons: TextButton[] } | undefined {
    const { words } = this.#ports.page;
    const group = this.#snapshot?.group;
    const ready = this.#cells.filter(({ image }) => image).length;
    const state = ready === this.#cells.length ? words.counted('madeTogether', ready) : words.text('ofReady', words.number(ready), words.number(this.#cells.length));
    const isUnderWay = this.isShown && this.#cells.some(({ job }) => job && isActive(job));
    if (isUnderWay) return { text: state, buttons: [{ label: words.text('cancelAll'), run: this.#ports.cancelAll }] };
    if (!group || (!this.isShown && group.id !== this.#foldedId)) return undefined;
    if (group.id === this.#foldedId) {
      return { text: words.counted('madeTogether', group.members.filter(({ image }) => image).length), buttons: [{ label: words.text('showAll'), run: () => this.#fold(undefined) }] };
    }
    if (this.isLarge) return { text: state, buttons: [{ label: words.text('showAll'), run: () => this.#shrink() }] };
    return { text: state, buttons: [{ label: words.text('showOne'), run: () => this.#fold(group.id) }] };
  }

  /** Back to the grid; false if nothing was open. */
  shrink(): boolean {
    if (!this.isLarge) return false;
    this.#shrink();
    return true;
  }

  #shrink(): void {
    this.#isLarge = false;
    this.#redrawAndFocus();
  }

  #fold(groupId: string | undefined): void {
    const { chosen } = this;
    this.#putAside(groupId);
    if (chosen && groupId !== undefined) this.#ports.page.post({ type: 'show', imageId: chosen.id });
    this.#ports.page.redraw();
  }

  #choose(place: number): void {
    const cell = this.#cells[place];
    if (!cell?.image) return;
    this.#chosenKey = cell.key;
    // What the palette's commands act on is the one that the person chose here.
    this.#ports.page.post({ type: 'show', imageId: cell.image.id });
    this.#redrawAndFocus();
  }

  #open(place: number): void {
    this.#choose(place);
    this.#isLarge = true;
    this.#ports.page.redraw();
    queueMicrotask(() => document.querySelector<HTMLElement>('.slot button')?.focus({ preventScroll: true }));
  }

  /** The second one that is marked is compared with the first. */
  #mark(place: number): void {
    const { page } = this.#ports;
    const image = this.#cells[place]?.image;
    const other = this.#cells.find(({ key }) => key === this.#markedKey)?.image;
    const key = this.#cells[place]?.key;
    if (!image || key === undefined) return;
    this.#markedKey = other === undefined ? key : undefined;
    if (other && other.id !== image.id) page.post({ type: 'compare', imageIds: [other.id, image.id] });
    else if (!other) page.say(page.words.text('compareHint'));
    page.redraw();
  }

  #onKey(event: KeyboardEvent, place: number): void {
    if (isComposingKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') this.#take(event, () => this.#open(place));
    else if (event.key === ' ') this.#take(event, () => this.#mark(place));
    else if (event.key === 'Escape' && this.#markedKey !== undefined) this.#take(event, () => this.#mark(this.#cells.findIndex(({ key }) => key === this.#markedKey)));
    else {
      const to = moveInGrid(place, event.key, this.#cells.length);
      if (to !== undefined) this.#take(event, () => this.#choose(this.#nearestReady(place, to)));
    }
  }

  /** Cells without an image cannot be chosen: the next one that can, in the same direction. */
  #nearestReady(from: number, to: number): number {
    const step = Math.sign(to - from);
    for (let place = to; step !== 0 && place >= 0 && place < this.#cells.length; place += step) if (this.#cells[place]?.image) return place;
    return from;
  }

  #take(event: KeyboardEvent, run: () => void): void {
    event.preventDefault();
    if (!event.repeat || event.key.startsWith('Arrow')) run();
  }

  #redrawAndFocus(): void {
    this.#ports.page.redraw();
    queueMicrotask(() => document.querySelector<HTMLElement>('.cellImage[aria-current]')?.focus({ preventScroll: true }));
  }
}
