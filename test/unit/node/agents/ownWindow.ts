// A window for tests of the agents' server: the built script in a folder of its own, and a door whose calls the test answers.
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Door, DoorCall } from '../../../../src/agents/door.ts';
import { openDoor } from '../../../../src/node/agents/windowDoor.ts';
import { placeServerScript } from '../../../../src/node/agents/serverScript.ts';
import type { ToolAnswer } from '../../../../src/agents/mcpServer.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

export interface OwnWindow {
  /** The folder that the window has open. */
  readonly workspace: string;
  /** The folder with the server's script. */
  readonly folder: string;
  readonly script: string;
  openDoor(windowId: string, handle: (call: DoorCall) => Promise<ToolAnswer>, folders?: readonly string[]): Promise<Door>;
  /** The official client, connected to a server of its own; `cwd` is the workspace by default. */
  connect(cwd?: string, roots?: readonly string[]): Promise<Client>;
  remove(): void;
}

export async function makeOwnWindow(version = '1.2.3'): Promise<OwnWindow> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'generate-image-agents-')));
  const [workspace, folder, built] = [join(home, 'work space'), join(home, 'agents'), join(home, 'built.cjs')];
  mkdirSync(workspace);
  await build({ entryPoints: [join(ROOT, 'src/node/agents/mcp.ts')], outfile: built, bundle: true, platform: 'node', format: 'cjs', target: 'node20', define: { VERSION: JSON.stringify(version) }, logLevel: 'error' });
  const script = await placeServerScript(built, folder, version);
  return {
    workspace,
    folder,
    script,
    openDoor: (windowId, handle, folders = [workspace]) => openDoor(folder, { windowId, version, folders: () => folders, now: () => Date.now(), handle }),
    async connect(cwd = workspace, roots) {
      const client = new Client({ name: 'test agent', version: '9' }, { capabilities: roots ? { roots: {} } : {} });
      if (roots) {
        const { ListRootsRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
        client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: roots.map((uri) => ({ uri })) }));
      }
      await client.connect(new StdioClientTransport({ command: process.execPath, args: [script], cwd }));
      return client;
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
