// Turns a job under way into the few words beside its progress.
import { roundDuration } from '../../protocol/roundDuration.ts';
import type { SnapshotJob } from '../../protocol/snapshot.ts';
import type { Wording } from '../parts/wording.ts';
import type { JobProgress } from './jobProgress.ts';

/** What it is doing, how much came, how long it takes: the most telling first. */
export function factsOf(job: SnapshotJob, { elapsedMs, isLate }: JobProgress, words: Wording): string[] {
  const { state } = job;
  const facts: string[] = [];
  if (state.phase === 'failed' || state.phase === 'cancelled') return facts;
  facts.push(words.text(state.phase));
  if (state.phase === 'downloading') {
    const received = words.bytes(state.receivedBytes);
    facts.push(state.totalBytes ? words.text('ofTotal', received, words.bytes(state.totalBytes)) : received);
  }
  if (elapsedMs !== undefined) facts.push(words.duration(elapsedMs));
  if (job.askedBy !== undefined) facts.push(job.askedBy);
  const usualMs = job.estimateMs === undefined ? undefined : roundDuration(job.estimateMs);
  const [usually, longer] = job.isDocumented ? (['usuallyDocumented', 'longerThanDocumented'] as const) : (['usually', 'longerThanUsual'] as const);
  if (state.phase === 'requesting' && usualMs !== undefined) facts.push(words.text(isLate ? longer : usually, words.duration(usualMs)));
  return facts;
}
