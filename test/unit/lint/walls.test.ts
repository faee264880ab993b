// Holds the walls between the rooms of src: for each room, the linter refuses what the table does not list.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Linter, type ESLint, type Rule } from 'eslint';
import tseslint from 'typescript-eslint';
import { findFiles, ROOT } from '../manifest/packageJson.ts';

interface Room {
  imports?: string[];
  types?: string[];
  packages?: string[];
}

const { ROOMS, CLOSED_PACKAGES } = (await import(join(ROOT, 'test', 'lint', 'rooms.js'))) as { ROOMS: Record<string, Room>; CLOSED_PACKAGES: RegExp };
const { createWalls } = (await import(join(ROOT, 'test', 'lint', 'walls.js'))) as { createWalls: (src: string, rooms: Record<string, Room>, closed: RegExp) => Rule.RuleModule };
const linter = new Linter({ cwd: ROOT });
const rule = createWalls(join(ROOT, 'src'), ROOMS, CLOSED_PACKAGES);
const ours: ESLint.Plugin = { rules: { walls: rule } };

/** How many complaints the walls have about each of these lines, in one file of `room`. */
function complaints(room: string, lines: readonly string[]): number[] {
  const filename = join(ROOT, 'src', room.endsWith('.ts') ? room : `${room}/file.ts`);
  const parser = tseslint.parser as Linter.Parser;
  const config: Linter.Config = { files: ['**/*.ts'], languageOptions: { parser }, plugins: { ours }, rules: { 'ours/walls': 'error' } };
  const found = linter.verify(lines.join('\n'), [config], { filename });
  // What cannot be parsed is no answer of the walls.
  assert.deepEqual(found.filter(({ ruleId }) => ruleId !== 'ours/walls'), []);
  return lines.map((_, index) => found.filter(({ line }) => line === index + 1).length);
}

/** The path of an import from one room into another. */
function pathTo(room: string, other: string): string {
  const up = '../'.repeat(room.split('/').length - (room.endsWith('.ts') ? 1 : 0));
  return `${up === '' ? './' : up}${other.endsWith('.ts') ? other : `${other}/file.ts`}`;
}

for (const [room, { imports = [], types = [], packages = [] }] of Object.entries(ROOMS)) {
  test(`${room} imports what its row lists and nothing else`, () => {
    const others = Object.keys(ROOMS).filter((name) => name !== room);
    const asValues = complaints(room, others.map((other, index) => `import { a as a${index} } from '${pathTo(room, other)}'; a${index}();`));
    const asTypes = complaints(room, others.map((other, index) => `import type { A as A${index} } from '${pathTo(room, other)}'; export const a${index}: A${index} = 1;`));
    for (const [index, other] of others.entries()) {
      assert.equal(asValues[index], imports.includes(other) ? 0 : 1, `${room} → ${other}`);
      assert.equal(asTypes[index], imports.includes(other) || types.includes(other) ? 0 : 1, `${room} → type of ${other}`);
    }
    const known = [['node:fs', 'node:'], ['vscode', 'vscode'], ['node-fetch', 'node-fetch']] as const;
    const asPackages = complaints(room, known.map(([name], index) => `import * as a${index} from '${name}'; a${index}();`));
    for (const [index, [name, listed]] of known.entries()) assert.equal(asPackages[index], packages.includes(listed) ? 0 : 1, `${room} → ${name}`);
  });
}

test('the walls see an import at run time, an export and the type of an import', () => {
  const lines = ["await import('../jobs/file.ts');", "export { a } from '../jobs/file.ts';", "export * from '../jobs/file.ts';", "export type A = import('../jobs/file.ts').A;"];
  assert.deepEqual(complaints('prompt', lines), [1, 1, 1, 1]);
});

test('each file of src lies in a room, and each room has a file', () => {
  const files = findFiles('src/**/*.ts').map((path) => path.slice('src/'.length));
  const rooms = Object.keys(ROOMS);
  assert.deepEqual(files.filter((path) => !rooms.some((room) => path === room || path.startsWith(`${room}/`))), []);
  assert.deepEqual(rooms.filter((room) => !files.some((path) => path === room || path.startsWith(`${room}/`))), []);
});

test('no arrow between rooms leads back', () => {
  const done = new Set<string>();
  const walk = (room: string, way: readonly string[]): void => {
    assert.ok(!way.includes(room), [...way, room].join(' → '));
    if (done.has(room)) return;
    for (const next of ROOMS[room]?.imports ?? []) walk(next, [...way, room]);
    done.add(room);
  };
  for (const room of Object.keys(ROOMS)) walk(room, []);
});
