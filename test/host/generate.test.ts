// The command "Generate Image" with arguments: what a script gets, and what it is refused.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, withSettings } from './documents.ts';
import { bytesOf, generate, keptFiles, refusalOf, sha256, storageOf } from './images.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { clearNotifications, hasWindow, texts, until } from './window.ts';

const PROMPT = '一只可爱的橘猫坐在窗台上，阳光洒在它身上';

describe('generateImage.generate with arguments', () => {
  beforeEach(resetStandIn);
  afterEach(cleanUp);

  it('resolves to the image, kept with exactly the bytes that the endpoint sent', async () => {
    const image = await generate({ prompt: ` ${PROMPT}\n`, size: '1664x928', watermark: true, promptExtend: false });
    assert.equal(sha256(await bytesOf(image.uri)), (await standIn.results()).at(-1)?.sha256);
    assert.deepEqual([image.type, image.widthPx, image.heightPx], ['png', 1664, 928]);
    assert.ok(image.uri.path.endsWith(`/images/${image.id}.png`));
    const { time, durationMs, ...recipe } = image.recipe;
    assert.deepEqual(recipe, {
      model: 'qwen-image-max', prompt: PROMPT, size: '1664x928', watermark: true, promptExtend: false, fields: {}, endpoint: new URL(standIn.baseUrl).origin,
    });
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000 && durationMs >= 0);
    const [post, ...more] = await posts();
    assert.deepEqual(more, []);
    assert.deepEqual(JSON.parse(post?.body ?? ''), { model: 'qwen-image-max', prompt: PROMPT, size: '1664x928', n: 1, watermark: true, prompt_extend: false });
    assert.equal(post?.headers.authorization, undefined);
  });

  it('takes what is left out from the settings, and keeps the recipe beside the image', async () => {
    const image = await withSettings({ 'generateImage.size': '928*1664', 'generateImage.promptExtend': false, 'generateImage.watermark': true }, () => generate({ prompt: 'a boat' }));
    assert.deepEqual([image.widthPx, image.heightPx], [928, 1664]);
    const { n: count, ...sent } = JSON.parse((await posts())[0]?.body ?? '') as Record<string, unknown>;
    assert.deepEqual([count, sent['size'], sent['watermark'], sent['prompt_extend']], [1, '928x1664', true, false]);
    const record = JSON.parse((await bytesOf(vscode.Uri.joinPath(image.uri, '..', `${image.id}.json`))).toString()) as { recipe: unknown };
    assert.deepEqual(record.recipe, image.recipe);
  });

  for (const [answer, like] of [['base64', { answer: 'base64' }], ['dataUrl', { answer: 'dataUrl' }], ['wrapped', { wrapper: true }], ['both', { answer: 'both' }]] as const) {
    it(`reads an answer of the kind ${answer}`, async () => {
      await standIn.plan({ kind: 'ok', like });
      const image = await generate({ prompt: `a boat as ${answer}`, size: '1104x1472' });
      assert.deepEqual([image.type, image.widthPx, image.heightPx], ['png', 1104, 1472]);
    });
  }

  for (const [type, ending] of [['jpeg', 'jpg'], ['webp', 'webp'], ['gif', 'gif'], ['avif', 'avif']] as const) {
    it(`names a ${type} by its bytes`, async () => {
      await standIn.plan({ kind: 'ok', like: { image: type } });
      const image = await generate({ prompt: `a boat as ${type}` });
      assert.equal(image.type, type);
      assert.ok(image.uri.path.endsWith(`.${ending}`));
    });
  }

  it('starts what is queued as soon as a person allows more at a time', async () => {
    await standIn.plan({ kind: 'ok', held: true }, { kind: 'ok', held: true });
    const images = await withSettings({ 'generateImage.concurrency': 1 }, async () => {
      const asked = ['a red boat', 'a blue boat'].map((prompt) => generate({ prompt }));
      const sent = (count: number) => until(`${count} requests`, async () => ((await posts()).length === count ? true : undefined));
      try {
        await sent(1);
        await vscode.workspace.getConfiguration('generateImage').update('concurrency', 2, vscode.ConfigurationTarget.Global);
        await sent(2);
      } finally {
        await standIn.release(2);
      }
      return Promise.all(asked);
    });
    assert.deepEqual(images.map(({ recipe }) => recipe.prompt), ['a red boat', 'a blue boat']);
  });

  it('refuses what it cannot send, in a sentence and before anything is sent', async () => {
    const wrong: [unknown, RegExp][] = [
      [{ prompt: 'x'.repeat(801) }, /^801 characters; at most 800 are sent/],
      [{ prompt: '😀'.repeat(801) }, /^801 characters/],
      [{ prompt: '  \n ' }, /^Describe the image first\.$/],
      [{ prompt: 'a boat', size: '1328' }, /WIDTHxHEIGHT/],
      [{ prompt: 'a boat', size: '0x5' }, /WIDTHxHEIGHT/],
      [{ prompt: 'a boat', size: 1328 }, /takes \{ prompt, size\?/],
      [{ prompt: 'a boat', watermark: 'no' }, /takes \{ prompt/],
      [{ prompt: 'a boat', promptExtend: 1 }, /takes \{ prompt/],
      [{ prompt: ['a boat'] }, /takes \{ prompt/],
      [{}, /takes \{ prompt/],
      ['a boat', /takes \{ prompt/],
      [null, /takes \{ prompt/],
    ];
    for (const [args, sentence] of wrong) assert.match(await refusalOf(args), sentence, JSON.stringify(args));
    assert.deepEqual(await posts(), []);
  });

  it('counts by code point: 800 emoji are sent whole', async () => {
    const image = await generate({ prompt: '😀'.repeat(800) });
    assert.equal(image.recipe.prompt, '😀'.repeat(800));
  });

  it('shows no notification and opens no panel, whether it ends well or not', async function () {
    if (!hasWindow) return this.skip();
    await clearNotifications();
    await generate({ prompt: 'a quiet boat' });
    await standIn.plan({ kind: 'error', status: 500 });
    await refusalOf({ prompt: 'a quiet boat' });
    await vscode.commands.executeCommand('notifications.showList');
    assert.deepEqual(await texts('.notifications-center .notification-list-item-message'), []);
    await vscode.commands.executeCommand('notifications.hideList');
    assert.deepEqual((await texts('.composite.title h2')).filter((title) => /generate image/i.test(title)), []);
  });

  it('runs several callers at once, each with its own image', async () => {
    const prompts = ['a red boat', 'a green boat', 'a blue boat'];
    const images = await Promise.all(prompts.map((prompt) => generate({ prompt })));
    assert.deepEqual(images.map(({ recipe }) => recipe.prompt), prompts);
    assert.equal(new Set(images.map(({ id }) => id)).size, 3);
    const results = await standIn.results();
    for (const { uri, recipe } of images) assert.equal(sha256(await bytesOf(uri)), results.findLast(({ prompt }) => prompt === recipe.prompt)?.sha256);
  });

  it('leaves the image and its record, and no journal', async () => {
    const storage = storageOf(await generate({ prompt: 'a boat' }));
    const before = await keptFiles(storage);
    const { id } = await generate({ prompt: 'another boat' });
    const added = async (): Promise<string[]> => (await keptFiles(storage)).filter((path) => !before.includes(path));
    await until('the files', async () => ((await added()).length === 2 ? true : undefined));
    assert.deepEqual(await added(), [`images/${id}.json`, `images/${id}.png`]);
  });

  it('sends nothing over the limit of unattended images without a person’s word', async () => {
    // VS Code refuses dialogs while a suite runs: nobody says yes.
    await withSettings({ 'generateImage.unattendedImages': 1 }, async () => {
      assert.match(await refusalOf({ prompt: 'one too many' }), /^The limit of 1 unattended images in this window is reached, and no more were allowed\.$/);
    });
    assert.deepEqual(await posts(), []);
  });
});
