// Names the failure behind an answer that is no image: from its status, its headers and the words in its body.
import { readErrorWords, wordsOfText, type ErrorWords } from './errorWords.ts';
import { Failure, type FailureFacts, type FailureReason } from './failure.ts';
import { isMarkup, plainLine } from './plainLine.ts';
import { fieldOf } from './refusedField.ts';

/** What is known of an answer besides its words. */
export interface RefusalFacts {
  status: number;
  secrets: readonly string[];
  /** From `Retry-After`. */
  retryAfterMs?: number | undefined;
  /** The names of the fields that were sent: only one of these can be the field that was refused. */
  sentFields?: readonly string[] | undefined;
  /** Whether the request carried a key: a 401 then means something else. */
  sentKey?: boolean | undefined;
}

/** Asked of codes and message together, in this order: what says most comes first. */
const BY_WORDS: readonly (readonly [FailureReason, RegExp])[] = [
  ['contentRefused', /data_?inspection|content_?policy|content_?filter|moderation|sensitive_?(words?|content)|(input|output)(text|image)(sensitive|risk)|risk_?control|inappropriate[ _]content|safety[ _](system|policy|checker)|unsafe[ _]content|敏感|不安全|违规/i],
  ['accountOverdue', /arrear|account_?overdue|overdue[ _](payment|account|bill)|欠费/i],
  ['rateLimited', /rate_?quota|rate_?limit|ratelimit|rate limit|too[ _]many[ _]requests|requests per (minute|second|day)|请求过于频繁|请求频率|限流|限速/i],
  ['quotaUsedUp', /insufficient_(user_)?quota|insufficient[ _](balance|credits?|funds)|allocation_?quota|allocated quota|quota[ _]?(is |was )?(exceeded|used[ _]up|exhausted|not[ _]enough)|quota_?exceeded|exceeded your current quota|billing_?hard_?limit|billing_not_active|payment[ _]required|free[ _]?tier[ _]?only|额度|余额不足|配额/i],
  ['rateLimited', /throttl/i],
  ['accessDenied', /(no|not have|without) (access|permission)|not (allowed|authori[sz]ed|permitted) (to|for)|access_?denied|permission_?denied|permission_error|forbidden|unpurchased|无权|没有权限/i],
  ['modelNotFound', /model_?not_?(found|exist|open)|model[^.;]{0,80}(does not|doesn't|do not|not) (exist|found|supported)|(unknown|invalid|no such|unsupported)[ _]?model|no available channel|无可用渠道|模型不存在/i],
  ['keyRefused', /invalid_?api_?key|incorrect api[ _-]?key|api[ _-]?key[^.;]{0,40}(invalid|missing|required|not valid|expired|not provided)|(invalid|missing|no|expired)[ _](api[ _-]?key|token|bearer|credentials|access token)|authentication_?(error|failed)|unauthori[sz]ed|unauthenticated|not authenticated|无效的令牌|令牌/i],
];

const MODEL_CODE = /^model_?not_?(found|exist|open)$|^invalid_?model$/i;

/** Names the failure of a status from 400 on, or of a page where JSON was due. `text`: its body, or the start of it. */
export function failureOf(text: string, facts: RefusalFacts): Failure {
  const markup = isMarkup(text);
  let words: ErrorWords;
  try {
    words = readErrorWords(JSON.parse(text));
  } catch {
    words = wordsOfText(text);
  }
  if (markup && meansWrongAddress(facts.status)) return make('wrongAddress', words, facts);
  return failureOfWords(words, facts);
}

/** The same for words that were read already; a status in the body counts where HTTP said 200. */
export function failureOfWords(words: ErrorWords, facts: RefusalFacts): Failure {
  const status = facts.status < 400 ? (words.bodyStatus ?? facts.status) : facts.status;
  const field = fieldOf(words, facts.sentFields);
  const named = reasonOfWords(words, status);
  if (field !== undefined && (named === undefined || named === 'accessDenied')) return make('fieldRefused', words, facts, { field });
  const reason = named ?? reasonOfStatus(status, facts);
  if (reason === 'rateLimited' && status >= 500) return make('serviceBusy', words, facts, patience(status, facts));
  if (reason === 'rateLimited' || reason === 'serviceBusy') return make(reason, words, facts, patience(status, facts));
  return make(reason === 'keyRefused' && facts.sentKey === false ? 'keyMissing' : reason, words, facts);
}

function reasonOfWords(words: ErrorWords, status: number): FailureReason | undefined {
  // A page or a long text mentions much; only what is short enough to be a message is searched.
  const said = [...words.codes, words.message.slice(0, 2000)].join(' \n ');
  if (isMarkup(words.message)) return undefined;
  if (status !== 403 && words.codes.some((code) => MODEL_CODE.test(code))) return 'modelNotFound';
  for (const [reason, pattern] of BY_WORDS) {
    if (!pattern.test(said)) continue;
    // A proxy's "403 Forbidden" or "401 Unauthorized" says no more than its number does.
    if (reason === 'accessDenied' && status !== 403 && status < 500 && status >= 400 && status !== 400) continue;
    return reason;
  }
  return undefined;
}

function reasonOfStatus(status: number, facts: RefusalFacts): FailureReason {
  if (status === 401) return 'keyRefused';
  if (status === 402) return 'quotaUsedUp';
  if (status === 403) return 'accessDenied';
  if (status === 404 || status === 405 || status === 410 || status === 501) return 'wrongAddress';
  if (status === 408) return 'timedOut';
  if (status === 429) return 'rateLimited';
  if (status === 503) return 'serviceBusy';
  if (status === 529 && facts.retryAfterMs !== undefined) return 'serviceBusy';
  if (status >= 500 || status < 400) return 'serviceFailed';
  return 'requestRefused';
}

/** 503 with Retry-After is the one answer that says both "no work was done" and "ask again". */
function patience(status: number, facts: RefusalFacts): FailureFacts {
  if (facts.retryAfterMs === undefined) return {};
  return { retryAfterMs: facts.retryAfterMs, ...(status === 503 && { unsent: true }) };
}

/** HTML where JSON was due means another path, unless the status itself says what was wrong. */
function meansWrongAddress(status: number): boolean {
  return status < 500 && ![401, 402, 403, 407, 408, 413, 429].includes(status);
}

function make(reason: FailureReason, words: ErrorWords, facts: RefusalFacts, more: FailureFacts = {}): Failure {
  const detail = plainLine(words.message || words.codes.join(' '), facts.secrets);
  return new Failure(reason, { status: facts.status, ...(detail && { detail }), ...more });
}
