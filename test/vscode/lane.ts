// Turns one VS Code and one browser into what test files use one after the other, each as if both were new.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { endExtensionHosts } from './extensionHosts.ts';
import { startVsCode, writeUserSettings, type VsCode } from './server.ts';
import { browserOptions } from './workbench.ts';

/** Names the lane to the test files that run in it. */
const VARIABLE = 'GENERATE_IMAGE_LANE';

/** What a file needs to know of its lane. */
interface Lane {
  readonly vscode: Omit<VsCode, 'stop'>;
  readonly browser: string;
}

/** A VS Code without a window, and a browser without a page. */
export interface RunningLane {
  /** For the environment of the test files. */
  readonly env: Readonly<Record<string, string>>;
  stop(this: void): Promise<void>;
}

/** Starts both; the extensions of `extensionsDir` are in it. */
export async function startLane(extensionsDir: string): Promise<RunningLane> {
  const workspace = mkdtempSync(join(tmpdir(), 'generate-image-none-'));
  const [{ stop, ...vscode }, browser] = await Promise.all([startVsCode({ workspace, extensionsDir, isLean: true }), chromium.launchServer(browserOptions())]);
  const lane: Lane = { vscode, browser: browser.wsEndpoint() };
  return {
    env: { [VARIABLE]: JSON.stringify(lane) },
    async stop() {
      await Promise.all([browser.close(), stop()]);
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}

function currentLane(): Lane | undefined {
  const text = process.env[VARIABLE];
  return text === undefined ? undefined : (JSON.parse(text) as Lane);
}

/** The address of the lane's browser; undefined if this file runs by itself. */
export function laneBrowser(): string | undefined {
  return currentLane()?.browser;
}

/** The lane's VS Code as if it were new: no window, no history, these settings. Undefined if this file runs by itself. */
export async function laneVsCode(workspace: string, settings: Readonly<Record<string, unknown>>): Promise<VsCode | undefined> {
  const lane = currentLane();
  if (lane === undefined) return undefined;
  const { vscode } = lane;
  // What the last file's windows ran must not write into this one's history.
  const clear = async (): Promise<void> => {
    await endExtensionHosts(vscode);
    rmSync(join(vscode.userDataDir, 'User', 'globalStorage'), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  await clear();
  writeUserSettings(vscode.userDataDir, settings);
  return { ...vscode, workspace, stop: clear };
}
