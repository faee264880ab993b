// What a person does about a failure: each button of the alert mends what it says. Sentences: test/unit/host/failures/.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { startStandIn } from '../endpoint/server.ts';
import type { PostStep } from '../endpoint/steps.ts';
import { button, clearNotifications, filesIn, generateInPanel, keptImages, openPanel, paidRequests, shownImage, promptBox, statusItem, typePath, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-failures-4711';
let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { key: KEY, image: 'flat' } });
  panel = await openPanel(product);
});
after(() => product.stop());
beforeEach(async () => {
  product.standIn.reset();
  for (const each of await button(alert(), 'Dismiss').all()) await each.click();
});

const alert = (): Locator => panel.getByRole('alert');
const host = (): string => new URL(product.standIn.baseUrl).host;

const journals = (): string[] => filesIn(join(product.historyFolder, 'unfinished')).filter((name) => name.endsWith('.json'));

/** Nothing but the images of before: no file, no journal, nothing under way. */
async function assertNothingLeft(keptBefore: string[], journalsBefore: string[] = []): Promise<void> {
  await statusItem(product).waitFor({ state: 'hidden' });
  assert.deepEqual(keptImages(product), keptBefore);
  await until('no journal is left', () => journals().length === journalsBefore.length);
  assert.equal(existsSync(join(product.workspace.path, 'docs', 'images')), false);
}

async function assertAlert(sentence: string, actions: string[]): Promise<void> {
  await alert().waitFor({ timeout: 60_000 });
  assert.equal(await alert().getByRole('paragraph').innerText(), sentence);
  const names = await alert().getByRole('button').evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label') ?? each.textContent?.trim()));
  assert.deepEqual(names, [...actions, 'Dismiss']);
}

async function dismiss(): Promise<void> {
  await button(alert(), 'Dismiss').click();
  await alert().waitFor({ state: 'hidden' });
}

async function typeKey(key: string): Promise<void> {
  await product.window.quickInput().getByText('API Key', { exact: true }).waitFor();
  await product.window.type(key);
}

/** A key was set since: the alert says so in its place, and can be put away. */
async function dismissMended(): Promise<void> {
  const told = panel.getByText('What kept it from being made has changed since.', { exact: true });
  await told.waitFor();
  assert.equal(await alert().count(), 0);
  await button(panel, 'Generate again').waitFor();
  await button(panel, 'Dismiss').click();
  await told.waitFor({ state: 'hidden' });
}

test('no key: the alert leads to the key, and a wrong key is told from a right one', async () => {
  const { window } = product;
  await generateInPanel(panel, 'a key');
  await assertAlert(`${host()} needs an API key. Set it once, and it is kept in VS Code’s secret storage. The service says: “No API key was provided.”`, ['Set API Key']);
  await assertNothingLeft([]);
  await button(alert(), 'Set API Key').click();
  await typeKey('sk-wrong');
  await window.notification(`${host()} refused the API key.`).waitFor();
  await dismissMended();
  await button(panel, 'Generate').click();
  await assertAlert(`${host()} refused the API key. Check that the key is right and belongs to this address. The service says: “Incorrect API key provided.”`, ['Set API Key']);
  await assertNothingLeft([]);
  await button(alert(), 'Set API Key').click();
  await typeKey(KEY);
  await window.notification(`${host()} accepts the key. You are ready to generate.`).waitFor();
  await clearNotifications(product);
  await dismissMended();
});

const refused = (status: number, code: string, message: string): PostStep => ({ kind: 'error', status, code, message });

test('“Download again (free)” asks for no second image', async () => {
  const kept = keptImages(product).length;
  product.standIn.planDownload({ kind: 'error', status: 403, message: 'no' });
  await generateInPanel(panel, 'to see downloadFailed');
  await assertAlert('The image is made, but could not be downloaded. Downloading it again is free.', ['Download again (free)', 'Copy the address']);
  assert.equal(keptImages(product).length, kept);
  await button(alert(), 'Download again (free)').click();
  await shownImage(panel, 'to see downloadFailed').waitFor();
  await alert().waitFor({ state: 'hidden' });
  assert.equal(paidRequests(product).length, 1);
  assert.equal(keptImages(product).length, kept + 1);
});

test('“Generate again” is a new request', async () => {
  product.standIn.plan(refused(500, 'InternalError', 'Oops'));
  await generateInPanel(panel, 'to be asked twice');
  await button(alert(), 'Generate again').click();
  await shownImage(panel, 'to be asked twice').waitFor();
  assert.equal(paidRequests(product).length, 2);
  await alert().waitFor({ state: 'hidden' });
});

