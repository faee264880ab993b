// Each named failure through the installed package: the sentence that is read, and that nothing is left behind.
import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { startStandIn } from '../endpoint/server.ts';
import type { DownloadStep, PostStep } from '../endpoint/steps.ts';
import { withSettings } from './documents.ts';
import { generate, keptFiles, refusalOf, storageOf } from './images.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { pause, until } from './window.ts';

interface Case {
  sentence: RegExp;
  post?: PostStep;
  download?: DownloadStep;
  key?: string;
  settings?: Record<string, unknown>;
  /** What was paid for and may still be had keeps its journal. */
  keepsJournal?: boolean;
  /** POSTs that may come; 1 if left out. */
  posts?: number;
}

const says = (status: number, code: string, message = 'Said by the service.'): PostStep => ({ kind: 'error', status, code, message });
const MAYBE = 'The service may have charged for it\\.$';
const PAID = 'The service has charged for it\\.$';

/** test/unit/host/failures/failureSentences.test.ts holds all: here is what settings, the key store and VS Code’s own network have a hand in. */
const CASES: Record<string, Case> = {
  keyMissing: { key: 'a key that is not set here', sentence: /^127\.0\.0\.1:\d+ needs an API key\./ },
  contentRefused: { post: says(400, 'DataInspectionFailed', 'Input data may contain inappropriate content.'), sentence: /refused the content of this prompt.*“Input data may contain inappropriate content\.”$/ },
  modelNotFound: { settings: { 'generateImage.model': 'qwen-imag-max' }, sentence: /does not know the model “qwen-imag-max”/ },
  'wrongAddress where none is set': { settings: { 'generateImage.endpoint': '' }, posts: 0, sentence: /^There is no image endpoint at this address/ },
  connectionLost: { post: { kind: 'cut' }, sentence: new RegExp(`^The connection broke before the answer was complete.*${MAYBE}`) },
  timedOut: { post: { kind: 'hang', when: 'midBody' }, settings: { 'generateImage.timeoutSeconds': 5 }, sentence: new RegExp(`^No complete answer came within 5 seconds.*${MAYBE}`) },
  redirectRefused: { post: { kind: 'redirect', to: 'otherOrigin' }, sentence: /sent the request elsewhere, and a key follows no redirect/ },
  // What lies at the URL may be an image later on.
  notAnImage: { post: { kind: 'ok', like: { image: 'text' } }, keepsJournal: true, sentence: new RegExp(`^What came is not an image.*${PAID}`) },
  downloadFailed: { download: { kind: 'error', status: 404, shape: 'xml', code: 'NoSuchKey' }, keepsJournal: true, sentence: /^The image is made, but could not be downloaded\. Downloading it again is free\.$/ },
};

