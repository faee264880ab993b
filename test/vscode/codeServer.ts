// Turns an npm package into a VS Code that runs here: installs code-server once, below .vscode-test.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The version of code-server, which is VS Code 1.139.1. */
export const CODE_SERVER_VERSION = '4.139.1';

/** The clone's own folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

const HOME = join(ROOT, '.vscode-test');
const FOLDER = `code-server-${CODE_SERVER_VERSION}`;
const PACKAGE = join('node_modules', 'code-server');
const ENTRY = join(PACKAGE, 'out', 'node', 'entry.js');
const run = promisify(execFile);

async function npmInstall(folder: string, ...args: string[]): Promise<void> {
  // An explicit prefix, for npm hands its own folder down to the scripts it runs.
  const all = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args];
  const cli = process.env['npm_execpath'];
  const [command, prefix] = cli?.endsWith('.js') === true ? [process.execPath, [cli]] : ['npm', []];
  await run(command, [...prefix, ...all], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function removeLeftovers(): void {
  for (const name of readdirSync(HOME)) {
    const pid = /^code-server-.*\.partial-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(HOME, name), { recursive: true, force: true });
  }
}

/**
 * The file that starts code-server under Node 24. Installs it first where it is missing: about half a minute and
 * 620 MB. An install that was broken off is begun again, for only a complete one gets the final name.
 * @throws Error with one sentence if it cannot be installed, or would not start from here.
 */
export async function ensureCodeServer(): Promise<string> {
  // Its own imports are bare paths, in which Node takes these characters for a URL’s.
  if (/[#?%]/.test(ROOT)) throw new Error(`VS Code (code-server) does not start below a folder with #, ? or % in its name: move this clone elsewhere (it is in ${ROOT}).`);
  const entry = join(HOME, FOLDER, ENTRY);
  if (existsSync(entry)) return entry;
  if (process.platform === 'win32') {
    throw new Error('The VS Code of the tests runs on Linux and macOS: use WSL here, or `npm run test:desktop`.');
  }
  console.log(`Installing VS Code (code-server ${CODE_SERVER_VERSION}, about a minute, once)…`);
  mkdirSync(HOME, { recursive: true });
  removeLeftovers();
  const partial = join(HOME, `${FOLDER}.partial-${process.pid}`);
  mkdirSync(partial, { recursive: true });
  try {
    writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
    await npmInstall(partial, '--save-exact', `code-server@${CODE_SERVER_VERSION}`);
    const vscode = join(partial, PACKAGE, 'lib', 'vscode');
    await npmInstall(vscode, '--omit=dev');
    await npmInstall(join(vscode, 'extensions'), '--omit=dev');
    if (existsSync(entry)) return entry;
    rmSync(join(HOME, FOLDER), { recursive: true, force: true });
    renameSync(partial, join(HOME, FOLDER));
    return entry;
  } catch (error) {
    throw new Error(`VS Code (code-server) could not be installed from npm: ${(error as Error).message}`, { cause: error });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
