// Describes a job: one request on its way to one answer, and the state that everybody watches.
import type { ImageRecord } from '../history/record.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Billed, Failure } from '../request/failures/failure.ts';

/**
 * Who asked: a person's click; a person for the links of a `document`; `code`, which is a command with arguments, an API
 * or an agent. A `recovered` job is one of a window that died, whoever asked for it there.
 */
export type JobSource = 'person' | 'document' | 'code' | 'recovered';

/** Which code asked for a job. */
export type Asker =
  /** VS Code has asked the person already, and shows what the agent does. */
  | { readonly kind: 'inVsCode' }
  /** VS Code does not tell which one. */
  | { readonly kind: 'extension' }
  /** `name` is what the agent's program says of itself: a claim, to be shown as such. */
  | { readonly kind: 'beside'; readonly name: string };

export type JobState =
  | { phase: 'queued' }
  /** The service asked for patience; `untilMs` is wall-clock time, `words` are the service's own. */
  | { phase: 'waiting'; untilMs: number; words?: string }
  /** `sinceMs` is wall-clock time. */
  | { phase: 'requesting'; sinceMs: number }
  | { phase: 'downloading'; receivedBytes: number; totalBytes: number | undefined }
  | { phase: 'writing' }
  /** Every item of the answer, in its order; at least one. */
  | { phase: 'kept'; images: readonly ImageRecord[] }
  /** `paidNotDownloaded`: the journal stays, and downloading again is free while the URL lives. */
  | { phase: 'failed'; failure: Failure; paidNotDownloaded: boolean; images: readonly ImageRecord[] }
  | { phase: 'cancelled'; billed: Billed; paidNotDownloaded: boolean };

export interface Job {
  readonly id: string;
  readonly request: ImageRequest;
  readonly source: JobSource;
  /** Undefined if no code asked, or a window that died. */
  readonly askedBy: Asker | undefined;
  /** The same for jobs that were asked for together; undefined for one on its own. */
  readonly group: string | undefined;
  readonly createdMs: number;
  /** When its request was first sent, by the wall clock; undefined before. */
  readonly startedMs: number | undefined;
  /** Origin that its request went to; undefined before. */
  readonly endpoint: string | undefined;
  /** How often its request was sent. */
  readonly posts: number;
  readonly state: JobState;
  /** Resolves when the job has ended for now, with its last state; never rejects. */
  readonly ended: Promise<JobState>;
}

export function isEnded(state: JobState): boolean {
  return state.phase === 'kept' || state.phase === 'failed' || state.phase === 'cancelled';
}
