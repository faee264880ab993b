// Turns a failed job into what the log says of it: never a prompt, a key or the query of a link.
import type { Failure } from '../request/failures/failure.ts';
import { redact } from '../request/failures/redact.ts';
import { foldWords, textsOf, withoutSent } from '../request/failures/sentTexts.ts';
import type { JobEntry } from './jobEntry.ts';

/** Reason, status, codes and the service's words; `sent` are texts that must not be in it, such as the prompt. */
export function describeFailure({ reason, billed, facts }: Failure, sent: readonly string[] = []): string {
  const { status, code, detail, retryAfterMs } = facts;
  const say = (text: string): string => redact(sent.length > 0 ? withoutSent(foldWords(text), sent).replace(/ {2,}/g, ' … ').trim() : text, []);
  const system = causeCode(facts.cause);
  return [
    reason,
    status !== undefined && `HTTP ${status}`,
    code !== undefined && `code ${say(code)}`,
    system !== undefined && system,
    retryAfterMs !== undefined && `Retry-After ${seconds(retryAfterMs)}`,
    `billed: ${billed}`,
    detail !== undefined && `the service says: ${say(detail)}`,
  ].filter((part) => part !== false).join(', ');
}

/** `nowMs`: the clock that never jumps. */
export function describeFailedJob(entry: JobEntry, failure: Failure, nowMs: number): string {
  const { id, request, createdMs, posts, phases, endpoint, items = [] } = entry;
  const times = phases.map(({ phase, sinceMs }, index) => `${phase} ${seconds((phases[index + 1]?.sinceMs ?? nowMs) - sinceMs)}`);
  return [
    `Job ${id} failed: ${describeFailure(failure, textsOf([request.prompt, request.fields]))}`,
    `asked for at ${new Date(createdMs).toISOString()}, ${request.model}, ${request.size}, sent ${posts} times`,
    endpoint !== undefined && `endpoint ${redact(endpoint, [])}`,
    ...items.flatMap(({ url, holdsKey, record }) => (url === undefined || record ? [] : [`image ${holdsKey ? 'at an address that holds the key' : redact(url, [])}`])),
    `phases: ${times.join(', ')}`,
  ].filter((part) => part !== false).join('\n  ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function causeCode(cause: unknown): string | undefined {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && code !== '' ? code : undefined;
}
