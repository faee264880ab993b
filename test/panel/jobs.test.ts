// A history of a thousand in a real window: opened, walked through, searched, taken away and back, several at a time, compared.
// Jobs beside it: a failure that is mended, a download that is given up and fetched, a notification, and an agent beside VS Code.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { decode } from 'jpeg-js';
import type { FrameLocator, Locator } from 'playwright-core';
import type { RecordedRequest } from '../endpoint/record.ts';
import type { PostStep } from '../endpoint/steps.ts';
import { DOCUMENT_SETTINGS, testDocuments } from './chapters/documents.ts';
import { keepImages } from './longHistory.ts';
import { connectAgent, type OutsideAgent } from './outsideAgent.ts';
import { button, clearNotifications, dialog, filesIn, generateInPanel, goToLine, hidePanel, keptImages, openPanel, paidRequests, pressAll, promptBox, shownImage, statusItem, typePath, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-jobs-4711-Geheim';
/** Ten thousand are held without a window: test/unit/host/panel/longHistory.test.ts and test/panel/page/history.test.ts. */
const MANY = 1000;
let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { key: KEY, image: 'flat', accept: 'anything' }, settings: DOCUMENT_SETTINGS, prepare: (_workspace, historyFolder) => keepImages(historyFolder, 0, MANY) });
  product.window.page.setDefaultTimeout(60_000);
  panel = await openPanel(product);
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

const host = (): string => new URL(product.standIn.baseUrl).host;
const told = (sentence: string): Promise<void> => product.window.notification(sentence).waitFor();

async function typeKey(): Promise<void> {
  await product.window.quickInput().getByText('API Key', { exact: true }).waitFor();
  await product.window.type(KEY);
  await told(`${host()} accepts the key. You are ready to generate.`);
  await clearNotifications(product);
}

