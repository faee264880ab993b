// Whatever status, shape and words come together, no button pays by mistake and no key is blamed for want of money.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAnswer } from '../../../../src/request/answer/answer.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { failureOf } from '../../../../src/request/failures/failureOf.ts';
import { textsOf } from '../../../../src/request/failures/sentTexts.ts';

const STATUSES = [200, 201, 202, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 412, 413, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 511, 520, 524, 529];
const MONEY = [
  'Insufficient balance', 'Your credit balance is too low', 'You have run out of credits', 'insufficient_user_quota', 'Budget has been exceeded!', 'Your team has reached its monthly spending limit.',
  'The postpaid bill is overdue.', 'Account x is suspended due to unpaid invoices', '余额不足，请充值', '账户已欠费', 'Your prepayment credits are depleted.', 'The free quota has been used up.', 'You have used all available credits.', 'payment required',
];
const SLOW = ['Rate limit exceeded', 'Too many requests', 'Requests throttling triggered.', 'Limit: 2 requests per minute', '请求过于频繁', 'TPM limit reached'];
const KEY = ['Unauthorized', 'authentication_error', 'Invalid API key', 'Forbidden', 'permission_error', 'AccessDenied'];
const OTHER = ['InternalError', 'Bad Request', 'size must be one of the five', 'something odd', '', 'server_error', 'Not Found'];

type Shape = (code: string, message: string) => unknown;
const SHAPES: readonly Shape[] = [
  (code, message) => ({ error: { message, type: code, param: null, code } }),
  (code, message) => [{ error: { code: 400, message, status: code } }],
  (code, message) => ({ code, message, request_id: 'r' }),
  (code, message) => ({ error: code, message }),
  (code, message) => ({ code, error: message }),
  (code, message) => ({ errors: { message }, code }),
  (code, message) => ({ errors: [{ message, code }] }),
  (code, message) => ({ error_code: code, error_msg: message }),
  (code, message) => ({ success: false, error: [{ code, message }] }),
  (code, message) => ({ detail: `${code}: ${message}` }),
  (code, message) => ({ detail: { code, msg: message } }),
  (code, message) => ({ code, msg: message, data: null }),
  (code, message) => ({ error: { message: `upstream said 400 ${JSON.stringify({ code, message })}`, type: 'upstream_error', code: 'bad_response' } }),
  (code, message) => ({ message: { code, message } }),
  (code, message) => ({ 'html-message': `<p>${message}</p>`, code }),
];
const facts = (status: number, sentTexts: readonly string[] = []): Parameters<typeof failureOf>[1] => ({ status, secrets: [], sentFields: ['model', 'prompt', 'size', 'n', 'watermark', 'prompt_extend'], sentTexts, sentKey: true });

async function endOf(status: number, body: unknown, sentTexts?: readonly string[]): Promise<Failure> {
  const text = JSON.stringify(body);
  if (status >= 400) return failureOf(text, facts(status, sentTexts));
  const end = await readAnswer(new TextEncoder().encode(text), { ...facts(status, sentTexts), address: 'https://api.example.com/v1/images/generations' }).catch((error: unknown) => error);
  assert.ok(end instanceof Failure, String(end));
  return end;
}

const status = fc.constantFrom(...STATUSES);
const shape = fc.constantFrom(...SHAPES);
const anyWords = fc.constantFrom(...MONEY, ...SLOW, ...KEY, ...OTHER);

test('no money is never told as a wrong key, and only as the network if the network speaks', async () => {
  await fc.assert(
    fc.asyncProperty(status, shape, fc.constantFrom(...MONEY), fc.constantFrom(...KEY, ...OTHER), async (code, write, money, beside) => {
      const failure = await endOf(code, write(beside, money));
      assert.ok(!failure.actions.includes('setApiKey'), failure.reason);
      const inNetwork = code === 407 || code === 511;
      assert.ok(inNetwork || failure.reason === 'quotaUsedUp' || failure.reason === 'accountOverdue', failure.reason);
    }),
    { numRuns: 3000 },
  );
});

test('only 429 is a rate limit, and only 503 says that no work was done', async () => {
  await fc.assert(
    fc.asyncProperty(status, shape, anyWords, anyWords, fc.boolean(), async (code, write, one, two, patient) => {
      const text = JSON.stringify(write(one, two));
      const failure = code < 400 ? await endOf(code, write(one, two)) : failureOf(text, { ...facts(code), ...(patient && { retryAfterMs: 1000 }) });
      if (code !== 429) assert.notEqual(failure.reason, 'rateLimited');
      if (code !== 503) assert.notEqual(failure.facts.unsent, true);
    }),
    { numRuns: 3000 },
  );
});

