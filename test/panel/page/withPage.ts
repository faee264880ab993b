// Opens the page anew for each test, in one browser for the file, and holds that nothing went wrong in it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { openBrowser, openTab, type OpenPage, type PageSize, type Tab, type TabOptions } from './openPage.ts';
import { servePage, type PageServer, type ThemeName } from './server.ts';

export interface PageOptions extends PageSize, TabOptions {
  theme?: ThemeName;
  language?: string;
}

/** Opens the page on this snapshot and hands it to `run`; an error in the page fails the test. */
export type WithPage = (first: Snapshot, run: (open: OpenPage) => Promise<void>, options?: PageOptions) => Promise<void>;

/** To be called once, at the top of a test file. */
export function usePages(): WithPage {
  let browser: Browser;
  let server: PageServer;
  /** A tab costs a process, which is more than all that most tests do in it: the next page comes into the same one. */
  const tabs = new Map<string, Tab>();
  before(async () => {
    [browser, server] = [await openBrowser(), await servePage()];
  });
  after(async () => {
    for (const tab of tabs.values()) await tab.close();
    await browser.close();
    await server.close();
  });
  return async (first, run, { theme = 'dark', language, widthPx, heightPx, ...options } = {}) => {
    const kind = JSON.stringify([options.scale, options.isTimeFixed]);
    const tab = tabs.get(kind) ?? (await openTab(browser, options));
    // Until this test has passed, nobody else is to have its tab: a key may be held down there.
    tabs.delete(kind);
    try {
      const open = await tab.open(server.url(theme, language), first, { ...(widthPx !== undefined && { widthPx }), ...(heightPx !== undefined && { heightPx }) });
      await run(open);
      assert.deepEqual(open.errors, []);
      tabs.set(kind, tab);
    } finally {
      if (!tabs.has(kind)) await tab.close();
    }
  };
}
