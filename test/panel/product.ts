// Turns the packaged extension into a window with a stand-in behind it: what a test of the whole product begins with.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startStandIn, type StandIn, type StandInOptions } from '../endpoint/server.ts';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { laneVsCode } from '../vscode/lane.ts';
import { startVsCode, type VsCode, type VsCodeOptions } from '../vscode/server.ts';
import { launchBrowser, openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/workbench.ts';
import { copySample, type SampleWorkspace } from '../vscode/workspace.ts';
import { packCaller } from './caller.ts';
import { imageFailures } from './failureImages.ts';

/** How the product is started; each part has its own options. */
export interface ProductOptions {
  readonly standIn?: StandInOptions;
  /** Over the settings that every test has. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly window?: WorkbenchOptions;
  /** Makes more of the sample than is there, before a window shows it. */
  readonly prepare?: (workspace: SampleWorkspace, historyFolder: string) => void;
  /** Why this file cannot share its lane's VS Code, and what is other about its own. */
  readonly own?: Pick<VsCodeOptions, 'vsix' | 'builtIn'> & { readonly reason: string };
}

/** The product, running: the service, VS Code with the package in it, and one window. */
export interface Product {
  readonly standIn: StandIn;
  readonly vscode: VsCode;
  readonly workspace: SampleWorkspace;
  readonly window: Workbench;
  /** The extension's history folder, on this machine's disk. */
  readonly historyFolder: string;
  /** Ends every process and removes every folder. */
  stop(): Promise<void>;
}

/** A VS Code that is nobody else's. */
async function startOwn(workspace: string, settings: Readonly<Record<string, unknown>>, own: Partial<VsCodeOptions> = {}): Promise<VsCode> {
  const packed = mkdtempSync(join(tmpdir(), 'generate-image-caller-'));
  const vscode = await startVsCode({ workspace, vsix: [await vsixUnderTest(), packCaller(packed)], settings, isLean: true, ...own });
  rmSync(packed, { recursive: true, force: true });
  return vscode;
}

/** Starts the product: by default the sample workspace with `docs/welcome.md` open, the endpoint set, and no key asked. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const standIn = await startStandIn(options.standIn);
  const workspace = copySample();
  const ends: (() => Promise<void> | void)[] = [() => standIn.close(), () => workspace.remove()];
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const settings = { 'generateImage.endpoint': standIn.baseUrl, ...options.settings };
    const shared = options.own === undefined ? await laneVsCode(workspace.path, settings) : undefined;
    const vscode = shared ?? (await startOwn(workspace.path, settings, options.own));
    ends.push(() => vscode.stop());
    const historyFolder = `${vscode.userDataDir}/User/globalStorage/open-image-tools.generate-image`;
    mkdirSync(historyFolder, { recursive: true });
    options.prepare?.(workspace, historyFolder);
    const browser: Browser = await launchBrowser();
    ends.push(() => browser.close());
    const window = await openWorkbench(vscode, { file: workspace.document, browser, ...options.window });
    ends.push(() => window.close());
    imageFailures(window.context);
    window.page.setDefaultTimeout(20_000);
    // The window stands before it knows what is installed.
    await window.page.locator('.part.activitybar').getByRole('tab', { name: 'Generate Image' }).waitFor({ timeout: 90_000 });
    return { standIn, vscode, workspace, window, historyFolder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
