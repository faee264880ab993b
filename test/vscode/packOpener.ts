// Turns the opener's folder into a .vsix, which is a zip file with the extension in one folder.
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPENER = join(import.meta.dirname, 'opener');

/** Writes the .vsix into `folder` and returns its path. */
export function packOpener(folder: string): string {
  const built = buildSync({
    entryPoints: [join(OPENER, 'extension.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const [script] = built.outputFiles;
  if (script === undefined) throw new Error('esbuild built nothing.');
  const manifest = readFileSync(join(OPENER, 'package.json'));
  const path = join(folder, 'opener.vsix');
  writeFileSync(path, zipSync({ 'extension/package.json': manifest, 'extension/extension.cjs': script.contents }));
  return path;
}