describe('an image that does not come', () => {
  let storage: vscode.Uri;

  before(async () => {
    await resetStandIn('small');
    storage = storageOf(await generate({ prompt: 'a boat' }));
  });
  beforeEach(() => resetStandIn('small'));

  for (const [name, { sentence, post, download, key, settings = {}, keepsJournal = false, posts: expected = 1 }] of Object.entries(CASES)) {
    it(`is told by its reason: ${name}`, async () => {
      if (post) await standIn.plan(post);
      if (download) await standIn.planDownload(download);
      if (key !== undefined) await standIn.set({ key });
      const before = await keptFiles(storage);
      assert.match(await withSettings(settings, () => refusalOf({ prompt: `a boat: ${name}` })), sentence);
      assert.equal((await posts()).length, expected);
      await untilFiles(before, keepsJournal ? /^unfinished\/[\w-]+\.json$/ : undefined);
    });
  }

  it('says that nothing listens there, after asking again', async () => {
    const other = await startStandIn();
    await other.close();
    const before = await keptFiles(storage);
    const sentence = await withSettings({ 'generateImage.endpoint': other.baseUrl }, () => refusalOf({ prompt: 'a boat' }));
    assert.match(sentence, /^127\.0\.0\.1:\d+ cannot be reached\./);
    await untilFiles(before);
  });

  it('refuses a certificate that nobody vouches for, and sends nothing', async () => {
    const other = await startStandIn({ tls: true });
    try {
      const before = await keptFiles(storage);
      const sentence = await withSettings({ 'generateImage.endpoint': other.baseUrl }, () => refusalOf({ prompt: 'a boat' }));
      assert.match(sentence, /^The certificate of 127\.0\.0\.1:\d+ cannot be verified, so nothing was sent/);
      assert.deepEqual(other.requests, []);
      await untilFiles(before);
    } finally {
      await other.close();
    }
  });

  it('says that the disk refused it, and goes on once the disk does not', async () => {
    const images = vscode.Uri.joinPath(storage, 'images').fsPath;
    await rename(images, `${images}.away`);
    try {
      await writeFile(images, '');
      assert.match(await refusalOf({ prompt: 'a boat' }), new RegExp(`^The image could not be written to the history.*${PAID}`));
    } finally {
      await rm(images, { recursive: true });
      await rename(`${images}.away`, images);
    }
    await generate({ prompt: 'a boat' });
  });

  it('waits as long as a rate limit asks, and then comes', async () => {
    await standIn.plan({ kind: 'error', status: 429, code: 'Throttling.RateQuota', headers: { 'retry-after': '1' } });
    const image = await generate({ prompt: 'a patient boat' });
    assert.equal(image.recipe.prompt, 'a patient boat');
    const [first, second] = await posts();
    // From the answer’s headers: the end of a connection may be noticed late.
    assert.ok((second?.times.startedMs ?? 0) - (first?.times.headersMs ?? Infinity) >= 990);
  });

  for (const [phase, post, download, sentence] of [
    ['the request', { kind: 'hang', when: 'headers' }, undefined, /^Cancelled.*may/],
    ['the answer', { kind: 'hang', when: 'midBody' }, undefined, /^Cancelled.*may/],
    ['the download', { kind: 'ok' }, { kind: 'hang', when: 'midBody' }, /^Cancelled/],
  ] satisfies [string, PostStep, DownloadStep | undefined, RegExp][]) {
    it(`ends ${phase} at once when everything is cancelled`, async () => {
      await standIn.plan(post);
      if (download) await standIn.planDownload(download);
      const refused = refusalOf({ prompt: `a boat that nobody waits for: ${phase}` });
      const { number } = await standIn.waitFor(({ step }) => step === 'hang', 15_000);
      await pause(100);
      await vscode.commands.executeCommand('generateImage.cancelAll');
      assert.match(await refused, sentence);
      const { closedEarly } = await standIn.waitFor((request) => request.number === number && request.ended !== undefined, 15_000);
      assert.equal(closedEarly, true);
    });
  }

  it('costs nothing when it is cancelled in the queue', async () => {
    await standIn.set({ delayMs: 60_000 });
    const refused = ['one', 'two', 'three'].map((prompt) => refusalOf({ prompt }));
    await until('two requests', async () => ((await posts()).length === 2 ? true : undefined));
    await vscode.commands.executeCommand('generateImage.cancelAll');
    const sentences = await Promise.all(refused);
    assert.equal((await posts()).length, 2);
    assert.deepEqual(sentences.map((sentence) => /^Cancelled\. Nothing was charged\.$/.test(sentence)), [false, false, true]);
  });

  /** Nothing more than there was, but for one file where `also` is given; the journal goes a moment after the answer. */
  async function untilFiles(before: readonly string[], also?: RegExp): Promise<void> {
    const added = async (): Promise<string[]> => (await keptFiles(storage)).filter((path) => !before.includes(path));
    const isRight = (paths: readonly string[]): boolean => (also === undefined ? paths.length === 0 : paths.length === 1 && also.test(paths[0] ?? ''));
    await until('the files', async () => (isRight(await added()) ? true : undefined)).catch(async () => assert.deepEqual(await added(), also ?? []));
  }
});
