// Turns .vsix files into a folder of installed extensions, as VS Code leaves one behind when it installs them itself.
import { unzipSync } from 'fflate';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  publisher: string;
  name: string;
  version: string;
}

/** Unpacks each file into `folder`, and lists them there; the folder is made if it is not there. */
export function unpackExtensions(files: readonly string[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const installed = files.map((file) => {
    const entries = Object.entries(unzipSync(readFileSync(file))).filter(([name]) => name.startsWith('extension/') && !name.endsWith('/'));
    const manifest = entries.find(([name]) => name === 'extension/package.json')?.[1];
    if (manifest === undefined) throw new Error(`${file} holds no extension.`);
    const { publisher, name, version } = JSON.parse(new TextDecoder().decode(manifest)) as Manifest;
    const relativeLocation = `${publisher}.${name}-${version}`;
    for (const [path, bytes] of entries) {
      const target = join(folder, relativeLocation, path.slice('extension/'.length));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
    const location = { $mid: 1, path: join(folder, relativeLocation), scheme: 'file' };
    return { identifier: { id: `${publisher}.${name}` }, version, location, relativeLocation, metadata: { installedTimestamp: 0, pinned: true, source: 'vsix' } };
  });
  writeFileSync(join(folder, 'extensions.json'), JSON.stringify(installed));
}