test('a rate limit is one countdown, then it goes on by itself', async () => {
  product.standIn.plan({ kind: 'error', status: 429, code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded', headers: { 'retry-after': '3' } });
  await generateInPanel(panel, 'to see rateLimited');
  await panel.getByText(/The service limits requests\. Continues in \d sec\./).first().waitFor();
  await shownImage(panel, 'to see rateLimited').waitFor();
  assert.equal(paidRequests(product).length, 2);
});

test('notWritten: the image that the disk refuses can be saved elsewhere', async () => {
  const { historyFolder, workspace } = product;
  const folder = join(historyFolder, 'images');
  mkdirSync(folder, { recursive: true });
  renameSync(folder, `${folder}.away`);
  writeFileSync(folder, '');
  try {
    await generateInPanel(panel, 'to see notWritten');
    await assertAlert('The image could not be written to the history. Save it now, and check the disk. The service has charged for it.', ['Save as is…', 'Show Log']);
    await button(alert(), 'Save as is…').click();
    const target = join(workspace.path, 'saved.png');
    await typePath(product, target);
    await until('the bytes are saved', () => existsSync(target) && readFileSync(target).length === product.standIn.results().at(-1)?.bytes);
  } finally {
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
  }
  await dismiss();
});

test('unreachable, and a certificate that nobody knows: nothing was sent', async () => {
  const { window } = product;
  const closed = createServer().listen(0, '127.0.0.1');
  await until('a port is there', () => closed.listening);
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const kept = keptImages(product);
  const setUp = async (url: string): Promise<void> => {
    await window.runCommand('Image Generator: Set Up');
    await window.quickInput().getByText('Set Up: Service').waitFor();
    await window.type(url);
    await window.quickInput().getByText('Set Up: API Key').waitFor();
    await button(window.quickInput(), 'No key').click();
  };
  const expectAt = async (url: string, sentence: string, actions: string[]): Promise<void> => {
    await setUp(url);
    await window.notification(sentence).waitFor();
    await clearNotifications(product);
    await generateInPanel(panel, 'to see nothing sent');
    await assertAlert(sentence, actions);
    await assertNothingLeft(kept, journals());
    await dismiss();
  };
  await expectAt(`http://127.0.0.1:${port}`, `127.0.0.1:${port} cannot be reached. Check the network and the base URL.`, ['Open Settings', 'Generate again']);
  const secret = await startStandIn({ tls: true });
  try {
    const place = new URL(secret.baseUrl).host;
    await expectAt(secret.baseUrl, `The certificate of ${place} cannot be verified, so nothing was sent. Check the base URL and the certificates of this machine.`, ['Open Settings', 'Show Log']);
    assert.deepEqual(secret.requests, []);
  } finally {
    await secret.close();
  }
  product.standIn.set({ key: null });
  await setUp(product.standIn.baseUrl);
});

test('“Open Settings” shows the setting, “Show Log” the log', async () => {
  const { window } = product;
  product.standIn.set({ key: null });
  product.standIn.plan(refused(503, 'model_not_found', 'No available channel'), refused(500, 'InternalError', 'Oops'));
  await generateInPanel(panel, 'to be mended');
  await button(alert(), 'Open Settings').click();
  await window.page.locator('.settings-editor').getByText('Model', { exact: false }).first().waitFor();
  await window.page.keyboard.press('Escape');
  await window.page.locator('.settings-editor').waitFor({ state: 'hidden' });
  await dismiss();
  await promptBox(panel).press('ControlOrMeta+Enter');
  await button(alert(), 'Show Log').click();
  await window.page.locator('.output-view').waitFor();
  // What an earlier test was told, such as the outcome of its check, may still stand there.
  const aboutThis = (await window.notifications()).filter((text) => !text.includes('ready to generate'));
  assert.deepEqual(aboutThis, [], 'the panel said it all');
});

test('a refused field is left out at one press, for good', async () => {
  product.standIn.set({ key: null, refusedFields: ['watermark'] });
  await generateInPanel(panel, 'to see fieldRefused');
  await alert().getByText('The service does not know the field “watermark”. Leave it out and generate again.').waitFor();
  await button(alert(), 'Leave this field out').click();
  await shownImage(panel, 'to see fieldRefused').waitFor();
  await alert().waitFor({ state: 'hidden' });
  const bodies = paidRequests(product).map(({ body }) => Object.keys(JSON.parse(body) as object));
  assert.deepEqual(bodies.map((fields) => fields.includes('watermark')), [true, false]);
  const settings = JSON.parse(readFileSync(join(product.vscode.userDataDir, 'User', 'settings.json'), 'utf8')) as Record<string, unknown>;
  assert.deepEqual(settings['generateImage.requestFields'], { watermark: null });
});
