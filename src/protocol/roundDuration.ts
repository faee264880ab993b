// Turns a time into one that is no more exact than anyone can know.

const SHORTEST_SAID_MS = 1_500;

/** Seconds up to ten, then steps of five, then of half a minute; undefined for a time that nobody has to wait for. */
export function roundDuration(ms: number): number | undefined {
  if (ms < SHORTEST_SAID_MS) return undefined;
  const stepMs = ms < 9_500 ? 1_000 : ms < 57_500 ? 5_000 : ms < 300_000 ? 30_000 : 60_000;
  return Math.round(ms / stepMs) * stepMs;
}
