// Turns a POST's headers and body into a checked request, or into the refusal that a strict gateway would send.
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorFields, Settings } from './steps.ts';

/** The five sizes of qwen-image-max. */
export const SIZES = ['1664x928', '1472x1104', '1328x1328', '1104x1472', '928x1664'];
export const MAX_PROMPT_CHARACTERS = 800;
export const MAX_BODY_BYTES = 1024 * 1024;

export interface CheckedRequest {
  prompt: string;
  widthPx: number;
  heightPx: number;
  watermark: boolean;
  promptExtend: boolean;
}

export type Checked = { request: CheckedRequest } | { refused: ErrorFields };

type Json = Record<string, unknown>;

const FIELDS: Record<string, { type: string; is: (value: unknown) => boolean }> = {
  model: { type: 'string', is: (value) => typeof value === 'string' },
  prompt: { type: 'string', is: (value) => typeof value === 'string' },
  size: { type: 'string', is: (value) => typeof value === 'string' },
  n: { type: 'integer', is: Number.isInteger },
  watermark: { type: 'boolean', is: (value) => typeof value === 'boolean' },
  prompt_extend: { type: 'boolean', is: (value) => typeof value === 'boolean' },
};

/** The bearer token of a request, or `''`. */
export function sentKey(headers: IncomingHttpHeaders): string {
  return /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** The refusal of a missing or wrong key; undefined if the key is right or none is asked for. */
export function checkKey(headers: IncomingHttpHeaders, key: string | undefined): ErrorFields | undefined {
  if (key === undefined || sentKey(headers) === key) return undefined;
  const message = headers.authorization === undefined ? 'No API key was provided.' : 'Incorrect API key provided.';
  return { status: 401, code: 'InvalidApiKey', message };
}

/** The original's request schema, checked field by field; the first fault is the answer. */
export function checkBody(contentType: string | undefined, body: Buffer, settings: Settings): Checked {
  if (!/^application\/json(?:\s*;.*)?$/i.test(contentType ?? '')) {
    return refuse(415, 'InvalidParameter', null, 'Content-Type must be application/json.');
  }
  const json = parse(body);
  if (json === undefined) return refuse(400, 'InvalidParameter', null, 'The request body is not a JSON object.');
  for (const name of settings.refusedFields) {
    if (name in json) return refuse(400, 'unknown_parameter', name, `Unknown parameter: '${name}'.`);
  }
  return settings.accept === 'anything' ? checkLoosely(json) : checkStrictly(json, settings.refusedFields);
}

function checkStrictly(json: Json, unknown: string[]): Checked {
  for (const [name, { type, is }] of Object.entries(FIELDS)) {
    if (unknown.includes(name)) continue;
    if (!(name in json)) return refuse(400, 'InvalidParameter', name, `Missing required parameter: '${name}'.`);
    if (!is(json[name])) return refuse(400, 'InvalidParameter', name, `Invalid type for '${name}': expected ${type}.`);
  }
  const extra = Object.keys(json).find((name) => !(name in FIELDS));
  if (extra !== undefined) return refuse(400, 'unknown_parameter', extra, `Unknown parameter: '${extra}'.`);
  const { model = 'qwen-image-max', n = 1, size = '1328x1328' } = json;
  if (model !== 'qwen-image-max') {
    return refuse(503, 'model_not_found', 'model', `No available channel for model ${String(model)}.`);
  }
  if (n !== 1) return refuse(400, 'InvalidParameter', 'n', 'n must be 1.');
  if (!SIZES.includes(size as string)) return refuse(400, 'InvalidParameter', 'size', `size must be one of ${SIZES.join(', ')}.`);
  const prompt = (json['prompt'] ?? '') as string;
  if (prompt.trim() === '') return refuse(400, 'InvalidParameter', 'prompt', 'prompt must not be empty.');
  if (Array.from(prompt).length > MAX_PROMPT_CHARACTERS) {
    return refuse(400, 'InvalidParameter', 'prompt', `prompt is longer than ${MAX_PROMPT_CHARACTERS} characters.`);
  }
  return checkLoosely(json);
}

function checkLoosely(json: Json): Checked {
  const prompt = json['prompt'];
  if (typeof prompt !== 'string') return refuse(400, 'InvalidParameter', 'prompt', "Missing required parameter: 'prompt'.");
  const [, width = '1328', height = '1328'] = /^(\d{1,4})[x*](\d{1,4})$/.exec(typeof json['size'] === 'string' ? json['size'] : '') ?? [];
  const request = { prompt, widthPx: Number(width) || 1, heightPx: Number(height) || 1 };
  return { request: { ...request, watermark: json['watermark'] === true, promptExtend: json['prompt_extend'] === true } };
}

function parse(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(status: number, code: string, param: string | null, message: string): Checked {
  const type = code === 'model_not_found' ? 'new_api_error' : 'invalid_request_error';
  return { refused: { status, code, param, message, type } };
}
