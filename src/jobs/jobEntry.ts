// Holds one job while the queue works on it: its state for everybody, and what only the queue needs to know.
import type { JournalFile } from '../history/journal.ts';
import type { ImageRecord } from '../history/record.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Failure } from '../request/failures/failure.ts';
import type { Asker, Job, JobSource, JobState } from './job.ts';

/** One item of the answer on its way to the disk. */
export interface JobItem {
  imageId: string;
  url?: string | undefined;
  /** The key, or a part of it, stands in the URL: it stays in memory, and is in no journal and no log. */
  holdsKey?: boolean | undefined;
  revisedPrompt?: string | undefined;
  /** There once they are in memory, until they are on the disk. */
  bytes?: Uint8Array | undefined;
  record?: ImageRecord | undefined;
  failure?: Failure | undefined;
}

export interface JobEntryParts {
  id: string;
  request: ImageRequest;
  source: JobSource;
  askedBy?: Asker | undefined;
  group: string | undefined;
  createdMs: number;
  /** The clock that never jumps, in milliseconds. */
  now: () => number;
  onChange: (entry: JobEntry) => void;
}

/** Signed URLs live a day as documented, elsewhere longer: a person who puts an older one away lets it go. */
const LINK_LIFE_MS = 7 * 86_400_000;

export class JobEntry implements Job {
  readonly id: string;
  readonly request: ImageRequest;
  readonly source: JobSource;
  readonly askedBy: Asker | undefined;
  readonly group: string | undefined;
  readonly createdMs: number;
  startedMs: number | undefined;
  /** On the disk from before the request is sent until all is kept, or surely nothing can be. */
  journal: JournalFile | undefined;
  /** Where its request went. */
  endpoint: string | undefined;
  /** Its phases in their order, and when each began by the clock that never jumps. */
  readonly phases: { phase: JobState['phase']; sinceMs: number }[] = [];
  /** Undefined until the answer is there. */
  items: JobItem[] | undefined;
  /** From sending the request to its answer. */
  answerMs = 0;
  posts = 0;
  /** How often it was sent again because no work was done. */
  resends = 0;
  /** What the last one met, if it was to be sent again. */
  refusal: Failure | undefined;
  /** The origin whose pause it waits for. */
  waitsFor: string | undefined;
  /** True while the queue works on it, and it takes one of the places in flight. */
  isRunning = false;
  /** Stops listening to the caller's signal. */
  release: () => void = () => undefined;
  readonly #onChange: (entry: JobEntry) => void;
  readonly #now: () => number;
  #state: JobState = { phase: 'queued' };
  #controller = new AbortController();
  #resolveEnded: (state: JobState) => void = () => undefined;
  #ended: Promise<JobState>;

  constructor({ id, request, source, askedBy, group, createdMs, now, onChange }: JobEntryParts) {
    this.id = id;
    this.request = request;
    this.source = source;
    this.askedBy = askedBy;
    this.group = group;
    this.createdMs = createdMs;
    this.#onChange = onChange;
    this.#now = now;
    this.phases.push({ phase: 'queued', sinceMs: now() });
    this.#ended = this.#awaitEnd();
  }

  get state(): JobState {
    return this.#state;
  }

  get ended(): Promise<JobState> {
    return this.#ended;
  }

  /** Aborted by `abort`, for this run of the job. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** True if a free download can still bring an image that was paid for. */
  get isDownloadable(): boolean {
    return this.items?.some(({ url, record, failure }) => url !== undefined && !record && !isLinkOver(failure)) ?? false;
  }

  /** True if bytes are in memory that the disk refused. */
  get isUnwritten(): boolean {
    return this.items?.some(({ failure }) => failure?.reason === 'notWritten') ?? false;
  }

  /** True if its links are likely to have expired. */
  isOld(nowMs: number): boolean {
    return this.journal !== undefined && nowMs - this.journal.journal.startedMs > LINK_LIFE_MS;
  }

  /** The links of paid images that are not kept; secrets. */
  get addresses(): string[] {
    return this.items?.flatMap(({ url, record }) => (url === undefined || record ? [] : [url])) ?? [];
  }

  /** How a job ended whose answer came. */
  endOfAnswer(): JobState {
    const items = this.items ?? [];
    const images = items.flatMap(({ record }) => record ?? []);
    const failure = items.find((item) => item.failure)?.failure;
    if (images.length === items.length) return { phase: 'kept', images };
    return failure
      ? { phase: 'failed', failure, paidNotDownloaded: this.isDownloadable, images }
      : { phase: 'cancelled', billed: 'yes', paidNotDownloaded: this.isDownloadable };
  }

  change(state: JobState): void {
    if (state.phase === 'requesting') this.startedMs ??= state.sinceMs;
    if (this.phases.at(-1)?.phase !== state.phase) this.phases.push({ phase: state.phase, sinceMs: this.#now() });
    this.#state = state;
    this.#onChange(this);
  }

  /** `words` are the service's own. */
  wait(untilMs: number, words: string | undefined): void {
    this.change({ phase: 'waiting', untilMs, ...(words !== undefined && { words }) });
  }

  abort(): void {
    this.#controller.abort();
  }

  /** Lets go of whoever waits for the end. */
  settle(): void {
    this.release();
    this.#resolveEnded(this.#state);
  }

  /** Back into the queue after an end. */
  restart(): void {
    this.#controller = new AbortController();
    this.#ended = this.#awaitEnd();
    for (const item of this.items ?? []) item.failure = undefined;
    this.change({ phase: 'queued' });
  }

  #awaitEnd(): Promise<JobState> {
    return new Promise((resolve) => (this.#resolveEnded = resolve));
  }
}

/** The one end of a link: what is refused or no image today may be had tomorrow, or by a person with a browser. */
export function isLinkOver(failure: Failure | undefined): boolean {
  return failure?.reason === 'linkExpired';
}
