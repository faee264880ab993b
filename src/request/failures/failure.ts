// Names every way in which asking for an image can end without one, what it may have cost and what mends it.

export type FailureReason =
  | 'keyMissing' | 'keyRefused' | 'accessDenied' | 'quotaUsedUp' | 'accountOverdue' | 'contentRefused'
  | 'fieldRefused' | 'requestRefused' | 'modelNotFound' | 'wrongAddress' | 'rateLimited' | 'serviceFailed'
  | 'serviceBusy' | 'unreachable' | 'certificateRefused' | 'connectionLost' | 'timedOut' | 'redirectRefused'
  | 'networkRefused' | 'answerTooLarge' | 'answerUnreadable' | 'noImageInAnswer' | 'takenAsTask' | 'fileOnServer' | 'notAnImage'
  | 'downloadFailed' | 'linkExpired' | 'downloadRefused' | 'imageTooLarge' | 'cancelled' | 'notWritten';

/** What a person can do about it; the host makes a button of each. */
export type FailureAction =
  | 'setApiKey' | 'setUp' | 'openSettings' | 'leaveFieldOut' | 'useAddress' | 'askForBase64' | 'downloadAgain' | 'copyAddress' | 'generateAgain' | 'saveAs' | 'showLog';

/** What the service may have charged: nothing, perhaps, or surely (an answer with an image came). */
export type Billed = 'no' | 'maybe' | 'yes';

export interface FailureFacts {
  /** The endpoint's own words: one line of plain text, at most 300 characters, without the key. */
  detail?: string;
  /** Origin that a refused redirect leads to. */
  redirectedTo?: string;
  /** What the setting `endpoint` has to be for a redirect that changed no more than a slash or http to https. */
  address?: string;
  /** The id under which the service goes on working, for `takenAsTask`; plain text. */
  taskId?: string;
  /** HTTP status, if one was received. */
  status?: number;
  /** From `Retry-After`, in milliseconds. */
  retryAfterMs?: number;
  /** Overrides the reason's usual value. */
  billed?: Billed;
  /** The field that the endpoint refused, for `fieldRefused`. */
  field?: string;
  /** True only when the service plainly did no work: the connection never opened, or 503 with Retry-After. */
  unsent?: boolean;
  /** The bytes that are no known image, for `notAnImage`; that the disk refused, for `notWritten`; cut short, for `downloadFailed`. */
  bytes?: Uint8Array;
  /** True while the address of the paid image is known and may be asked again. */
  hasAddress?: boolean;
  /** The service's own code, as it wrote it; plain text. */
  code?: string;
  /** Whom the request went to and with what, as it was then: settings may have changed when the failure is read. */
  asked?: { host: string; model: string; timeoutMs: number };
  cause?: unknown;
}

/** A known failure. Its `message` is the reason's name, for logs; sentences for people are made by the host. */
export class Failure extends Error {
  readonly reason: FailureReason;
  readonly facts: FailureFacts;

  constructor(reason: FailureReason, facts: FailureFacts = {}) {
    super(reason, { cause: facts.cause });
    this.name = 'Failure';
    this.reason = reason;
    this.facts = facts;
  }

  /** The same failure with more facts. */
  with(facts: FailureFacts): Failure {
    return new Failure(this.reason, { ...this.facts, ...facts });
  }

  get billed(): Billed {
    return this.facts.billed ?? FAILURES[this.reason].billed;
  }

  get actions(): readonly FailureAction[] {
    const { field, address, hasAddress } = this.facts;
    const own = FAILURES[this.reason].actions.filter((action) => (action !== 'leaveFieldOut' || field !== undefined) && (action !== 'useAddress' || address !== undefined));
    return hasAddress ? [...new Set<FailureAction>(['downloadAgain', 'copyAddress', ...own])] : own;
  }
}

/** For each reason: what it usually costs, and the actions that mend it, the best first. */
export const FAILURES: Record<FailureReason, { billed: Billed; actions: readonly FailureAction[] }> = {
  keyMissing: { billed: 'no', actions: ['setApiKey'] },
  keyRefused: { billed: 'no', actions: ['setApiKey'] },
  accessDenied: { billed: 'no', actions: ['openSettings', 'setApiKey'] },
  quotaUsedUp: { billed: 'no', actions: ['showLog'] },
  accountOverdue: { billed: 'no', actions: ['showLog'] },
  contentRefused: { billed: 'no', actions: [] },
  fieldRefused: { billed: 'no', actions: ['leaveFieldOut'] },
  requestRefused: { billed: 'no', actions: ['openSettings'] },
  modelNotFound: { billed: 'no', actions: ['openSettings'] },
  wrongAddress: { billed: 'no', actions: ['openSettings'] },
  rateLimited: { billed: 'no', actions: ['generateAgain'] },
  serviceFailed: { billed: 'maybe', actions: ['generateAgain', 'showLog'] },
  serviceBusy: { billed: 'no', actions: ['generateAgain'] },
  unreachable: { billed: 'no', actions: ['openSettings', 'generateAgain'] },
  certificateRefused: { billed: 'no', actions: ['openSettings', 'showLog'] },
  connectionLost: { billed: 'maybe', actions: ['generateAgain'] },
  timedOut: { billed: 'maybe', actions: ['generateAgain', 'openSettings'] },
  redirectRefused: { billed: 'no', actions: ['useAddress', 'openSettings'] },
  networkRefused: { billed: 'no', actions: ['generateAgain', 'openSettings'] },
  answerTooLarge: { billed: 'maybe', actions: ['showLog'] },
  answerUnreadable: { billed: 'maybe', actions: ['openSettings', 'showLog'] },
  noImageInAnswer: { billed: 'maybe', actions: ['generateAgain', 'showLog'] },
  takenAsTask: { billed: 'maybe', actions: ['openSettings', 'showLog'] },
  fileOnServer: { billed: 'maybe', actions: ['askForBase64', 'showLog'] },
  notAnImage: { billed: 'yes', actions: ['saveAs', 'showLog'] },
  downloadFailed: { billed: 'yes', actions: ['downloadAgain'] },
  linkExpired: { billed: 'yes', actions: ['generateAgain'] },
  downloadRefused: { billed: 'yes', actions: ['showLog'] },
  imageTooLarge: { billed: 'yes', actions: ['showLog'] },
  cancelled: { billed: 'maybe', actions: [] },
  notWritten: { billed: 'yes', actions: ['saveAs', 'showLog'] },
};
