// What other extensions get: an API with a version that costs nothing until it is called, and files in the workspace.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CancellationTokenSource, Uri } from 'vscode';
import { type ApiCalls, createApi } from '../../../../src/host/agents/api.ts';
import { generateFilesForCode } from '../../../../src/host/agents/filesForCode.ts';
import { generateUnattended } from '../../../../src/host/jobs/unattended.ts';
import { RefusalToCaller } from '../../../../src/host/window/refusal.ts';
import { readImageInfo } from '../../../../src/image/imageInfo.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeImage } from '../../history/folder.ts';
import { until } from '../../jobs/workbench.ts';
import { makeAgentGround } from './agentGround.ts';

test('the API has a version, cannot be changed, and reads the product only when it is called', async () => {
  let reads = 0;
  const given: unknown[] = [];
  const calls = { generateImage: (options: unknown) => Promise.resolve(given.push(options)), generateImageFile: (...args: unknown[]) => Promise.resolve(given.push(...args)) } as unknown as ApiCalls;
  const api = createApi(() => (reads++, calls));
  assert.deepEqual([api.apiVersion, reads, Object.isFrozen(api)], [1, 0, true]);
  const { token } = new CancellationTokenSource();
  await api.generateImage({ prompt: 'a fox' });
  await api.generateImageFile({ prompt: 'a hen' }, token);
  assert.deepEqual([reads, given], [2, [{ prompt: 'a fox' }, { prompt: 'a hen' }, token]]);
});

test('a product that cannot be read rejects the call, and throws at nobody', async () => {
  const api = createApi(() => {
    throw new Error('The files of this extension have changed.');
  });
  await assert.rejects(api.generateImageFile({ prompt: 'a fox' }), /have changed/);
  await assert.rejects(api.generateImage({ prompt: 'a fox' }), /have changed/);
});

test('a prompt alone is a file where the settings put it; a path, a size and a document are kept to', async (t) => {
  const { parts, folder, asked } = makeAgentGround(t);
  const { files: [plain] } = await generateFilesForCode({ prompt: 'a red fox' }, parts);
  assert.equal(plain?.uri.fsPath, join(folder, 'images', 'a-red-fox.png'));
  const { files: [exact], failed } = await generateFilesForCode({ prompt: 'a red fox', path: 'img/fox.webp', document: 'docs/page.md', width: 120, height: 63, alt: 'A fox' }, parts);
  assert.ok(exact);
  assert.deepEqual(readImageInfo(readFileSync(join(folder, 'img', 'fox.webp'))), { type: 'webp', widthPx: 120, heightPx: 63 });
  assert.deepEqual([exact.type, exact.widthPx, exact.heightPx, exact.recipe.prompt, failed], ['webp', 120, 63, 'a red fox', []]);
  assert.equal(exact.markdown, '![A fox](../img/fox.webp)');
  assert.equal(exact.bytes, readFileSync(exact.uri.fsPath).length);
  assert.deepEqual(asked.map(({ size }) => size), ['1328x1328', '1664x928'], 'the nearest shape is asked for');
});

test('of several, each that failed is told; if all did, the sentence of the failure comes', async (t) => {
  const { parts, state, kept } = makeAgentGround(t, (post) => (post === 2 ? new Failure('contentRefused') : makeImage()));
  const { files, failed } = await generateFilesForCode({ prompt: 'a hen', path: 'hen.png', count: 3 }, parts);
  assert.equal(files.length, 2);
  assert.deepEqual(failed.map(({ sentence, charged }) => [sentence, charged]), [['said: contentRefused.', 'no']]);
  const groups = await Promise.all(files.map(async ({ id }) => (await kept.record(id))?.group));
  assert.ok(groups[0] !== undefined && groups[0] === groups[1], 'they stand together in the history');
  assert.equal(state.group, undefined, 'and take the place of nothing that a person looks at');
  const bad = makeAgentGround(t, () => new Failure('keyRefused'));
  await assert.rejects(generateFilesForCode({ prompt: 'a hen', path: 'hen.png' }, bad.parts), (error: unknown) => error instanceof RefusalToCaller && error.message === 'said: keyRefused.');
});

