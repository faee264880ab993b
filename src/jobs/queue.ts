// Runs every job, whoever asked: a few at a time, each POST once, each image on the disk before anyone hears of it.
import type { History } from '../history/history.ts';
import { createIdMaker } from '../history/imageId.ts';
import type { JournalFile } from '../history/journal.ts';
import type { Journals } from '../history/journals.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Connection } from '../request/send/client.ts';
import { Failure } from '../request/failures/failure.ts';
import type { Clock } from '../request/transport/clock.ts';
import { asFailure, describeError } from './asFailure.ts';
import { collectImages } from './collectImages.ts';
import { describeFailedJob } from './describeFailed.ts';
import { type Asker, isEnded, type Job, type JobSource, type JobState } from './job.ts';
import { JobEntry, type JobEntryParts } from './jobEntry.ts';
import { Pauses } from './pauses.ts';
import { RateLimits } from './rateLimits.ts';
import { sendRequest } from './sendRequest.ts';
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
  /** @throws Failure if nothing can be sent; called when the job's turn comes. */
  connectionFor: (request: ImageRequest) => Promise<Connection>;
  /** Asked before each POST, from 1; if it says no, the job ends with what the last one met. */
  mayPost?: (job: Job, post: number) => boolean | Promise<boolean>;
  /** For what no person needs to read; never a prompt, a key or a URL. */
  log?: (message: string) => void;
}

export class JobQueue {
  readonly #parts: JobQueueParts;
  readonly #nextId: () => string;
  readonly #pauses: Pauses;
  readonly #limits: RateLimits;
  readonly #entries: JobEntry[] = [];
  readonly #listeners = new Set<(job: Job) => void>();
  #disposed = false;

  constructor(parts: JobQueueParts) {
    this.#parts = parts;
    this.#nextId = createIdMaker(() => parts.clock.now(), parts.random);
    this.#pauses = new Pauses(parts.clock, (origin) => this.#onPause(origin));
    this.#limits = new RateLimits(parts.clock, this.#pauses);
  }

  /** All jobs in the order they were asked for, the ended ones until they are dismissed. */
  get jobs(): readonly Job[] {
    return this.#entries;
  }

  /** A name for jobs that are asked for together. */
  readonly newGroup = (): string => this.#nextId();

  job(id: string): Job | undefined {
    return this.#entry(id);
  }

