// Opens the page anew for each test, in one browser for all files of this process, and holds that nothing went wrong in it.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { openTab, type OpenPage, type PageSize, type Tab, type TabOptions } from './openPage.ts';
import { launchBrowser } from '../../vscode/workbench.ts';
import { servePage, type PageServer, type ThemeName } from './server.ts';

export interface PageOptions extends PageSize, TabOptions {
  theme?: ThemeName;
  language?: string;
}

/** Opens the page on this snapshot and hands it to `run`; an error in the page fails the test. */
export type WithPage = (first: Snapshot, run: (open: OpenPage) => Promise<void>, options?: PageOptions) => Promise<void>;

interface Place {
  readonly browser: Browser;
  readonly server: PageServer;
  /** By kind. A tab costs a process, which is more than all that most tests do in it: the next page comes into the same one. */
  readonly tabs: Map<string, Tab>;
}

let users = 0;
let place: Promise<Place> | undefined;

const findPlace = (): Promise<Place> => (place ??= Promise.all([launchBrowser(), servePage()]).then(([browser, server]) => ({ browser, server, tabs: new Map<string, Tab>() })));

/** The last file that uses it closes it. */
async function leavePlace(): Promise<void> {
  users--;
  if (users > 0 || place === undefined) return;
  const { browser, server } = await place;
  place = undefined;
  await browser.close();
  await server.close();
}

/** To be called once, at the top of a test file. */
export function usePages(): WithPage {
  users++;
  after(leavePlace);
  return async (first, run, { theme = 'dark', language, scale = 1, isTimeFixed = false, ...size } = {}) => {
    const { browser, server, tabs } = await findPlace();
    const kind = `${scale} ${isTimeFixed}`;
    const tab = tabs.get(kind) ?? (await openTab(browser, { scale, isTimeFixed }));
    // Only a test that passes hands its tab on: after another, a key may still be held down there.
    tabs.delete(kind);
    try {
      const open = await tab.open(server.url(theme, language), first, size);
      await run(open);
      assert.deepEqual(open.errors, []);
      tabs.set(kind, tab);
    } finally {
      if (!tabs.has(kind)) await tab.close();
    }
  };
}
