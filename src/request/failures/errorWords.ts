// Turns the error bodies of all these servers into the same few words: codes, message, parameter.

export interface ErrorWords {
  /** Codes and types as the server wrote them, the most telling first. */
  codes: string[];
  /** The most telling sentence for people, not yet cleaned; may hold anything. */
  message: string;
  /** Every other sentence that the body holds. */
  besides: string[];
  /** The parameter that the error is about. */
  param: string;
  /** An HTTP status in the body (gateways that answer 200 for everything). */
  bodyStatus: number | undefined;
  /** Whether the body says that something went wrong, rather than that all is well. */
  isError: boolean;
}

/** Names under which servers put their codes, as {@link nameOf} writes them; the most telling first. */
const CODES = ['code', 'errorcode', 'errcode', 'errorkey', 'statuscode', 'type', 'errortype', 'status', 'quotaid', 'reason', 'title'];
const MESSAGES = ['message', 'errormessage', 'errormsg', 'errmsg', 'msg', 'statusmsg', 'htmlmessage', 'detail', 'details', 'description', 'errordescription', 'error', 'errors', 'reason', 'title', 'faultstring', 'failurereason', 'info', 'hint'];
const PARAMS = ['param', 'parameter', 'field', 'instancepath'];
/** What is there only if something went wrong. */
const TROUBLE = ['error', 'errors', 'detail', 'fault', 'exception', 'responsemetadata'];
/** What may hold more of it; anything else, such as an echo of the request, is left alone. */
const INNER = [...TROUBLE, 'message', 'msg', 'details', 'output', 'validation', 'issues', 'fieldviolations', 'violations', 'innererror', 'cause', 'metadata', 'baseresp', 'response', 'body', 'data', 'params', 'raw'];

/** Codes with which wrappers say that all is well. */
const ALL_WELL = /^(|0|1|200|20000|ok|success|succeeded|successful|true|null|none)$/i;
/** What HTTP calls its own statuses, and names that stand for a message: they say no more than the number does. */
const PHRASE = /^(?:\d{3}:? )?(bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|request timeout|conflict|gone|unprocessable (entity|content)|too many requests|internal server error|not implemented|bad gateway|service unavailable|gateway time-?out|error|unknown error|failed|failure)[.!]?$/i;

const DEEPEST = 6;
const AROUND = -9;
const MOST_VALUES = 300;
/** A longer text is an image or a page. */
const LONGEST_TEXT = 16_384;

/** Where the server that checked the request says what it found; the sentence around it only says that it did. */
const FINDINGS = ['validation', 'issues', 'fieldviolations', 'violations'];

interface Sentence {
  text: string;
  /** How many texts had to be opened to find it: the upstream's own words lie deepest. {@link AROUND} for what stood around them. */
  opened: number;
}

interface Found {
  codes: string[];
  sentences: Sentence[];
  params: string[];
  statuses: number[];
  isError: boolean;
  hasData: boolean;
  values: number;
}

/**
 * Reads objects and lists in which the words lie under any of the usual names, at any depth; and JSON that was written
 * into a message. Of several sentences the longest is the message: a server's own name for an error is no sentence.
 */
export function readErrorWords(json: unknown): ErrorWords {
  const found: Found = { codes: [], sentences: [], params: [], statuses: [], isError: false, hasData: false, values: 0 };
  read(json, found, 0, 0);
  const sentences = found.sentences.sort((a, b) => rank(b) - rank(a) || b.text.length - a.text.length).map(({ text }) => text);
  const [message = '', ...besides] = [...new Set(sentences)];
  return {
    codes: [...new Set(found.codes)],
    message,
    besides,
    param: found.params[0] ?? '',
    bodyStatus: found.statuses[0],
    isError: found.isError || (message !== '' && !found.hasData),
  };
}

/** The words of a text that is no JSON. */
export function wordsOfText(text: string): ErrorWords {
  const { message, ...words } = readErrorWords(text);
  return { ...words, message: message || text, isError: true };
}

/** Whether a text says what happened, rather than naming it. */
function rank({ text, opened }: Sentence): number {
  const plain = text.trim();
  if (PHRASE.test(plain)) return 0;
  const isSentence = /\s/.test(plain) || /[^\p{ASCII}]/u.test(plain);
  return isSentence ? 2 + opened : 1;
}

function read(value: unknown, found: Found, depth: number, opened: number): void {
  if (depth > DEEPEST || ++found.values > MOST_VALUES) return;
  if (typeof value === 'string') return readText(value, found, depth, opened);
  if (Array.isArray(value)) return readList(value, found, depth, opened);
  if (typeof value === 'object' && value !== null) readFields(value as Record<string, unknown>, found, depth, opened);
}

