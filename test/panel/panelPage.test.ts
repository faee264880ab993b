// The panel's page in a real window. For whoever has no mouse or no eyes: by keys alone to the image in the document, and axe-core in each kind of theme.
// The walls around it: it runs no script and loads no file but the product's own, and whatever it says is parsed.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { THEMES, type Theme } from '../vscode/workbench.ts';
import { button, generateInPanel, keptImages, movePanel, openOptions, openPanel, paidRequests, promptBox, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' } });
  product.window.page.setDefaultTimeout(60_000);
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

const press = (key: string): Promise<void> => product.window.page.keyboard.press(key);

interface Focus {
  /** How a screen reader would name it. */
  name: string;
  tag: string;
  isSeen: boolean;
}

/** What has the focus in the panel's page; undefined if nothing there has. */
async function focused(): Promise<Focus | undefined> {
  return panel.locator('html').evaluate(() => {
    const element = document.activeElement;
    if (!document.hasFocus() || !(element instanceof HTMLElement) || element === document.body) return undefined;
    const name = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
    // The frame of a size is drawn around the radio button, which itself cannot be seen.
    const isSeen = [element, element.parentElement].some((candidate) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(candidate as HTMLElement);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && outlineColor !== 'rgba(0, 0, 0, 0)';
    });
    return { name: name.trim().replace(/\s+/g, ' '), tag: element.tagName.toLowerCase(), isSeen };
  });
}

/** Presses Tab until what has the focus is named so; every stop on the way must be seen. */
async function walkTo(name: string | RegExp): Promise<string[]> {
  const way: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await press('Tab');
    const stop = await until('something in the panel has the focus', focused, 20_000);
    assert.ok(stop.isSeen, `the focus on ${stop.tag} “${stop.name}” cannot be seen`);
    way.push(stop.name);
    if (typeof name === 'string' ? stop.name === name : name.test(stop.name)) return way;
  }
  throw new Error(`No ${String(name)} on the way: ${way.join(' → ')}`);
}

/** The command of this title, run as by a person without a mouse. */
async function runByKeys(title: string): Promise<void> {
  const { window } = product;
  await press('F1');
  await window.quickInput().waitFor();
  await window.page.keyboard.type(title);
  const first: Locator = window.quickInput().locator('.monaco-list-row.focused .label-name');
  await until(`${title} is offered first`, async () => (await first.count()) === 1 && (await first.innerText()) === title);
  await press('Enter');
  await window.quickInput().waitFor({ state: 'hidden' });
}

/** Opens the panel by keys, which brings the focus there. */
async function goToPanel(): Promise<void> {
  await runByKeys('Image Generator: Open Panel');
  panel = product.window.panelFrame();
  await promptBox(panel).waitFor();
  await until('the panel has the focus', () => panel.locator('html').evaluate(() => document.hasFocus()));
}

test('by keys alone from the empty panel to the image in the document, on through the panel and out of it', async () => {
  const { window, standIn } = product;
  const before = keptImages(product).length;
  standIn.plan({ kind: 'ok', held: true });
  await goToPanel();
  if ((await focused())?.tag !== 'textarea') await walkTo('Prompt');
  await window.page.keyboard.type('by keys alone');
  await walkTo(/^1:1/);
  await press('ArrowRight');
  assert.equal((await focused())?.name, '3:4 1104x1472');
  await walkTo('Watermark');
  await press('Space');
  await walkTo('Generate');
  await press('Enter');
  await until('the request is under way', () => paidRequests(product).length === 1);
  await panel.getByRole('progressbar').first().waitFor();
  for (let times = 0; times < 3; times++) await press('Escape');
  await walkTo('Cancel');
  await press('Escape');
  standIn.release();
  await shownImage(panel, 'by keys alone').waitFor();
  assert.deepEqual([keptImages(product).length, paidRequests(product)[0]?.closedEarly], [before + 1, false], 'Escape cancelled nothing');
  const sent = JSON.parse(paidRequests(product)[0]?.body ?? '') as Record<string, unknown>;
  assert.deepEqual([sent['prompt'], sent['size'], sent['watermark']], ['by keys alone', '1104x1472', true]);
  if ((await focused()) === undefined) await goToPanel();
  await walkTo('Insert');
  await press('Enter');
  await until('the link is in the document', async () => (await window.editorText()).includes('![by keys alone](images/by-keys-alone.png)'));
  await goToPanel();
  const there = await walkTo('Delete unstarred');
  for (const name of ['Search history', 'by keys alone']) assert.ok(there.includes(name), there.join(' → '));
  await press('Tab');
  await until('the focus is back in the workbench', async () => (await focused()) === undefined);
  await goToPanel();
  await runByKeys('View: Focus Active Editor Group');
  await until('the editor has the focus', () => window.page.evaluate(() => document.activeElement?.closest('.editor-instance, .monaco-editor') !== null));
});

