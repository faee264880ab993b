// Makes the names of images and jobs: a sortable UTC time, then chance, so that a folder listing is the order.

const ID = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-([0-9a-f]{8})(?:-(\d{1,3}))?$/;

/** Time and chance of an id, and which item of its job's answer it names; undefined for anything else. */
export function parseImageId(text: string): { timeMs: number; random: string; item: number } | undefined {
  const match = ID.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second, ms] = match.slice(1, 8).map(Number) as [number, number, number, number, number, number, number];
  const timeMs = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return { timeMs, random: match[8] ?? '', item: Number(match[9] ?? 0) };
}

/** `20261122T120812345Z-9f86d081`. `random` returns a number from 0 up to, not including, 1. */
export function formatImageId(timeMs: number, random: () => number): string {
  const time = new Date(timeMs).toISOString().replace(/[-:.]/g, '');
  const chance = Math.floor(random() * 2 ** 32).toString(16).padStart(8, '0');
  return `${time}-${chance}`;
}

/**
 * Makes ids of jobs that sort as they were asked for, also if several are asked for in one millisecond. A clock that
 * was set back is believed after the ids of the hour before have run out, so one wrong time does not order the future.
 */
export function createIdMaker(now: () => number, random: () => number): () => string {
  const BELIEVED_BACK_MS = 3_600_000;
  let last = -Infinity;
  return () => {
    const time = now();
    last = time > last || last - time > BELIEVED_BACK_MS ? time : last + 1;
    return formatImageId(last, random);
  };
}

/**
 * The id of one item of a job's answer: the job's own, and `-1`, `-2` … behind it for the further ones. It follows from
 * the job's, so whoever takes over an unfinished job finds what was written already, and no image is ever kept twice.
 */
export function imageIdOf(jobId: string, item: number): string {
  return item === 0 ? jobId : `${jobId}-${item}`;
}
