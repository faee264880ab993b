// Each named failure from the service's bytes to the sentence and the buttons that a person reads, and nothing left on the disk.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { FailureReports } from '../../../../src/host/failures/failureReports.ts';
import { createService } from '../../../../src/jobs/service.ts';
import { createNodeFetch } from '../../../../src/node/nodeFetch.ts';
import { systemClock } from '../../../../src/node/systemClock.ts';
import { readEndpoint } from '../../../../src/request/send/endpointUrl.ts';
import { startStandIn, type StandIn } from '../../../endpoint/server.ts';
import type { DownloadStep, PostStep } from '../../../endpoint/steps.ts';
import { world } from '../../../vscodeModule/world.ts';
import { expectPhase, makeRequest } from '../../jobs/workbench.ts';
import { makeGround } from '../ground.ts';

const KEY = 'sk-failures-4711';
let service: StandIn;
before(async () => (service = await startStandIn({ key: KEY, image: 'flat' })));
after(() => service.close());

const host = (): string => new URL(service.baseUrl).host;

interface Case {
  reason: string;
  /** What is special about it, if it is not the first of its reason. */
  what?: string;
  step?: PostStep;
  download?: DownloadStep;
  /** Over how the service is. */
  set?: Parameters<StandIn['set']>[0];
  /** The key that is sent; the right one if left out. */
  key?: string | undefined;
  /** Makes the disk refuse what is paid for. */
  isDiskFull?: true;
  sentence: () => string;
  actions: string[];
}

const refused = (status: number, code: string, message: string): PostStep => ({ kind: 'error', status, code, message });

