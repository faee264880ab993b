// Turns "a browser of the Chromium family" into the path of one on this machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

function windowsPaths(): string[] {
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '').filter((root) => root !== '');
  return roots.flatMap((root) => ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((end) => join(root, end)));
}

/** The browser that CHROME_PATH names, else the first one in a usual place, else undefined. */
export function findBrowser(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  if (process.platform === 'darwin') return MAC.find((path) => existsSync(path));
  if (process.platform === 'win32') return windowsPaths().find((path) => existsSync(path));
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Like findBrowser, but installs Chromium where that can be done without asking: on Debian, as root.
 * @throws Error with one sentence where there is no browser and none can be installed.
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.env['CHROME_PATH'];
  if (mayInstall) {
    console.log('Installing Chromium from apt (once)…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const done = ['update -q', 'install -y -q chromium'].every((args) => spawnSync('apt-get', args.split(' '), { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0);
    const installed = done ? findBrowser() : undefined;
    if (installed !== undefined) return installed;
  }
  throw new Error('No browser of the Chromium family was found: install Chrome, Edge or Chromium, or name one in CHROME_PATH.');
}
