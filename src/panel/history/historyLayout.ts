// Turns counts of images per day into places on a long strip of thumbnails, and key presses into moves on it.

export interface DayCount {
  day: string;
  count: number;
}

export interface LayoutFacts {
  days: readonly DayCount[];
  total: number;
  widthPx: number;
  /** Smallest side of a thumbnail; they grow to fill the row. */
  leastTilePx: number;
  gapPx: number;
  headPx: number;
}

export interface Section {
  day: string;
  /** Index of its first image. */
  first: number;
  count: number;
  topPx: number;
}

export interface HistoryLayout {
  columns: number;
  tilePx: number;
  gapPx: number;
  headPx: number;
  total: number;
  heightPx: number;
  sections: readonly Section[];
}

/** Lays all images out without looking at any of them. Days that do not add up to `total` are cut or filled. */
export function layOutHistory(facts: LayoutFacts): HistoryLayout {
  const { total, widthPx, leastTilePx, gapPx } = facts;
  const columns = Math.max(1, Math.floor((widthPx + gapPx) / (leastTilePx + gapPx)));
  const tilePx = Math.max(1, (widthPx - gapPx * (columns - 1)) / columns);
  const sections: Section[] = [];
  let first = 0;
  let topPx = 0;
  for (const { day, count } of fitDays(facts.days, total)) {
    const headPx = day === '' ? 0 : facts.headPx;
    sections.push({ day, first, count, topPx });
    first += count;
    topPx += headPx + Math.ceil(count / columns) * (tilePx + gapPx);
  }
  return { columns, tilePx, gapPx, headPx: facts.headPx, total, heightPx: topPx, sections };
}

/** Left upper corner of an image on the strip, in px. */
export function tileAt(layout: HistoryLayout, index: number): { xPx: number; yPx: number } {
  const section = sectionOf(layout, index);
  const within = index - section.first;
  const pitch = layout.tilePx + layout.gapPx;
  return {
    xPx: (within % layout.columns) * pitch,
    yPx: section.topPx + headOf(layout, section) + Math.floor(within / layout.columns) * pitch,
  };
}

/** Sections and images (`first` to `end`, exclusive) that touch the strip between two heights. */
export function visiblePart(layout: HistoryLayout, topPx: number, bottomPx: number): { first: number; end: number; sections: Section[] } {
  const sections = layout.sections.filter((section) => section.topPx < bottomPx && section.topPx + heightOf(layout, section) > topPx);
  const [top, bottom] = [sections[0], sections.at(-1)];
  if (!top || !bottom) return { first: 0, end: 0, sections };
  const pitch = layout.tilePx + layout.gapPx;
  const rowAt = (section: Section, px: number): number => (px - section.topPx - headOf(layout, section)) / pitch;
  const first = top.first + Math.max(0, Math.floor(rowAt(top, topPx))) * layout.columns;
  const end = bottom.first + Math.max(0, Math.ceil(rowAt(bottom, bottomPx))) * layout.columns;
  return { first: Math.min(first, top.first + top.count), end: Math.min(end, bottom.first + bottom.count), sections };
}

export type MoveKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End' | 'PageUp' | 'PageDown';

/** The image that a key press leads to from `index`; up and down keep the column across days. */
export function moveFrom(layout: HistoryLayout, index: number, key: MoveKey, pageRows: number): number {
  if (layout.total === 0) return 0;
  switch (key) {
    case 'Home': return 0;
    case 'End': return layout.total - 1;
    case 'ArrowLeft': return Math.max(0, index - 1);
    case 'ArrowRight': return Math.min(layout.total - 1, index + 1);
    case 'ArrowUp': return moveRow(layout, index, -1);
    case 'ArrowDown': return moveRow(layout, index, 1);
    case 'PageUp':
    case 'PageDown': {
      let at = index;
      for (let row = 0; row < Math.max(1, pageRows); row++) at = moveRow(layout, at, key === 'PageUp' ? -1 : 1);
      return at;
    }
  }
}

function moveRow(layout: HistoryLayout, index: number, step: 1 | -1): number {
  const { columns } = layout;
  const section = sectionOf(layout, index);
  const within = index - section.first;
  const column = within % columns;
  const row = Math.floor(within / columns) + step;
  const rows = Math.ceil(section.count / columns);
  if (row >= 0 && row < rows) return section.first + Math.min(row * columns + column, section.count - 1);
  const next = layout.sections[layout.sections.indexOf(section) + step];
  if (!next) return index;
  const nextRow = step === 1 ? 0 : Math.ceil(next.count / columns) - 1;
  return next.first + Math.min(nextRow * columns + column, next.count - 1);
}

function fitDays(days: readonly DayCount[], total: number): DayCount[] {
  const fitted: DayCount[] = [];
  let left = total;
  for (const { day, count } of days) {
    const taken = Math.min(count, left);
    if (taken > 0) fitted.push({ day, count: taken });
    left -= taken;
  }
  const last = fitted.at(-1);
  if (left > 0 && last) last.count += left;
  else if (left > 0) fitted.push({ day: '', count: left });
  return fitted;
}

function sectionOf(layout: HistoryLayout, index: number): Section {
  const section = layout.sections.findLast(({ first }) => first <= index);
  return section ?? { day: '', first: 0, count: 0, topPx: 0 };
}

function headOf(layout: HistoryLayout, section: Section): number {
  return section.day === '' ? 0 : layout.headPx;
}

function heightOf(layout: HistoryLayout, section: Section): number {
  return headOf(layout, section) + Math.ceil(section.count / layout.columns) * (layout.tilePx + layout.gapPx);
}
