// Turns a folder that a running VS Code writes into the files below it, as they are read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path and bytes of each file. What VS Code takes away in between is left out: it holds nothing any more. */
export function* readFilesBelow(folder: string): Generator<readonly [path: string, bytes: Buffer]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) yield* readFilesBelow(path);
      else if (entry.isFile()) yield [path, readFileSync(path)];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
