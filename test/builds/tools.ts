// Finds the tools that build documents: programs of the machine, and packages that npm brings once.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Tool {
  /** A program, or undefined for what Node runs. */
  program?: string;
  /** Packages of npm, with their versions. */
  packages?: Readonly<Record<string, string>>;
  /** Where it comes from, in words. */
  from: string;
}

/** Beside what npm installs here, and taken away with it. */
const FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'generate-image-documents');

/** The program, or the folder in whose `node_modules` the packages are; undefined for what is not there. */
export function findTool({ program, packages }: Tool): string | undefined {
  if (program !== undefined) return spawnSync(process.platform === 'win32' ? 'where' : 'which', [program]).status === 0 ? program : undefined;
  const left = Object.entries(packages ?? {}).filter(([name]) => !existsSync(join(FOLDER, 'node_modules', name, 'package.json')));
  if (left.length === 0) return FOLDER;
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(join(FOLDER, 'package.json'))) writeFileSync(join(FOLDER, 'package.json'), '{ "private": true, "type": "module" }');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...left.map(([name, version]) => `${name}@${version}`)], { cwd: FOLDER, stdio: 'inherit', shell: process.platform === 'win32' });
  return status === 0 ? FOLDER : undefined;
}
