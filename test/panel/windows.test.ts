// The windows of one person, beside each other and one after the other: what each shows of the other, and what outlives a reload and a kill.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { imageIdOf } from '../../src/history/imageId.ts';
import { startStandIn, type StandIn } from '../endpoint/server.ts';
import { extensionHosts } from '../vscode/extensionHosts.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { openWorkspaceFile } from '../vscode/workspaceFile.ts';
import { SIX } from './caller.ts';
import { testAxe } from './chapters/axe.ts';
import { testByKeys } from './chapters/byKeys.ts';
import { testChinese } from './chapters/chinese.ts';
import { testFlows } from './chapters/flows.ts';
import { ensureTrust, spoil, testRestricted, trust, UNTRUSTED } from './chapters/restricted.ts';
import { testSetUp } from './chapters/setUp.ts';
import { testWalls } from './chapters/walls.ts';
import { button, chooseSize, clearNotifications, filesIn, generateInPanel, goToLine, hidePanel, keptImages, openOptions, openPanel, paidRequests, pressAnew, promptBox, shownImage, statusItem, until } from './person.ts';
import { startProduct, type Product } from './product.ts';
import { startProxy, type Proxy } from './proxy.ts';

let first: Product;
let proxy: Proxy;
let thief: StandIn;
before(async () => {
  proxy = await startProxy();
  thief = await startStandIn({ image: 'flat' });
  const settings = { 'generateImage.unattendedImages': 1, 'http.proxy': proxy.url, 'http.proxySupport': 'override', ...UNTRUSTED };
  first = await startProduct({ standIn: { image: 'flat' }, settings, prepare: (workspace) => spoil(workspace, thief) });
  first.window.page.setDefaultTimeout(60_000);
});
after(async () => {
  await first?.stop();
  await thief?.close();
  await proxy?.close();
});
beforeEach(() => first.standIn.reset());

// What needs a window and none of its own: to open one takes longer than all that each of them does.
const trusted = (): Promise<Product> => ensureTrust(first);
testRestricted(() => ({ product: first, thief }));
testFlows(trusted);
testByKeys(trusted);
testWalls(trusted);

const image = (panel: FrameLocator, prompt: string): Locator => button(panel.getByRole('list', { name: 'History' }), prompt);

describe('two windows, the second with two folders', () => {
  let second: Product;
  let panels: { first: FrameLocator; second: FrameLocator };
  let window: Workbench | undefined;
  let folder: string;
  let made: number;
  before(async () => {
    await trusted();
    made = keptImages(first).length;
    folder = join(first.workspace.path, '..', 'second');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, 'deep', 'other.md'), 'one\n\n');
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'generateImage.saveTo': '${workspaceFolder}/pics/${slug}.${ext}', 'generateImage.styles': [{ label: 'Second folder', text: 'of the second folder' }] }));
    const workspaceFile = join(folder, '..', 'both.code-workspace');
    writeFileSync(workspaceFile, JSON.stringify({ folders: [{ path: first.workspace.path }, { path: folder }] }));
    window = await openWorkspaceFile(first.vscode, 'second', { folder: workspaceFile, file: join(folder, 'deep', 'other.md'), context: first.window.context });
    window.page.setDefaultTimeout(60_000);
    second = { ...first, window };
    await window.page.locator('.part.activitybar').getByRole('tab', { name: 'Generate Image' }).waitFor({ timeout: 60_000 });
    await trust(second);
    await goToLine(first, 'welcome.md', 4);
    await goToLine(second, 'other.md', 2);
    panels = { first: await openPanel(first), second: await openPanel(second) };
    // They fold if there are images already.
    await openOptions(panels.second);
    // VS Code reads a folder's settings after the window stands.
    await button(panels.second, 'Second folder').waitFor();
    await generateInPanel(panels.second, 'from the second');
    await shownImage(panels.second, 'from the second').waitFor();
    await image(panels.first, 'from the second').waitFor();
    await generateInPanel(panels.first, 'from the first');
    await shownImage(panels.first, 'from the first').waitFor();
  });
  after(() => window?.close());

  it('an image made in one is soon in the history of the other, whose own image stays in front', async () => {
    await image(panels.second, 'from the first').waitFor();
    assert.ok(await shownImage(panels.second, 'from the second').isVisible());
    assert.equal(await shownImage(panels.second, 'from the first').count(), 0);
    assert.equal(keptImages(first).length, made + 2);
  });

  it('“Insert Image” takes the newest of its own window, and the folder of the document counts', async () => {
    await second.window.runCommand('Image Generator: Insert Image');
    await until('the second window has its link', async () => (await second.window.editorText()).includes('![from the second](../pics/from-the-second.png)'));
    assert.deepEqual(filesIn(join(folder, 'pics')), ['from-the-second.png']);
    await first.window.runCommand('Image Generator: Insert Image');
    await until('the first window has its link', async () => (await first.window.editorText()).includes('![from the first](images/from-the-first.png)'));
    assert.equal(existsSync(join(first.workspace.path, 'pics')), false);
  });

  it('a star and a deletion are soon seen in the other window, too', async () => {
    await button(panels.first, 'Star').click();
    await until('the second window shows the star', async () => ((await image(panels.second, 'from the first').getAttribute('title')) ?? '').includes('Starred'));
    await image(panels.second, 'from the first').click();
    await until('the star is in its preview', async () => (await button(panels.second, 'Star').getAttribute('aria-pressed')) === 'true');
    await button(panels.second, 'Delete').click();
    await image(panels.first, 'from the first').waitFor({ state: 'detached' });
    await until('it is no longer in front', async () => (await shownImage(panels.first, 'from the first').count()) === 0);
    await button(panels.second, 'Undo').click();
    await image(panels.first, 'from the first').waitFor();
    assert.equal(keptImages(first).length, made + 2);
  });
});

