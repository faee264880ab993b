// The set-up as a person goes through it: address, key, the free check, and on with what was wanted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { writeSettings } from '../vscode/workbench.ts';
import { button, clearNotifications, keptImages, paidRequests, shownImage, promptBox } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-set-up-0815';
let product: Product;
before(async () => {
  product = await startProduct({ standIn: { key: KEY, image: 'flat' }, settings: { 'generateImage.endpoint': '' } });
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

const host = (): string => new URL(product.standIn.baseUrl).host;
const textbox = (): Locator => product.window.quickInput().getByRole('textbox').first();
const step = (title: string): Promise<void> => product.window.quickInput().getByText(title, { exact: true }).waitFor();

async function typeUrl(url: string): Promise<void> {
  await step('Set Up: Service');
  await product.window.type(url);
}

async function typeKey(key: string): Promise<void> {
  await step('Set Up: API Key');
  await product.window.type(key);
}

async function expectTold(sentence: string): Promise<void> {
  await product.window.notification(sentence).waitFor();
  await clearNotifications(product);
}

test('with nothing set, the panel offers Set up, and an address that cannot be used is refused where it is typed', async () => {
  const { window } = product;
  await window.runCommand('Image Generator: Open Panel');
  await button(window.panelFrame(), 'Set up').click({ timeout: 60_000 });
  await step('Set Up: Service');
  await window.type('no service is called like this');
  await step('Set Up: Endpoint');
  assert.equal(await textbox().inputValue(), 'no service is called like this', 'what was typed is not lost');
  assert.equal(await promptBox(window.panelFrame()).count(), 0);
  const refusals = {
    '': 'Type the base URL, such as https://api.example.com.',
    'my server': 'This is not a URL. Write it like https://api.example.com.',
    'ftp://example.invalid': 'The address has to start with https:// (or http:// for a server on this machine).',
    'https://me:secret@example.invalid': 'Leave out the user name and password; the key is asked for next.',
    'https://example.invalid/v1?key=1': 'Leave out the part from “?” on.',
    'https://example.invalid/v1#top': 'Leave out the part from “#” on.',
  };
  for (const [text, sentence] of Object.entries(refusals)) {
    await window.type(text);
    await window.quickInput().getByText(sentence).waitFor();
    assert.equal(await textbox().inputValue(), text);
  }
  await window.page.keyboard.press('Escape');
  await window.quickInput().waitFor({ state: 'hidden' });
  assert.ok(await button(window.panelFrame(), 'Set up').isVisible());
});

test('a key over plain http to another machine is not even asked for', async () => {
  const { window } = product;
  await window.runCommand('Image Generator: Set Up');
  await typeUrl('http://example.invalid');
  const warning = window.page.getByRole('dialog').filter({ hasText: 'example.invalid is reached over plain http, so no key can be sent to it.' });
  await warning.waitFor();
  assert.ok(await button(warning, 'Use without a key').isVisible());
  await button(warning, 'Cancel').click();
  await step('Set Up: Endpoint');
  assert.equal(await textbox().inputValue(), 'http://example.invalid');
  await window.page.keyboard.press('Escape');
});

test('the first use leads through Set Up, where Back keeps the address, and then goes on with the prompt', async () => {
  const { window, standIn } = product;
  await window.runCommand('Generate Image');
  await typeUrl('https://other.invalid');
  await step('Set Up: API Key');
  await window.quickInput().getByRole('button', { name: /^Back/ }).click();
  await step('Set Up: Endpoint');
  assert.equal(await textbox().inputValue(), 'https://other.invalid');
  await window.type(`  ${standIn.baseUrl}/ `);
  await step('Set Up: API Key');
  await window.quickInput().getByText(`sent to ${standIn.baseUrl} only`).waitFor();
  assert.equal(await textbox().getAttribute('type'), 'password');
  const refusals = {
    '': 'Type or paste the key, or press “No key”.',
    [`Bearer ${KEY}`]: 'Leave out the word “Bearer”; it is added by itself.',
    'sk 1': 'A key holds letters, digits and signs only, without spaces. Copy it again.',
  };
  for (const [text, sentence] of Object.entries(refusals)) {
    await window.type(text);
    await window.quickInput().getByText(sentence).waitFor();
  }
  await window.type(KEY);
  await window.notification(`${host()} accepts the key. You are ready to generate.`).waitFor();
  assert.deepEqual(standIn.requests.map(({ method, path, headers }) => [method, path, headers.authorization]), [
    ['GET', '/v1/models', undefined],
    ['GET', '/v1/models', `Bearer ${KEY}`],
  ]);
  await step('Generate Image (1/2): Prompt');
  await window.type('what was wanted');
  await window.pick('1:1');
  await shownImage(window.panelFrame(), 'what was wanted').waitFor();
  assert.equal(paidRequests(product)[0]?.headers.authorization, `Bearer ${KEY}`);
  assert.equal(keptImages(product).length, 1);
  await promptBox(window.panelFrame()).waitFor();
  await clearNotifications(product);
});

test('the free check tells apart: fine, key refused, and what cannot be known', async () => {
  const { window, standIn } = product;
  const unknown = `${host()} is reachable. Whether it accepts the key cannot be checked without paying.`;
  const cases = [
    { models: 'closed', key: 'sk-wrong', sentence: `${host()} refused the API key. Check that the key is right and belongs to this address.` },
    { models: 'open', key: KEY, sentence: unknown },
    { models: 'missing', key: KEY, sentence: unknown },
    { models: 'html', key: KEY, sentence: unknown },
    { models: 'closed', key: KEY, sentence: `${host()} accepts the key. You are ready to generate.` },
  ] as const;
  for (const { models, key, sentence } of cases) {
    standIn.set({ models });
    await window.runCommand('Image Generator: Set API Key');
    await step('API Key');
    assert.equal(await textbox().getAttribute('type'), 'password');
    await window.type(key);
    await expectTold(sentence);
  }
  assert.deepEqual(paidRequests(product), []);
});

test('every form of the base URL leads to the same two addresses', async () => {
  const { window, standIn } = product;
  const { baseUrl } = standIn;
  for (const form of [`${baseUrl}/v1`, `${baseUrl}/v1/images/generations`]) {
    standIn.reset();
    await window.runCommand('Image Generator: Set Up');
    await typeUrl(form);
    await typeKey(KEY);
    await expectTold(`${host()} accepts the key.`);
    await button(window.panelFrame(), 'Generate').click();
    await standIn.waitFor(({ origin, ended }) => origin === 'files' && ended === 'answered', 15_000);
    assert.deepEqual(standIn.requests.filter(({ origin }) => origin === 'api').map(({ method, path }) => `${method} ${path}`), ['GET /v1/models', 'GET /v1/models', 'POST /v1/images/generations']);
  }
});

test('“No key” sends none, and the key that was there is gone', async () => {
  const { window, standIn } = product;
  standIn.set({ key: null, models: 'open' });
  await window.runCommand('Image Generator: Set Up');
  await typeUrl(standIn.baseUrl);
  await step('Set Up: API Key');
  await button(window.quickInput(), 'No key').click();
  await expectTold(`${host()} answers without a key. You are ready to generate.`);
  await button(window.panelFrame(), 'Generate').click();
  await standIn.waitFor(({ origin, ended }) => origin === 'files' && ended === 'answered', 15_000);
  assert.deepEqual(standIn.requests.filter(({ headers }) => headers.authorization !== undefined), []);
});

test('“No key” for a server that asks for one: the check says so', async () => {
  const { window, standIn } = product;
  await window.runCommand('Image Generator: Set API Key');
  await step('API Key');
  await button(window.quickInput(), 'No key').click();
  const told = window.notification(`${host()} needs an API key.`);
  await told.waitFor();
  // VS Code shows two notifications of the same text as one: the next check must not end with this one's.
  await window.notification('Checking').waitFor({ state: 'hidden' });
  await button(told, 'Set API Key').click();
  await step('API Key');
  await window.type(KEY);
  await expectTold(`${host()} accepts the key.`);
  assert.equal(standIn.requests.length, 3);
});

test('Remove API Key forgets it, and says so only once', async () => {
  const { window, standIn } = product;
  await window.runCommand('Image Generator: Remove API Key');
  await expectTold(`The API key for ${standIn.baseUrl} is removed.`);
  await window.runCommand('Image Generator: Remove API Key');
  await expectTold('No API key is stored for this endpoint.');
  await button(window.panelFrame(), 'Generate').click();
  await window.panelFrame().getByRole('alert').getByText(`${host()} needs an API key.`).waitFor();
  assert.equal(paidRequests(product)[0]?.headers.authorization, undefined);
});

test('another endpoint never gets the key of this one: the panel offers Set up again', async () => {
  const { window, vscode, standIn } = product;
  const reloadWith = async (endpoint: string): Promise<void> => {
    writeSettings(vscode, { 'generateImage.endpoint': endpoint });
    await window.page.reload();
  };
  await reloadWith('https://example.invalid');
  await button(window.panelFrame(), 'Set up').waitFor({ timeout: 60_000 });
  assert.equal(await promptBox(window.panelFrame()).count(), 0);
  await reloadWith(standIn.baseUrl);
  await promptBox(window.panelFrame()).waitFor({ timeout: 60_000 });
  assert.equal(await button(window.panelFrame(), 'Set up').count(), 0);
});

test('between two questions no key reaches the document', async () => {
  const { window, workspace } = product;
  const { page } = window;
  const text = readFileSync(workspace.document, 'utf8');
  await window.openFile('welcome.md');
  await page.evaluate(() => {
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement && target.closest('.editor-instance')) document.body.dataset['strayFocus'] = 'yes';
    });
  });
  const strayFocus = (): Promise<string | undefined> => page.evaluate(() => document.body.dataset['strayFocus']);
  const ask = async (command: string, steps: readonly (readonly [title: string, answer: string])[]): Promise<void> => {
    await window.runCommand(command);
    for (const [title, answer] of steps) {
      await step(title);
      await page.evaluate(() => delete document.body.dataset['strayFocus']);
      await window.type(answer, { enter: false });
      await page.keyboard.press('Enter');
      // A person who answers in advance: these keys come before the next question can be seen.
      await page.keyboard.type('xyz');
    }
  };
  await ask('Generate Image', [['Generate Image (1/2): Prompt', 'a boat']]);
  await step('Generate Image (2/2): Size');
  assert.equal(await strayFocus(), undefined);
  await page.keyboard.press('Escape');
  await ask('Image Generator: Set Up', [['Set Up: Service', product.standIn.baseUrl]]);
  await step('Set Up: API Key');
  assert.equal(await strayFocus(), undefined);
  await page.keyboard.press('Escape');
  await window.quickInput().waitFor({ state: 'hidden' });
  // Only now the focus goes back, and the document is as it was.
  await page.waitForFunction(() => document.body.dataset['strayFocus'] === 'yes');
  assert.equal((await window.editorText()).trim(), text.trim());
});
