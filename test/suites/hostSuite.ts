// Runs test/host inside a real VS Code, as one piece of work.
import { ensureBrowser } from '../vscode/browser.ts';
import { ensureCodeServer } from '../vscode/codeServer.ts';
import { vsixUnderTest } from './packageExtension.ts';
import type { Suite, SuiteResult } from './suite.ts';

async function runHost(): Promise<SuiteResult> {
  process.env['CHROME_PATH'] = ensureBrowser();
  await ensureCodeServer();
  const { runHostSuite } = await import('../vscode/runHostSuite.ts');
  return runHostSuite(await vsixUnderTest());
}

export const hostSuite: Suite = { name: 'host', works: () => [{ title: 'test/host', seconds: 150, run: runHost }] };
