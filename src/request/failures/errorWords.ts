// Turns the error bodies of all these servers into the same few words: codes, message, parameter.
import * as v from 'valibot';

export interface ErrorWords {
  /** Codes and types as the server wrote them, the most telling first. */
  codes: string[];
  /** The message for people, not yet cleaned; may hold anything. */
  message: string;
  /** The parameter that the error is about. */
  param: string;
  /** An HTTP status in the body (gateways that answer 200 for everything). */
  bodyStatus: number | undefined;
  /** Whether the body says that something went wrong, rather than that all is well. */
  isError: boolean;
}

const NO_WORDS: ErrorWords = { codes: [], message: '', param: '', bodyStatus: undefined, isError: false };

/** Codes with which wrappers say that all is well. */
const ALL_WELL = /^(|0|200|ok|success|succeeded|true|null)$/i;

const anyText = v.fallback(
  v.pipe(
    v.optional(v.union([v.string(), v.number(), v.boolean()]), ''),
    // A mark of parseAnswerJson stands for a text too long to be a message.
    v.transform((value) => (String(value).startsWith('\u0000') ? '' : String(value))),
  ),
  '',
);
const fieldsSchema = v.object({
  code: anyText, error_code: anyText, errorCode: anyText, type: anyText, param: anyText, status: anyText, success: anyText,
  message: anyText, error_msg: anyText, msg: anyText, error_message: anyText, errmsg: anyText, reason: anyText,
  error: v.optional(v.unknown()), errors: v.optional(v.unknown()), detail: v.optional(v.unknown()), output: v.optional(v.unknown()),
});
const issueSchema = v.object({ loc: v.fallback(v.optional(v.array(v.union([v.string(), v.number()])), []), []), msg: anyText, type: anyText });

/**
 * Reads `{ error: { message, type, param, code } }`, `{ code, message, request_id }`, `{ detail }` as text or as the
 * list of a FastAPI server, `{ error: "…" }`, `{ message }`, `{ code, msg }`, and JSON written into a message.
 */
export function readErrorWords(json: unknown): ErrorWords {
  return readLevel(json, 3);
}

/** The words of a text that is no JSON. */
export function wordsOfText(text: string): ErrorWords {
  return withInnerJson({ ...NO_WORDS, message: text, isError: true }, 2);
}

function readLevel(json: unknown, depth: number): ErrorWords {
  if (typeof json === 'string') return withInnerJson({ ...NO_WORDS, message: json.startsWith('\u0000') ? '' : json, isError: json !== '' }, depth);
  const parsed = v.safeParse(fieldsSchema, json);
  if (!parsed.success || Array.isArray(json) || depth === 0) return NO_WORDS;
  const fields = parsed.output;
  const issues = readIssues(fields.detail);
  if (issues) return issues;
  const code = fields.code || fields.error_code || fields.errorCode;
  const own: ErrorWords = {
    codes: [code, fields.type].filter((word) => !ALL_WELL.test(word)),
    message: fields.message || fields.error_msg || fields.msg || fields.error_message || fields.errmsg || fields.reason,
    param: fields.param,
    bodyStatus: statusOf(code) ?? statusOf(fields.status),
    isError: !ALL_WELL.test(code) || statusOf(fields.status) !== undefined || fields.success === 'false',
  };
  for (const inner of [fields.error, fields.detail, firstOf(fields.errors), fields.output]) {
    if (inner === undefined || inner === null || inner === false || inner === '') continue;
    const words = readLevel(inner, depth - 1);
    // `output` also carries good answers; the others exist only where something went wrong.
    if (inner === fields.output && !words.isError) continue;
    return join({ ...words, isError: true }, own);
  }
  if (!own.isError && own.message !== '' && !('data' in (json as object))) own.isError = true;
  return withInnerJson(own, depth - 1);
}

/** FastAPI: `{"detail":[{"loc":["body","watermark"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"}]}`. */
function readIssues(detail: unknown): ErrorWords | undefined {
  if (!Array.isArray(detail)) return undefined;
  const issues = detail.slice(0, 20).flatMap((value) => {
    const issue = v.safeParse(issueSchema, value);
    return issue.success ? [issue.output] : [];
  });
  const texts = detail.slice(0, 20).filter((value): value is string => typeof value === 'string');
  // The field that a server does not know is named before one whose value it does not like: leaving it out may do.
  const first = issues.find((issue) => /extra/i.test(issue.type)) ?? issues[0];
  const where = (issue: (typeof issues)[number]): string => issue.loc.filter((part) => part !== 'body').join('.');
  const lines = issues.map((issue) => [where(issue), issue.msg].filter((part) => part !== '').join(': '));
  return { codes: first?.type ? [first.type] : [], message: [...lines, ...texts].join('; '), param: first ? where(first) : '', bodyStatus: undefined, isError: true };
}

/** Some gateways write the upstream's whole JSON, or `400 {json}`, into their own message. */
function withInnerJson(words: ErrorWords, depth: number): ErrorWords {
  const start = words.message.indexOf('{');
  const end = words.message.lastIndexOf('}');
  if (depth <= 0 || start === -1 || end <= start || end - start > 65_536) return words;
  try {
    const inner = readLevel(JSON.parse(words.message.slice(start, end + 1)), depth - 1);
    return inner.isError || inner.message !== '' ? join(inner, words) : words;
  } catch {
    return words;
  }
}

function join(inner: ErrorWords, outer: ErrorWords): ErrorWords {
  return {
    codes: [...inner.codes, ...outer.codes],
    message: inner.message || outer.message,
    param: inner.param || outer.param,
    bodyStatus: inner.bodyStatus ?? outer.bodyStatus,
    isError: inner.isError || outer.isError,
  };
}

function statusOf(code: string): number | undefined {
  return /^[45]\d\d$/.test(code) ? Number(code) : undefined;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : list;
}
