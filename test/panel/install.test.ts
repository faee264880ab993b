// VS Code itself installs the packaged file, and leaves the same behind as the tests do when they unpack it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { ensureCodeServer } from '../vscode/codeServer.ts';
import { unpackExtensions } from '../vscode/extensionsFolder.ts';
import { environment } from '../vscode/server.ts';

/** What VS Code adds to each extension that it installs. */
const ADDED = /\.vsixmanifest$/;

function filesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).filter((path) => !ADDED.test(path)).sort();
}

const listed = (folder: string): { id: string; version: string; relativeLocation: string }[] =>
  (JSON.parse(readFileSync(join(folder, 'extensions.json'), 'utf8')) as { identifier: { id: string }; version: string; relativeLocation: string }[])
    .map(({ identifier: { id }, version, relativeLocation }) => ({ id, version, relativeLocation }));

test('the packaged file is installed as it is unpacked here', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'generate-image-install-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [installed, unpacked, config] = ['installed', 'unpacked', 'config.yaml'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(config, '');
  const [entry, vsix] = [await ensureCodeServer(), await vsixUnderTest()];
  const args = [entry, '--config', config, '--user-data-dir', join(folder, 'data'), '--extensions-dir', installed, '--install-extension', vsix];
  await promisify(execFile)(process.execPath, args, { env: environment(folder, {}), cwd: dirname(entry) });
  unpackExtensions([vsix], unpacked);
  assert.deepEqual(filesOf(unpacked), filesOf(installed));
  assert.deepEqual(listed(unpacked), listed(installed));
});
