// The client against the stand-in endpoint, which keeps the contract strictly: faults of every kind, named.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';
import { requestImages, type Connection } from '../../../src/request/send/client.ts';
import { checkEndpoint } from '../../../src/request/send/checkEndpoint.ts';
import { downloadImage } from '../../../src/request/download/download.ts';
import type { Billed, FailureReason } from '../../../src/request/failures/failure.ts';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import type { AnswerFields, DownloadStep, PostStep } from '../../endpoint/steps.ts';
import { makeFastClock } from '../systemClock.ts';
import { connectionTo, failureFrom, KEY, never, REQUEST, transport } from './loopback.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startStandIn({ key: KEY, delayMs: 0 });
});
afterEach(() => {
  for (const request of standIn.requests) if (request.origin === 'files') assert.ok(!JSON.stringify([request.path, request.headers, request.body]).includes(KEY));
  standIn.reset();
});
after(() => standIn.close());

const here = (more: Partial<Connection> = {}): Connection => connectionTo(standIn.baseUrl, more);
const ask = (more: Partial<Connection> = {}): ReturnType<typeof requestImages> => requestImages(REQUEST, here(more), transport, { signal: never });
const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 8)).toString('latin1') === '\x89PNG\r\n\x1a\n';

async function fetchAll(factor = 30): Promise<Uint8Array[]> {
  const { items } = await ask();
  const options = { signal: never };
  return Promise.all(items.map(async (item) => (item.kind === 'bytes' ? item.bytes : downloadImage(item.url, here().endpoint, { fetch: createNodeFetch(), clock: makeFastClock(factor) }, options))));
}

const SHAPES: readonly AnswerFields[] = [
  ...(['url', 'base64', 'dataUrl', 'dataUrlBase64', 'both'] as const).flatMap((answer) => (['empty', 'null', 'absent'] as const).map((unused) => ({ answer, unused }))),
  { list: 'images' }, { urlForm: 'relative' }, { urlForm: 'inList' }, { around: 'done' }, { around: 'events', answer: 'base64' }, { around: 'events', list: 'images' },
  { wrapper: true }, { wrapper: true, answer: 'base64', created: 'string' }, { items: 3 }, { created: 'absent', revisedPrompt: 'a tabby' }, { answer: 'base64', paddingBytes: 3_000_000 },
];
for (const like of SHAPES) {
  test(`an image comes whole: ${JSON.stringify(like)}`, async () => {
    standIn.plan({ kind: 'ok', like });
    const images = await fetchAll();
    assert.equal(images.length, like.items ?? 1);
    assert.ok(images.every(isPng));
  });
}

const FAULTS: readonly (readonly [step: PostStep, reason: FailureReason, billed: Billed])[] = [
  [{ kind: 'ok', like: { items: 0 } }, 'noImageInAnswer', 'maybe'],
  [{ kind: 'ok', like: { answer: 'neither' } }, 'noImageInAnswer', 'maybe'],
  [{ kind: 'ok', like: { urlForm: 'onDisk' } }, 'fileOnServer', 'maybe'],
  ...(['list', 'object', 'output', 'top'] as const).map((where): [PostStep, FailureReason, Billed] => [{ kind: 'task', id: 't-1', where }, 'takenAsTask', 'maybe']),
  ...(['list', 'codeAndText', 'errors', 'errorList', 'errorMsg', 'htmlMessage', 'validation'] as const).map((shape): [PostStep, FailureReason, Billed] => [{ kind: 'error', status: 403, shape, code: 'x', message: 'Insufficient balance' }, 'quotaUsedUp', 'no']),
  [{ kind: 'redirect', to: '/v1/images/generations/' }, 'redirectRefused', 'no'],
  [{ kind: 'hang', when: 'headers' }, 'timedOut', 'maybe'],
  [{ kind: 'hang', when: 'body' }, 'timedOut', 'maybe'],
  [{ kind: 'hang', when: 'midBody' }, 'timedOut', 'maybe'],
  [{ kind: 'cut' }, 'connectionLost', 'maybe'],
  [{ kind: 'cut', how: 'reset' }, 'connectionLost', 'maybe'],
  [{ kind: 'cut', chunked: true }, 'connectionLost', 'maybe'],
  [{ kind: 'wrongLength', byBytes: 50 }, 'connectionLost', 'maybe'],
  [{ kind: 'drip', bytes: 1, everyMs: 100 }, 'timedOut', 'maybe'],
  [{ kind: 'endless' }, 'answerTooLarge', 'maybe'],
  [{ kind: 'gzipBomb', bytes: 150_000_000 }, 'answerTooLarge', 'maybe'],
  [{ kind: 'reset' }, 'connectionLost', 'maybe'],
  ...(['self', 'loop', 'otherOrigin', 'otherHost', 'http', 'https', 'file'] as const).map((to) => [{ kind: 'redirect', to }, 'redirectRefused', 'no'] as const),
  [{ kind: 'error', shape: 'html', status: 200 }, 'wrongAddress', 'no'],
  [{ kind: 'error', shape: 'openai', status: 401, message: 'no such key: {key}' }, 'keyRefused', 'no'],
];
for (const [step, reason, billed] of FAULTS) {
  test(`${JSON.stringify(step)} is ${reason}`, async () => {
    standIn.plan(step);
    const isSlow = step.kind === 'hang' || step.kind === 'drip';
    const failure = await failureFrom(ask({ timeoutMs: isSlow ? 400 : 60_000 }));
    assert.deepEqual([failure.reason, failure.billed], [reason, billed]);
  });
}

