// Turns package.json and the files beside it into values that the tests of this folder compare.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The clone's own folder. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface PackageJson {
  readonly name: string;
  readonly publisher: string;
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly engines: Record<string, string>;
  readonly repository?: unknown;
  readonly bugs?: unknown;
  readonly homepage?: unknown;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: Record<string, readonly { readonly command?: string; readonly submenu?: string; readonly when?: string }[]>;
    readonly keybindings?: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Record<string, Setting> };
    readonly views: Record<string, readonly { readonly id: string; readonly type: string }[]>;
    readonly viewsContainers: Record<string, readonly { readonly id: string }[]>;
  };
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function readPackageJson(): PackageJson {
  return JSON.parse(readText('package.json')) as PackageJson;
}

/** The English text of `%key%`; any other text as it is. */
export function english(text: string): string {
  const texts = JSON.parse(readText('package.nls.json')) as Record<string, string>;
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : (texts[key] ?? text);
}

/** Paths below the clone's own folder, written with `/`. */
export function findFiles(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/')).sort();
}

/** Not part of the project: what is installed, built, downloaded, measured or kept by git. */
const NOT_OURS = new Set(['node_modules', 'out', '.git', '.vscode-test']);

/** Every file of the project, as git would track it. */
export function projectFiles(folder = ''): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : projectFiles(path);
    return /\.(vsix|log)$/.test(entry.name) ? [] : [path];
  });
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}
