// Turns the folder of a small extension into a .vsix, which is a zip file with the extension in one folder.
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const OPENER = join(import.meta.dirname, 'opener');

/** The extension that opens the panel and the sample; see `packExtension`. */
export function packOpener(folder: string): string {
  return packExtension(OPENER, folder);
}

/** Bundles `extension.ts` of `source`, writes the .vsix into `folder` and returns its path. */
export function packExtension(source: string, folder: string): string {
  const built = buildSync({
    entryPoints: [join(source, 'extension.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const [script] = built.outputFiles;
  if (script === undefined) throw new Error('esbuild built nothing.');
  const manifest = readFileSync(join(source, 'package.json'));
  const path = join(folder, `${basename(source)}.vsix`);
  writeFileSync(path, zipSync({ 'extension/package.json': manifest, 'extension/extension.cjs': script.contents }));
  return path;
}
