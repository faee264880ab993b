// Turns two snapshots in a row into the words that a screen reader should say once.
import type { Snapshot, SnapshotJob } from '../../protocol/snapshot.ts';

export type Announcement =
  | { kind: 'started' | 'done' | 'cancelled'; count: number }
  | { kind: 'groupDone'; ready: number; count: number }
  | { kind: 'waiting'; untilMs: number };

/** What changed for the jobs; a failure is said by its alert. `cancelledIds`: jobs that the person gave up. */
export function announceChanges(before: Snapshot, after: Snapshot, cancelledIds: ReadonlySet<string>): Announcement[] {
  const said: Announcement[] = [];
  const old = new Map(before.jobs.map((job) => [job.id, job]));
  const now = new Map(after.jobs.map((job) => [job.id, job]));
  const started = after.jobs.filter((job) => !old.has(job.id) && isActive(job)).length;
  if (started > 0) said.push({ kind: 'started', count: started });

  const gone = before.jobs.filter((job) => isActive(job) && !now.has(job.id));
  // Only the host knows how a job went that is no longer there: it may also have been cancelled elsewhere.
  const done = Math.max(0, after.doneCount - before.doneCount);
  const cancelled = Math.max(gone.filter((job) => cancelledIds.has(job.id)).length, gone.length - done);
  const stopped = after.jobs.filter((job) => job.state.phase === 'cancelled' && old.get(job.id)?.state.phase !== 'cancelled').length;
  if (cancelled + stopped > 0) said.push({ kind: 'cancelled', count: cancelled + stopped });
  const ended = endedGroup(before, after);
  // A group is said once, when the last of it has ended.
  if (ended) said.push(ended);
  else if (done > 0 && !isGroupUnderWay(after)) said.push({ kind: 'done', count: done });

  const untilMs = waitingUntil(after);
  if (untilMs !== undefined && waitingUntil(before) === undefined) said.push({ kind: 'waiting', untilMs });
  return said;
}

function endedGroup(before: Snapshot, { group, jobs }: Snapshot): Announcement | undefined {
  if (!group || !isGroupUnderWay(before) || before.group?.id !== group.id || isGroupUnderWay({ group, jobs })) return undefined;
  return { kind: 'groupDone', ready: group.members.filter(({ image }) => image).length, count: group.members.length };
}

function isGroupUnderWay({ group, jobs }: Pick<Snapshot, 'group' | 'jobs'>): boolean {
  return jobs.some((job) => isActive(job) && group?.members.some(({ jobId }) => jobId === job.id) === true);
}

/** When the waiting jobs go on, by the host's clock; undefined when none waits. */
export function waitingUntil(snapshot: Snapshot): number | undefined {
  const times = snapshot.jobs.flatMap(({ state }) => (state.phase === 'waiting' ? [state.untilMs] : []));
  return times.length > 0 ? Math.max(...times) : undefined;
}

export function isActive(job: SnapshotJob): boolean {
  return job.state.phase !== 'failed' && job.state.phase !== 'cancelled';
}