test('what is wrong is a sentence, before anything is asked or sent', async (t) => {
  const { parts, asked } = makeAgentGround(t);
  const { token, cancel } = ((source) => ({ token: source.token, cancel: () => source.cancel() }))(new CancellationTokenSource());
  cancel();
  for (const [args, problem] of [
    [{ prompt: 'a fox', path: '../fox.png' }, /outside/],
    [{ prompt: 'a fox', count: 1e9 }, /“count” must be a whole number/],
    [{ path: 'fox.png' }, /“prompt”/],
    [{ prompt: 'a fox', path: 'fox.exe' }, /\.png/],
    [null, /takes an object/],
  ] as const) {
    await assert.rejects(generateFilesForCode(args, parts), problem);
  }
  await assert.rejects(generateFilesForCode({ prompt: 'a fox', path: 'fox.png' }, parts, token), /Cancelled\. Nothing was charged\./);
  world.isTrusted = false;
  await assert.rejects(generateFilesForCode({ prompt: 'a fox', path: 'fox.png' }, parts), /Restricted Mode, so nothing is generated without a person asking/);
  assert.deepEqual([asked, world.messages], [[], []]);
});

test('the job says that an extension asked, whichever way it came', async (t) => {
  const { parts, queue, startJobs, log } = makeAgentGround(t, () => undefined);
  const source = new CancellationTokenSource();
  const calls = [
    generateFilesForCode({ prompt: 'a fox', path: 'fox.png' }, parts, source.token),
    generateUnattended({ prompt: 'a hen' }, { ...parts, startJobs, log, uriOf: () => Uri.file('/') }),
  ].map((call) => assert.rejects(call, RefusalToCaller));
  await until(() => queue.jobs.length === 2);
  assert.deepEqual(queue.jobs.map(({ askedBy }) => askedBy), [{ kind: 'extension' }, { kind: 'extension' }]);
  queue.cancelAll();
  await Promise.all(calls);
});

test('a cancel reaches the request, and no file comes', async (t) => {
  const source = new CancellationTokenSource();
  const { parts, folder, queue } = makeAgentGround(t, () => void setImmediate(() => source.cancel()));
  await assert.rejects(generateFilesForCode({ prompt: 'a fox', path: 'fox.png' }, parts, source.token), /Cancelled/);
  assert.deepEqual([queue.jobs.map(({ state }) => state.phase), existsSync(join(folder, 'fox.png'))], [['cancelled'], false]);
});

test('whatever breaks is a sentence for the caller, and no message of its own', async (t) => {
  const { parts, lines } = makeAgentGround(t);
  const broken = { ...parts, connections: { problem: () => Promise.reject(new Error('secrets are locked')) } as unknown as typeof parts.connections };
  await assert.rejects(generateFilesForCode({ prompt: 'a fox', path: 'fox.png' }, broken), (error: unknown) => error instanceof RefusalToCaller && error.message === 'Something unexpected happened.');
  assert.ok(lines.some((line) => line.includes('secrets are locked')));
  assert.deepEqual(world.messages, []);
});

test('whoever uses the other extension reads in their own language what of this window is missing', async (t) => {
  const { parts, asked, budget } = makeAgentGround(t);
  world.bundle = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Record<string, string>;
  const said = async (change: object = {}, prompt = 'a fox'): Promise<string> => {
    const error: unknown = await generateFilesForCode({ prompt, path: 'fox.png' }, { ...parts, ...change }).then(() => 'made', (reason: unknown) => reason);
    assert.ok(error instanceof RefusalToCaller);
    return error.message;
  };
  const noService = { connections: { problem: () => Promise.resolve(new Failure('keyRefused')) } };
  assert.equal(await said(noService), 'said: keyRefused.');
  assert.deepEqual(world.messages, [], 'nobody is told of an agent');
  assert.equal(await said({}, 'x'.repeat(900)), '共 900 个字符，最多发送 800 个。请缩短文字。');
  budget.take(10);
  assert.equal(await said(), '此窗口中自动生成的图片已达上限 10 张，未获准继续。');
  world.folders = undefined;
  assert.equal(await said(), '请先打开一个文件夹。');
  world.isTrusted = false;
  assert.equal(await said(), '此工作区处于受限模式，没有人要求时不会生成图片。请先信任该工作区。');
  assert.deepEqual(asked, []);
});
