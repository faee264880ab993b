// Turns a failed test into images and words of its windows: what they showed says more than that it waited in vain.
import { join } from 'node:path';
import { afterEach, type TestContext } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { ROOT } from '../vscode/codeServer.ts';

const open = new Set<BrowserContext>();

/** From now on each failed test of this file leaves images of this person's windows in `out/test/failures`, and says what they said. */
export function imageFailures(context: BrowserContext): void {
  open.add(context);
  context.on('close', () => void open.delete(context));
}

/** Node tells this of a test that ended; its types do not know it yet. */
type Ended = TestContext & { readonly passed: boolean };

/** What asks for an answer or was told, which editor is in front, and what the panel says, one line each. */
async function readWindow(page: Page): Promise<string[]> {
  const shown = page.locator('.notification-list-item-message, .monaco-dialog-box, .quick-input-widget:visible, .editor-group-container.active .tab.active, .editor-group-container.active .view-lines');
  const texts = await shown.allInnerTexts();
  for (const frame of page.frames()) texts.push(...(await frame.locator('#app').allInnerTexts().catch(() => [])));
  return texts.map((text) => text.replace(/\s+/g, ' ').trim().slice(0, 600)).filter((text) => text !== '');
}

async function takeImages(context: unknown): Promise<void> {
  const { name, passed } = context as Ended;
  if (passed) return;
  const pages = [...open].flatMap((one) => one.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(ROOT, 'out', 'test', 'failures', `${name.replace(/\W+/g, '-').slice(0, 60)}-${index + 1}.png`);
    await page.screenshot({ path, timeout: 5000 }).catch(() => undefined);
    const lines = await Promise.race([readWindow(page), page.waitForTimeout(5000).then(() => [])]).catch(() => []);
    for (const line of lines) process.stderr.write(`    window ${index + 1} of “${name}”: ${line}\n`);
  }
}

// A script that is no test must not become one.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) afterEach(takeImages);
