// Turns TypeScript sources into the texts that they hand to `vscode.l10n.t`, and into complaints about texts that no translator can see.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The clone's own folder. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface SourceText {
  readonly text: string;
  /** Values that are handed over with it. */
  readonly values: number;
  /** Where it stands, as `src/host/a.ts:12`. */
  readonly where: string;
}

export interface SourceTexts {
  readonly texts: readonly SourceText[];
  /** Uses of `l10n.t` that the bundle cannot be held against: no literal, or not a call at all. */
  readonly complaints: readonly string[];
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** A flat file of texts by key. @throws Error where a value is no text */
export function readTexts(path: string): ReadonlyMap<string, string> {
  const entries = Object.entries(readJson(path) as Record<string, unknown>);
  return new Map(entries.map(([key, value]) => {
    if (typeof value !== 'string') throw new Error(`${path}: “${key}” is no text`);
    return [key, value];
  }));
}

/** Every text of src/. */
export function readSourceTexts(): SourceTexts {
  const all = globSync('src/**/*.ts', { cwd: ROOT }).sort().map((path) => textsOf(path, readFileSync(join(ROOT, path), 'utf8')));
  return { texts: all.flatMap(({ texts }) => texts), complaints: all.flatMap(({ complaints }) => complaints) };
}

/** The texts of one source. Follows `const t = vscode.l10n.t`, and complains about every other way round the call. */
export function textsOf(path: string, source: string): SourceTexts {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const texts: SourceText[] = [];
  const complaints: string[] = [];
  const aliases = aliasesOf(file);
  const where = (node: ts.Node): string => `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;

  const visit = (node: ts.Node): void => {
    if (isTranslate(node) || isAliasUse(node, aliases)) {
      const { parent } = node;
      if (ts.isCallExpression(parent) && parent.expression === node) readCall(parent);
      else if (!isAliasDeclaration(parent)) complaints.push(`${where(node)}: l10n.t is passed on instead of called`);
    } else if (ts.isIdentifier(node) && node.text === 'l10n' && !isInsideTranslate(node)) {
      complaints.push(`${where(node)}: l10n is used in a way that is not followed`);
    } else if (isDeclarationOf(node, aliases) && !isAliasDeclaration(node)) {
      complaints.push(`${where(node)}: this name hides the alias of l10n.t`);
    }
    ts.forEachChild(node, visit);
  };

  const readCall = (call: ts.CallExpression): void => {
    const [first, ...values] = call.arguments;
    if (first && ts.isStringLiteralLike(first)) texts.push({ text: first.text, values: values.length, where: where(call) });
    else complaints.push(`${where(call)}: the text is no literal`);
  };

  visit(file);
  return { texts, complaints };
}

/** The names that stand for `vscode.l10n.t` in this file. */
function aliasesOf(file: ts.SourceFile): ReadonlySet<string> {
  const names = file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => declarationList.declarations.filter(isAliasDeclaration).map(({ name }) => name.getText(file)));
  return new Set(names);
}

/** `vscode.l10n.t` or `l10n.t`. */
function isTranslate(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 't' && nameOf(node.expression) === 'l10n';
}

function nameOf(node: ts.Node): string | undefined {
  return ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : undefined;
}

function isInsideTranslate(node: ts.Identifier): boolean {
  const object = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  return isTranslate(object.parent);
}

function isAliasDeclaration(node: ts.Node): node is ts.VariableDeclaration {
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined && isTranslate(node.initializer);
}

function isDeclarationOf(node: ts.Node, names: ReadonlySet<string>): boolean {
  const declares = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) || ts.isImportSpecifier(node);
  return declares && node.name !== undefined && ts.isIdentifier(node.name) && names.has(node.name.text);
}

function isAliasUse(node: ts.Node, aliases: ReadonlySet<string>): boolean {
  if (!ts.isIdentifier(node) || !aliases.has(node.text)) return false;
  const { parent } = node;
  return ts.isShorthandPropertyAssignment(parent) || !('name' in parent && parent.name === node);
}

/** `{0}`, `{1}` … of a text, each once, in order. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}
