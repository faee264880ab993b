// The set-up as a person goes through it: from the panel and from the command, with VS Code’s own questions, its store of secrets and its proxy.
// A key and a signed link go where they belong and nowhere else: no file, no log, no page, no other server.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, describe, it, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import { readFilesBelow } from '../../vscode/readFilesBelow.ts';
import { FORGET } from '../caller.ts';
import { answerService, button, chooseSize, clearNotifications, dialog, filesIn, generateInPanel, keptImages, openOptions, openPanel, pressAnew, promptBox, shownImage, statusItem, until } from '../person.ts';
import type { Product } from '../product.ts';
import { PROXIED_HOST, type Proxy } from '../proxy.ts';

const KEY = 'sk-set-up-0815';

/** Tests in a window whose settings they forget, which reaches `PROXIED_HOST` by the proxy alone. */
export const testSetUp = (opened: () => Promise<{ readonly product: Product; readonly proxy: Proxy }>): void => void describe('Set Up', () => {
  let product: Product;
  let proxy: Proxy;
  let service: StandIn;
  /** At the port of the service’s own page. */
  let liteLlm: StandIn;
  let panel: FrameLocator;

  before(async () => {
    ({ product, proxy } = await opened());
    service = await startStandIn({ key: KEY, image: 'flat' });
    liteLlm = await startStandIn({ port: 4000, key: KEY, image: 'flat', answer: 'base64', accept: 'anything', refusedFields: ['watermark', 'prompt_extend'] });
    panel = await openPanel(product);
  });
  after(async () => {
    await service?.close();
    await liteLlm?.close();
  });
  beforeEach(() => service.reset());

  const textbox = (): Locator => product.window.quickInput().getByRole('textbox').first();
  const step = (title: string): Promise<void> => product.window.quickInput().getByText(title, { exact: true }).waitFor();

  /** As in a VS Code in which none of our settings was ever set. */
  async function forgetSettings(): Promise<void> {
    await product.window.runCommand(FORGET);
    await button(panel, 'Set up').waitFor();
    assert.equal(await promptBox(panel).count(), 0);
  }

  test('between two questions no key reaches the document', async () => {
    const { window } = product;
    const { page } = window;
    await window.openFile('welcome.md');
    const text = await window.editorText();
    await page.evaluate(() => {
      document.addEventListener('focusin', ({ target }) => {
        if (target instanceof HTMLElement && target.closest('.editor-instance')) document.body.dataset['strayFocus'] = 'yes';
      });
    });
    const strayFocus = (): Promise<string | undefined> => page.evaluate(() => document.body.dataset['strayFocus']);
    const ask = async (command: string, title: string, answer: () => Promise<void>): Promise<void> => {
      await window.runCommand(command);
      await step(title);
      await page.evaluate(() => delete document.body.dataset['strayFocus']);
      await answer();
      // A person who answers in advance: these keys come before the next question can be seen.
      await page.keyboard.type('xyz');
    };
    await ask('Generate Image', 'Generate Image (1/2): Prompt', async () => {
      await window.type('a boat', { enter: false });
      await page.keyboard.press('Enter');
    });
    await step('Generate Image (2/2): Size');
    assert.equal(await strayFocus(), undefined);
    await page.keyboard.press('Escape');
    await ask('Image Generator: Set Up', 'Set Up: Service', () => answerService(product, service.baseUrl));
    await step('Set Up: API Key');
    assert.equal(await strayFocus(), undefined);
    await page.keyboard.press('Escape');
    await window.quickInput().waitFor({ state: 'hidden' });
    // Only now the focus goes back, and the document is as it was.
    await page.waitForFunction(() => document.body.dataset['strayFocus'] === 'yes');
    assert.equal((await window.editorText()).trim(), text.trim());
  });

  test('from nothing set, by the panel’s button: a service of the list, its key, its model, an image', async () => {
    const { window } = product;
    await forgetSettings();
    await button(panel, 'Set up').click();
    await step('Set Up: Service');
    await answerService(product, 'LiteLLM', 'LiteLLM');
    await step('Set Up: API Key');
    await window.type(KEY);
    await step('Set Up: Model');
    await window.pick('qwen-image-max');
    await window.notification('localhost:4000 accepts the key. You are ready to generate. Set: qwen-image-max;').waitFor();
    await clearNotifications(product);
    await panel.getByRole('button', { name: 'qwen-image-max · localhost:4000', exact: true }).waitFor();
    await openOptions(panel);
    await chooseSize(panel, '1:1 1328x1328');
    await generateInPanel(panel, 'a boat for LiteLLM');
    await shownImage(panel, 'a boat for LiteLLM').waitFor();
    const posts = liteLlm.requests.filter(({ method }) => method === 'POST');
    assert.equal(posts.length, 1);
    assert.deepEqual(JSON.parse(posts[0]?.body ?? ''), { prompt: 'a boat for LiteLLM', model: 'qwen-image-max', size: '1328x1328', n: 1 });
    assert.equal(posts[0]?.headers.authorization, `Bearer ${KEY}`);
  });

  test('from nothing set, by the command: an address, Back, a key that is refused and one that is taken, and on with the prompt', async () => {
    const { window } = product;
    await forgetSettings();
    const before = keptImages(product).length;
    await window.runCommand('Generate Image');
    await step('Set Up: Service');
    await answerService(product, 'https://other.invalid');
    await step('Set Up: API Key');
    await window.quickInput().getByRole('button', { name: /^Back/ }).click();
    await step('Set Up: Endpoint');
    assert.equal(await textbox().inputValue(), 'https://other.invalid');
    await window.type(`  ${service.baseUrl}/ `);
    await step('Set Up: API Key');
    await window.quickInput().getByText(`sent to ${service.baseUrl} only`).waitFor();
    assert.equal(await textbox().getAttribute('type'), 'password');
    await window.type(`Bearer ${KEY}`);
    await window.quickInput().getByText('Leave out the word “Bearer”; it is added by itself.').waitFor();
    assert.equal(await textbox().inputValue(), `Bearer ${KEY}`);
    await window.type(KEY);
    await window.notification(`${new URL(service.baseUrl).host} accepts the key. You are ready to generate.`).waitFor();
    assert.deepEqual(service.requests.map(({ method, path, headers }) => [method, path, headers.authorization]), [
      ['GET', '/v1/models', undefined],
      ['GET', '/v1/models', `Bearer ${KEY}`],
    ]);
    await step('Generate Image (1/2): Prompt');
    await window.type('what was wanted');
    await window.pick('1:1');
    await shownImage(panel, 'what was wanted').waitFor();
    assert.equal(service.requests.find(({ method }) => method === 'POST')?.headers.authorization, `Bearer ${KEY}`);
    assert.equal(keptImages(product).length, before + 1);
    await promptBox(panel).waitFor();
    await clearNotifications(product);
  });

  test('VS Code’s own proxy setting holds for the request and the download, and no key goes over plain http', async () => {
    const { window } = product;
    const far = await startStandIn({ image: 'flat', publicHost: PROXIED_HOST });
    try {
      await forgetSettings();
      await window.runCommand('Image Generator: Set Up');
      await step('Set Up: Service');
      await answerService(product, far.baseUrl);
      await button(dialog(product), 'Use without a key').click();
      await window.notification('ready to generate').waitFor();
      await clearNotifications(product);
      const kept = keptImages(product).length;
      await generateInPanel(panel, 'by way of a proxy');
      await shownImage(panel, 'by way of a proxy').waitFor();
      assert.equal(keptImages(product).length, kept + 1);
      assert.deepEqual(far.requests.map(({ method, origin }) => [method, origin]), [['GET', 'api'], ['POST', 'api'], ['GET', 'files']]);
      assert.deepEqual(proxy.seen.filter((line) => line.endsWith(` ${PROXIED_HOST}`)), [`GET ${PROXIED_HOST}`, `POST ${PROXIED_HOST}`, `GET ${PROXIED_HOST}`]);
      for (const { headers } of far.requests) assert.equal(headers.authorization, undefined);
    } finally {
      await far.close();
    }
  });

  /** Each way in which `secret` could be written down. Base64 in all three alignments, without the ends that neighbours change. */
  function spellings(secret: string): Buffer[] {
    const base64 = [0, 1, 2].map((shift) => Buffer.from('x'.repeat(shift) + secret).toString('base64').replace(/=+$/, '').slice(shift === 0 ? 0 : 4, -4));
    const texts = [secret, encodeURIComponent(secret), encodeURI(secret), JSON.stringify(secret).slice(1, -1), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
    return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
  }

  /** The files under a folder that hold one of the spellings. */
  function filesWith(folder: string, needles: readonly Buffer[]): string[] {
    const found: string[] = [];
    for (const [path, bytes] of readFilesBelow(folder)) if (needles.some((needle) => bytes.includes(needle))) found.push(path);
    return found;
  }

  async function setKey(key: string, told: string): Promise<void> {
    const { window } = product;
    await window.runCommand('Image Generator: Set API Key');
    await step('API Key');
    await window.type(key);
    await window.notification(told).waitFor();
    await clearNotifications(product);
  }

  describe('after a day with a key that was set, used, refused, echoed, cancelled, removed and set again', () => {
    /** Looks different when encoded for a URL, for base64 and for JSON's quotes. */
    const SECRET = 'sk-Geheim/47+11=="x"&y';
    const PROMPT = 'a needle in a haystack';
    let vault: StandIn;
    let kept: number;

    before(async () => {
      vault = await startStandIn({ key: SECRET, image: 'flat' });
      const { window } = product;
      await forgetSettings();
      await window.openFile('welcome.md');
      await window.runCommand('Image Generator: Set Up');
      await step('Set Up: Service');
      await answerService(product, vault.baseUrl);
      await step('Set Up: API Key');
      await window.type(SECRET);
      await window.notification('accepts the key').waitFor();
      await clearNotifications(product);
      kept = keptImages(product).length;
      const alert: Locator = panel.getByRole('alert');
      await generateInPanel(panel, PROMPT);
      await shownImage(panel, PROMPT).waitFor();
      await button(panel, 'Insert').click();
      await until('the image is in the workspace', () => filesIn(join(product.workspace.path, 'docs', 'images')).length > 0);
      const echoes = [
        { kind: 'error', status: 401, code: 'InvalidApiKey', message: 'Incorrect API key provided: {key}.' },
        { kind: 'error', status: 500, shape: 'upstream', code: '{key}', message: 'upstream said: Authorization: Bearer {key}' },
        { kind: 'error', status: 400, shape: 'text', message: `key ${encodeURIComponent(SECRET)} of {key} is odd` },
      ] as const;
      await pressAnew(product);
      for (const echo of echoes) {
        vault.plan(echo);
        await button(panel, 'Generate').click();
        await alert.waitFor();
        const page = await panel.locator('html').evaluate((html) => html.outerHTML);
        for (const secret of [SECRET, encodeURIComponent(SECRET), SECRET.slice(0, 12)]) assert.ok(!page.includes(secret), `the page shows the key after ${echo.message}`);
        await button(alert, 'Dismiss').click();
        await alert.waitFor({ state: 'hidden' });
      }
      vault.plan({ kind: 'hang', when: 'headers' });
      await button(panel, 'Generate').click();
      await vault.waitFor(({ step: kind }) => kind === 'hang', 15_000);
      await panel.getByRole('progressbar').waitFor();
      await button(panel.getByRole('listitem'), 'Cancel').click();
      await panel.getByText('Cancelled. The service may still charge for it.', { exact: true }).waitFor();
      await setKey(`${SECRET}wrong`, 'refused the API key');
      await window.runCommand('Image Generator: Remove API Key');
      // Which one is asked if there are several, from the tests before this one.
      const [which, removed] = [window.quickInput().getByText(vault.baseUrl, { exact: true }), window.notification(`The API key for ${vault.baseUrl} is removed.`)];
      await which.or(removed).first().waitFor();
      if (await which.isVisible()) await which.click();
      await removed.waitFor();
      await setKey(SECRET, 'accepts the key');
      await generateInPanel(panel, `${PROMPT} again`);
      await shownImage(panel, `${PROMPT} again`).waitFor();
      await statusItem(product).waitFor({ state: 'hidden' });
      await window.runCommand('Image Generator: Show Log');
      await window.page.locator('.output-view').waitFor();
    });
    after(() => vault?.close());

    it('the key went to the endpoint, and never along with a download or a redirect', () => {
      const { requests } = vault;
      assert.ok(requests.some(({ origin, headers }) => origin === 'api' && headers.authorization === `Bearer ${SECRET}`));
      const downloads = requests.filter(({ origin }) => origin === 'files');
      assert.equal(downloads.length, 2);
      assert.deepEqual(downloads.filter(({ headers }) => headers.authorization !== undefined || JSON.stringify(headers).includes('Geheim')), []);
      assert.deepEqual(requests.filter(({ path, body }) => path.includes('Geheim') || body.includes('Geheim')), []);
    });

    // This VS Code writes no log of an extension for want of a native module; what a log would say is in test/unit/host/window/log.test.ts.
    it('the key is in no file of VS Code’s data, logs, extensions and workspace', () => {
      const { vscode, workspace } = product;
      const everything = dirname(vscode.userDataDir);
      assert.notDeepEqual(filesWith(everything, [Buffer.from(PROMPT)]), [], 'this search finds what is there');
      for (const folder of [everything, vscode.userDataDir, vscode.extensionsDir, vscode.logsDir, workspace.path]) {
        assert.deepEqual(filesWith(folder, spellings(SECRET)), []);
      }
    });

    it('a signed link is in no file either, once its image is kept', async () => {
      const { vscode, workspace, historyFolder } = product;
      await until('the journals are gone', () => filesIn(join(historyFolder, 'unfinished')).filter((name) => name.endsWith('.json')).length === 0);
      assert.equal(keptImages(product).length, kept + 2);
      const signatures = vault.results().map(({ url }) => new URL(url).searchParams).map((query) => query.get('Signature') ?? query.get('X-Amz-Signature') ?? '');
      assert.ok(signatures.length >= 2 && signatures.every((signature) => signature.length > 8), 'the links are signed');
      const needles = signatures.flatMap((signature) => [Buffer.from(signature), Buffer.from(encodeURIComponent(signature))]);
      for (const folder of [dirname(vscode.userDataDir), workspace.path]) assert.deepEqual(filesWith(folder, needles), []);
    });
  });
});
