// Lets a suite inside VS Code see the window it runs in, and press keys there: a small loopback server for the page.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** One request: the visible texts of a CSS selector, a key, text, or a click. Answers `string[]`, empty but for `texts`. */
export type WindowStep =
  | { do: 'texts'; selector: string }
  | { do: 'press'; key: string }
  | { do: 'type'; text: string }
  | { do: 'click'; selector: string };

export interface WindowControl {
  readonly url: string;
  /** Requests wait until the page is handed over. */
  hand(page: Page): void;
  close(): Promise<void>;
}

/** Starts on a free port of loopback. */
export async function controlWindow(): Promise<WindowControl> {
  const { promise, resolve: hand } = Promise.withResolvers<Page>();
  const server = createServer((request, response) => void answer(request, response, promise));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hand,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, page: Promise<Page>): Promise<void> {
  try {
    const step = JSON.parse(Buffer.concat((await request.toArray()) as Buffer[]).toString()) as WindowStep;
    response.end(JSON.stringify(await take(step, await page)));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

/** Runs in the page: asked for again and again, so it is one question. */
function visibleTexts(selector: string): string[] {
  const isVisible = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0 && element.getBoundingClientRect().height > 0;
  return Array.from(document.querySelectorAll<HTMLElement>(selector)).filter(isVisible).map((element) => element.innerText);
}

async function take(step: WindowStep, page: Page): Promise<string[]> {
  switch (step.do) {
    case 'texts':
      return page.evaluate(visibleTexts, step.selector);
    case 'press':
      await page.keyboard.press(step.key);
      return [];
    case 'type':
      await page.keyboard.type(step.text);
      return [];
    case 'click':
      await page.locator(step.selector).first().click({ timeout: 5000 });
      return [];
  }
}
