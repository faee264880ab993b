// Installs servers of others from the npm registry into a folder of their own, and starts one of them on loopback.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Pinned: what they say is what the checks expect. */
export const VERSIONS = { '@copilotkit/aimock': '1.43.0', '@portkey-ai/gateway': '1.15.2', '@stoplight/prism-cli': '5.16.0' } as const;

const PATIENCE_MS = 60_000;

/** The folder whose `node_modules` holds them; installed once for each set of versions, about 100 MB. */
export function installServers(): string {
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
  const folder = join(tmpdir(), `generate-image-servers-${packages.join('+').replace(/[^\w.-]+/g, '-')}`);
  if (existsSync(join(folder, 'whole'))) return folder;
  mkdirSync(folder, { recursive: true });
  console.log(`Installing ${packages.join(', ')}…`);
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--prefix', folder, ...packages], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) throw new Error('npm could not install the servers; what it said is above.');
  mkdirSync(join(folder, 'whole'));
  return folder;
}

export interface ForeignServer {
  origin: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a script of theirs; `argumentsFor` makes its arguments of the free port that it is to listen on. Resolves once it answers. */
export async function startServer(folder: string, script: string, argumentsFor: (port: number) => string[]): Promise<ForeignServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(folder, 'node_modules', script), ...argumentsFor(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill();
    await gone;
  };
  const untilMs = Date.now() + PATIENCE_MS;
  while (!(await fetch(origin).then(() => true, () => false))) {
    if (child.exitCode !== null || Date.now() > untilMs) {
      await stop();
      throw new Error(`${script} did not start.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { origin, [Symbol.asyncDispose]: stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
