// Turns jobs that ended badly into as few notes as say it all: those that failed alike share one.
import type { Snapshot, SnapshotJob } from '../../protocol/snapshot.ts';
import { isActive } from './announcements.ts';

export interface EndedNote {
  /** The same for as long as the note says the same. */
  key: string;
  jobs: readonly SnapshotJob[];
  /** How many were asked for together with them; 1 for a job on its own. */
  of: number;
}

/** In the order of the first of each. */
export function shareFailures({ jobs, group }: Pick<Snapshot, 'jobs' | 'group'>): EndedNote[] {
  const notes = new Map<string, SnapshotJob[]>();
  for (const job of jobs.filter((one) => !isActive(one))) {
    const key = keyOf(job);
    notes.set(key, [...(notes.get(key) ?? []), job]);
  }
  return [...notes].map(([key, shared]) => {
    const isOfGroup = group !== null && group !== undefined && shared.every(({ id }) => group.members.some(({ jobId }) => jobId === id));
    return { key, jobs: shared, of: isOfGroup ? group.members.length : shared.length };
  });
}

function keyOf({ id, state, mended, askedBy }: SnapshotJob): string {
  // What a cancel may have cost is told for each: a person gave them up one by one, or knows that it was all.
  if (state.phase !== 'failed') return id;
  return JSON.stringify([state.sentence, state.actions, mended === true, askedBy]);
}