test('no answer that promises an image for later has a button that pays for another', async () => {
  const state = fc.constantFrom('submitted', 'pending', 'queued', 'IN_QUEUE', 'processing', 'RUNNING', 'in_progress', 'starting', 'PENDING');
  const task = fc.constantFrom<(state: string) => unknown>(
    (status) => ({ code: 200, data: [{ status, task_id: 't-1' }] }), (status) => ({ data: { status, task_id: 't-1' } }), (status) => ({ output: { task_status: status, task_id: 't-1' }, request_id: 'r' }),
    (status) => ({ id: 't-1', status }), (status) => ({ id: 't-1', status, url: 'https://api.example.com/t-1' }), (status) => ({ message: `${status}, please poll`, task_id: 't-1' }), (status) => ({ status, request_id: 't-1', status_url: 'https://api.example.com/t' }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(200, 201, 202), task, state, async (code, write, word) => {
      const failure = await endOf(code, write(word));
      assert.deepEqual([failure.reason, failure.facts.taskId, failure.actions.includes('generateAgain')], ['takenAsTask', 't-1', false]);
    }),
    { numRuns: 400 },
  );
});

const PROMPTS = ['a hand on the throttle of a motorcycle', 'A poster that says "Too many requests, insufficient balance"', 'an unauthorized visitor before a forbidden door', 'a rate limit sign beside the road', '一张写着请求过于频繁余额不足的海报', 'a model that does not exist, unsafe content, sensitive information', 'the parameter \'size\' is not supported'];
/** The ways in which servers quote. */
const QUOTES: Record<string, (prompt: string) => string> = {
  whole: (prompt) => prompt,
  'in another case': (prompt) => prompt.toUpperCase(),
  'in JSON': (prompt) => JSON.stringify({ prompt }),
  'in JSON in JSON': (prompt) => JSON.stringify(JSON.stringify({ prompt })),
  'as code points': (prompt) => prompt.replace(/[^\w ]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'cut at its end': (prompt) => `${prompt.slice(0, Math.ceil(prompt.length * 0.8))}...`,
  'cut at its start': (prompt) => `…${prompt.slice(4)}`,
  'as HTML references': (prompt) => prompt.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  'with other blanks': (prompt) => prompt.replaceAll(' ', '\n  '),
};

for (const [how, quote] of Object.entries(QUOTES)) {
  test(`what a server quotes of the prompt is none of its own words: ${how}`, async () => {
    for (const prompt of PROMPTS) {
      for (const write of SHAPES) {
        const sent = textsOf({ model: 'qwen-image-max', prompt, size: '1328x1328', n: 1, extra: { negative_prompt: 'blurry' } });
        const failure = await endOf(400, write('InvalidParameter', `Cannot draw '${quote(prompt)}' at this size`), sent);
        assert.equal(failure.reason, 'requestRefused', `${prompt}: ${failure.facts.detail}`);
      }
    }
  });
}

test('a single word of the prompt in quotation marks is no word of the server either', async () => {
  for (const [prompt, word] of [['throttle', 'throttle'], ['a racing throttle', 'throttle'], ['限流', '限流']] as const) {
    const failure = await endOf(400, { message: `The word '${word}' cannot be drawn` }, [prompt]);
    assert.equal(failure.reason, 'requestRefused');
  }
});

test('what the server itself says beside a quotation still counts', async () => {
  const prompt = 'a hand on the throttle of a motorcycle';
  for (const [says, reason] of [['Insufficient balance for', 'quotaUsedUp'], ['Invalid API key for', 'keyRefused'], ['Prohibited content in', 'contentRefused']] as const) {
    assert.equal((await endOf(400, { message: `${says} '${prompt}'` }, [prompt])).reason, reason);
  }
  // A word that the prompt happens to share is no quotation.
  assert.equal((await endOf(403, { message: 'Insufficient balance' }, ['a man in balance on a rope'])).reason, 'quotaUsedUp');
  assert.equal((await endOf(400, { message: "Unknown parameter: 'watermark'" }, ['remove the watermark from the wall'])).facts.field, 'watermark');
});
