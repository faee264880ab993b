// Opens a window on a workspace of several folders, and answers for it that VS Code knows them.
import type { Page } from 'playwright-core';
import type { VsCode } from './server.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

const MOST_LOADS = 4;

/** Whether the path above the open document begins with its folder by now: while VS Code knows of none, it begins at the disk's root. */
function knows(page: Page, folderName: string, timeout: number): Promise<boolean> {
  const first = page.locator('.editor-group-container.active .monaco-breadcrumb-item').first();
  return first.filter({ hasText: new RegExp(`^\\s*${folderName}\\s*$`) }).waitFor({ timeout }).then(() => true, () => false);
}

/**
 * Opens the `.code-workspace` file with a document of its folder `folderName`.
 *
 * In a browser, VS Code reads that file while the window starts. On a busy machine about one window in thirty misses the
 * answer, and says from then on that no folder was added to the workspace. What was read is in its cache, so that it knows
 * the folders once a person loads the window again.
 */
export async function openWorkspaceFile(vscode: VsCode, folderName: string, options: WorkbenchOptions & { readonly folder: string; readonly file: string }): Promise<Workbench> {
  const window = await openWorkbench(vscode, options);
  // Longer each time: a machine with much to do needs it.
  for (let loads = 1; !(await knows(window.page, folderName, 10_000 * loads)); loads += 1) {
    if (loads === MOST_LOADS) throw new Error(`VS Code does not know the folder ${folderName} of ${options.folder}`);
    await window.page.reload();
  }
  return window;
}
