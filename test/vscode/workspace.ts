// Turns the sample documents into a folder of its own that a test, or a person trying things out, may change.
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A throw-away copy of `test/vscode/sample`. */
export interface SampleWorkspace {
  /** Absolute path of the folder. */
  readonly path: string;
  /** Absolute path of `docs/welcome.md` in it. */
  readonly document: string;
  remove(): void;
}

/** Copies the sample into a fresh temporary folder. */
export function copySample(): SampleWorkspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'generate-image-workspace-')));
  const path = join(folder, 'sample');
  cpSync(join(import.meta.dirname, 'sample'), path, { recursive: true });
  return { path, document: join(path, 'docs', 'welcome.md'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
