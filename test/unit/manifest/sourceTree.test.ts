// Holds the source tree to its own rules: no cycles, one sentence at the top, telling names, one way to the network.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { findFiles, projectFiles, readText } from './packageJson.ts';

const sources = findFiles('src/**/*.ts');
const imports = new Map(sources.map((path) => [path, ts.preProcessFile(readText(path)).importedFiles.map(({ fileName }) => fileName)]));

/** The first way round that leads back to where it began, types included. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of graph.get(path) ?? []) {
      const cycle = walk(next, [...way, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of graph.keys()) {
    const cycle = walk(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}

test('the search for cycles finds one', () => {
  assert.deepEqual(findCycle(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]])), ['b', 'c', 'b']);
  assert.equal(findCycle(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]])), undefined);
});

test('no file of src imports itself by a detour', () => {
  const graph = new Map([...imports].map(([path, names]) => [path, names.filter((name) => name.startsWith('.')).map((name) => posix.join(posix.dirname(path), name))]));
  const edges = [...graph.values()].flat();
  assert.ok(edges.length > sources.length);
  assert.deepEqual(edges.filter((path) => !graph.has(path)), []);
  assert.equal(findCycle(graph)?.join(' → '), undefined);
});

test('each file opens with one sentence: what it turns into what', () => {
  const files = [...sources, ...findFiles('test/**/*.{ts,js}'), 'esbuild.js', 'eslint.config.js'];
  assert.deepEqual(files.filter((path) => !/^(#!.*\n)?\/\/ ["'“]?[A-Z].{15,}\.\n/.test(readText(path))), []);
});

test('no folder and no file is named after nothing', () => {
  const empty = /(^|\/)(utils?|helpers?|common|core|misc|shared|lib|index)(\.ts)?(\/|$)/;
  const paths = [...sources, ...projectFiles('test')];
  assert.deepEqual(paths.filter((path) => empty.test(path) && path !== 'test/host/index.ts'), []);
});

test('only one file knows the transport', () => {
  const users = [...imports].filter(([, names]) => names.includes('node-fetch')).map(([path]) => path);
  assert.deepEqual(users, ['src/node/nodeFetch.ts']);
});

test('only the host knows VS Code', () => {
  const users = [...imports].filter(([path, names]) => names.includes('vscode') && !path.startsWith('src/host/') && path !== 'src/extension.ts');
  assert.deepEqual(users.map(([path]) => path), []);
});

test('nothing is exported without a name, and nothing is exported on', () => {
  const found = sources.flatMap((path) => {
    const file = ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true);
    const isDefault = (node: ts.Statement): boolean => ts.isExportAssignment(node) || (ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
    const isBarrel = (node: ts.Statement): boolean => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined;
    return file.statements.some((node) => isDefault(node) || isBarrel(node)) ? [path] : [];
  });
  assert.deepEqual(found, []);
});