/** Runs in the window: whether one of its databases holds this text. */
async function isStored(text: string): Promise<boolean> {
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error(name));
    });
    try {
      for (const store of database.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result as unknown[]);
          reading.onerror = () => resolve([]);
        });
        if (values.some((value) => typeof value === 'string' && value.includes(text))) return true;
      }
    } finally {
      database.close();
    }
  }
  return false;
}

/** Types a draft, and waits until the window has written it down. */
async function draftDown(panel: FrameLocator, text: string): Promise<void> {
  // The host hears of it after a pause in the typing, writes it down, and then draws it.
  await panel.locator('html').evaluate((_html, wanted) => {
    window.addEventListener('message', ({ data }: MessageEvent<{ draft?: { value: { prompt: string } } }>) => {
      if (data.draft?.value.prompt === wanted) Object.assign(window, { isDrawn: true });
    });
  }, text);
  await promptBox(panel).fill(text);
  await until('the host has drawn it', () => panel.locator('html').evaluate(() => 'isDrawn' in window));
  // The window writes down what an extension keeps a moment after that was said to be kept.
  await until('the window has written it down', () => first.window.page.evaluate(isStored, text));
}

async function reload(): Promise<void> {
  const { page } = first.window;
  await page.reload();
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
}

it('a reload in the middle of jobs: the draft is there, what is paid for comes into the history once, what may be is told, old trash goes', async () => {
  await trusted();
  const { standIn } = first;
  const trash = join(first.historyFolder, 'trash');
  const [old, young] = [48, 1].map((hours) => join(trash, `${Date.now() - hours * 3_600_000}~20260101T000000000Z-0123abcd.png`)) as [string, string];
  mkdirSync(trash, { recursive: true });
  for (const path of [old, young]) writeFileSync(path, 'a deleted image');
  let panel = await openPanel(first);
  await openOptions(panel);
  await chooseSize(panel, '3:4 1104x1472');
  await panel.getByRole('checkbox', { name: 'Improve prompt' }).uncheck();
  await promptBox(panel).fill('kept while hidden');
  await hidePanel(first);
  panel = await openPanel(first);
  assert.equal(await promptBox(panel).inputValue(), 'kept while hidden');
  const before = keptImages(first).length;
  standIn.plan({ kind: 'ok' }, { kind: 'ok', held: true });
  standIn.planDownload({ kind: 'hang', when: 'midBody' });
  await generateInPanel(panel, 'half downloaded');
  await standIn.waitFor(({ origin, step }) => origin === 'files' && step === 'hang', 15_000);
  await pressAnew(first);
  await generateInPanel(panel, 'not yet answered');
  await until('the service has both requests', () => paidRequests(first).length === 2);
  await draftDown(panel, 'kept over a reload');
  await hidePanel(first);
  await reload();
  standIn.release();
  // The window shows only a document: it looks by itself.
  await until('the old trash is gone', () => !existsSync(old), 60_000);
  assert.ok(existsSync(young));
  const kept = (): number => keptImages(first).length - before;
  const told = first.window.notification('The window closed before the service answered for “not yet answered”. It may have been charged.');
  // VS Code ends the old extension host at once, or lets it go on until the answer is there.
  const end = await until('the other one is told of, or there too', async () => ((await told.count()) > 0 ? 'told' : kept() === 2 && 'kept'), 40_000);
  panel = await openPanel(first);
  await until('the draft is back', async () => (await promptBox(panel).inputValue()) === 'kept over a reload');
  await openOptions(panel);
  assert.ok(await panel.getByRole('radio', { name: '3:4 1104x1472' }).isChecked());
  assert.equal(await panel.getByRole('checkbox', { name: 'Improve prompt' }).isChecked(), false);
  await statusItem(first).waitFor({ state: 'hidden' });
  await image(panel, 'half downloaded').waitFor({ timeout: 40_000 });
  assert.deepEqual([kept(), paidRequests(first).length], [end === 'told' ? 1 : 2, 2]);
  await clearNotifications(first);
});