const CASES: Case[] = [
  {
    reason: 'keyMissing', key: undefined, actions: ['Set API Key'],
    sentence: () => `${host()} needs an API key. Set it once, and it is kept in VS Code’s secret storage. The service says: “No API key was provided.”`,
  },
  {
    reason: 'keyRefused', key: 'sk-wrong', actions: ['Set API Key'],
    sentence: () => `${host()} refused the API key. Check that the key is right and belongs to this address. The service says: “Incorrect API key provided.”`,
  },
  {
    reason: 'fieldRefused', set: { refusedFields: ['watermark'] }, actions: ['Leave this field out'],
    sentence: () => 'The service does not know the field “watermark”. Leave it out and generate again. The service says: “Unknown parameter: \'watermark\'.”',
  },
  {
    reason: 'accessDenied', step: refused(403, 'AccessDenied', 'Model access denied.'), actions: ['Open Settings', 'Set API Key'],
    sentence: () => `${host()} does not allow this key to use qwen-image-max. Choose another model in the settings, or use another key. The service says: “Model access denied.”`,
  },
  {
    reason: 'quotaUsedUp', step: refused(403, 'insufficient_user_quota', 'user quota is not enough'), actions: ['Show Log'],
    sentence: () => 'The quota of this account is used up. Top it up with the service, then generate again. The service says: “user quota is not enough”',
  },
  {
    reason: 'accountOverdue', step: { ...refused(400, 'Arrearage', 'Access denied, account not in good standing.'), shape: 'upstream' } as PostStep, actions: ['Show Log'],
    sentence: () => 'The account is overdue. Settle it with the service, then generate again. The service says: “Access denied, account not in good standing.”',
  },
  {
    reason: 'contentRefused', step: refused(400, 'DataInspectionFailed', 'Input data may contain inappropriate content.'), actions: [],
    sentence: () => 'The service refused the content of this prompt. Change the prompt and generate again. The service says: “Input data may contain inappropriate content.”',
  },
  {
    reason: 'contentRefused', what: ' at HTTP 200', step: { kind: 'error', shape: 'wrapped', status: 200, code: 'DataInspectionFailed', message: 'no' }, actions: [],
    sentence: () => 'The service refused the content of this prompt. Change the prompt and generate again. The service says: “no”',
  },
  {
    reason: 'requestRefused', step: refused(400, 'InvalidParameter', 'size is off'), actions: ['Open Settings'],
    sentence: () => 'The service refused the request. Check the prompt, the size and the settings. The service says: “size is off”',
  },
  {
    reason: 'modelNotFound', step: refused(503, 'model_not_found', 'No available channel'), actions: ['Open Settings'],
    sentence: () => `${host()} does not know the model “qwen-image-max”. Check the model name in the settings. The service says: “No available channel”`,
  },
  {
    reason: 'wrongAddress', step: { kind: 'error', shape: 'html', status: 404, message: 'Not Found' }, actions: ['Open Settings'],
    sentence: () => 'There is no image endpoint at this address. Check the base URL in the settings. The service says: “404 Not Found nginx”',
  },
  {
    reason: 'serviceFailed', step: refused(500, 'InternalError', 'Oops'), actions: ['Generate again', 'Show Log'],
    sentence: () => 'The service failed while making the image. Try again later. The service says: “Oops” The service may have charged for it.',
  },
  {
    reason: 'serviceBusy', step: refused(503, 'busy', 'Overloaded'), actions: ['Generate again'],
    sentence: () => 'The service is too busy right now. Try again later. The service says: “Overloaded”',
  },
  {
    reason: 'connectionLost', step: { kind: 'reset' }, actions: ['Generate again'],
    sentence: () => 'The connection broke before the answer was complete. Generate again if you want to pay for another try. The service may have charged for it.',
  },
  {
    reason: 'connectionLost', what: ' within the answer', step: { kind: 'cut' }, actions: ['Generate again'],
    sentence: () => 'The connection broke before the answer was complete. Generate again if you want to pay for another try. The service may have charged for it.',
  },
  {
    reason: 'timedOut', step: { kind: 'hang', when: 'midBody' }, actions: ['Generate again', 'Open Settings'],
    sentence: () => 'No complete answer came within 1 seconds. Generate again, or allow more time in the settings. The service may have charged for it.',
  },
  {
    reason: 'redirectRefused', step: { kind: 'redirect', to: 'otherOrigin' }, actions: ['Open Settings'],
    sentence: () => `${host()} sent the request elsewhere, and a key follows no redirect. If you trust ${new URL(service.filesUrl).origin}, set the final address there as base URL.`,
  },
  {
    reason: 'answerTooLarge', step: { kind: 'wrongLength', byBytes: 129 * 1024 * 1024 }, actions: ['Show Log'],
    sentence: () => 'The answer was larger than 128 MiB and was not read. The log has the details. The service may have charged for it.',
  },
  {
    reason: 'answerUnreadable', step: { kind: 'raw', headers: { 'content-type': 'application/json' }, body: '{"created":1,' }, actions: ['Open Settings', 'Show Log'],
    sentence: () => 'The answer is not what an image endpoint sends. Check the base URL. The service says: “{"created":1,” The service may have charged for it.',
  },
  {
    reason: 'noImageInAnswer', step: { kind: 'ok', like: { items: 0 } }, actions: ['Generate again', 'Show Log'],
    sentence: () => 'The answer held no image. Change the prompt or generate again. The service may have charged for it.',
  },
  {
    reason: 'notAnImage', step: { kind: 'ok', like: { image: 'text' } }, actions: ['Download again (free)', 'Copy the address', 'Save as is…', 'Show Log'],
    sentence: () => 'What came is not an image that VS Code can show. You can save it as it is. The service has charged for it.',
  },
  {
    reason: 'notAnImage', what: ' in the answer itself', step: { kind: 'ok', like: { image: 'html', answer: 'base64' } }, actions: ['Save as is…', 'Show Log'],
    sentence: () => 'What came is not an image that VS Code can show. You can save it as it is. The service has charged for it.',
  },
  {
    reason: 'linkExpired', step: { kind: 'ok', like: { expiresInSeconds: -1 } }, actions: ['Generate again'],
    sentence: () => 'The link to the image has expired, so it cannot be downloaded any more. Generate again to make a new one. The service has charged for it.',
  },
  {
    reason: 'downloadRefused', step: { kind: 'ok', like: { url: 'http://192.0.2.1/image.png?Signature=secret' } }, actions: ['Download again (free)', 'Copy the address', 'Show Log'],
    sentence: () => 'The image is at an address that is not safe to download from. The log has the details. The service has charged for it.',
  },
  {
    reason: 'imageTooLarge', download: { kind: 'wrongLength', byBytes: 129 * 1024 * 1024 }, actions: ['Download again (free)', 'Copy the address', 'Show Log'],
    sentence: () => 'The image is larger than 128 MiB and was not downloaded. The log has the details. The service has charged for it.',
  },
  {
    reason: 'downloadFailed', download: { kind: 'error', status: 403, message: 'no' }, actions: ['Download again (free)', 'Copy the address'],
    sentence: () => 'The image is made, but could not be downloaded. Downloading it again is free.',
  },
  {
    reason: 'notWritten', isDiskFull: true, actions: ['Save as is…', 'Show Log'],
    sentence: () => 'The image could not be written to the history. Save it now, and check the disk. The service has charged for it.',
  },
];