// First, while it is of a thousand and nothing else.
describe('a history of a thousand', () => {
  const NEWEST = `image number ${MANY - 1}`;
  const SECOND = `image number ${MANY - 2}`;

  /** All of them and nothing else, none selected: whatever a test before did, and if none ran before. */
  beforeEach(async () => {
    product.standIn.set({ key: null });
    panel = await openPanel(product);
    const search = panel.getByRole('searchbox', { name: 'Search history' });
    if ((await search.inputValue()) !== '') await search.fill('');
    const selecting = panel.getByRole('button', { name: 'Select', exact: true }).and(panel.locator('[aria-pressed="true"]'));
    if ((await selecting.count()) > 0) await selecting.click();
    await panel.getByText(/^1,000 images, /).waitFor();
  });

  const list = (): Locator => panel.getByRole('list', { name: 'History' });
  const image = (prompt: string): Locator => button(list(), prompt);
  const thumbnails = (): string[] => filesIn(join(product.historyFolder, 'thumbnails'));
  const countNodes = (): Promise<number> => panel.locator('html').evaluate((html) => html.querySelectorAll('*').length);

  /** Selects the two newest. */
  async function selectTwo(): Promise<Locator> {
    await button(panel, 'Select').click();
    for (const prompt of [NEWEST, SECOND]) await list().getByRole('listitem').filter({ has: button(panel, prompt) }).getByRole('checkbox', { name: 'Select' }).check();
    return panel.getByRole('group', { name: '2 selected' });
  }

  test('End reaches the oldest, Home the newest, within few nodes; each has a thumbnail that is drawn', async () => {
    assert.equal(await list().getByRole('listitem').first().getAttribute('aria-setsize'), String(MANY));
    await image(NEWEST).focus();
    const nodes = await countNodes();
    assert.ok(nodes < 1000, `${nodes} nodes`);
    for (const [key, number] of [['End', 0], ['Home', MANY - 1]] as const) {
      await product.window.page.keyboard.press(key);
      const reached = image(`image number ${number}`);
      await until('it has the focus', () => reached.evaluate((element) => element === document.activeElement));
      const drawn = await reached.locator('img').evaluate(async (img: HTMLImageElement) => { await img.decode(); return img.src; });
      assert.match(drawn, /thumbnails\/[^/]+\.jpg/);
      const now = await countNodes();
      assert.ok(now <= nodes + 150, `${now} nodes after ${nodes}`);
    }
  });

  test('the search finds one of them', async () => {
    await panel.getByRole('searchbox', { name: 'Search history' }).fill('number 471');
    await panel.getByText('1 image found', { exact: true }).waitFor();
    await image('image number 471').waitFor();
  });

  test('what came while the panel was hidden stands first, with its thumbnail; deleted, it comes back with Undo, whole', async () => {
    const { window, standIn } = product;
    const [before, images] = [thumbnails(), keptImages(product)];
    const isWhole = (name: string): boolean => /^[^.].*\.jpg$/.test(name) && !before.includes(name);
    standIn.plan({ kind: 'ok', held: true });
    await generateInPanel(panel, 'out of sight');
    await until('the service has the request', () => paidRequests(product).length === 1);
    await hidePanel(product);
    standIn.release();
    await window.notification('The image of “out of sight” is ready.').waitFor();
    await statusItem(product).waitFor({ state: 'hidden' });
    const name = await until('it has a thumbnail', () => thumbnails().find(isWhole));
    const bytes = readFileSync(join(product.historyFolder, 'thumbnails', name));
    const { width, height } = decode(bytes);
    assert.deepEqual([width, height, bytes.length < 32_000], [320, 320, true]);
    panel = await openPanel(product);
    await shownImage(panel, 'out of sight').waitFor();
    await until('it stands first', async () => (await list().getByRole('listitem').first().getByRole('button').getAttribute('aria-label')) === 'out of sight');
    await button(panel, 'Delete').click();
    await panel.getByText('Image deleted.', { exact: true }).waitFor();
    await image('out of sight').waitFor({ state: 'detached' });
    assert.deepEqual([keptImages(product), thumbnails().some(isWhole)], [images, false]);
    await button(panel, 'Undo').click();
    await shownImage(panel, 'out of sight').waitFor();
    await until('its thumbnail is made again', () => thumbnails().some(isWhole));
    assert.equal(keptImages(product).length, MANY + 1);
    await button(panel, 'Delete').click();
    await image('out of sight').waitFor({ state: 'detached' });
    await clearNotifications(product);
  });

  test('several at once: inserted, saved into a folder, and two compared', async () => {
    const { window, workspace } = product;
    const { page } = window;
    await goToLine(product, 'welcome.md', 4);
    panel = await openPanel(product);
    const bar = await selectTwo();
    await button(bar, 'Insert').click();
    const names = [`image-number-${MANY - 2}.png`, `image-number-${MANY - 1}.png`];
    const links = new RegExp(`!\\[${NEWEST}\\]\\(images/${names[1]}\\)[^]*!\\[${SECOND}\\]\\(images/${names[0]}\\)`);
    await until('both links are there', async () => links.test(await window.editorText()));
    assert.deepEqual(filesIn(join(workspace.path, 'docs', 'images')), names);
    await button(bar, 'Save').click();
    mkdirSync(join(workspace.path, 'saved'));
    await window.quickInput().getByText('Save 2 Images').waitFor();
    await typePath(product, join(workspace.path, 'saved'), 'Save Here');
    await until('both are in the one folder', () => filesIn(join(workspace.path, 'saved')).join() === names.join());
    await button(bar, 'Compare').click();
    // By the files: VS Code drops the title as soon as it finds that they are no text
    // (the fallback of https://github.com/microsoft/vscode/pull/324805 opens them anew without it).
    const file = (number: number): string => `\\S+-${number.toString(16).padStart(8, '0')}\\.png`;
    const tab = page.getByRole('tab', { name: new RegExp(`${file(MANY - 1)} ↔ ${file(MANY - 2)}`) });
    await tab.waitFor();
    await until('both are drawn', async () => (await page.locator('iframe.webview.ready:not([src*="extensionId=open-image-tools.generate-image"])').count()) === 2);
    await window.runCommand('View: Close Editor');
    await tab.waitFor({ state: 'hidden' });
  });

  test('Open image shows it in VS Code’s own image editor, and Reveal says where it lies', async () => {
    const { window } = product;
    await image(NEWEST).click();
    await shownImage(panel, NEWEST).waitFor();
    const more = async (item: string): Promise<void> => {
      await button(panel, 'More…').click();
      await panel.getByRole('menuitem', { name: item, exact: true }).click();
    };
    await more('Reveal');
    const newest = keptImages(product).at(-1) ?? '';
    await window.notification(`The file is at ${newest}`).waitFor();
    await more('Open image');
    await window.page.getByRole('tab', { name: newest.split('/').at(-1) ?? '' }).waitFor();
    await window.runCommand('View: Close Editor');
  });

  test('“Delete unstarred” asks in a dialog first; whoever leaves it keeps all', async () => {
    await button(panel, 'Delete unstarred').click();
    const question = dialog(product).filter({ hasText: 'Delete every image without a star from the history? Files in your workspace stay.' });
    await button(question, 'Delete 1000 images').waitFor();
    await button(question, 'Cancel').click();
    await question.waitFor({ state: 'hidden' });
    assert.equal(keptImages(product).length, MANY);
  });
});

