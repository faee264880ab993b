// Turns the setting `saveTo` into the path of a new image, and refuses any path an image must not be written to.
import { fitFileName, isReservedName, plainName, replaceUnsafe, safeName } from './fileName.ts';
import { folderOf, nameOf, normalizePath, readAsWindows, segmentsBelow, splitEnding } from './posixPath.ts';
import { slugOf } from './slug.ts';

/** Why an image cannot be written there. */
export type TargetProblem =
  /** Not below the root: `name` is the path. */
  | 'outsideRoot'
  /** `name` is the folder below the root that starts with a dot. */
  | 'dotFolder'
  /** `name` is the file's name. */
  | 'notAnImageEnding'
  /** `name` is the variable, such as `${slag}`. */
  | 'unknownVariable'
  /** `name` is the template or path that leaves no file name. */
  | 'emptyName'
  /** A hidden file: `name` is its name. */
  | 'unsafeName';

export type TargetResult = { path: string } | { problem: TargetProblem; name: string };

export interface SaveToContext {
  /** Path of the saved document; undefined for an untitled one, whose images go to the root. */
  documentPath?: string | undefined;
  /** What may be written below: the workspace folder, or a lone document's own folder. */
  rootPath: string;
  workspaceFolderPath?: string | undefined;
  prompt: string;
  /** `1328x1328`. */
  size: string;
  id: string;
  /** The ending that the bytes ask for, without a dot: `png`, `jpg`, `webp`, `gif`, `avif`. */
  ext: string;
  /** Read in local time: `2026-09-01` and `134501`. */
  time: Date;
}

const IMAGE_ENDINGS: readonly string[] = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif'];

/** A stretch of a path: as people's folders have it, or from the template and to be made safe. */
interface Stretch {
  text: string;
  given: boolean;
}

/**
 * Fills `${workspaceFolder} ${documentDir} ${documentName} ${slug} ${date} ${time} ${size} ${id} ${ext}` and checks
 * the result. A template that starts with `/` starts at the root, a relative one at the document's folder. What a
 * variable adds is made plain, so that no language has to escape it; what the template says itself is made safe for
 * every file system; folders that exist already keep their names.
 */
export function expandSaveTo(template: string, context: SaveToContext): TargetResult {
  const documentDir = context.documentPath === undefined ? context.rootPath : folderOf(context.documentPath);
  const folders: Record<string, string> = { workspaceFolder: context.workspaceFolderPath ?? context.rootPath, documentDir };
  const names = namesOf(context);
  const wanted = template.trim().replaceAll('\\', '/');
  // A drive or a server: what another system would take for a name.
  if (/^(?:[A-Za-z]:\/|\/\/)/.test(wanted)) return { problem: 'outsideRoot', name: template.trim() };
  const stretches: Stretch[] = [];
  if (wanted.startsWith('/')) stretches.push({ text: context.rootPath, given: true });
  else if (!/^\$\{(?:workspaceFolder|documentDir)\}/.test(wanted)) stretches.push({ text: `${documentDir}/`, given: true });
  for (const text of wanted.split(/(\$\{\w*\})/)) {
    const name = /^\$\{(\w*)\}$/.exec(text)?.[1];
    if (name === undefined) stretches.push({ text, given: false });
    else if (Object.hasOwn(folders, name)) stretches.push({ text: folders[name] ?? '', given: true });
    else if (Object.hasOwn(names, name)) stretches.push({ text: plainName(names[name] ?? ''), given: false });
    else return { problem: 'unknownVariable', name: text };
  }
  if (/(?:^|\/|\$\{(?:workspaceFolder|documentDir)\})$/.test(wanted)) return { problem: 'emptyName', name: template };
  return checkBelow(joinSafely(stretches), context.rootPath, context.ext);
}

/**
 * The path, normalised, if an image may be written there, or the reason why not. The ending follows the bytes: one
 * that is missing is added, another image's is corrected (`jpeg` stays for `jpg`), any other refused. The file's own
 * name is made safe and at most 255 bytes.
 * @param ext the ending that the bytes ask for, without a dot
 * @param givenPath a folder whose names stay as they are; what the path adds to it is read as Windows would
 */
export function checkTarget(wantedPath: string, rootPath: string, ext: string, givenPath = rootPath): TargetResult {
  const path = readAsWindows(wantedPath, givenPath);
  return path === undefined ? { problem: 'outsideRoot', name: wantedPath } : checkBelow(wantedPath.endsWith('/') ? `${path}/` : path, rootPath, ext);
}

function checkBelow(path: string, rootPath: string, ext: string): TargetResult {
  const below = segmentsBelow(rootPath, path);
  if (!below) return { problem: 'outsideRoot', name: normalizePath(path) };
  const fileName = below.at(-1);
  if (fileName === undefined || path.endsWith('/')) return { problem: 'emptyName', name: path };
  const dotFolder = below.slice(0, -1).find((segment) => segment.startsWith('.'));
  if (dotFolder !== undefined) return { problem: 'dotFolder', name: dotFolder };
  if (/^\.[^.]*$/.test(fileName) && isImageEnding(fileName)) return { problem: 'emptyName', name: fileName };
  if (fileName.startsWith('.')) return { problem: 'unsafeName', name: fileName };
  const [stem, ending] = splitEnding(fileName);
  if (ending !== '' && !isImageEnding(ending)) return { problem: 'notAnImageEnding', name: fileName };
  const name = safeName(safeName(stem) + rightEnding(ending, ext));
  if (name === '' || name.startsWith('.')) return { problem: 'emptyName', name: fileName };
  return { path: normalizePath([rootPath, ...below.slice(0, -1), fitFileName(name)].join('/')) };
}

function namesOf({ documentPath, prompt, size, id, ext, time }: SaveToContext): Record<string, string> {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return {
    documentName: splitEnding(nameOf(documentPath ?? 'untitled'))[0],
    slug: slugOf(prompt),
    date: [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(pad).join('-'),
    time: [time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(''),
    size,
    id,
    ext,
  };
}

function joinSafely(stretches: readonly Stretch[]): string {
  const segments: { text: string; made: boolean }[] = [{ text: '', made: false }];
  for (const { text, given } of stretches) {
    text.split('/').forEach((piece, index) => {
      if (index > 0) segments.push({ text: '', made: false });
      const last = segments.at(-1);
      if (!last || piece === '') return;
      last.text += given ? piece : replaceUnsafe(piece);
      last.made ||= !given;
    });
  }
  return segments.map(({ text, made }) => (made ? safeSegment(text) : text)).join('/');
}

function safeSegment(text: string): string {
  if (text === '.' || text === '..') return text;
  const trimmed = text.replace(/[. ]+$/, '');
  return isReservedName(trimmed) ? safeName(trimmed) : trimmed;
}

function isImageEnding(ending: string): boolean {
  return IMAGE_ENDINGS.includes(ending.slice(1).toLowerCase());
}

function rightEnding(ending: string, ext: string): string {
  const type = (text: string): string => text.toLowerCase().replace(/^jpg$/, 'jpeg');
  return type(ending.slice(1)) === type(ext) ? ending : `.${ext}`;
}