for (const { reason, what = '', step, download, set, isDiskFull, sentence, actions, ...each } of CASES) {
  test(`${reason}${what}: sentence, buttons, no file`, async (t) => {
    service.reset();
    if (step) service.plan(step);
    if (download) service.planDownload(download);
    if (set) service.set(set);
    const result = readEndpoint(service.baseUrl);
    assert.ok('endpoint' in result);
    const timeoutMs = reason === 'timedOut' ? 1000 : 60_000;
    const connectionFor = (): Promise<{ endpoint: typeof result.endpoint; key: string | undefined; timeoutMs: number }> => Promise.resolve({ endpoint: result.endpoint, key: 'key' in each ? each.key : KEY, timeoutMs });
    const { queue, names, log, root } = makeGround(t, { connectionFor, service: createService({ fetch: createNodeFetch(), clock: systemClock }) });
    if (isDiskFull) writeFileSync(join(root, 'images'), '');
    const job = queue.add(makeRequest(), 'person');
    await job.ended;
    const { failure } = expectPhase(job, 'failed');
    const reports = new FailureReports(log);
    assert.equal(failure.reason, reason);
    assert.equal(reports.sentence(failure), sentence());
    assert.deepEqual(reports.actions(failure).map(({ label }) => label), actions);
    assert.equal(service.requests.filter(({ method }) => method === 'POST').length, 1, 'a request that was sent is never repeated by itself');
    // What is paid for and can be fetched or written once more keeps its journal.
    const isOpen = reason === 'notWritten' || actions.includes('Download again (free)');
    assert.deepEqual([names('images'), names('unfinished').length], [[], isOpen ? 1 : 0]);
  });
}

test('what a service says is text where it is told: no link, no icon, no tag, one line', async (t) => {
  service.reset();
  service.plan({ kind: 'error', status: 400, code: 'InvalidParameter', message: '<img src="x"> [free images](command:workbench.action.closeWindow) \u202egnp\u202c $(trash) \u2028 end' });
  const result = readEndpoint(service.baseUrl);
  assert.ok('endpoint' in result);
  const connection = { endpoint: result.endpoint, key: KEY, timeoutMs: 60_000 };
  const { queue, log } = makeGround(t, { connectionFor: () => Promise.resolve(connection), service: createService({ fetch: createNodeFetch(), clock: systemClock }) });
  const job = queue.add(makeRequest(), 'person');
  await job.ended;
  await new FailureReports(log).show(expectPhase(job, 'failed').failure);
  const [{ text = '' } = {}] = world.messages;
  assert.match(text, /^The service refused the request\. .*free images\] \(command:.* end”/);
  assert.doesNotMatch(text, /\]\(|\$\(|<img|[\u202a-\u202e\u2028]/);
});
