// Takes up what windows that died left unfinished: downloads what is known, completes what is there, reports the rest.
import type { History } from '../history/history.ts';
import type { Journals } from '../history/journals.ts';
import type { ImageRecord } from '../history/record.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Job } from './job.ts';
import type { JobQueue } from './queue.ts';

export interface RecoveryParts {
  queue: JobQueue;
  journals: Journals;
  history: History;
  /** Whether a window lives; undefined where that cannot be told from here. */
  isAlive: (windowId: string) => Promise<boolean | undefined>;
  now: () => number;
  log?: (message: string, cause?: unknown) => void;
}

/** A job that was only sent: it may have been billed, and nothing of it is known. */
export interface LostJob {
  id: string;
  request: ImageRequest;
  startedMs: number;
}

export interface Recovery {
  kept: ImageRecord[];
  lost: LostJob[];
  /** Paid and not downloaded: they are in the queue's list, with their action. */
  failed: Job[];
  /** To be called once a person was told of `lost`; until then each start reports it. Never rejects. */
  acknowledge(): Promise<void>;
}

/** Never rejects: what cannot be read is left where it lies, and logged. */
export function recover(parts: RecoveryParts): Promise<Recovery> { void parts; throw new Error('not yet'); }
