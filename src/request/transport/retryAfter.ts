// Turns the headers in which a server asks for patience into milliseconds.
import type { FetchResponse } from './fetch.ts';

/** Longer than this is no request for patience any more. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * From `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date; never negative, at most a day. Undefined when
 * absent or unreadable. `nowMs`: the wall clock.
 */
export function readRetryAfterMs(headers: FetchResponse['headers'], nowMs: number): number | undefined {
  const exact = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(exact)) return bound(Number(exact));
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return bound(Number(text) * 1000);
  // Date.parse reads far more than HTTP dates ("-5" is a year to it), so the day's or month's name is asked for.
  const dateMs = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(dateMs) ? undefined : bound(dateMs - nowMs);
}

function bound(ms: number): number {
  return Math.min(Math.max(0, Math.round(ms)), LONGEST_WAIT_MS);
}
