// The set-up as a person goes through it: from the panel and from the command, with VS Code’s own questions and its store of secrets.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { startStandIn, type StandIn } from '../endpoint/server.ts';
import { FORGET } from './caller.ts';
import { answerService, button, clearNotifications, generateInPanel, keptImages, openPanel, paidRequests, promptBox, shownImage } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-set-up-0815';
let product: Product;
/** At the port of the service’s own page. */
let liteLlm: StandIn;
let panel: FrameLocator;

before(async () => {
  liteLlm = await startStandIn({ port: 4000, key: KEY, image: 'flat', answer: 'base64', accept: 'anything', refusedFields: ['watermark', 'prompt_extend'] });
  product = await startProduct({ standIn: { key: KEY, image: 'flat' } });
  panel = await openPanel(product);
});
after(async () => {
  await product?.stop();
  await liteLlm?.close();
});
beforeEach(() => product.standIn.reset());

const textbox = (): Locator => product.window.quickInput().getByRole('textbox').first();
const step = (title: string): Promise<void> => product.window.quickInput().getByText(title, { exact: true }).waitFor();

/** As in a VS Code in which none of our settings was ever set. */
async function forgetSettings(): Promise<void> {
  await product.window.runCommand(FORGET);
  await button(panel, 'Set up').waitFor();
  assert.equal(await promptBox(panel).count(), 0);
}

test('between two questions no key reaches the document', async () => {
  const { window, workspace, standIn } = product;
  const { page } = window;
  const text = readFileSync(workspace.document, 'utf8');
  await window.openFile('welcome.md');
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
  await ask('Image Generator: Set Up', 'Set Up: Service', () => answerService(product, standIn.baseUrl));
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
  await generateInPanel(panel, 'a boat for LiteLLM');
  await shownImage(panel, 'a boat for LiteLLM').waitFor();
  const posts = liteLlm.requests.filter(({ method }) => method === 'POST');
  assert.equal(posts.length, 1);
  assert.deepEqual(JSON.parse(posts[0]?.body ?? ''), { prompt: 'a boat for LiteLLM', model: 'qwen-image-max', size: '1328x1328', n: 1 });
  assert.equal(posts[0]?.headers.authorization, `Bearer ${KEY}`);
});

test('from nothing set, by the command: an address, Back, a key that is refused and one that is taken, and on with the prompt', async () => {
  const { window, standIn } = product;
  await forgetSettings();
  const before = keptImages(product).length;
  await window.runCommand('Generate Image');
  await step('Set Up: Service');
  await answerService(product, 'https://other.invalid');
  await step('Set Up: API Key');
  await window.quickInput().getByRole('button', { name: /^Back/ }).click();
  await step('Set Up: Endpoint');
  assert.equal(await textbox().inputValue(), 'https://other.invalid');
  await window.type(`  ${standIn.baseUrl}/ `);
  await step('Set Up: API Key');
  await window.quickInput().getByText(`sent to ${standIn.baseUrl} only`).waitFor();
  assert.equal(await textbox().getAttribute('type'), 'password');
  await window.type(`Bearer ${KEY}`);
  await window.quickInput().getByText('Leave out the word “Bearer”; it is added by itself.').waitFor();
  assert.equal(await textbox().inputValue(), `Bearer ${KEY}`);
  await window.type(KEY);
  await window.notification(`${new URL(standIn.baseUrl).host} accepts the key. You are ready to generate.`).waitFor();
  assert.deepEqual(standIn.requests.map(({ method, path, headers }) => [method, path, headers.authorization]), [
    ['GET', '/v1/models', undefined],
    ['GET', '/v1/models', `Bearer ${KEY}`],
  ]);
  await step('Generate Image (1/2): Prompt');
  await window.type('what was wanted');
  await window.pick('1:1');
  await shownImage(panel, 'what was wanted').waitFor();
  assert.equal(paidRequests(product)[0]?.headers.authorization, `Bearer ${KEY}`);
  assert.equal(keptImages(product).length, before + 1);
  await promptBox(panel).waitFor();
  await clearNotifications(product);
});
