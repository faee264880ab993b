// Opens the page in a real browser with a host that answers as the real one does.
import type { Browser, BrowserContext, Page, ViewportSize } from 'playwright-core';
import type { Intent } from '../../../src/protocol/intent.ts';
import { parseIntent } from '../../../src/protocol/intent.ts';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { NOW_MS, sampleDays, sampleImage } from './snapshots.ts';

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** What the page posted, oldest first; a message that is no intent is an error. */
  intents: Intent[];
  /** Uncaught errors and refusals by the content security policy. */
  errors: string[];
  ofType: <T extends Intent['type']>(type: T) => Extract<Intent, { type: T }>[];
  /** Sends the page a snapshot, and is done when it is drawn. */
  push: (snapshot: Snapshot) => Promise<void>;
  /** From now on the host hears and does not answer; `push` goes on. */
  silenceHost: () => void;
}

export interface PageSize {
  widthPx?: number;
  heightPx?: number;
}

export interface TabOptions {
  /** Zoom: 2 halves the width that the page sees. */
  scale?: number;
  /** Stops the page's clock, so that elapsed times are the same in each image. */
  isTimeFixed?: boolean;
}

/** A tab of the browser, which shows one page after another. */
export interface Tab {
  /** The page anew, after the host's first answer; it answers `ready` with the newest snapshot and `history` with a range. */
  open(this: void, url: string, first: Snapshot, size?: PageSize): Promise<OpenPage>;
  close(this: void): Promise<void>;
}

/** What one page said, and what its host says next. */
interface Visit extends Pick<OpenPage, 'intents' | 'errors'> {
  readonly number: number;
  current: Snapshot;
  isSilent: boolean;
}

export async function openTab(browser: Browser, { scale = 1, isTimeFixed = false }: TabOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: viewportOf({}, scale), deviceScaleFactor: scale });
  const page = await context.newPage();
  let visit: Visit | undefined;
  let visits = 0;
  const push = async (snapshot: Snapshot): Promise<void> => {
    if (visit) visit.current = snapshot;
    await page.evaluate(sendMessage, snapshot);
  };
  page.on('pageerror', (error) => visit?.errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') visit?.errors.push(message.text());
  });
  await page.exposeFunction('hostReceives', async (from: string, message: unknown) => {
    // What a page said too late is no word of the next one.
    if (!visit || from !== String(visit.number)) return;
    const intent = parseIntent(message);
    if (!intent) {
      visit.errors.push(`No intent: ${JSON.stringify(message)}`);
      return;
    }
    visit.intents.push(intent);
    if (visit.isSilent) return;
    if (intent.type === 'ready') await push(visit.current);
    if (intent.type === 'history') await push(answerHistory(visit.current, intent));
  });
  if (isTimeFixed) await page.clock.setFixedTime(NOW_MS);
  return {
    async open(url, first, size = {}) {
      const opened: Visit = { number: ++visits, intents: [], errors: [], current: first, isSilent: false };
      const { intents, errors, number } = (visit = opened);
      // A mouse that rests where the last page left it would be in this one.
      await page.mouse.move(-1, -1);
      const viewport = viewportOf(size, scale);
      if (page.viewportSize()?.width !== viewport.width || page.viewportSize()?.height !== viewport.height) await page.setViewportSize(viewport);
      await page.goto(`${url}&visit=${number}`);
      await page.waitForSelector('main');
      return { page, context, intents, errors, push, silenceHost: () => void (opened.isSilent = true), ofType: (type) => intents.filter((intent) => intent.type === type) as never };
    },
    close: () => context.close(),
  };
}

/** In the page, which draws each message as it comes, and gets them in their order: if the mark is there, the message is drawn. */
function sendMessage(message: unknown): Promise<void> {
  return new Promise((resolve) => {
    const mark = crypto.randomUUID();
    window.addEventListener('message', function receive({ data }) {
      if (data !== mark) return;
      window.removeEventListener('message', receive);
      resolve();
    });
    window.postMessage(message);
    window.postMessage(mark);
  });
}

const viewportOf = ({ widthPx = 300, heightPx = 800 }: PageSize, scale: number): ViewportSize => ({ width: Math.round(widthPx / scale), height: Math.round(heightPx / scale) });

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
