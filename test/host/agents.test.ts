// The tools for agents, called as an agent in VS Code calls them: good, bad and hostile input, several at once, cancelled.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateImageApi } from '../../src/host/agents/apiTypes.ts';
import { readImageInfo } from '../../src/image/imageInfo.ts';
import { cleanUp, exists, inRoot, withSettings } from './documents.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { until } from './window.ts';

interface Answer {
  readonly text: string;
  readonly images: readonly Uint8Array[];
}

async function call(tool: string, input: object, token?: vscode.CancellationToken): Promise<Answer> {
  const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined }, token);
  const text = content.filter((part) => part instanceof vscode.LanguageModelTextPart).map(({ value }) => value).join('\n');
  const images = content.filter((part) => part instanceof vscode.LanguageModelDataPart).map(({ data }) => data);
  return { text, images };
}

const generate = (input: object, token?: vscode.CancellationToken): Promise<Answer> => call('generateImageFile', input, token);
const infoOf = async (path: string) => readImageInfo(await vscode.workspace.fs.readFile(inRoot(path)));

/** Whether a search is answered; it is free. */
const answers = (): Promise<true | undefined> => call('findImageFile', { query: 'x' }).then(() => true, () => undefined);
const isSilent = async (): Promise<true | undefined> => ((await answers()) ? undefined : true);

/** The windows of the tests have these features off. */
async function setAiFeatures(on: true | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('chat').update('disableAIFeatures', on === true ? false : true, vscode.ConfigurationTarget.Global);
}

describe('the tools for agents', () => {
  before(() => setAiFeatures(true));
  beforeEach(resetStandIn);
  afterEach(cleanUp);
  after(() => setAiFeatures(undefined));

  it('are known to VS Code, and answer unless a person switched them or all such features off', async () => {
    const names = vscode.lm.tools.map(({ name }) => name);
    for (const name of ['generateImageFile', 'findImageFile']) assert.ok(names.includes(name), name);
    await until('the tools answer', answers);
    await withSettings({ 'generateImage.agentTools': false }, () => until('no answer', isSilent));
    await until('the tools answer again', answers);
    await withSettings({ 'chat.disableAIFeatures': true }, () => until('no answer without AI features', isSilent));
    await until('the tools answer at last', answers);
  });

  it('make a file of exactly this size and format, and tell where it is, with links from the document', async () => {
    const { text, images } = await generate({ prompt: 'a fox in snow', path: 'img/fox.webp', document: 'docs/page.md', width: 1200, height: 630, alt: 'A fox' });
    assert.deepEqual(await infoOf('img/fox.webp'), { type: 'webp', widthPx: 1200, heightPx: 630 });
    assert.match(text, /^Image: img\/fox\.webp$/m);
    assert.match(text, /^- pixels: 1200x630$/m);
    assert.match(text, /^- markdown: !\[A fox\]\(\.\.\/img\/fox\.webp\)$/m);
    assert.match(text, /^- html: <img src="\.\.\/img\/fox\.webp" alt="A fox" width="1200" height="630">$/m);
    assert.match(text, /^Made 1 of 1\.$/m);
    assert.doesNotMatch(text, /base64|https?:/);
    const [small, ...more] = images;
    assert.deepEqual(more, []);
    assert.ok(small && small.length <= 60_000);
    const info = readImageInfo(small);
    assert.ok(info?.type === 'jpeg' && Math.max(info.widthPx, info.heightPx) <= 512);
    assert.equal((JSON.parse((await posts())[0]?.body ?? '{}') as { size: string }).size, '1664x928');
  });

  it('put a file where the settings say when no path is given', async () => {
    await vscode.workspace.fs.writeFile(inRoot('docs/page.md'), Buffer.from('# Page\n'));
    const { text } = await generate({ prompt: 'a red boat', document: 'docs/page.md' });
    assert.match(text, /^Image: docs\/images\/a-red-boat\.png$/m);
    assert.ok(await exists(inRoot('docs/images/a-red-boat.png')));
  });

  it('stop when they are cancelled: the socket is closed, and no file comes', async () => {
    await standIn.plan({ kind: 'hang', when: 'headers' });
    const source = new vscode.CancellationTokenSource();
    const ended = generate({ prompt: 'a fox', path: 'fox.png' }, source.token).then(({ text }) => text, (error: unknown) => String(error));
    await until('the request', async () => ((await posts()).length > 0 ? true : undefined));
    source.cancel();
    assert.match(await ended, /ancel/);
    const { closedEarly } = await standIn.waitFor((request) => request.method === 'POST' && request.ended !== undefined, 15_000);
    assert.equal(closedEarly, true);
    assert.equal(await exists(inRoot('fox.png')), false);
  });

  // test/unit/host/agents/agentImages.test.ts holds more of them.
  for (const [what, input] of [
    ['a path outside', { prompt: 'x', path: '../fox.png' }],
    ['no prompt', {}],
  ] as const) {
    it(`answer ${what} with a sentence, and nothing is sent`, async () => {
      const { text } = await generate(input);
      assert.match(text, /[.]$/);
      assert.doesNotMatch(text, /^Made/m);
      assert.deepEqual(await posts(), []);
    });
  }

  it('say what the person must do without a service', async () => {
    const { text } = await withSettings({ 'generateImage.endpoint': '' }, () => generate({ prompt: 'a fox' }));
    assert.match(text, /Image Generator: Set Up/);
  });

  it('find what was made, free, and write a kept image to a file', async () => {
    await generate({ prompt: 'a purple owl on a lantern', path: 'owl.png' });
    await resetStandIn();
    const found = await call('findImageFile', { query: 'purple owl' });
    assert.match(found.text, /path: owl\.png/);
    const id = /^ {2}id: (\S+)$/m.exec(found.text)?.[1];
    assert.ok(id);
    const saved = await call('findImageFile', { query: id, saveAs: 'again/owl.webp' });
    assert.match(saved.text, /^Image: again\/owl\.webp$/m);
    assert.equal((await infoOf('again/owl.webp'))?.type, 'webp');
    assert.deepEqual(await posts(), []);
    assert.match((await call('findImageFile', { query: 'submarine volcano' })).text, /No image was found/);
  });
});

describe('the API for other extensions', () => {
  beforeEach(resetStandIn);
  afterEach(cleanUp);

  it('is what activate returns: a version, images in the history, and files by the rules of the command', async () => {
    const api = await vscode.extensions.getExtension<GenerateImageApi>('open-image-tools.generate-image')?.activate();
    assert.equal(api?.apiVersion, 1);
    const kept = await api.generateImage({ prompt: 'a grey gull', size: '928x1664' });
    assert.deepEqual([kept.widthPx, kept.heightPx], [928, 1664]);
    const { files: [file, ...more], failed } = await api.generateImageFile({ prompt: 'a grey gull', path: 'img/gull.jpg', document: 'docs/page.md', width: 600, height: 315, alt: 'A gull' });
    assert.deepEqual([more, failed], [[], []]);
    assert.deepEqual(await infoOf('img/gull.jpg'), { type: 'jpeg', widthPx: 600, heightPx: 315 });
    assert.deepEqual([file?.uri.path, file?.markdown], [inRoot('img/gull.jpg').path, '![A gull](../img/gull.jpg)']);
    await assert.rejects(api.generateImageFile({ prompt: 'a grey gull', path: '../gull.jpg' }), /outside/);
    assert.equal((await posts()).length, 2);
  });
});
