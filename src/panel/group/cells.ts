// Turns jobs and the images asked for together into the cells of one grid.
import type { Snapshot, SnapshotImage, SnapshotJob } from '../../protocol/snapshot.ts';
import { isActive } from '../jobs/announcements.ts';

export interface Cell {
  /** Of the job, or of an image that stands beside them. */
  key: string;
  job?: SnapshotJob | undefined;
  image?: SnapshotImage | undefined;
}

/**
 * One cell for each image asked for together and for whatever else is under way; none if one job alone runs, or
 * nothing. `foldedId`: the group that the person dismissed to one line.
 */
export function cellsOf({ jobs, group, current }: Pick<Snapshot, 'jobs' | 'group' | 'current'>, foldedId: string | undefined, isDue: (jobId: string) => boolean): Cell[] {
  const active = jobs.filter((job) => isActive(job) && isDue(job.id));
  if (group && group.id !== foldedId && group.members.some(({ jobId }) => isDue(jobId))) {
    const members = group.members.map(({ jobId, image }): Cell => ({ key: jobId, image, job: image ? undefined : jobs.find(({ id }) => id === jobId) }));
    const others = active.filter(({ id }) => !group.members.some(({ jobId }) => jobId === id));
    const isUnderWay = members.some(({ job }) => job && isActive(job));
    // Nothing came of it and nothing will: its alert says so, and what was in front is of more use.
    if (!isUnderWay && !members.some(({ image }) => image)) return [];
    // One alone beside a group that has ended has the line below Generate to itself.
    return isUnderWay || others.length > 1 ? [...members, ...others.map((job): Cell => ({ key: job.id, job }))] : members;
  }
  if (active.length < 2) return [];
  // What was in front stays in reach.
  const front = current ? [{ key: current.id, image: current }] : [];
  return [...front, ...active.map((job): Cell => ({ key: job.id, job }))];
}

/** Square for four, at most three or four in a row. */
export function columnsOf(count: number): number {
  return count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
}

/** The place that a key leads to from `place`, or undefined for other keys. */
export function moveInGrid(place: number, key: string, count: number): number | undefined {
  const columns = columnsOf(count);
  if (/^[1-9]$/.test(key)) return Number(key) <= count ? Number(key) - 1 : undefined;
  switch (key) {
    case 'ArrowLeft': return Math.max(0, place - 1);
    case 'ArrowRight': return Math.min(count - 1, place + 1);
    case 'ArrowUp': return place - columns >= 0 ? place - columns : place;
    case 'ArrowDown': return place + columns < count ? place + columns : place;
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return undefined;
  }
}
