// Turns the system's temporary folder into one of this run's own, which goes away with the process.
import { mkdtempSync, readFileSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder that Linux keeps in memory for what processes share. */
const SHARED_MEMORY = '/dev/shm';
/** Many times what a whole run has there at once. */
const ROOM_BYTES = 3 * 1024 ** 3;

/** How a run's temporary folder is chosen. */
export interface TemporaryOptions {
  /** True for what writes and forgets very many files: they lie in memory, if this machine has a folder there and plenty of room. */
  readonly isBusy?: boolean;
}

/** False also if programs may not be run from there: tests write some and start them. */
function hasRoomInMemory(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const mount = readFileSync('/proc/mounts', 'utf8').split('\n').findLast((line) => line.split(' ')[1] === SHARED_MEMORY);
    const [, , type, flags] = mount?.split(' ') ?? [];
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    return type === 'tmpfs' && !/\b(noexec|ro)\b/.test(flags ?? '') && bavail * bsize > ROOM_BYTES && freemem() > 2 * ROOM_BYTES;
  } catch {
    return false;
  }
}

/** Points this process and its children to a fresh temporary folder. The name is short: sockets lie below it. A `TMPDIR` that is set is where it lies. */
export function useOwnTemporaryFolder({ isBusy = false }: TemporaryOptions = {}): string {
  const parent = isBusy && process.env['TMPDIR'] === undefined && hasRoomInMemory() ? SHARED_MEMORY : tmpdir();
  const folder = realpathSync(mkdtempSync(join(parent, 'gi-')));
  process.env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}
