// Turns test/host into one run inside a real VS Code that has the packaged extension installed, and its result.
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostSuiteResult } from '../host/index.ts';
import { startStandIn } from '../endpoint/server.ts';
import { bundleHostSuite } from './hostBundle.ts';
import { startVsCode } from './server.ts';
import { controlWindow } from './windowControl.ts';
import { openWorkbench } from './workbench.ts';
import { copySample } from './workspace.ts';

const LONGEST_MS = 600_000;

/** Nobody looks at this window: what it would draw, watch or work out for a person takes time from the tests. */
const UNSEEN = {
  'breadcrumbs.enabled': false,
  'editor.bracketPairColorization.enabled': false,
  'editor.codeLens': false,
  'editor.colorDecorators': false,
  'editor.cursorBlinking': 'solid',
  'editor.folding': false,
  'editor.guides.indentation': false,
  'editor.inlayHints.enabled': 'off',
  'editor.lightbulb.enabled': 'off',
  'editor.links': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.selectionHighlight': false,
  'editor.semanticHighlighting.enabled': false,
  'editor.stickyScroll.enabled': false,
  'files.hotExit': 'off',
  'workbench.activityBar.location': 'hidden',
  'workbench.colorTheme': 'Default Light+',
  'workbench.iconTheme': null,
  'workbench.localHistory.enabled': false,
  'workbench.reduceMotion': 'on',
};
/** They run in browsers, too: if the server has none of these, VS Code looks for them there, and tells a suite that they are not found. */
const BUILT_IN = [
  'emmet', 'extension-editing', 'git-base', 'github-authentication', 'merge-conflict', 'mermaid-markdown-features', 'ms-vscode.vscode-js-profile-table', 'npm', 'references-view',
  'simple-browser', 'typescript-language-features',
];
/** Large enough for a question with its rows. */
const VIEWPORT = { width: 640, height: 480 };

/** Where the empty extension lies that VS Code runs a suite beside. */
export const DRIVER = join(import.meta.dirname, 'driver');

/** What a suite finds in its environment: the stand-in's address and where the result goes. */
export interface HostSuiteEnvironment extends Record<string, string> {
  readonly STAND_IN_URL: string;
  readonly HOST_SUITE_RESULT: string;
}

/** Starts the stand-in, hands `inside` the environment of the suite, and reads what the suite wrote there. */
export async function withHostSuite(inside: (env: HostSuiteEnvironment, tests: string) => Promise<string>): Promise<HostSuiteResult> {
  const tests = await bundleHostSuite();
  const folder = mkdtempSync(join(tmpdir(), 'generate-image-result-'));
  const result = join(folder, 'result.json');
  const standIn = await startStandIn();
  try {
    const output = await inside({ STAND_IN_URL: standIn.baseUrl, HOST_SUITE_RESULT: result }, tests);
    if (!existsSync(result)) return { passed: 0, failed: 1, failures: [{ title: 'the suite ends and says how', message: output.slice(-4000) }], files: [] };
    return JSON.parse(readFileSync(result, 'utf8')) as HostSuiteResult;
  } finally {
    await standIn.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs test/host in the VS Code of the tests. Set HOST_SUITE_ONLY to run only the tests whose title holds it. */
export async function runHostSuite(vsix: string): Promise<HostSuiteResult> {
  return withHostSuite(async (env, tests) => {
    const workspace = copySample();
    const settings = { ...UNSEEN, 'generateImage.endpoint': env.STAND_IN_URL };
    const window = await controlWindow();
    const vscode = await startVsCode({ workspace: workspace.path, vsix: [vsix], env: { ...env, WINDOW_URL: window.url }, settings, isLean: true, builtIn: BUILT_IN, runsSuite: true });
    const output: string[] = [];
    const ended = new AbortController();
    const tooLong = AbortSignal.timeout(LONGEST_MS);
    tooLong.addEventListener('abort', () => {
      output.push(`The suite did not end within ${LONGEST_MS / 1000} s.`);
      ended.abort();
    });
    try {
      const remote = `vscode-remote://localhost:${vscode.port}`;
      const expose = {
        codeAutomationLog: (_type: string, args: readonly unknown[]) => void output.push(args.map(String).join(' ')),
        codeAutomationExit: () => ended.abort(),
      };
      const payload: [string, string][] = [
        ['extensionDevelopmentPath', remote + DRIVER],
        ['extensionTestsPath', remote + tests],
      ];
      const workbench = await openWorkbench(vscode, { payload, expose, viewport: VIEWPORT });
      window.hand(workbench.page);
      if (!ended.signal.aborted) await once(ended.signal, 'abort');
      await workbench.close();
    } finally {
      await vscode.stop();
      await window.close();
      workspace.remove();
    }
    return output.join('\n');
  });
}
