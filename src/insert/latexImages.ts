// Reads what LaTeX documents say of each other and of their images' folders: root, subfiles, inputs, `\graphicspath`.
import { folderOf, resolvePath } from './posixPath.ts';

/** A document that another one takes in. */
export interface LatexInput {
  /** As it is written, with an ending. */
  path: string;
  /** Paths in it are counted from its own folder: https://ctan.org/pkg/import */
  isImported: boolean;
}

/** The root that a magic comment names, as editors read it: https://github.com/James-Yu/LaTeX-Workshop/wiki/Compile#multi-file-projects */
export function magicRoot(text: string): string | undefined {
  const name = /^[ \t]*%[ \t]*![ \t]*tex[ \t]+root[ \t]*=[ \t]*(.*?)[ \t\r]*$/im.exec(text)?.[1];
  return name === undefined || name === '' ? undefined : withEnding(name.replace(/^"(.*)"$/, '$1').replaceAll('\\', '/'));
}

/** The main document of a subfile, from whose own folder its paths are counted: https://ctan.org/pkg/subfiles */
export function subfileMain(text: string): string | undefined {
  const name = /\\documentclass\s*\[([^\]]*)\]\s*\{subfiles\}/.exec(withoutComments(text))?.[1]?.trim();
  return name === undefined || name === '' ? undefined : withEnding(name);
}

/** Whether LaTeX can run on this document by itself. */
export function isLatexRoot(text: string): boolean {
  return /\\documentclass\b/.test(withoutComments(text));
}

/** The documents that a text takes in. */
export function latexInputs(text: string): LatexInput[] {
  return [...withoutComments(text).matchAll(/\\(input|include|subfile(?:include)?|(?:sub)?import|(?:sub)?inputfrom|(?:sub)?includefrom)\*?\s*\{([^{}]*)\}(?:\s*\{([^{}]*)\})?/g)].map(([, command = '', one = '', two = '']) => {
    const takesFolder = /import$|from$/.test(command);
    const path = takesFolder ? `${one.trim()}/${two.trim()}` : one.trim();
    return { path: withEnding(path.replace(/^"(.*)"$/, '$1')), isImported: takesFolder || command.startsWith('subfile') };
  });
}

/** The folders of `\graphicspath`, as they are written; the last one counts. */
export function graphicsFolders(text: string): string[] {
  const lists = [...withoutComments(text).matchAll(/\\graphicspath\s*\{((?:\s*\{(?:[^{}]|\\subfix\s*\{[^{}]*\})*\})+)\s*\}/g)];
  const [, list = ''] = lists.at(-1) ?? [];
  return [...list.matchAll(/\{((?:[^{}]|\\subfix\s*\{[^{}]*\})*)\}/g)].map(([, folder = '']) => folder.replace(/\\subfix\s*\{([^{}]*)\}/, '$1').trim()).filter((folder) => folder !== '' && !/[\\#~]/.test(folder));
}

/** The paths of all that a root takes in, and from which folder each counts its own; `read` is undefined for what is not there. */
export async function findInputs(rootPath: string, rootText: string, read: (path: string) => Promise<string | undefined>): Promise<Map<string, string>> {
  const found = new Map<string, string>([[rootPath, folderOf(rootPath)]]);
  const left: [text: string, folder: string][] = [[rootText, folderOf(rootPath)]];
  for (let next = left.shift(); next && found.size <= MOST_INPUTS; next = left.shift()) {
    const [text, folder] = next;
    for (const { path, isImported } of latexInputs(text)) {
      const target = resolvePath(folder, path);
      if (found.has(target)) continue;
      const own = isImported ? folderOf(target) : folder;
      found.set(target, own);
      const inner = await read(target);
      if (inner !== undefined) left.push([inner, own]);
    }
  }
  return found;
}

const MOST_INPUTS = 200;

function withEnding(path: string): string {
  return /\.[A-Za-z]\w*$/.test(path) ? path : `${path}.tex`;
}

function withoutComments(text: string): string {
  return text.replace(/(?<!\\)(?:\\\\)*%[^\n]*/g, '');
}
