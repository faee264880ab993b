// Turns a wanted path into one that is still free: nothing is ever written over.
import { fitName } from './fileName.ts';
import { nameOf, splitEnding } from './posixPath.ts';

const MOST_TRIES = 10_000;

/**
 * The path itself, or the first of `name-1.png`, `name-2.png`, … for which `exists` says no; the file name stays
 * within 255 bytes. Names that differ in case alone are for `exists` to judge. Throws a `RangeError` after 10,000.
 */
export async function freePath(path: string, exists: (path: string) => Promise<boolean>): Promise<string> {
  const name = nameOf(path);
  const folder = path.slice(0, path.length - name.length);
  const [stem, ending] = splitEnding(name);
  for (let number = 0; number < MOST_TRIES; number++) {
    const candidate = folder + fitName(stem, number === 0 ? '' : `-${number}`, ending);
    if (!(await exists(candidate))) return candidate;
  }
  throw new RangeError(`No free name for ${path}`);
}
