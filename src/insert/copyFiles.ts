// Turns VS Code's setting `markdown.copyFiles.destination` into the path of a new file, by VS Code's own rules.
import * as v from 'valibot';
import { folderOf, nameOf, relativePath, resolvePath, splitEnding } from './posixPath.ts';

const DEFAULT_TEMPLATE = '${fileName}';

// `\$`, or `${name}` with an optional `/pattern/replacement/` in which a slash is written `\/` and no brace may close.
const VARIABLE = /\\\$|\$\{(\w+)(?:\/((?:\\\/|[^/}])+)\/((?:\\\/|[^/}])*)\/)?\}/g;

export interface CopyFileDestination {
  /** Matched against the document, `**` first where it is not anchored. */
  glob: string;
  /** The glob starts at each workspace folder (the setting says `/…`; its slash is taken off here). */
  anchored: boolean;
  template: string;
}

export interface CopyFileContext {
  documentPath: string;
  /** The folder of the workspace that holds the document; undefined outside any. */
  workspaceFolderPath?: string | undefined;
  /** Name of the new file, such as `a-cat.png`. */
  fileName: string;
  time: Date;
}

/** The entries of the setting in its order: the first whose glob matches the document counts. Ill-typed ones are dropped. */
export function copyFileDestinations(setting: unknown): CopyFileDestination[] {
  const entries = v.safeParse(v.record(v.string(), v.unknown()), setting);
  if (!entries.success) return [];
  return Object.entries(entries.output).flatMap(([glob, template]): CopyFileDestination[] => {
    if (typeof template !== 'string') return [];
    if (glob.startsWith('/')) return [{ glob: glob.replace(/^\/+/, ''), anchored: true, template }];
    return [{ glob: glob.startsWith('**') ? glob : `**/${glob}`, anchored: false, template }];
  });
}

/**
 * The absolute path that a destination stands for. A leading `/` is the workspace folder, a trailing `/` takes the
 * file's name, a relative one starts at the document. The caller still checks it with `checkTarget`.
 * Source of the rules: VS Code 1.139, markdown-language-features, and the description of the setting.
 */
export function expandCopyFilesTemplate(template: string, context: CopyFileContext): string {
  let destination = template.trim() || DEFAULT_TEMPLATE;
  if (destination.startsWith('/')) destination = '${documentWorkspaceFolder}' + destination;
  if (destination.endsWith('/')) destination += DEFAULT_TEMPLATE;
  const values = valuesOf(context);
  const filled = destination.replace(VARIABLE, (whole, name?: string, pattern?: string, replacement?: string) => {
    if (name === undefined) return '$';
    const value = values.get(name);
    return value === undefined ? whole : transform(value, pattern, replacement);
  });
  return resolvePath(folderOf(context.documentPath), filled);
}

function valuesOf({ documentPath, workspaceFolderPath, fileName, time }: CopyFileContext): Map<string, string> {
  const folder = folderOf(documentPath);
  const name = nameOf(documentPath);
  const [base, ending] = splitEnding(name);
  const fromWorkspace = (path: string): string => (workspaceFolderPath === undefined ? path : (relativePath(workspaceFolderPath, path) ?? path));
  return new Map([
    ['documentDirName', folder],
    ['documentRelativeDirName', fromWorkspace(folder)],
    ['documentFileName', name],
    ['documentBaseName', base],
    ['documentExtName', ending.slice(1)],
    ['documentFilePath', documentPath],
    ['documentRelativeFilePath', fromWorkspace(documentPath)],
    ['documentWorkspaceFolder', workspaceFolderPath ?? folder],
    ['fileName', fileName],
    ['fileExtName', splitEnding(fileName)[1].slice(1)],
    ['unixTime', String(time.getTime())],
    ['isoTime', time.toISOString()],
  ]);
}

function transform(value: string, pattern: string | undefined, replacement: string | undefined): string {
  // An empty replacement leaves the value as it is: so does VS Code.
  if (!pattern || !replacement) return value;
  try {
    return value.replace(new RegExp(pattern.replaceAll('\\/', '/')), replacement.replaceAll('\\/', '/'));
  } catch {
    return value;
  }
}
