// The walls around the page: it runs no script and loads no file but the product's own, and whatever it says is parsed.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import type { Frame, FrameLocator } from 'playwright-core';
import { generateInPanel, keptImages, movePanel, openPanel, paidRequests, promptBox, shownImage, until } from '../person.ts';
import type { Product } from '../product.ts';

/** Tests in a window that others had before, or will have: its history and its documents are not empty. */
export const testWalls = (opened: () => Promise<Product>): void => void describe('the walls around the page', () => {
  let product: Product;
  let panel: FrameLocator;
  before(async () => {
    product = await opened();
  });
  beforeEach(() => product.standIn.reset());

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
});
