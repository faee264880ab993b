// Turns a path that an agent names into one below a workspace folder, or a sentence that says why it cannot be there.
import { checkTarget, type TargetProblem } from '../insert/targetPath.ts';
import { normalizePath, segmentsBelow, splitEnding, nameOf } from '../insert/posixPath.ts';
import type { Problem } from './toolArguments.ts';

/** For a model. */
export const NO_FOLDER = 'No folder is open in VS Code, so there is no place for a file. Ask the person to open the folder of the project.';

/** A workspace folder: its name on screen and its path as URIs write it. */
export interface WorkspaceRoot {
  readonly name: string;
  readonly path: string;
}

/** A path below a workspace folder, as URIs write it. */
export interface PathBelow {
  readonly root: WorkspaceRoot;
  readonly path: string;
}

/** Formats that a file can be asked for in, by ending. */
const ENDINGS: Readonly<Record<string, 'png' | 'jpeg' | 'webp'>> = { '.png': 'png', '.jpg': 'jpeg', '.jpeg': 'jpeg', '.webp': 'webp' };

/** A new image file: where, and in which format. */
export interface WantedFile extends PathBelow {
  readonly format: 'png' | 'jpeg' | 'webp';
}

/**
 * Relative paths start at the first workspace folder, or at the one whose name they begin with when there are several;
 * absolute ones must lie inside a workspace folder. `\` counts as `/`, as on Windows.
 */
export function resolveBelow(text: string, roots: readonly WorkspaceRoot[]): PathBelow | Problem {
  const [first] = roots;
  if (!first) return { problem: NO_FOLDER };
  const wanted = toUriPath(text);
  if (wanted === undefined) return { problem: `“${text}” is an address, not a path. Give a path relative to the workspace folder, for example docs/images/fox.webp.` };
  if (wanted.startsWith('/')) {
    const inside = roots.find(({ path }) => segmentsBelow(path, wanted));
    return inside ? { root: inside, path: normalizePath(wanted) } : outside(text, roots);
  }
  const named = roots.length > 1 ? roots.find(({ name }) => wanted.startsWith(`${name}/`)) : undefined;
  const root = named ?? first;
  const rest = named ? wanted.slice(named.name.length + 1) : wanted;
  if (climbsOut(rest)) return outside(text, roots);
  return { root, path: normalizePath(`${root.path}/${rest}`) };
}

/** Where a new image file may go; the ending decides its format. */
export function resolveImageFile(text: string, roots: readonly WorkspaceRoot[]): WantedFile | Problem {
  const below = resolveBelow(text, roots);
  if ('problem' in below) return below;
  const ending = splitEnding(nameOf(below.path))[1].toLowerCase();
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  if (/[\\/]$/.test(text)) return { problem: `“${text}” is a folder. Give the path of a file, for example ${text.replaceAll('\\', '/')}image.webp.` };
  if (format === undefined) return { problem: `“${text}” must end in .png, .jpg or .webp: the ending decides the format.` };
  const target = checkTarget(below.path, below.root.path, ending.slice(1));
  if ('problem' in target) return { problem: sentenceOf(target.problem, target.name, text) };
  return { root: below.root, path: target.path, format };
}

/** The path relative to its workspace folder, with the folder's name in front when there are several. */
export function showBelow({ root, path }: PathBelow, roots: readonly WorkspaceRoot[]): string {
  const below = (segmentsBelow(root.path, path) ?? []).join('/');
  return roots.length > 1 ? `${root.name}/${below}` : below;
}

/** `C:\a` and `c:/a` become `/c:/a`; a `file:` address its path; undefined for any other address. */
function toUriPath(text: string): string | undefined {
  const slashed = text.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(slashed)) return `/${slashed}`;
  const [, rest] = /^file:\/\/([^?#]*)$/i.exec(slashed) ?? [];
  if (rest !== undefined) return rest.startsWith('/') ? decode(rest) : undefined;
  return /^[A-Za-z][\w+.-]+:/.test(slashed) ? undefined : slashed;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function climbsOut(relative: string): boolean {
  let depth = 0;
  for (const segment of relative.split('/')) {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

function outside(text: string, roots: readonly WorkspaceRoot[]): Problem {
  const names = roots.map(({ name }) => `“${name}”`).join(', ');
  return { problem: `“${text}” lies outside of the workspace (${names}). Give a path relative to the workspace folder, for example docs/images/fox.webp.` };
}

function sentenceOf(problem: TargetProblem, name: string, text: string): string {
  switch (problem) {
    case 'dotFolder':
      return `“${name}” is a hidden folder, and images are not written there. Choose another folder than in “${text}”.`;
    case 'unsafeName':
      return `“${name}” is a hidden file. Give the file a name that does not start with a dot.`;
    case 'emptyName':
      return `“${text}” has no file name. Give a path such as docs/images/fox.webp.`;
    case 'notAnImageEnding':
      return `“${text}” must end in .png, .jpg or .webp: the ending decides the format.`;
    default:
      return `“${text}” lies outside of the workspace. Give a path relative to the workspace folder, for example docs/images/fox.webp.`;
  }
}