  /** @param options.signal cancels the job. `group`: what it is asked for together with. */
  add(request: ImageRequest, source: JobSource, { signal, group, askedBy }: { signal?: AbortSignal; group?: string; askedBy?: Asker } = {}): Job {
    const entry = this.#enter({ id: this.#nextId(), request, source, askedBy, group, createdMs: this.#parts.clock.now() });
    if (signal) {
      const cancel = (): void => this.cancel(entry.id);
      signal.addEventListener('abort', cancel);
      entry.release = () => signal.removeEventListener('abort', cancel);
      if (signal.aborted) cancel();
    }
    if (this.#disposed) this.cancel(entry.id);
    this.#pump();
    return entry;
  }

  /** Free while queued or waiting. Ends a request or a download; does nothing during the write. */
  cancel(id: string): void {
    const entry = this.#entry(id);
    if (!entry || isEnded(entry.state) || entry.state.phase === 'writing') return;
    if (entry.isRunning) entry.abort();
    else this.#endWaiting(entry);
  }

  cancelAll(): void {
    for (const { id } of [...this.#entries]) this.cancel(id);
  }

  /** Tries again, free, to keep what was paid for: downloads, or writes what could not be written. False for other jobs, of which nothing is left to try. */
  downloadAgain(id: string): boolean {
    const entry = this.#entry(id);
    if (!entry || !isEnded(entry.state) || !(entry.isDownloadable || entry.isUnwritten)) return false;
    entry.restart();
    this.#pump();
    return true;
  }

  /** Starts what is queued, if more may be in flight than before. */
  startMore(): void {
    this.#pump();
  }

  /** Takes an ended job off the list. What is paid and not downloaded keeps its journal and is tried again at the next start. */
  dismiss(id: string): void {
    const entry = this.#entry(id);
    if (!entry || !isEnded(entry.state)) return;
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    if (!entry.isDownloadable || entry.isOld(this.#parts.clock.now())) void this.#removeJournal(entry);
    this.#tell(entry);
  }

  /** Bytes of an ended job that are in memory only: no known image, or the disk refused them. */
  unkeptBytes(id: string): readonly Uint8Array[] {
    const items = this.#entry(id)?.items ?? [];
    return items.flatMap(({ record, bytes, failure }) => (record ? [] : (bytes ?? failure?.facts.bytes ?? [])));
  }

  /** Links of paid images that are not kept: secrets, for the person who paid. */
  addressesOf(id: string): readonly string[] {
    return this.#entry(id)?.addresses ?? [];
  }

  /**
   * Takes up an answered job of a window that died; `claim` is its journal, which is this window's now. One that is held
   * is paid and not downloaded until a person asks for it again.
   */
  resume(claim: JournalFile, isHeld = false): Job {
    const { id, request, group, items, answerMs } = claim.journal;
    // What it does now began now, however long ago it was sent.
    const entry = this.#enter({ id, request, source: 'recovered', group, createdMs: this.#parts.clock.now() });
    entry.endpoint = claim.journal.endpoint;
    entry.journal = claim;
    entry.answerMs = answerMs ?? 0;
    entry.items = items.filter(({ kept }) => !kept).map(({ imageId, url, revisedPrompt }) => ({ imageId, url, revisedPrompt }));
    if (isHeld) {
      entry.change({ phase: 'failed', failure: new Failure('downloadFailed', { hasAddress: true }), paidNotDownloaded: entry.isDownloadable, images: [] });
      entry.settle();
    } else this.#pump();
    return entry;
  }

  /** Called after each change of any job's state or of the list; progress is not throttled. Returns how to stop. */
  onDidChange(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Aborts everything and leaves the journals, for the next start to pick up. */
  dispose(): void {
    this.#disposed = true;
    this.#listeners.clear();
    this.#pauses.dispose();
    for (const entry of this.#entries) {
      if (entry.isRunning) entry.abort();
      else if (!isEnded(entry.state)) this.#endWaiting(entry);
    }
  }

  #entry(id: string): JobEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  #enter(parts: Omit<JobEntryParts, 'now' | 'onChange'>): JobEntry {
    const entry = new JobEntry({ ...parts, now: () => this.#parts.clock.monotonicMs(), onChange: (changed) => this.#tell(changed) });
    this.#entries.push(entry);
    this.#tell(entry);
    return entry;
  }

  #pump(): void {
    if (this.#disposed) return;
    let free = Math.max(1, this.#parts.concurrency()) - this.#entries.filter(({ isRunning }) => isRunning).length;
    for (const entry of this.#entries) {
      if (free <= 0) return;
      if (entry.isRunning || entry.state.phase !== 'queued') continue;
      free--;
      entry.isRunning = true;
      void this.#run(entry);
    }
  }

  /** Never rejects. */
  async #run(entry: JobEntry): Promise<void> {
    const parts = { ...this.#parts, pauses: this.#pauses, limits: this.#limits, removeJournal: this.#removeJournal, log: this.#log };
    try {
      if (entry.items || (await sendRequest(entry, parts))) {
        await collectImages(entry, parts);
        await this.#end(entry, entry.endOfAnswer());
      }
    } catch (error) {
      const failure = asFailure(error, 'maybe');
      if (failure.reason === 'serviceFailed' && failure.facts.cause) this.#log('A job failed in a way that nobody foresaw.', failure.facts.cause);
      const isCancel = failure.reason === 'cancelled' && entry.signal.aborted;
      await this.#end(entry, isCancel
        ? { phase: 'cancelled', billed: failure.billed, paidNotDownloaded: false }
        : { phase: 'failed', failure, paidNotDownloaded: false, images: [] });
    } finally {
      entry.isRunning = false;
      if (isEnded(entry.state)) entry.settle();
      this.#pump();
    }
  }

  /** Logs first, for what is told may lead there, and removes the journal last: a window that dies before that tells again. */
  async #end(entry: JobEntry, state: JobState): Promise<void> {
    if (state.phase === 'failed') this.#parts.log?.(describeFailedJob(entry, state.failure, this.#parts.clock.monotonicMs()));
    entry.change(state);
    const isLeft = this.#disposed && entry.signal.aborted;
    // However old it seems: a clock that jumps forward must drop no link, and only the service knows which have expired.
    if (!isLeft && !entry.isUnwritten && !entry.isDownloadable) await this.#removeJournal(entry);
  }

  #endWaiting(entry: JobEntry): void {
    entry.waitsFor = undefined;
    entry.change({ phase: 'cancelled', billed: entry.items ? 'yes' : 'no', paidNotDownloaded: entry.isDownloadable });
    entry.settle();
  }

  #onPause(origin: string): void {
    const untilMs = this.#pauses.untilMs(origin);
    for (const entry of this.#entries.filter(({ waitsFor }) => waitsFor === origin)) {
      if (untilMs === undefined) entry.waitsFor = undefined;
      if (untilMs === undefined) entry.change({ phase: 'queued' });
      else entry.wait(untilMs, this.#limits.words(origin));
    }
    if (untilMs === undefined) this.#pump();
  }

  readonly #removeJournal = async (entry: JobEntry): Promise<void> => {
    const { journal } = entry;
    entry.journal = undefined;
    if (journal) await this.#parts.journals.remove(journal).catch((error: unknown) => this.#log('A journal could not be removed.', error));
  };

  readonly #log = (message: string, cause?: unknown): void => this.#parts.log?.(cause === undefined ? message : `${message} ${describeError(cause)}`);

  #tell(job: Job): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(job);
      } catch (error) {
        this.#log('A listener to the jobs failed.', error);
      }
    }
  }
}
