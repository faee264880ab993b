// Turns a fresh clone into one that can run: checks Node, installs the packages, then hands over to the Node that they bring.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCRIPTS = { start: 'test/vscode/start.ts', test: 'test/run.ts', desktop: 'test/vscode/runDesktop.ts' };
const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Whether every package that the lock file demands is installed in its version, by npm's own record of a finished install. */
function packagesMatchLock() {
  const record = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(NODE)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    return path === '' || optional === true || devOptional === true || (path in installed && installed[path].version === version);
  });
}

function installPackages() {
  console.log('Installing packages (about a minute, once)…');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = process.env.npm_execpath;
  const done = cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], { cwd: ROOT, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) fail('npm could not install the packages; what it said is above.');
  // Where npm is told to run no install scripts, this one is run here: it fetches the binary of this machine's kind.
  if (!existsSync(NODE)) spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(ROOT, 'node_modules', 'node'), stdio: 'inherit' });
  if (!existsSync(NODE)) fail('The npm package "node" has no binary for this machine, and the tests need Node.js 24.');
}

/** Runs a script under the packages' own Node, passes signals on, and ends as the script ends. */
function handOver(script) {
  // The channel tells the script that this process is gone, however it went.
  const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', join(ROOT, script), ...process.argv.slice(3)], {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: BIN + delimiter + (process.env.PATH ?? '') },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm runs this through a shell, which dies of a signal without passing it on.
  const parent = process.ppid;
  const watch = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event !== undefined) setInterval(watch, 500);
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

const script = SCRIPTS[process.argv[2] ?? ''];
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`This project needs Node.js 20 or newer to begin with; this is ${process.versions.node}.`);
} else if (script === undefined) {
  fail(`Usage: node test/prepare.js ${Object.keys(SCRIPTS).join('|')}`);
} else {
  if (!packagesMatchLock()) installPackages();
  handOver(script);
}