/** Journals of jobs that are not done, and ids of the images that they wait for. */
const journals = (): string[] => filesIn(join(first.historyFolder, 'unfinished')).filter((name) => name.endsWith('.json'));
const awaitedIds = (): string[] => journals().map((name) => imageIdOf(name.replace(/\..*$/, ''), 0));
const keptIds = (): string[] => keptImages(first).map((path) => path.replace(/^.*\/|\.\w+$/g, ''));

/** How many requests the notifications say got no answer. */
async function countReported(): Promise<number> {
  const texts = await first.window.notifications();
  return texts.reduce((sum, text) => {
    const many = /before the service answered (\d+) requests/.exec(text)?.[1];
    return sum + (many ? Number(many) : text.includes('before the service answered for') ? 1 : 0);
  }, 0);
}

// Every phase of a job is held without a window in test/unit/faults/phases.test.ts, kills by the hundred in test/unit/faults/crash.test.ts.
it('an extension host killed amid jobs that wait, download and write loses nothing that was paid for', { skip: process.platform !== 'linux' }, async () => {
  await trusted();
  const { standIn, vscode } = first;
  await first.window.runCommand(SIX);
  let panel = await openPanel(first);
  const before = keptIds();
  standIn.plan({ kind: 'hang', when: 'headers' }, { kind: 'hang', when: 'headers' }, { kind: 'ok' }, { kind: 'ok' }, { kind: 'ok', held: true }, { kind: 'ok', held: true });
  standIn.planDownload({ kind: 'hang', when: 'midBody' }, { kind: 'hang', when: 'midBody' });
  const downloads = (): number => standIn.requests.filter(({ origin }) => origin === 'files').length;
  await promptBox(panel).fill('killed on its way');
  await panel.getByRole('spinbutton', { name: 'Images' }).fill('6');
  await button(panel, 'Generate 6: 6 paid requests').click();
  await until('four hang, two are held', () => paidRequests(first).length === 6 && standIn.requests.filter(({ step }) => step === 'hang').length === 4);
  standIn.release(2);
  await standIn.waitFor(() => downloads() === 4, 15_000);
  const hosts = extensionHosts(vscode);
  assert.ok(hosts.length > 0, 'no extension host is there to kill');
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await until('the host is gone', () => hosts.every((pid) => !extensionHosts(vscode).includes(pid)));
  const begun = [...new Set([...awaitedIds(), ...keptIds()])].filter((id) => !before.includes(id));
  assert.equal(begun.length, 6, 'a request was sent that no journal knows');
  // What was planned for a request that the dead did not come to send is not for those who take up their work.
  standIn.reset();
  // VS Code starts another by itself.
  await until('what was left is taken up', () => extensionHosts(vscode).length > 0 && journals().length === 0, 45_000);
  // What is told is on its way to the window still.
  await until('two are told of', async () => (await countReported()) >= 2);
  assert.deepEqual([begun.filter((id) => keptIds().includes(id)).length, await countReported(), paidRequests(first)], [4, 2, []]);
  panel = await openPanel(first);
  const found = button(panel.getByRole('list', { name: 'History' }), 'killed on its way');
  await until('the four are in the panel’s history', async () => (await found.count()) === 4);
  // What the page of the dead would not do any more.
  await panel.getByRole('spinbutton', { name: 'Images' }).fill('1');
  await clearNotifications(first);
});

/** Whether the walkthrough's step is ticked, undefined if that cannot be seen; it is opened anew where an insertion has left it. */
async function isTicked(title: string): Promise<boolean | undefined> {
  const { window } = first;
  const step = window.page.getByRole('button', { name: new RegExp(`^${title}: (Not completed|Completed)`) });
  if (!(await step.isVisible())) {
    await window.runCommand('Welcome: Open Walkthrough...');
    await window.pick(/Generate Image/).then(() => step.waitFor({ timeout: 5000 })).catch(() => undefined);
  }
  // An insertion puts its document in front, also between these lines.
  const checked = await step.getAttribute('aria-checked', { timeout: 2000 }).catch(() => undefined);
  return checked === undefined ? undefined : checked === 'true';
}

it('the walkthrough ticks what was done, also if images were made before it was opened', async () => {
  await trusted();
  await first.window.openFile('welcome.md');
  const panel = await openPanel(first);
  await generateInPanel(panel, 'a boat before the walkthrough');
  await shownImage(panel, 'a boat before the walkthrough').waitFor();
  for (const title of ['Generate', 'Insert']) await until(`${title} is seen, not ticked`, async () => (await isTicked(title)) === false, 60_000);
  await generateInPanel(panel, 'a boat beside the walkthrough');
  await shownImage(panel, 'a boat beside the walkthrough').waitFor();
  await until('the first step is ticked', () => isTicked('Generate'), 60_000);
  await until('the second step is seen, not ticked', async () => (await isTicked('Insert')) === false, 60_000);
  await button(panel, 'Insert').click();
  await until('the second step is ticked', () => isTicked('Insert'), 60_000);
});

// It leaves another theme.
testAxe(trusted);

// It leaves no setting as it was.
testSetUp(async () => ({ product: await trusted(), proxy }));

// It leaves no image, and another language.
testChinese(trusted);