// In the same window: to open one takes longer than all that these do.
testDocuments(() => product);

describe('a person', () => {
  const alert = (): Locator => panel.getByRole('alert');

  afterEach(async () => {
    await pressAll(panel, 'Cancel');
    await assertAtRest();
    await pressAll(panel, 'Dismiss');
  });

  async function assertAtRest(): Promise<void> {
    await statusItem(product).waitFor({ state: 'hidden' });
    await panel.getByRole('progressbar').first().waitFor({ state: 'hidden' });
  }

  const arrived = (origin: RecordedRequest['origin']): Promise<RecordedRequest> => product.standIn.waitFor((request) => request.origin === origin && request.step === 'hang', 15_000);

  /** The other end of the connection saw it close, and nothing is under way any more. */
  async function assertClosed(request: RecordedRequest): Promise<void> {
    await product.standIn.waitFor(({ number, ended }) => number === request.number && ended !== undefined, 15_000);
    assert.equal(request.closedEarly, true);
    await assertAtRest();
  }

  async function assertAlert(sentence: string, actions: string[]): Promise<void> {
    await alert().waitFor({ timeout: 60_000 });
    assert.equal(await alert().getByRole('paragraph').innerText(), sentence);
    const names = await alert().getByRole('button').evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label') ?? each.textContent?.trim()));
    assert.deepEqual(names, [...actions, 'Dismiss']);
  }

  test('without a key is led to it by the alert, and has the image made with it', async () => {
    const inWorkspace = (): string[] => filesIn(join(product.workspace.path, 'docs', 'images'));
    const [kept, inserted] = [keptImages(product), inWorkspace()];
    await generateInPanel(panel, 'a key');
    await assertAlert(`${host()} needs an API key. Set it once, and it is kept in VS Code’s secret storage. The service says: “No API key was provided.”`, ['Set API Key']);
    await assertAtRest();
    assert.deepEqual(keptImages(product), kept);
    await until('no journal is left', () => filesIn(join(product.historyFolder, 'unfinished')).filter((name) => name.endsWith('.json')).length === 0);
    await button(alert(), 'Set API Key').click();
    await typeKey();
    // The alert says so in its place.
    await panel.getByText('What kept it from being made has changed since.', { exact: true }).waitFor();
    assert.equal(await alert().count(), 0);
    await button(panel, 'Generate again').click();
    await shownImage(panel, 'a key').waitFor();
    assert.deepEqual(paidRequests(product).map(({ headers }) => headers.authorization), [undefined, `Bearer ${KEY}`]);
    await until('the image is kept', () => keptImages(product).length === kept.length + 1);
    assert.deepEqual(inWorkspace(), inserted);
  });

  test('is shown the setting by “Open Settings”, the log by “Show Log”, and no notification', async () => {
    const { window, standIn } = product;
    const refused = (status: number, code: string): PostStep => ({ kind: 'error', status, code, message: 'Oops' });
    standIn.set({ key: null });
    standIn.plan(refused(503, 'model_not_found'), refused(500, 'InternalError'));
    await generateInPanel(panel, 'to be mended');
    await button(alert(), 'Open Settings').click();
    await window.page.locator('.settings-editor').getByText('Model', { exact: false }).first().waitFor();
    await window.page.keyboard.press('Escape');
    await window.page.locator('.settings-editor').waitFor({ state: 'hidden' });
    await button(alert(), 'Dismiss').click();
    await alert().waitFor({ state: 'hidden' });
    await promptBox(panel).press('ControlOrMeta+Enter');
    await button(alert(), 'Show Log').click();
    await window.page.locator('.output-view').waitFor();
    assert.deepEqual(await window.notifications(), [], 'the panel said it all');
  });

  test('gives up a download in the panel, and has the rest fetched free', async () => {
    const [paid, kept] = ['Cancelled while downloading. The image is paid for; downloading it again is free.', keptImages(product)];
    product.standIn.set({ key: null });
    product.standIn.planDownload({ kind: 'hang', when: 'midBody' });
    await generateInPanel(panel, 'half an image');
    const request = await arrived('files');
    const row = panel.getByRole('listitem').filter({ hasText: 'half an image', has: panel.getByRole('progressbar') });
    await row.getByText(/Downloading · .* of /).waitFor();
    await button(row, 'Cancel').click();
    await assertClosed(request);
    assert.deepEqual(keptImages(product), kept);
    await panel.getByText(paid, { exact: true }).waitFor();
    await button(panel, 'Download again (free)').click();
    await shownImage(panel, 'half an image').waitFor();
    await panel.getByText(paid).waitFor({ state: 'hidden' });
    assert.deepEqual([paidRequests(product).length, keptImages(product).length], [1, kept.length + 1]);
  });

  test('cancels in the notification with the panel hidden, and is told in another what it may cost', async () => {
    const { window, standIn } = product;
    const [maybe, kept] = ['Cancelled. The service may still charge for it.', keptImages(product)];
    standIn.set({ key: null });
    standIn.plan({ kind: 'hang', when: 'headers' });
    await window.runCommand('Generate Image');
    await window.type('out of sight');
    await window.pick('1:1');
    const waiting = window.notification('Generating “out of sight”');
    const request = await arrived('api');
    await hidePanel(product);
    await button(waiting, 'Cancel').click();
    await standIn.waitFor(({ number, ended }) => number === request.number && ended !== undefined, 15_000);
    await told(maybe);
    await waiting.waitFor({ state: 'hidden' });
    await clearNotifications(product);
    panel = await openPanel(product);
    await assertClosed(request);
    await panel.getByText(maybe, { exact: true }).waitFor();
    await panel.getByRole('group', { name: 'Cancelled.' }).getByRole('button', { name: 'Dismiss' }).click();
    await panel.getByText(maybe, { exact: true }).waitFor({ state: 'hidden' });
    assert.deepEqual(keptImages(product), kept);
  });
});

