// Turns paths of URIs (always `/`, `/c:/…` on Windows) into other such paths, as text alone.

const DRIVE = /^\/([A-Za-z]):(?=\/|$)/;

/** The path without empty and `.` segments, its `..` resolved; `..` at the top is dropped, as file systems do. */
export function normalizePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return '/' + segments.join('/');
}

/** `reference` read from the folder `folderPath`, or as it is when it starts with `/`. */
export function resolvePath(folderPath: string, reference: string): string {
  return normalizePath(reference.startsWith('/') ? reference : `${folderPath}/${reference}`);
}

/** The folder of a path: `/w/docs` for `/w/docs/a.md`; `/` for `/a.md`. */
export function folderOf(path: string): string {
  return normalizePath(path).replace(/\/[^/]*$/, '') || '/';
}

/** The last segment of a path: `a.md` for `/w/docs/a.md`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file name in two: `['a.b', '.md']`; a name that only starts with a dot has no ending. */
export function splitEnding(name: string): [stem: string, ending: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 && /[^.]/.test(name.slice(0, dot)) ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/** How to get from a folder to a path, `''` for itself; undefined when they are on different Windows drives. */
export function relativePath(fromFolder: string, toPath: string): string | undefined {
  const from = segmentsOf(fromFolder);
  const to = segmentsOf(toPath);
  const drive = driveOf(fromFolder);
  if (drive !== driveOf(toPath)) return undefined;
  let shared = 0;
  while (shared < from.length && shared < to.length && fold(from[shared], drive) === fold(to[shared], drive)) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/** The segments of `path` below `rootPath`, `[]` for the root itself; undefined when it is not inside. */
export function segmentsBelow(rootPath: string, path: string): string[] | undefined {
  const root = segmentsOf(rootPath);
  const segments = segmentsOf(path);
  const drive = driveOf(rootPath);
  return root.every((segment, index) => fold(segments[index], drive) === fold(segment, drive)) ? segments.slice(root.length) : undefined;
}

/** Windows tells no names apart by case, and VS Code may hand out a folder and a document in different ones. */
function fold(segment: string | undefined, drive: string): string | undefined {
  return drive === '' ? segment : segment?.toLowerCase();
}

function driveOf(path: string): string {
  return DRIVE.exec(path)?.[1]?.toLowerCase() ?? '';
}

function segmentsOf(path: string): string[] {
  const lowerDrive = normalizePath(path).replace(DRIVE, (drive) => drive.toLowerCase());
  return lowerDrive.split('/').filter((segment) => segment !== '');
}

/**
 * The path as Windows would read what was added to the folder `givenPath`, on every system: `\\` parts segments, and
 * `:` is in no folder's name. Undefined for a path that begins at a drive or a server of its own.
 */
export function readAsWindows(path: string, givenPath: string): string | undefined {
  const segments = normalizePath(path).split('/').slice(1);
  const given = normalizePath(givenPath).split('/').slice(1);
  let shared = 0;
  const drive = driveOf(path);
  while (shared < given.length && fold(given[shared], drive) === fold(segments[shared], drive)) shared++;
  const added = segments.slice(shared).join('/');
  // A folder that exists may have any name; a drive of the whole path is no addition.
  if (/^\\\\/.test(added) || (/(?:^|[\\/])[A-Za-z]:(?:[\\/]|$)/.test(added) && !(shared === 0 && DRIVE.test(path) && drive === driveOf(givenPath)))) return undefined;
  return normalizePath([...segments.slice(0, shared), ...added.split(/[\\/]/).map((name, index, all) => (index < all.length - 1 ? name.replaceAll(':', '-') : name))].join('/'));
}
