// Turns keys and values into the words of the display language: texts, plurals, numbers, times and sizes.
import type { PageStringKey, PageStrings } from '../../protocol/pageStrings.ts';

type PluralKey = PageStringKey extends infer K ? (K extends `${infer Stem}Other` ? Stem : never) : never;

/** The page's texts and formats in one language (BCP 47). */
export class Wording {
  readonly language: string;
  readonly #strings: Partial<PageStrings>;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #list: Intl.ListFormat;

  constructor(strings: Partial<PageStrings>, language: string) {
    this.#strings = strings;
    this.language = Intl.getCanonicalLocales(language || 'en')[0] ?? 'en';
    this.#plural = new Intl.PluralRules(this.language);
    this.#number = new Intl.NumberFormat(this.language);
    this.#list = new Intl.ListFormat(this.language, { type: 'unit', style: 'narrow' });
  }

  text(key: PageStringKey, ...values: string[]): string {
    return (this.#strings[key] ?? key).replace(/\{(\d)\}/g, (whole, place: string) => values[Number(place)] ?? whole);
  }

  /** The key's form for `count`, with the count as {0}. */
  counted(stem: PluralKey, count: number, ...values: string[]): string {
    const form = this.#plural.select(count) === 'one' ? 'One' : 'Other';
    return this.text(`${stem}${form}`, this.number(count), ...values);
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  bytes(count: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
    const digits = step < 2 ? 0 : 1;
    return this.#unit(count / 1000 ** step, units[step] ?? 'byte', digits);
  }

  /** Whole seconds, with minutes and hours if it is that long. */
  duration(ms: number): string {
    const seconds = Math.max(0, Math.round(ms / 1000));
    if (seconds < 60) return this.#unit(seconds, 'second', 0);
    const minutes = Math.floor(seconds / 60);
    const rest = seconds % 60;
    if (minutes >= 60) return this.#list.format([this.#unit(Math.floor(minutes / 60), 'hour', 0), this.#unit(minutes % 60, 'minute', 0)]);
    return rest === 0 ? this.#unit(minutes, 'minute', 0) : this.#list.format([this.#unit(minutes, 'minute', 0), this.#unit(rest, 'second', 0)]);
  }

  /** Day and time of an ISO time, in the reader's own time zone. */
  moment(iso: string): string {
    const time = new Date(iso);
    return Number.isNaN(time.getTime()) ? '' : new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
  }

  /** A day (`2026-11-22`) or a month (`2026-10`) as a heading. */
  day(day: string, now: Date): string {
    const [year = 0, month = 1, date] = day.split('-').map(Number);
    if (date === undefined) return new Intl.DateTimeFormat(this.language, { year: 'numeric', month: 'long' }).format(new Date(year, month - 1));
    const that = new Date(year, month - 1, date);
    if (Number.isNaN(that.getTime())) return day;
    const daysAgo = Math.round((new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime() - that.getTime()) / 86_400_000);
    if (daysAgo === 0) return this.text('today');
    if (daysAgo === 1) return this.text('yesterday');
    const isThisYear = year === now.getFullYear();
    return new Intl.DateTimeFormat(this.language, isThisYear ? { weekday: 'short', month: 'long', day: 'numeric' } : { dateStyle: 'long' }).format(that);
  }

  #unit(value: number, unit: string, digits: number): string {
    return new Intl.NumberFormat(this.language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  }
}