describe('an agent beside VS Code', () => {
  const agents: OutsideAgent[] = [];
  const agentsFolder = (): string => join(product.historyFolder, 'agents');
  const question = (text: string): Locator => dialog(product).filter({ hasText: text });

  /** The official client, by a name of its own: what one is allowed, the others are not. */
  async function connect(name: string): Promise<OutsideAgent> {
    const agent = await connectAgent(name, join(agentsFolder(), 'mcp.cjs'), product.workspace.path);
    agents.push(agent);
    return agent;
  }

  before(async () => {
    const { window, standIn } = product;
    standIn.reset();
    await window.runCommand('Image Generator: Set API Key');
    await typeKey();
    await window.runCommand('Image Generator: Connect an Agent…');
    await window.pick('Another agent');
    await told('The configuration is on the clipboard');
    await clearNotifications(product);
  });
  after(async () => {
    for (const agent of agents) await agent.close();
  });

  test('finds its server in place and the door open to its own user only, once a person connected it', async () => {
    assert.match(readFileSync(join(agentsFolder(), 'mcp.cjs'), 'utf8'), /^\/\/ Generate Image \d/);
    const [file = ''] = await until('the window’s file', () => filesIn(join(agentsFolder(), 'windows')).length > 0 && filesIn(join(agentsFolder(), 'windows')));
    assert.equal(statSync(join(agentsFolder(), 'windows', file)).mode & 0o077, 0);
    assert.deepEqual(await (await connect('Curious Agent')).tools(), ['generateImageFile', 'findImageFile']);
  });

  test('makes nothing after a No, and a file, told of while it is made, after a Yes', async () => {
    const agent = await connect('Paper Agent');
    const asked = agent.generate({ prompt: 'a fox in snow', path: 'img/fox.webp' });
    await button(question('A program that calls itself “Paper Agent” wants to make 1 image in this window'), 'Cancel').click();
    const refused = await asked;
    assert.match(refused.text, /did not allow it/);
    assert.deepEqual([refused.isError, paidRequests(product)], [true, []]);
    const progress: unknown[] = [];
    const allowed = agent.generate({ prompt: 'a fox in snow', path: 'img/fox.webp', width: 1200, height: 630 }, { onprogress: (said) => progress.push(said) });
    await button(question('Paper Agent'), 'Allow 10 in This Window').click();
    const { text, images } = await allowed;
    assert.match(text, /^Image: img\/fox\.webp$/m);
    assert.equal(images, 1);
    assert.ok(progress.length > 0);
    assert.ok(existsSync(join(product.workspace.path, 'img', 'fox.webp')));
  });

  test('never sees the key: not in a file, argument, environment or message of its server', { skip: process.platform !== 'linux' && 'only Linux tells of a process in files' }, async () => {
    const agent = await connect('Nosy Agent');
    const asked = agent.generate({ prompt: 'a blue boat', path: 'img/boat.png' });
    await button(question('Nosy Agent'), 'Allow This Once').click();
    assert.doesNotMatch((await asked).text, /https?:|Bearer|base64/);
    assert.ok(paidRequests(product).some(({ headers }) => headers.authorization === `Bearer ${KEY}`), 'the key was in use');
    const files = readdirSync(agentsFolder(), { recursive: true, encoding: 'utf8' }).map((name) => join(agentsFolder(), name)).filter((path) => statSync(path).isFile());
    assert.ok(files.some((path) => path.endsWith('mcp.cjs')));
    for (const path of files) assert.doesNotMatch(readFileSync(path, 'utf8'), /Bearer|apiKey/i);
    const [line, environment] = ['cmdline', 'environ'].map((name) => `/proc/${agent.pid}/${name}`) as [string, string];
    assert.match(readFileSync(line, 'utf8'), /mcp\.cjs/);
    assert.match(readFileSync(environment, 'utf8'), /(?:^|\0)PATH=/);
    assert.ok(agent.said.some((message) => message.includes('a blue boat')), 'this search finds what is there');
    const places = new Map([...[...files, line, environment].map((path) => [path, readFileSync(path)] as const), ['messages', Buffer.from(agent.said.join('\n'))]]);
    const needles = [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString('base64').replace(/=+$/, ''), KEY.slice(-12)];
    for (const [place, bytes] of places) for (const needle of needles) assert.ok(!bytes.includes(needle), `${place} holds the key`);
  });

  // The window is gone after this one.
  test('whose window closes in the middle is told of that, with a warning of a second charge', async () => {
    product.standIn.set({ held: true });
    const agent = await connect('Late Agent');
    const asked = agent.generate({ prompt: 'a late image', path: 'img/late.png' });
    await button(question('Late Agent'), 'Allow This Once').click();
    await until('the request', () => paidRequests(product).some(({ body }) => body.includes('a late image')));
    await panel.getByText('“Late Agent” asked (a name it gives itself)').waitFor();
    await product.window.close();
    const { text, isError } = await asked;
    assert.ok(isError);
    // Either the window still said what became of the request, or it was gone before it could.
    assert.match(text, /closed before it answered.*new charge|It may have been charged/s);
  });
});
