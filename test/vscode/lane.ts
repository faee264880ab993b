// Turns one VS Code into what test files use one after the other, each as if it were new.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endExtensionHosts } from './extensionHosts.ts';
import { startVsCode, writeUser, type VsCode } from './server.ts';

/** Names the lane to the test files that run in it. */
const VARIABLE = 'GENERATE_IMAGE_LANE';

/** What a file needs to know of its lane. */
type Lane = Omit<VsCode, 'stop'>;

/** A VS Code without a window. A browser is each file's own: one for all would need a go-between, which costs more than a start. */
export interface RunningLane {
  /** For the environment of the test files. */
  readonly env: Readonly<Record<string, string>>;
  stop(this: void): Promise<void>;
}

/** Starts it; the extensions of `extensionsDir` are in it. */
export async function startLane(extensionsDir: string): Promise<RunningLane> {
  const workspace = mkdtempSync(join(tmpdir(), 'generate-image-none-'));
  const { stop, ...lane } = await startVsCode({ workspace, extensionsDir, isLean: true });
  return {
    env: { [VARIABLE]: JSON.stringify(lane satisfies Lane) },
    async stop() {
      await stop();
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}

/** The lane's VS Code as if it were new: no window, no history, these settings, in English. Undefined if this file runs by itself. */
export async function laneVsCode(workspace: string, settings: Readonly<Record<string, unknown>>): Promise<VsCode | undefined> {
  const text = process.env[VARIABLE];
  if (text === undefined) return undefined;
  const vscode = JSON.parse(text) as Lane;
  // What the last file's windows ran must not write into this one's history.
  const clear = async (): Promise<void> => {
    await endExtensionHosts(vscode);
    rmSync(join(vscode.userDataDir, 'User', 'globalStorage'), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  await clear();
  writeUser(vscode.userDataDir, settings);
  return { ...vscode, workspace, stop: clear };
}
