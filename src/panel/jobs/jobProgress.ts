// Turns a job and the time into how far it is: against the bytes, or against what such jobs usually take.
import { roundDuration } from '../../protocol/roundDuration.ts';
import type { SnapshotJob } from '../../protocol/snapshot.ts';

export interface JobProgress {
  /** 0 to 1, or undefined if nobody can know. */
  part: number | undefined;
  elapsedMs: number | undefined;
  /** It takes longer than such jobs usually do. */
  isLate: boolean;
}

/** The download and the write are a short rest of the whole, which the estimate includes. */
const MOST_BY_ESTIMATE = 0.95;

/** `nowMs` is the host's wall clock. */
export function progressOf(job: SnapshotJob, nowMs: number): JobProgress {
  const { state } = job;
  const sinceMs = job.startedMs ?? (state.phase === 'requesting' ? state.sinceMs : undefined);
  const isRunning = state.phase === 'requesting' || state.phase === 'downloading' || state.phase === 'writing';
  const elapsedMs = isRunning && sinceMs !== undefined ? Math.max(0, nowMs - sinceMs) : undefined;
  const isLate = state.phase === 'requesting' && job.estimateMs !== undefined && (elapsedMs ?? 0) > job.estimateMs;
  if (state.phase === 'downloading') {
    const part = state.totalBytes ? Math.min(1, state.receivedBytes / state.totalBytes) : undefined;
    return { part, elapsedMs, isLate };
  }
  if (state.phase === 'writing') return { part: 1, elapsedMs, isLate };
  const canEstimate = state.phase === 'requesting' && elapsedMs !== undefined && job.estimateMs !== undefined && !isLate;
  return { part: canEstimate ? Math.min(MOST_BY_ESTIMATE, elapsedMs / Math.max(1, job.estimateMs ?? 1)) : undefined, elapsedMs, isLate };
}

/** About how long `count` images of one size take, in ms: as many at once as the queue allows. Undefined if it is not worth saying. */
export function estimateAll(count: number, oneMs: number, concurrency: number): number | undefined {
  return roundDuration(Math.ceil(count / Math.max(1, concurrency)) * oneMs);
}
