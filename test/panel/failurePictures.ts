// Turns a failed test into pictures of its windows: what they showed says more than that it waited in vain.
import { join } from 'node:path';
import { afterEach, type TestContext } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { ROOT } from '../vscode/codeServer.ts';

const open = new Set<BrowserContext>();

/** From now on each failed test of this file leaves pictures of this person's windows in `out/test/failures`. */
export function pictureFailures(context: BrowserContext): void {
  open.add(context);
  context.on('close', () => void open.delete(context));
}

/** Node tells this of a test that ended; its types do not know it yet. */
type Ended = TestContext & { readonly passed: boolean };

async function takePictures(context: unknown): Promise<void> {
  const { name, passed } = context as Ended;
  if (passed) return;
  const pages = [...open].flatMap((one) => one.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(ROOT, 'out', 'test', 'failures', `${name.replace(/\W+/g, '-').slice(0, 60)}-${index + 1}.png`);
    await page.screenshot({ path, timeout: 5000 }).catch(() => undefined);
  }
}

// A script that is no test must not become one.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) afterEach(takePictures);