/** The page itself, and the frame of VS Code around it that hands its messages on. */
async function frames(): Promise<{ page: Frame; around: Frame }> {
  return until('the page', async () => {
    const around = product.window.page.frames().find((frame) => frame.url().includes('extensionId=open-image-tools.generate-image'));
    const page = around?.childFrames()[0];
    return around && page && (await page.locator('#app *').first().isVisible().catch(() => false)) ? { page, around } : undefined;
  });
}

/** What the page's own frame says of its script and its policy. */
async function readFrame(): Promise<{ nonce: string; policy: string }> {
  const { page } = await frames();
  return page.evaluate(() => ({
    nonce: document.querySelector<HTMLScriptElement>('body script')?.nonce ?? '',
    policy: document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? '',
  }));
}

test('each load has a nonce of its own, of 128 bits, and a policy that names all it allows', async () => {
  const nonces = new Set<string>();
  const loads = [() => openPanel(product), () => movePanel(product, 'New Secondary Side Bar Entry'), async () => {
    await product.window.runCommand('View: Reset View Locations');
    return openPanel(product);
  }];
  for (const load of loads) {
    await load();
    const { nonce, policy } = await readFrame();
    assert.match(nonce, /^[\w-]{22}$/);
    nonces.add(nonce);
    const directives = new Map(policy.split(';').map((part): [string, string[]] => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources];
    }));
    assert.deepEqual([...directives.keys()].sort(), ['default-src', 'img-src', 'script-src', 'style-src']);
    assert.deepEqual(['default-src', 'script-src', 'style-src'].map((name) => directives.get(name)), [["'none'"], [`'nonce-${nonce}'`], [`'nonce-${nonce}'`]]);
    for (const source of [...directives.values()].flat()) assert.doesNotMatch(source, /unsafe|^(https?:|data:|blob:|\*)$/, policy);
  }
  assert.equal(nonces.size, 3);
});

test('a script, a style and a request that somebody brought into the page do nothing', async () => {
  await openPanel(product);
  const { page } = await frames();
  const foreign = `${product.standIn.baseUrl}/foreign.png`;
  const seen = product.standIn.requests.length;
  const did = await page.evaluate(async (url) => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    const style = document.createElement('style');
    style.textContent = '#app { opacity: 0.5 }';
    document.body.append(script, style);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'document.title = "clicked"');
    document.body.append(button);
    button.click();
    const loads = (element: HTMLImageElement | HTMLIFrameElement | HTMLScriptElement): Promise<string> => new Promise((resolve) => {
      const end = (what: string): void => {
        element.remove();
        resolve(what);
      };
      element.onload = () => end('loaded');
      element.onerror = () => end('nothing');
      element.src = url;
      document.body.append(element);
      setTimeout(() => end('nothing'), 1000);
    });
    const [image, other] = await Promise.all([loads(document.createElement('img')), loads(document.createElement('script'))]);
    const fetched = await fetch(url).then(() => 'loaded', () => 'nothing');
    const drawn = getComputedStyle(document.querySelector('#app') ?? document.body).opacity;
    for (const element of [script, style, button]) element.remove();
    return { title: document.title, drawn, image, other, fetched };
  }, foreign);
  assert.deepEqual(did, { title: 'Generate Image', drawn: '1', image: 'nothing', other: 'nothing', fetched: 'nothing' });
  assert.equal(product.standIn.requests.slice(seen).filter(({ path }) => path.includes('foreign')).length, 0);
});

test('the page loads images of the history, and nothing that lies beside them', async () => {
  panel = await openPanel(product);
  await generateInPanel(panel, 'within the walls');
  await shownImage(panel, 'within the walls').waitFor();
  const kept = keptImages(product).at(-1) ?? '';
  const name = kept.slice(kept.lastIndexOf('/') + 1);
  const { historyFolder, workspace } = product;
  // An image, so that only the wall can be what keeps it out.
  for (const folder of [join(historyFolder, 'unfinished'), historyFolder, workspace.path]) copyFileSync(kept, join(folder, 'beside.png'));
  const source = await shownImage(panel, 'within the walls').getAttribute('src');
  const images = source?.slice(0, source.lastIndexOf('/')).replace(/thumbnails$/, 'images') ?? '';
  const { page } = await frames();
  const load = (url: string): Promise<string> => page.evaluate((address) => new Promise<string>((resolve) => {
    const image = new Image();
    image.onload = () => resolve('loaded');
    image.onerror = () => resolve('nothing');
    image.src = address;
  }), url);
  assert.equal(await load(`${images}/${name}?again`), 'loaded');
  const history = images.slice(0, images.lastIndexOf('/'));
  const elsewhere = [
    `${history}/unfinished/beside.png`, `${history}/beside.png`, `${images}/../unfinished/beside.png`, `${images}/%2e%2e/unfinished/beside.png`,
    `${images}/..%2funfinished%2fbeside.png`, `${images}/..%5cunfinished%5cbeside.png`, images.replace(historyFolder, workspace.path).replace(/images$/, 'beside.png'),
  ];
  for (const url of elsewhere) assert.equal(await load(url), 'nothing', url);
});

