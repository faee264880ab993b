// Runs every job, whoever asked: a few at a time, each POST once, each picture on the disk before anyone hears of it.
import type { History } from '../history/history.ts';
import type { Journals } from '../history/journals.ts';
import type { JournalFile } from '../history/journal.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Clock } from '../request/clock.ts';
import type { Connection } from '../request/client.ts';
import type { Job, JobSource } from './job.ts';
import type { Service } from './service.ts';

export interface JobQueueParts {
  history: History;
  journals: Journals;
  service: Service;
  clock: Clock;
  /** From 0 up to, not including, 1; from a good source. */
  random: () => number;
  /** Jobs in flight at most, asked each time. */
  concurrency: () => number;
  /** @throws Failure where nothing can be sent; called when the job's turn comes. */
  connectionFor: (request: ImageRequest) => Promise<Connection>;
  /** For what no person needs to read; never a prompt, a key or a URL. */
  log?: (message: string, cause?: unknown) => void;
}

export class JobQueue {
  constructor(parts: JobQueueParts) { void parts; }
  /** All jobs in the order they were asked for, the ended ones until they are dismissed. */
  get jobs(): readonly Job[] { throw new Error('not yet'); }
  job(id: string): Job | undefined { void id; throw new Error('not yet'); }
  add(request: ImageRequest, source: JobSource, options?: { signal?: AbortSignal }): Job { void [request, source, options]; throw new Error('not yet'); }
  cancel(id: string): void { void id; }
  cancelAll(): void {}
  /** Tries again, free, to keep what was paid for: downloads, or writes what could not be written. No-op for other jobs. */
  downloadAgain(id: string): void { void id; }
  /** Takes an ended job off the list. What is paid and not downloaded keeps its journal and is tried again at the next start. */
  dismiss(id: string): void { void id; }
  /** Bytes of an ended job that are in memory only: no known image, or the disk refused them. */
  unkeptBytes(id: string): readonly Uint8Array[] { void id; return []; }
  /** Takes up an answered job of a window that died: its own claim, see `recover`. */
  resume(claim: JournalFile): Job { void claim; throw new Error('not yet'); }
  /** Called after each change of any job's state or of the list; progress is not throttled. Returns how to stop. */
  onDidChange(listener: (job: Job) => void): () => void { void listener; return () => undefined; }
  /** Aborts everything and leaves the journals, for the next start to pick up. */
  dispose(): void {}
}
