// Opens the page in a real browser with a host that answers as the real one does.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Intent } from '../../../src/protocol/intent.ts';
import { parseIntent } from '../../../src/protocol/intent.ts';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { launchBrowser } from '../../vscode/workbench.ts';
import { NOW_MS, sampleDays, sampleImage } from './snapshots.ts';

/** The browser of this file's lane; else one of its own. */
export const openBrowser = (): Promise<Browser> => launchBrowser();

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** What the page posted, oldest first; a message that is no intent is an error. */
  intents: Intent[];
  /** Uncaught errors and refusals by the content security policy. */
  errors: string[];
  ofType: <T extends Intent['type']>(type: T) => Extract<Intent, { type: T }>[];
  push: (snapshot: Snapshot) => Promise<void>;
}

export interface OpenOptions {
  widthPx?: number;
  heightPx?: number;
  /** Zoom: 2 halves the width that the page sees. */
  scale?: number;
  /** Stops the page's clock, so that elapsed times are the same in each image. */
  isTimeFixed?: boolean;
}

/** The page after the host's first answer; it answers `ready` with the newest snapshot and `history` with a range. */
export async function openPage(browser: Browser, url: string, first: Snapshot, options: OpenOptions = {}): Promise<OpenPage> {
  const { widthPx = 300, heightPx = 800, scale = 1 } = options;
  const context = await browser.newContext({ viewport: { width: Math.round(widthPx / scale), height: Math.round(heightPx / scale) }, deviceScaleFactor: scale });
  const page = await context.newPage();
  const intents: Intent[] = [];
  const errors: string[] = [];
  let current = first;
  const push = async (snapshot: Snapshot): Promise<void> => {
    current = snapshot;
    await page.evaluate((message) => window.postMessage(message), snapshot);
  };
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.exposeFunction('hostReceives', async (message: unknown) => {
    const intent = parseIntent(message);
    if (!intent) {
      errors.push(`No intent: ${JSON.stringify(message)}`);
      return;
    }
    intents.push(intent);
    if (intent.type === 'ready') await push(current);
    if (intent.type === 'history') await push(answerHistory(current, intent));
  });
  if (options.isTimeFixed) await page.clock.setFixedTime(NOW_MS);
  await page.goto(url);
  await page.waitForSelector('main');
  return { page, context, intents, errors, push, ofType: (type) => intents.filter((intent) => intent.type === type) as never };
}

/** The snapshot with the range that was asked for; a query finds every image whose prompt holds it. */
export function answerHistory(snapshot: Snapshot, ask: Extract<Intent, { type: 'history' }>): Snapshot {
  const kept = snapshot.history.keptTotal;
  const places: number[] = [];
  for (let index = 0; index < kept; index++) {
    const image = sampleImage(index);
    if (image.prompt.includes(ask.query) && (!ask.starredOnly || image.starred)) places.push(index);
  }
  const isAll = places.length === kept;
  const history = {
    ...snapshot.history,
    query: ask.query,
    starredOnly: ask.starredOnly,
    total: places.length,
    days: isAll ? sampleDays(kept) : [],
    offset: ask.offset,
    items: places.slice(ask.offset, ask.offset + ask.count).map((index) => sampleImage(index)),
  };
  return { ...snapshot, revision: snapshot.revision + 1, history };
}
