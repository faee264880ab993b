// Turns a page into the same page with its tables made anew; what people wrote into their cells stays.
import type { PageTable } from './pageTables.ts';

export interface WrittenPage {
  readonly text: string;
  /** First cells of rows that a person still has to fill in. */
  readonly empty: readonly string[];
  /** What people wrote for rows that are gone. */
  readonly lost: readonly string[];
}

/** A table of a page stands between these two lines. */
const PLACE = /^<!-- table (\w+): made by `npm run docs`[^\n]*-->\n([\s\S]*?)^<!-- end of table -->$/gm;

/** @throws Error if the page names a table that is not made */
export function writeTables(page: string, tables: ReadonlyMap<string, PageTable>): WrittenPage {
  const empty: string[] = [];
  const lost: string[] = [];
  const text = page.replace(PLACE, (place: string, name: string, old: string) => {
    const table = tables.get(name);
    if (!table) throw new Error(`No table is called “${name}”`);
    const written = new Map(rowsOf(old).map((cells) => [cells[0] ?? '', cells.at(-1) ?? '']));
    const rows = table.rows.map((cells) => {
      const first = cells[0] ?? '';
      if (cells.includes(undefined) && !written.get(first)) empty.push(first);
      return cells.map((one) => one ?? written.get(first) ?? '');
    });
    if (table.rows.some((cells) => cells.includes(undefined))) {
      for (const [first, last] of written) if (!rows.some(([one]) => one === first)) lost.push(`${first} | ${last}`);
    }
    const lines = [table.head, table.head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
    return `${place.slice(0, place.indexOf('\n'))}\n${lines.join('\n')}\n<!-- end of table -->`;
  });
  return { text, empty, lost };
}

/** The names of the tables that stand in a page. */
export function tablesIn(page: string): readonly string[] {
  return [...page.matchAll(PLACE)].map(([, name = '']) => name);
}

/** The rows of a Markdown table without its head, each as its cells. */
export function rowsOf(table: string): readonly (readonly string[])[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((one) => one.trim()));
}
