// Holds the names of the page's texts, the host that supplies them and the page that asks for them against each other.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { PAGE_STRING_KEYS } from '../../../src/protocol/pageStrings.ts';
import { ROOT } from './sourceTexts.ts';

function createProgram(tsconfig: string): ts.Program {
  const path = join(ROOT, tsconfig);
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, join(path, '..'));
  return ts.createProgram(fileNames, options);
}

/** Every key that the page can ask `Wording` for, by the types of what it asks with. */
function askedKeys(program: ts.Program): ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const keys = new Set<string>();
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) ? node.arguments : [];
    if (first && ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const method = node.expression.name.text;
      const owner = checker.getTypeAtLocation(node.expression.expression).symbol?.name;
      // Wording itself passes keys of every kind on; only what it names in full is asked for there.
      const isPassedOn = node.getSourceFile().fileName.endsWith('/wording.ts') && !ts.isStringLiteral(first);
      if (owner === 'Wording' && (method === 'text' || method === 'counted') && !isPassedOn) {
        for (const value of literalsOf(checker.getTypeAtLocation(first))) for (const key of method === 'text' ? [value] : [`${value}One`, `${value}Other`]) keys.add(key);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (file.fileName.includes('/src/panel/')) visit(file);
  return keys;
}

function literalsOf(type: ts.Type): readonly string[] {
  return (type.isUnion() ? type.types : [type]).flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
}

/** The names of the properties that a function of this file gives back. */
function suppliedKeys(path: string): readonly string[] {
  const file = ts.createSourceFile(path, ts.sys.readFile(join(ROOT, path)) ?? '', ts.ScriptTarget.Latest, true);
  const keys: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) keys.push(node.name.getText(file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return keys;
}

test('the host supplies each named text once', () => {
  assert.deepEqual([...suppliedKeys('src/host/panel/pageTexts.ts')].sort(), [...PAGE_STRING_KEYS].sort());
});

test('the page asks for every text that is named', () => {
  const asked = askedKeys(createProgram('src/panel/tsconfig.json'));
  assert.ok(asked.size > 30, `only ${asked.size} keys were found`);
  assert.deepEqual(PAGE_STRING_KEYS.filter((key) => !asked.has(key)), []);
});
