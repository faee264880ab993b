// Turns the system's temporary folder into one of this run's own, which goes away with the process.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Points this process and its children to a fresh temporary folder. The name is short: sockets lie below it. */
export function useOwnTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gi-')));
  process.env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}
