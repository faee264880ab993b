// Ten thousand images in the history: the panel opens on as few nodes, messages and bytes as with a hundred.
import assert from 'node:assert/strict';
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { keepImages } from './longHistory.ts';
import { button, filesIn, hidePanel, openPanel, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const FEW = 100;
const MANY = 10_000;

let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ prepare: (_workspace, historyFolder) => keepImages(historyFolder, 0, FEW) });
  product.window.page.setDefaultTimeout(60_000);
  await product.window.page.addInitScript(countMessages);
});
after(() => product.stop());

/** Runs in every frame, before its scripts: counts what the host sends to the panel's page. */
function countMessages(): void {
  const counts = { messages: 0, characters: 0 };
  const add = window.addEventListener.bind(window);
  Object.assign(window, { panelCounts: counts });
  window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void => {
    const counting = (event: Event): void => {
      const { data } = event as MessageEvent<{ type?: string } | null>;
      if (data?.type === 'snapshot') {
        counts.messages += 1;
        counts.characters += JSON.stringify(data).length;
      }
      if (typeof listener === 'function') listener.call(window, event);
      else listener.handleEvent(event);
    };
    add(type, type === 'message' ? counting : listener, options);
  };
}

/** Forgets when each record was read; the system notes the next time (`relatime`, the usual way to mount). */
function forgetReads(): void {
  for (const name of records()) utimesSync(join(images(), name), 0, new Date());
}

/** How many records were read since then, and their bytes. */
function countReads(): { records: number; bytes: number } {
  const read = records().map((name) => statSync(join(images(), name))).filter(({ atimeMs }) => atimeMs > 0);
  return { records: read.length, bytes: read.reduce((sum, { size }) => sum + size, 0) };
}

const images = (): string => join(product.historyFolder, 'images');
const records = (): string[] => filesIn(images()).filter((name) => name.endsWith('.json'));

interface Opening {
  nodes: number;
  messages: number;
  characters: number;
  records: number;
  bytes: number;
}

const list = (): Locator => panel.getByRole('list', { name: 'History' });
const countNodes = (): Promise<number> => panel.locator('html').evaluate((html) => html.querySelectorAll('*').length);
const countPanel = (): Promise<{ messages: number; characters: number }> =>
  panel.locator('html').evaluate(() => (window as unknown as { panelCounts: { messages: number; characters: number } }).panelCounts);

/** Opens the panel and waits until it shows `total` images and nothing comes any more. */
async function measureOpening(total: number): Promise<Opening> {
  forgetReads();
  panel = await openPanel(product);
  await until(`${total} images are there`, async () => (await list().getByRole('listitem').first().getAttribute('aria-setsize')) === String(total));
  await panel.getByText(new RegExp(`^${total.toLocaleString('en')} images, `)).waitFor();
  await list().scrollIntoViewIfNeeded();
  await button(list(), `image number ${total - 1}`).locator('img').waitFor();
  let last = -1;
  await until('no more messages come', async () => {
    const { messages } = await countPanel();
    const isQuiet = messages === last;
    last = messages;
    await product.window.page.waitForTimeout(1000);
    return isQuiet;
  });
  return { nodes: await countNodes(), ...(await countPanel()), ...countReads() };
}

test('the panel opens with ten thousand images as it does with a hundred', async (context) => {
  const { page } = product.window;
  const few = await measureOpening(FEW);
  await hidePanel(product);
  keepImages(product.historyFolder, FEW, MANY);
  await page.reload();
  await page.locator('.tab.active[data-resource-name="welcome.md"]').waitFor();
  const many = await measureOpening(MANY);
  context.diagnostic(JSON.stringify({ few, many }));
  assert.ok(few.messages > 0 && many.messages > 0, 'the messages are counted');
  assert.ok(many.messages <= 8, `${many.messages} messages`);
  assert.ok(many.characters / many.messages <= 1.3 * (few.characters / few.messages), `${many.characters} characters after ${few.characters}`);
  assert.ok(many.nodes <= few.nodes + 20, `${many.nodes} nodes after ${few.nodes}`);
  assert.ok(many.records <= few.records + 10, `${many.records} records after ${few.records}`);
  assert.ok(many.bytes <= 1.2 * few.bytes, `${many.bytes} bytes after ${few.bytes}`);
  // On a disk that is mounted without these times, nothing can be counted.
  if (few.records > 0) assert.ok(few.records < FEW, 'not even all of the few are read');
});

test('End reaches the oldest, Home the newest, and both within as many nodes', async () => {
  await button(list(), `image number ${MANY - 1}`).focus();
  const { keyboard } = product.window.page;
  const nodes = await countNodes();
  for (const [key, number] of [['End', 0], ['Home', MANY - 1], ['End', 0]] as const) {
    await keyboard.press(key);
    const image = button(list(), `image number ${number}`);
    await image.locator('img').waitFor();
    await until('it has the focus', () => image.evaluate((element) => element === document.activeElement));
    const now = await countNodes();
    assert.ok(now <= nodes + 150, `${now} nodes after ${nodes}`);
  }
});

test('the search finds one of them', async () => {
  await panel.getByRole('searchbox', { name: 'Search history' }).fill('number 4711');
  await panel.getByText('1 image found', { exact: true }).waitFor();
  await button(list(), 'image number 4711').waitFor();
});
