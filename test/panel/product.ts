// Turns the packaged extension into a window with a stand-in behind it: what a test of the whole product begins with.
import { startStandIn, type StandIn, type StandInOptions } from '../endpoint/server.ts';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { startVsCode, type VsCode, type VsCodeOptions } from '../vscode/server.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/workbench.ts';
import { copySample, type SampleWorkspace } from '../vscode/workspace.ts';
import { imageFailures } from './failureImages.ts';

/** How the product is started; each part has its own options. */
export interface ProductOptions {
  readonly standIn?: StandInOptions;
  readonly vscode?: Partial<VsCodeOptions>;
  readonly window?: WorkbenchOptions;
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

/** Starts the product: by default the sample workspace with `docs/welcome.md` open, the endpoint set, and no key asked. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const standIn = await startStandIn(options.standIn);
  const workspace = copySample();
  const ends: (() => Promise<void> | void)[] = [() => standIn.close(), () => workspace.remove()];
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const settings = { 'generateImage.endpoint': standIn.baseUrl, ...options.vscode?.settings };
    const vscode = await startVsCode({ workspace: workspace.path, vsix: [vsixUnderTest()], ...options.vscode, settings });
    ends.push(() => vscode.stop());
    const window = await openWorkbench(vscode, { file: workspace.document, ...options.window });
    ends.push(() => window.close());
    imageFailures(window.context);
    window.page.setDefaultTimeout(20_000);
    // The window stands before it knows what is installed.
    await window.page.locator('.part.activitybar').getByRole('tab', { name: /Generate Image|生成图片/ }).waitFor({ timeout: 90_000 });
    const historyFolder = `${vscode.userDataDir}/User/globalStorage/open-image-tools.generate-image`;
    return { standIn, vscode, workspace, window, historyFolder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
