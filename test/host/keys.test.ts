// The key, typed as a person types it: sent to its own origin only, found nowhere else, and gone when it is removed.
import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { startStandIn } from '../endpoint/server.ts';
import { readFilesBelow } from '../vscode/readFilesBelow.ts';
import { cleanUp, withSettings } from './documents.ts';
import { generate, refusalOf, storageOf } from './images.ts';
import { posts, resetStandIn, standIn } from './standIn.ts';
import { clearNotifications, hasWindow, notification, press, texts, type, until } from './window.ts';

const KEY = 'sk-orange-cat-4711-window-sill';

describe('the API key', () => {
  before(async function () {
    if (!hasWindow) return this.skip();
    await resetStandIn();
    await standIn.set({ key: KEY, models: 'closed' });
    await clearNotifications();
    const done = vscode.commands.executeCommand('generateImage.setApiKey');
    await until('the password input', async () => ((await texts('.quick-input-widget')).some((text) => /secret storage/.test(text)) ? true : undefined));
    await type(KEY);
    await press('Enter');
    await done;
  });
  beforeEach(async () => {
    await resetStandIn();
    await standIn.set({ key: KEY, models: 'closed' });
  });
  after(cleanUp);

  it('is checked for free and told to be right', async () => {
    await notification(/accepts the key\. You are ready to generate/);
    assert.deepEqual(await posts(), []);
  });

  it('goes to the endpoint, not to where the image lies', async () => {
    await generate({ prompt: 'a boat' });
    const requests = (await standIn.requests()).map(({ origin, method, headers }) => [origin, method, headers.authorization]);
    assert.deepEqual(requests, [['api', 'POST', `Bearer ${KEY}`], ['files', 'GET', undefined]]);
  });

  it('goes to no other origin, not even on the same machine', async () => {
    const other = await startStandIn({ image: 'flat' });
    try {
      await withSettings({ 'generateImage.endpoint': other.baseUrl }, () => generate({ prompt: 'a boat' }));
      assert.deepEqual(other.requests.map(({ headers }) => headers.authorization), [undefined, undefined]);
    } finally {
      await other.close();
    }
  });

  it('is cut out of what a service says that echoes it', async () => {
    await standIn.plan({ kind: 'error', status: 401, code: 'InvalidApiKey', message: 'Incorrect API key provided: {key}.' });
    const sentence = await refusalOf({ prompt: 'a boat' });
    assert.match(sentence, /^127\.0\.0\.1:\d+ refused the API key\..*Incorrect API key provided/);
    assert.ok(!sentence.includes(KEY), sentence);
  });

  it('stands in no file that the extension or VS Code’s logs hold', async () => {
    const image = await generate({ prompt: 'a boat' });
    const userData = join(storageOf(image).fsPath, '..', '..', '..');
    const files: string[] = [];
    const holding: string[] = [];
    for (const folder of [userData, homedir()]) {
      for (const [file, bytes] of readFilesBelow(folder)) {
        files.push(file);
        if (bytes.includes(KEY)) holding.push(file);
      }
    }
    assert.ok(files.some((file) => file.endsWith('.log')) && files.some((file) => file.includes(image.id)), files.join('\n'));
    assert.deepEqual(holding, []);
  });

  it('is gone once it is removed, and the sentence asks for it', async () => {
    await clearNotifications();
    await vscode.commands.executeCommand('generateImage.removeApiKey');
    await notification(/The API key for http:\/\/127\.0\.0\.1:\d+ is removed/);
    assert.match(await refusalOf({ prompt: 'a boat' }), /needs an API key/);
    assert.equal((await posts()).at(-1)?.headers.authorization, undefined);
    await vscode.commands.executeCommand('generateImage.removeApiKey');
    await notification(/No API key is stored/);
  });
});
