// Judges the text that a service put where an image's address belongs.

/** The server names a file of its own disk. */
export const ON_SERVER = Symbol('a file on the server');

/** Folders that are at the top of a disk, and of no web server. */
const DISK_FOLDERS = /^\/(root|home|tmp|var|usr|opt|mnt|private|Users|Volumes|workspace|run|dev)\//;
const DISK_PATHS = /^([a-z]:[\\/]|\\\\|file:|~[\\/])/i;

/**
 * The full address of an image: a relative one is resolved against `base`, the address that was asked. `ON_SERVER` if
 * only the server itself can read it: a path of its disk, or storage that speaks no HTTP. Undefined for what is neither.
 */
export function imageAddress(text: string, base: string | undefined): string | typeof ON_SERVER | undefined {
  const address = text.trim();
  if (DISK_FOLDERS.test(address) || DISK_PATHS.test(address)) return ON_SERVER;
  if (/^https?:\/\//i.test(address)) return URL.canParse(address) ? address : undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return ON_SERVER;
  if (base === undefined || address === '' || /\s/.test(address) || !/[/.]/.test(address) || !URL.canParse(address, base)) return undefined;
  const resolved = new URL(address, base);
  return /^https?:$/.test(resolved.protocol) ? resolved.href : undefined;
}