function readList(list: unknown[], found: Found, depth: number, opened: number): void {
  const items = list.slice(0, 20);
  const issues = items.flatMap((item) => issueOf(item) ?? []);
  if (issues.length === 0) return items.forEach((item) => read(item, found, depth + 1, opened));
  found.isError = true;
  // The field that a server does not know is named before one whose value it does not like: leaving it out may do.
  const first = issues.find(({ type }) => /extra/i.test(type)) ?? issues[0]!;
  if (first.type !== '') found.codes.push(first.type);
  if (first.where !== '') found.params.unshift(first.where);
  addSentence(issues.map(({ where, message }) => [where, message].filter((part) => part !== '').join(': ')).join('; '), found, opened);
}

/** FastAPI: `{"loc":["body","watermark"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"}`. */
function issueOf(value: unknown): { where: string; message: string; type: string } | undefined {
  if (typeof value !== 'object' || value === null || !('loc' in value) || !Array.isArray(value.loc)) return undefined;
  const fields = value as Record<string, unknown>;
  const where = (fields['loc'] as unknown[]).filter((part) => (typeof part === 'string' && part !== 'body') || typeof part === 'number').join('.');
  return { where, message: textOf(fields['msg'] ?? fields['message']), type: textOf(fields['type']) };
}

function readFields(fields: Record<string, unknown>, found: Found, depth: number, opened: number): void {
  const entries = new Map(Object.entries(fields).slice(0, 100).map(([name, value]) => [nameOf(name), value]));
  const parts = CODES.map((name) => textOf(entries.get(name)));
  const outerCodes = found.codes;
  found.codes = [];
  if (depth === 0 && ('data' in fields || 'images' in fields)) found.hasData = true;
  for (const name of TROUBLE) if (isThere(entries.get(name))) found.isError = true;
  for (const name of ['code', 'errorcode', 'errcode', 'statuscode']) if (!ALL_WELL.test(textOf(entries.get(name)))) found.isError = true;
  if (/^(false|error|fail(ed|ure)?)$/i.test(textOf(entries.get('success')) || textOf(entries.get('status')) || textOf(entries.get('taskstatus')))) found.isError = true;
  for (const name of PARAMS) if (textOf(entries.get(name)) !== '') found.params.push(textOf(entries.get(name)));
  // AJV names the field beside the message: `{"params":{"additionalProperty":"watermark"}}`.
  if (textOf(entries.get('additionalproperty')) !== '') found.params.unshift(textOf(entries.get('additionalproperty')));
  for (const name of MESSAGES) {
    const value = entries.get(name);
    if (typeof value === 'string') readText(value, found, depth + 1, opened);
  }
  for (const name of INNER) {
    const value = entries.get(name);
    if (typeof value === 'object') read(value, found, depth + 1, FINDINGS.includes(name) ? opened + 1 : opened);
  }
  const own = parts.filter((part) => !ALL_WELL.test(part));
  // The innermost codes are the upstream's, which say most.
  found.codes = [...outerCodes, ...found.codes, ...own.filter((part) => !/\s/.test(part))];
  for (const part of own) if (/\s/.test(part)) addSentence(part, found, opened);
  found.statuses.push(...own.filter((part) => /^[45]\d\d$/.test(part)).map(Number));
  if (found.statuses.length > 0) found.isError = true;
}

/** Some gateways write the upstream's whole JSON, or `400 {json}`, into their own message. */
function readText(text: string, found: Found, depth: number, opened: number): void {
  if (text.trim() === '' || text.length > LONGEST_TEXT) return;
  const inner = openJson(text);
  if (inner === undefined) return addSentence(text, found, opened);
  const before = found.sentences.length;
  read(inner.json, found, depth + 1, opened + 1);
  if (found.sentences.length === before) addSentence(text, found, opened);
  else addSentence(inner.around, found, AROUND);
}

function openJson(text: string): { json: object; around: string } | undefined {
  const start = text.search(/[{[]/);
  if (start === -1) return undefined;
  const end = text.lastIndexOf(text[start] === '{' ? '}' : ']');
  try {
    const json: unknown = JSON.parse(text.slice(start, end + 1));
    return typeof json === 'object' && json !== null ? { json, around: `${text.slice(0, start)} ${text.slice(end + 1)}` } : undefined;
  } catch {
    return undefined;
  }
}

function addSentence(text: string, found: Found, opened: number): void {
  if (text.trim() !== '') found.sentences.push({ text, opened });
}

/** Small letters only: `error_msg`, `errorMsg` and `html-message` are each one name. */
function nameOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

function textOf(value: unknown): string {
  const isText = typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= LONGEST_TEXT);
  return isText ? String(value).trim() : '';
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
}
