// Turns a clone into something to try: a VS Code in the browser with the extension, a sample document and a stand-in for the service.
import { spawn } from 'node:child_process';
import { startStandIn } from '../endpoint/server.ts';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { ensureCodeServer } from './codeServer.ts';
import { packOpener } from './packOpener.ts';
import { startVsCode } from './server.ts';
import { useOwnTemporaryFolder } from './temporary.ts';
import { copySample } from './workspace.ts';

/** Long enough to see how the waiting looks. */
const DELAY_MS = 3000;

function openInBrowser(url: string): void {
  const hasDisplay = process.platform === 'darwin' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasDisplay || !process.stdout.isTTY) return;
  const child = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function describe(url: string, standIn: string): string {
  return `
Open this address in your browser:

    ${url}/

Write a prompt in the panel, press Generate, then Insert.

The images come from a stand-in on this machine (${standIn}), which needs no key, no network and no
money. This VS Code answers only on loopback and is for trying things out: everything in it is gone when it stops,
and a real key does not belong here. For a real endpoint use your own VS Code: install generate-image.vsix there
(Extensions: Install from VSIX…), set generateImage.endpoint to your service's base URL, and run
"Image Generator: Set API Key".

Ctrl+C stops it.
`;
}

const folder = useOwnTemporaryFolder();
const parts: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

function stop(): void {
  stopping ??= Promise.allSettled(parts.map((end) => end())).then(() => process.exit(0));
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
process.once('disconnect', stop);

try {
  await ensureCodeServer();
  console.log('Packaging the extension…');
  const vsix = [await vsixUnderTest(), packOpener(folder)];
  const standIn = await startStandIn({ delayMs: DELAY_MS });
  parts.push(() => standIn.close());
  console.log('Starting VS Code…');
  const workspace = copySample();
  const vscode = await startVsCode({ workspace: workspace.path, vsix, settings: { 'generateImage.endpoint': standIn.baseUrl } });
  parts.push(() => vscode.stop());
  console.log(describe(vscode.url, standIn.baseUrl));
  openInBrowser(vscode.url);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
