// Puts the server's script where agents find it: a path that stays the same whatever version of the extension is installed.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the script in the agents' folder. */
export const SERVER_SCRIPT = 'mcp.cjs';

const HEADER = /^\/\/ Generate Image (\d+)\.(\d+)\.(\d+)\b.*\n/;

/**
 * Copies the script unless the same or a newer one is there: two versions may be installed side by side.
 * @param folder absolute path of the agents' folder
 * @returns the script's path
 */
export async function placeServerScript(source: string, folder: string, version: string): Promise<string> {
  const path = join(folder, SERVER_SCRIPT);
  const wanted = `// Generate Image ${version}\n${await readFile(source, 'utf8')}`;
  const there = await readFile(path, 'utf8').catch(() => '');
  if (there === wanted || isNewer(there, wanted)) return path;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, wanted, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
  return path;
}

function isNewer(one: string, other: string): boolean {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

function numbersOf(script: string): number[] {
  const [, ...numbers] = HEADER.exec(script) ?? [];
  return numbers.map(Number);
}