test('a field that nobody asked for, 100 MB long or 100,000 levels deep, does not cost the image beside it', async () => {
  for (const step of [{ kind: 'bigJson', bytes: 100_000_000, where: 'padding' }, { kind: 'deepJson', depth: 100_000 }] as const) {
    standIn.plan(step);
    assert.equal((await ask()).items.length, 1, step.kind);
  }
});

const DOWNLOADS: readonly (readonly [steps: DownloadStep[], end: FailureReason | 'whole'])[] = [
  [[{ kind: 'cut' }, { kind: 'ok' }], 'whole'],
  [[{ kind: 'cut', how: 'reset' }, { kind: 'cut', how: 'reset' }, { kind: 'ok' }], 'whole'],
  [[{ kind: 'cut', chunked: true }, { kind: 'ok', length: 'absent' }], 'whole'],
  [[{ kind: 'cut', etag: 'weak' }, { kind: 'ok', etag: 'weak' }], 'whole'],
  [[{ kind: 'cut' }, { kind: 'ok', ranges: 'ignored' }], 'whole'],
  [[{ kind: 'cut' }, { kind: 'wrongRange', shiftBytes: -7 }, { kind: 'ok' }], 'whole'],
  [[{ kind: 'wrongLength', byBytes: 10 }, { kind: 'ok' }], 'whole'],
  [[{ kind: 'hang', when: 'midBody' }, { kind: 'ok' }], 'whole'],
  [[{ kind: 'reset' }, { kind: 'error', status: 503, shape: 'xml' }, { kind: 'ok', gzip: true }], 'whole'],
  [[{ kind: 'redirect', to: 'result', hops: 5 }], 'whole'],
  [[{ kind: 'redirect', to: 'result', hops: 6 }], 'downloadRefused'],
  [[{ kind: 'redirect', to: 'loop' }], 'downloadRefused'],
  [[{ kind: 'redirect', to: 'otherHost' }], 'downloadFailed'],
  [[{ kind: 'redirect', to: 'file' }], 'downloadRefused'],
  [Array.from({ length: 5 }, () => ({ kind: 'cut', etag: 'none' })), 'downloadFailed'],
  [[{ kind: 'endless' }], 'imageTooLarge'],
  [[{ kind: 'gzipBomb', bytes: 150_000_000 }], 'imageTooLarge'],
  [[{ kind: 'error', status: 404, shape: 'xml' }], 'downloadFailed'],
];
for (const [steps, end] of DOWNLOADS) {
  test(`a download of ${JSON.stringify(steps).slice(0, 120)} ends ${end}`, async () => {
    standIn.planDownload(...steps);
    if (end !== 'whole') assert.equal((await failureFrom(fetchAll())).reason, end);
    else assert.ok((await fetchAll()).every(isPng));
  });
}

test('an image that was replaced while it was fetched is one version or the other', async () => {
  for (const force of [false, true]) {
    standIn.planDownload({ kind: 'cut' }, { kind: 'changed', force });
    const [bytes] = await fetchAll();
    assert.ok(isPng(bytes!) && Buffer.from(bytes!.subarray(-8, -4)).toString() === 'IEND');
  }
});

test('a link that has run out is an expired one', async () => {
  standIn.plan({ kind: 'ok', like: { expiresInSeconds: -60 } });
  assert.equal((await failureFrom(fetchAll())).reason, 'linkExpired');
});

test('a strict server refuses a field by its name', async () => {
  standIn.set({ refusedFields: ['watermark'] });
  const failure = await failureFrom(ask());
  assert.deepEqual([failure.reason, failure.facts.field], ['fieldRefused', 'watermark']);
});

test('the free check tells closed, open, missing and page apart', async () => {
  for (const [models, result] of [['closed', 'fine'], ['open', 'unknown'], ['missing', 'unknown'], ['html', 'unknown']] as const) {
    standIn.set({ models });
    assert.equal(await checkEndpoint(here(), transport, never), result, models);
    if (models === 'closed') assert.equal(await checkEndpoint(here({ key: 'sk-another-key' }), transport, never), 'keyRefused');
  }
});
