// Opens the page anew for each test, in one browser for the file, and holds that nothing went wrong in it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { openBrowser, openPage, type OpenOptions, type OpenPage } from './openPage.ts';
import { servePage, type PageServer, type ThemeName } from './server.ts';

export interface PageOptions extends OpenOptions {
  theme?: ThemeName;
  language?: string;
}

/** Opens the page on this snapshot, hands it to `run`, and closes it; an error in the page fails the test. */
export type WithPage = (first: Snapshot, run: (open: OpenPage) => Promise<void>, options?: PageOptions) => Promise<void>;

/** To be called once, at the top of a test file. */
export function usePages(): WithPage {
  let browser: Browser;
  let server: PageServer;
  before(async () => {
    [browser, server] = [await openBrowser(), await servePage()];
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  return async (first, run, { theme = 'dark', language, ...options } = {}) => {
    const open = await openPage(browser, server.url(theme, language), first, options);
    try {
      await run(open);
      assert.deepEqual(open.errors, []);
    } finally {
      await open.context.close();
    }
  };
}
