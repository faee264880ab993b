// Brings to the host what agents need of Node: the door, the server's script, and other programs' configurations.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ConfigPlace, ServerCommand } from '../../agents/clients.ts';
import type { AgentPlatform } from '../../host/platform.ts';
import { placeServerScript } from './serverScript.ts';
import { openDoor } from './windowDoor.ts';

/** The first version of Node that the server runs in. */
const OLDEST_NODE = 20;

/**
 * @param extensionFolder absolute path of the folder that the extension is in
 * @param storageFolder absolute path of the folder that the extension may write to; its neighbours are other extensions'
 */
export function createAgentPlatform(extensionFolder: string, storageFolder: string, version: string): AgentPlatform {
  const folder = join(storageFolder, 'agents');
  const configPath = ({ base, path }: ConfigPlace): string => join(base === 'home' ? homedir() : dirname(storageFolder), ...path.split('/'));
  return {
    openDoor: (parts) => openDoor(folder, parts),
    async placeServer() {
      const script = await placeServerScript(join(extensionFolder, 'out', 'mcp.cjs'), folder, version);
      return serverCommand(script);
    },
    configPath,
    readConfig: (place) => readFile(configPath(place), 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }),
    writeConfig: (place, text) => replaceFile(configPath(place), text),
  };
}

/** An agent has a Node of its own as a rule; if none is on the path, this editor's own program serves as one. */
async function serverCommand(script: string): Promise<ServerCommand> {
  const version = await promisify(execFile)('node', ['--version'], { timeout: 5000, windowsHide: true }).then(({ stdout }) => /^v(\d+)\./.exec(stdout)?.[1], () => undefined);
  if (Number(version ?? 0) >= OLDEST_NODE) return { command: 'node', args: [script] };
  const isElectron = process.versions['electron'] !== undefined;
  return { command: process.execPath, args: [script], ...(isElectron && { env: { ELECTRON_RUN_AS_NODE: '1' } }) };
}

/** The whole file or nothing of it, with the rights that it had; a link stays one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then((there) => there.mode & 0o777, () => 0o600);
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode, flag: 'wx' });
  await rename(draft, target);
}
