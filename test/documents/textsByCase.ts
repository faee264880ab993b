// Turns a `switch` of a source file into the texts that each of its cases hands to the translator.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../unit/texts/sourceTexts.ts';

/** The English texts of each case of the switches in a function, by the case's literal. */
export function textsByCase(path: string, functionName: string): ReadonlyMap<string, readonly string[]> {
  const file = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Map<string, readonly string[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isCaseClause(node) && ts.isStringLiteral(node.expression)) found.set(node.expression.text, textsIn(node));
    else ts.forEachChild(node, visit);
  };
  file.statements.filter((statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === functionName).forEach(visit);
  return found;
}

function textsIn(node: ts.Node): readonly string[] {
  const own = ts.isCallExpression(node) && node.expression.getText() === 't' && node.arguments[0] && ts.isStringLiteralLike(node.arguments[0]) ? [node.arguments[0].text] : [];
  const below: string[] = [];
  ts.forEachChild(node, (child) => void below.push(...textsIn(child)));
  return [...own, ...below];
}
