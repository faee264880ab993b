// Turns this machine into one that can show windows: browser, VS Code and the unpacked package, each made ready once.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packCaller } from '../panel/caller.ts';
import { ensureBrowser } from '../vscode/browser.ts';
import { ensureCodeServer } from '../vscode/codeServer.ts';
import { unpackExtensions } from '../vscode/extensionsFolder.ts';
import { startLane, type RunningLane } from '../vscode/lane.ts';
import { vsixUnderTest } from './packageExtension.ts';

/** Starts lanes, all with the same extensions. */
export class Windows {
  #ready: Promise<{ extensionsDir: string; env: Record<string, string> }> | undefined;

  async start(): Promise<RunningLane> {
    this.#ready ??= this.#prepare();
    const { extensionsDir, env } = await this.#ready;
    const lane = await startLane(extensionsDir);
    return { ...lane, env: { ...env, ...lane.env } };
  }

  async #prepare(): Promise<{ extensionsDir: string; env: Record<string, string> }> {
    const env = { CHROME_PATH: ensureBrowser(), GENERATE_IMAGE_VSIX: await vsixUnderTest() };
    process.env['CHROME_PATH'] = env.CHROME_PATH;
    await ensureCodeServer();
    const folder = mkdtempSync(join(tmpdir(), 'generate-image-extensions-'));
    const extensionsDir = join(folder, 'extensions');
    unpackExtensions([env.GENERATE_IMAGE_VSIX, packCaller(folder)], extensionsDir);
    return { extensionsDir, env };
  }
}
