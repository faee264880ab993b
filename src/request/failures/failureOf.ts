// Names the failure behind an answer that is no image: from its status, its headers and the words in its body.
import { readErrorWords, wordsOfText, type ErrorWords } from './errorWords.ts';
import { Failure, type FailureFacts, type FailureReason } from './failure.ts';
import { isNetworkPage } from './networkPage.ts';
import { isMarkup, plainLine } from './plainLine.ts';
import { fieldOf } from './refusedField.ts';
import { meaningOf, type Meaning } from './refusalWords.ts';
import { foldWords, withoutSent } from './sentTexts.ts';

/** What is known of an answer besides its words. */
export interface RefusalFacts {
  status: number;
  secrets: readonly string[];
  /** From `Retry-After`. */
  retryAfterMs?: number | undefined;
  /** The names of the fields that were sent: only one of these can be the field that was refused. */
  sentFields?: readonly string[] | undefined;
  /** The texts that were sent, the prompt above all: what a server quotes of them is none of its own words. */
  sentTexts?: readonly string[] | undefined;
  /** Whether the request carried a key: a 401 then means something else. */
  sentKey?: boolean | undefined;
}

/** A page or a long text mentions much; only what is short enough to be a message is searched. */
const LONGEST_SEARCHED = 4000;
/** Beside these a field that is named is not what is wrong. */
const MORE_THAN_A_FIELD: readonly (Meaning | undefined)[] = ['contentRefused', 'accountOverdue', 'quotaUsedUp', 'rateLimited'];

/** Names the failure of a status from 400 on, or of a page in place of JSON. `text`: its body, or the start of it. */
export function failureOf(text: string, facts: RefusalFacts): Failure {
  if (isMarkup(text)) return failureOfPage(text, facts);
  let words: ErrorWords;
  try {
    words = readErrorWords(JSON.parse(text));
  } catch {
    words = wordsOfText(text);
  }
  return failureOfWords(words, facts);
}

/** The same for words that were read already; a status in the body counts if HTTP said 200. */
export function failureOfWords(words: ErrorWords, facts: RefusalFacts): Failure {
  const status = facts.status < 400 ? (words.bodyStatus ?? facts.status) : facts.status;
  if (isOfTheNetwork(status)) return make('networkRefused', words, facts);
  if (isMarkup(words.message)) return makeOfStatus(status, words, facts);
  const said = withoutSent(foldWords([...words.codes, words.message, ...words.besides].join(' \n ').slice(0, LONGEST_SEARCHED)), facts.sentTexts ?? [], facts.sentFields);
  const meaning = meaningOf(said, words.codes, status);
  // Whoever asks for payment has said all, whatever else the body calls it.
  if (status === 402) return make(meaning === 'accountOverdue' ? meaning : 'quotaUsedUp', words, facts);
  const field = MORE_THAN_A_FIELD.includes(meaning) ? undefined : fieldOf(said, words.param, facts.sentFields);
  if (field !== undefined) return make('fieldRefused', words, facts, { field });
  if (meaning === undefined) return makeOfStatus(status, words, facts);
  // Only 429 says "not yet" by itself; the same words at another status are no promise that asking again is free.
  if (meaning === 'rateLimited' && facts.status !== 429) return make('serviceBusy', words, facts, patience(facts));
  return makeKnown(meaning, words, facts);
}

/** HTML in place of JSON means another path, unless the status itself says what was wrong. */
function failureOfPage(page: string, facts: RefusalFacts): Failure {
  const words = wordsOfText(page);
  const { status } = facts;
  // The pages of a service behind the same guard name the guard too, when that service has failed.
  const mayBeGuard = status < 500 || status === 503;
  if (isOfTheNetwork(status) || (mayBeGuard && isNetworkPage(page))) return make('networkRefused', words, facts);
  const meansWrongAddress = status < 500 && ![401, 402, 403, 408, 413, 429, 451].includes(status);
  return meansWrongAddress ? make('wrongAddress', words, facts) : makeOfStatus(status, words, facts);
}

/** A proxy that wants a password, a network that wants a sign-in: both speak before the endpoint does. */
function isOfTheNetwork(status: number): boolean {
  return status === 407 || status === 511;
}

function makeOfStatus(status: number, words: ErrorWords, facts: RefusalFacts): Failure {
  return makeKnown(reasonOfStatus(status, facts), words, facts);
}

function makeKnown(reason: FailureReason, words: ErrorWords, facts: RefusalFacts): Failure {
  if (reason === 'rateLimited' || reason === 'serviceBusy') return make(reason, words, facts, patience(facts));
  return make(reason === 'keyRefused' && facts.sentKey === false ? 'keyMissing' : reason, words, facts);
}

function reasonOfStatus(status: number, facts: RefusalFacts): FailureReason {
  if (status === 401) return 'keyRefused';
  if (status === 402) return 'quotaUsedUp';
  if (status === 403) return 'accessDenied';
  if (status === 404 || status === 405 || status === 410 || status === 501) return 'wrongAddress';
  if (status === 408) return 'timedOut';
  if (status === 429) return facts.status === 429 ? 'rateLimited' : 'serviceBusy';
  if (status === 451) return 'contentRefused';
  if (status === 503) return 'serviceBusy';
  if (status === 529 && facts.retryAfterMs !== undefined) return 'serviceBusy';
  // 499 is how a proxy notes that somebody hung up on a service that was at work.
  if (status >= 500 || status < 400 || status === 499) return 'serviceFailed';
  return 'requestRefused';
}

/** 503 with Retry-After is the one answer that says both "no work was done" and "ask again". */
function patience({ status, retryAfterMs }: RefusalFacts): FailureFacts {
  if (retryAfterMs === undefined) return {};
  return { retryAfterMs, ...(status === 503 && { unsent: true }) };
}

function make(reason: FailureReason, words: ErrorWords, facts: RefusalFacts, more: FailureFacts = {}): Failure {
  const detail = plainLine(words.message || words.codes.join(' '), facts.secrets);
  const code = plainLine(words.codes[0] ?? '', facts.secrets);
  return new Failure(reason, { status: facts.status, ...(detail && { detail }), ...(code && { code }), ...more });
}
