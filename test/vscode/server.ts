// Turns a folder and some settings into a running VS Code on loopback: its server half, to be opened in a browser.
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkBuiltInExtensions } from './builtInExtensions.ts';
import { CODE_SERVER_VERSION, ensureCodeServer } from './codeServer.ts';
import { unpackExtensions } from './extensionsFolder.ts';
import { startProcessGroup, type ProcessGroup } from './processGroup.ts';

/** What a VS Code is started with; every folder that is not named is fresh and goes away with `stop`. */
export interface VsCodeOptions {
  /** The folder that a window at the bare address opens. */
  readonly workspace: string;
  /** Files whose extensions are there from the start. */
  readonly vsix?: readonly string[];
  /** A folder with extensions in it already, instead of `vsix`. */
  readonly extensionsDir?: string;
  readonly userDataDir?: string;
  /** True for a VS Code without its own extensions that have nothing to do with documents and images: windows come sooner. */
  readonly isLean?: boolean;
  /** Of VS Code's own extensions, those that a lean one has all the same. */
  readonly builtIn?: readonly string[];
  /** Lets a window run a suite inside itself; VS Code then shows no notification toasts, so leave it out to drive it as a person. */
  readonly runsSuite?: boolean;
  /** User settings, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code. */
export interface VsCode {
  /** `http://localhost:PORT`. */
  readonly url: string;
  readonly port: number;
  readonly workspace: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** VS Code's logs: the extension host's and the extension's own lie below. */
  readonly logsDir: string;
  /** Ends every process and removes the fresh folders. */
  stop(this: void): Promise<void>;
}

/** Settings that keep VS Code from talking about itself or to the network. */
const QUIET = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  // Else a high-contrast theme is taken back where the system itself shows none.
  'window.autoDetectHighContrast': false,
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  // If it is true, a workspace opens in Restricted Mode.
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
  'remote.autoForwardPorts': false,
  // Else each extension host lists the sockets of all processes every two seconds.
  'remote.autoForwardPortsSource': 'output',
  'typescript.disableAutomaticTypeAcquisition': true,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  // Each reads some ninety grammars once more.
  'editor.experimental.asyncTokenization': false,
  'extensions.webWorker': false,
};

/** These are all the user's settings from now on, over the quiet ones, and this is the display language of the windows that open from now on: English if it is left out. */
export function writeUser(userDataDir: string, settings: Readonly<Record<string, unknown>>, locale?: string): void {
  const user = join(userDataDir, 'User');
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, undefined, 2));
  // The server reads it for each window.
  writeFileSync(join(user, 'argv.json'), JSON.stringify({ locale: locale ?? 'en' }));
  if (locale !== undefined) writeLanguagePack(userDataDir, locale);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** VS Code takes the display language only with a language pack: this is an empty one. */
function writeLanguagePack(userDataDir: string, locale: string): void {
  const translations = join(userDataDir, `${locale}.json`);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 't.t' }, version: '1.0.0' }];
  const packs = { [locale]: { hash: 't', label: locale, extensions, translations: { vscode: translations } } };
  writeFileSync(join(userDataDir, 'languagepacks.json'), JSON.stringify(packs));
}

async function waitUntilListening(group: ProcessGroup, url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (group.process.exitCode === null && group.process.pid !== undefined && Date.now() < deadline) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`VS Code did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}

/** The environment of a VS Code at home in this folder: ours, without what is about npm, another VS Code or a test. */
export function environment(home: string, extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|XDG_|NODE_OPTIONS$|NODE_CHANNEL|NODE_TEST_CONTEXT$|PORT$|PASSWORD$)/i.test(name));
  return { ...Object.fromEntries(kept), HOME: home, CODE_SERVER_VERSION, ...extra };
}

/** Starts a VS Code on a free port of 127.0.0.1 and waits until it listens. Its home folder is a fresh one, too. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const entry = await ensureCodeServer();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'generate-image-vscode-')));
  const { userDataDir = join(folder, 'data'), extensionsDir = join(folder, 'extensions') } = options;
  const [home, config, logFile] = [join(folder, 'home'), join(folder, 'config.yaml'), join(folder, 'server.log')];
  for (const path of [join(userDataDir, 'User'), extensionsDir, home]) mkdirSync(path, { recursive: true });
  writeFileSync(config, '');
  writeUser(userDataDir, options.settings ?? {});
  const env = environment(home, options.env ?? {});
  const folders = ['--config', config, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
  if (options.vsix !== undefined) unpackExtensions(options.vsix, extensionsDir);
  const port = await freePort();
  const args = [entry, ...folders, '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check'];
  args.push('--disable-getting-started-override');
  if (options.isLean === true) {
    const builtIn = join(folder, 'built-in');
    linkBuiltInExtensions(entry, builtIn, options.builtIn);
    args.push('--vscode-option', `builtin-extensions-dir=${builtIn}`);
  }
  if (options.runsSuite === true) args.push('--vscode-option', 'enable-smoke-test-driver');
  args.push(options.workspace);
  const log = createWriteStream(logFile);
  const group = startProcessGroup(process.execPath, args, env, log);
  const url = `http://localhost:${port}`;
  const stop = async (): Promise<void> => {
    await group.stop();
    log.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    await waitUntilListening(group, url, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, workspace: options.workspace, userDataDir, extensionsDir, logsDir: join(userDataDir, 'logs'), stop };
}