test('whatever the page says, nothing is sent, nothing is lost, and the panel goes on', async () => {
  panel = await openPanel(product);
  const { around } = await frames();
  const [kept, unfinished] = [keptImages(product), join(product.historyFolder, 'unfinished', 'beside.png')];
  mkdirSync(join(unfinished, '..'), { recursive: true });
  writeFileSync(unfinished, 'an image');
  const value = { prompt: 'said by a stranger', size: '1328x1328', promptExtend: true, watermark: false, count: 1 };
  const generate = { type: 'generate', intentId: 'x', revision: 1, value };
  const garbage: unknown[] = [
    null, 1, 'generate', [generate], {}, { type: 'runCommand', command: 'workbench.action.closeWindow' }, { type: '__proto__' }, { type: 'constructor' },
    { ...generate, path: '/etc/passwd' }, { ...generate, revision: '1' }, { ...generate, value: { ...value, count: 1e9 } }, { ...generate, value: { ...value, prompt: 'x'.repeat(5_000_000) } },
    { ...generate, intentId: 'x'.repeat(5_000_000) }, { type: 'x'.repeat(5_000_000) }, { type: 'draft', revision: 1e9, value }, { type: 'draft', revision: 1, value: { ...value, html: '<b>' } },
    { type: 'delete', imageIds: [] }, { type: 'delete', imageIds: 'all' }, { type: 'star', imageId: { toString: 'x' }, starred: true }, { type: 'history', offset: 0, count: 1e6, query: '', starredOnly: false },
    JSON.parse('{"__proto__":{"type":"generate"},"type":"generate"}'),
  ];
  // Well formed, and about what is not there or never was: late ones, names of the prototype, paths.
  const late: unknown[] = ['gone', '__proto__', 'constructor', '../unfinished/beside', '../../../etc/passwd'].flatMap((id) => [
    { type: 'cancel', jobId: id }, { type: 'dismiss', jobId: id }, { type: 'jobAction', intentId: `a${id}`, jobId: id, action: 'generateAgain' }, { type: 'noticeAction', noticeId: 9999, action: id },
    { type: 'show', imageId: id }, { type: 'star', imageId: id, starred: true }, { type: 'delete', imageIds: [id] }, { type: 'usePrompt', imageId: id }, { type: 'makeAgain', intentId: `m${id}`, imageId: id },
    { type: 'openImage', imageId: id }, { type: 'reveal', imageId: id }, { type: 'copy', imageId: id }, { type: 'insert', intentId: `i${id}`, imageIds: [id] },
  ]);
  await around.evaluate((messages) => {
    const post = (window as unknown as Record<string, (command: string, data: unknown) => void>)['__vscode_post_message__'];
    for (const message of messages) post?.('onmessage', { message, transfer: [] });
  }, [...garbage, ...late]);
  assert.notEqual(await promptBox(panel).inputValue(), value.prompt);
  // What the page says is heard in its order: once this is done, all of the above has been heard.
  await generateInPanel(panel, 'after the noise');
  await shownImage(panel, 'after the noise').waitFor();
  assert.equal(paidRequests(product).length, 1);
  assert.deepEqual(keptImages(product).slice(0, -1), kept);
  assert.ok(existsSync(unfinished));
});

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

async function violations(): Promise<string[]> {
  const body = await panel.locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  if (!frame) throw new Error('There is no panel.');
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(AXE);
  // The page is see-through, and axe cannot look out of its frame: it is told what stands behind it.
  const behind = await product.window.page.locator('.part.sidebar').evaluate((part) => getComputedStyle(part).backgroundColor);
  assert.match(behind, /^rgb\(/);
  await frame.evaluate((colour) => (document.documentElement.style.backgroundColor = colour), behind);
  return frame.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

test('axe-core finds nothing in the menu of an image; in any kind of theme, in form, jobs that run and wait, a failure and a selection', async () => {
  product.standIn.plan(
    { kind: 'ok' },
    { kind: 'error', status: 400, code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' },
    { kind: 'hang', when: 'headers' },
    { kind: 'error', status: 429, code: 'rate_limit_exceeded', message: 'Requests rate limit exceeded.', headers: { 'retry-after': '120' } },
  );
  panel = await openPanel(product);
  await generateInPanel(panel, 'a quiet bay');
  await shownImage(panel, 'a quiet bay').waitFor();
  await openOptions(panel);
  await button(panel, 'More…').click();
  await panel.getByRole('menu').waitFor();
  const found = await violations();
  await panel.getByRole('menu').press('Escape');
  await panel.getByRole('spinbutton', { name: 'Images' }).fill('3');
  await button(panel, 'Generate 3: 3 paid requests').click();
  await panel.getByRole('alert').waitFor();
  await until('the service has every request', () => paidRequests(product).length === 4);
  await panel.getByRole('region', { name: 'In progress' }).getByText(/Continues in/).waitFor({ timeout: 60_000 });
  await button(panel, 'Select').click();
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await product.window.setTheme(theme);
    found.push(...(await violations()).map((violation) => `${theme}: ${violation}`));
  }
  assert.deepEqual(found, []);
});
