// A key and a signed link go where they belong and nowhere else: no file, no log, no page, no other server.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { readFilesBelow } from '../vscode/readFilesBelow.ts';
import { answerService, button, clearNotifications, filesIn, generateInPanel, keptImages, openPanel, shownImage, statusItem, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

/** Looks different when encoded for a URL, for base64 and for JSON's quotes. */
const KEY = 'sk-Geheim/47+11=="x"&y';
const PROMPT = 'a needle in a haystack';
let product: Product;
before(async () => {
  product = await startProduct({ standIn: { key: KEY, image: 'flat' }, settings: { 'generateImage.endpoint': '' }, own: { reason: 'the key is searched for in everything that this VS Code wrote' } });
});
after(() => product.stop());

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

const step = (title: string): Promise<void> => product.window.quickInput().getByText(title, { exact: true }).waitFor();

async function setKey(key: string, told: string): Promise<void> {
  const { window } = product;
  await window.runCommand('Image Generator: Set API Key');
  await step('API Key');
  await window.type(key);
  await window.notification(told).waitFor();
  await clearNotifications(product);
}

test('a day with a key: set, used, refused, echoed, cancelled, removed, set again', async () => {
  const { window, standIn } = product;
  await window.runCommand('Image Generator: Set Up');
  await step('Set Up: Service');
  await answerService(product, standIn.baseUrl);
  await step('Set Up: API Key');
  await window.type(KEY);
  await window.notification('accepts the key').waitFor();
  await clearNotifications(product);
  const panel: FrameLocator = await openPanel(product);
  const alert: Locator = panel.getByRole('alert');
  await generateInPanel(panel, PROMPT);
  await shownImage(panel, PROMPT).waitFor();
  await button(panel, 'Insert').click();
  await until('the image is in the workspace', () => filesIn(join(product.workspace.path, 'docs', 'images')).length === 1);
  const echoes = [
    { kind: 'error', status: 401, code: 'InvalidApiKey', message: 'Incorrect API key provided: {key}.' },
    { kind: 'error', status: 500, shape: 'upstream', code: '{key}', message: 'upstream said: Authorization: Bearer {key}' },
    { kind: 'error', status: 400, shape: 'text', message: `key ${encodeURIComponent(KEY)} of {key} is odd` },
  ] as const;
  for (const echo of echoes) {
    standIn.plan(echo);
    await button(panel, 'Generate').click();
    await alert.waitFor();
    const page = await panel.locator('html').evaluate((html) => html.outerHTML);
    for (const secret of [KEY, encodeURIComponent(KEY), KEY.slice(0, 12)]) assert.ok(!page.includes(secret), `the page shows the key after ${echo.message}`);
    await button(alert, 'Dismiss').click();
    await alert.waitFor({ state: 'hidden' });
  }
  standIn.plan({ kind: 'hang', when: 'headers' });
  await button(panel, 'Generate').click();
  await standIn.waitFor(({ step: kind }) => kind === 'hang', 15_000);
  await panel.getByRole('progressbar').waitFor();
  await button(panel.getByRole('listitem'), 'Cancel').click();
  await panel.getByText('Cancelled. The service may still charge for it.', { exact: true }).waitFor();
  await setKey(`${KEY}wrong`, 'refused the API key');
  await window.runCommand('Image Generator: Remove API Key');
  await window.notification(`The API key for ${standIn.baseUrl} is removed.`).waitFor();
  await setKey(KEY, 'accepts the key');
  await generateInPanel(panel, `${PROMPT} again`);
  await shownImage(panel, `${PROMPT} again`).waitFor();
  await statusItem(product).waitFor({ state: 'hidden' });
  await window.runCommand('Image Generator: Show Log');
  await window.page.locator('.output-view').waitFor();
});

test('the key went to the endpoint, and never along with a download or a redirect', () => {
  const { requests } = product.standIn;
  assert.ok(requests.some(({ origin, headers }) => origin === 'api' && headers.authorization === `Bearer ${KEY}`));
  const downloads = requests.filter(({ origin }) => origin === 'files');
  assert.equal(downloads.length, 2);
  assert.deepEqual(downloads.filter(({ headers }) => headers.authorization !== undefined || JSON.stringify(headers).includes('Geheim')), []);
  assert.deepEqual(requests.filter(({ path, body }) => path.includes('Geheim') || body.includes('Geheim')), []);
});

// This VS Code writes no log of an extension for want of a native module; what a log would say is in test/unit/host/window/log.test.ts.
test('the key is in no file of VS Code’s data, logs, extensions and workspace', () => {
  const { vscode, workspace } = product;
  const everything = dirname(vscode.userDataDir);
  assert.notDeepEqual(filesWith(everything, [Buffer.from(PROMPT)]), [], 'this search finds what is there');
  for (const folder of [everything, vscode.userDataDir, vscode.extensionsDir, vscode.logsDir, workspace.path]) {
    assert.deepEqual(filesWith(folder, spellings(KEY)), []);
  }
});

test('a signed link is in no file either, once its image is kept', async () => {
  const { vscode, workspace, historyFolder, standIn } = product;
  await until('the journals are gone', () => filesIn(join(historyFolder, 'unfinished')).filter((name) => name.endsWith('.json')).length === 0);
  assert.equal(keptImages(product).length, 2);
  const signatures = standIn.results().map(({ url }) => new URL(url).searchParams).map((query) => query.get('Signature') ?? query.get('X-Amz-Signature') ?? '');
  assert.ok(signatures.length >= 2 && signatures.every((signature) => signature.length > 8), 'the links are signed');
  const needles = signatures.flatMap((signature) => [Buffer.from(signature), Buffer.from(encodeURIComponent(signature))]);
  for (const folder of [dirname(vscode.userDataDir), workspace.path]) assert.deepEqual(filesWith(folder, needles), []);
});
