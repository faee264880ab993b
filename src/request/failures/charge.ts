// Judges whether an answer without an image may have cost money all the same: by its time and by what broke.
import type { Failure } from './failure.ts';
import type { RefusalFacts } from './failureOf.ts';

/** Whoever refuses a request before the work says so at once; a later answer comes from the work or from a proxy that lost patience. */
const QUICK_MS = 2000;
/** What servers say of something behind them that broke, perhaps after the work was done. */
const BROKE = /reset before headers|connection (was |has been )?(termination|terminated|reset|closed|aborted|lost|broken)|disconnect|upstream|premature|broken pipe|hang ?up|econn|eof\b|tim(e|ed)[ _-]?out|\bcrash|upload|bucket/i;
/** Gateway Timeout, and what Cloudflare calls the same: the request had been passed on. */
const PASSED_ON = [504, 524];

/** The same failure, "not charged" only if the service plainly did no work. Below 500 a service speaks of the request itself. */
export function withCharge(failure: Failure, text: string, { status, retryAfterMs }: RefusalFacts, answerMs: number): Failure {
  if ((status >= 400 && status < 500) || failure.billed !== 'no') return failure;
  const didNoWork = answerMs <= QUICK_MS && !BROKE.test(text) && !PASSED_ON.includes(status);
  if (!didNoWork) return failure.with({ billed: 'maybe', unsent: false });
  // Only 503 with Retry-After says both "no work was done" and "ask again".
  return failure.reason === 'serviceBusy' ? failure.with({ unsent: status === 503 && retryAfterMs !== undefined }) : failure;
}
