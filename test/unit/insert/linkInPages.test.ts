// Shows that a link in HTML, JSX and CSS leads to its image, as parse5, TypeScript and css-tree read it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cssTree from 'css-tree';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import ts from 'typescript';
import { relativeLink } from '../../../src/insert/linkPath.ts';
import { renderLink } from '../../../src/insert/templates.ts';
import { hostilePlaces, hostileText } from './hostile.ts';

type Attributes = Record<string, string>;

function readHtml(source: string): Attributes {
  const { childNodes } = parseFragment(source);
  const [image] = childNodes;
  assert.ok(childNodes.length === 1 && image && 'attrs' in image && image.tagName === 'img', source);
  return Object.fromEntries(image.attrs.map(({ name, value }) => [name, value]));
}

/** What TypeScript makes of the element at run time: the properties that React would get. */
function readJsx(source: string): Attributes {
  const { outputText, diagnostics } = ts.transpileModule(`const e = ${source};`, {
    reportDiagnostics: true,
    fileName: 'a.tsx',
    compilerOptions: { jsx: ts.JsxEmit.React, jsxFactory: 'make', target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  assert.deepEqual(diagnostics, [], source);
  const file = ts.createSourceFile('a.js', outputText, ts.ScriptTarget.ES2022, true);
  const attributes: Attributes = {};
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.initializer)) attributes[node.name.getText()] = node.initializer.text;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return attributes;
}

function readCss(source: string): string {
  const urls: string[] = [];
  const errors: string[] = [];
  const sheet = cssTree.parse(`a { background: ${source} no-repeat; color: red }`, { onParseError: (error) => errors.push(error.message) });
  let declarations = 0;
  cssTree.walk(sheet, (node) => {
    if (node.type === 'Url') urls.push(String(node.value));
    if (node.type === 'Declaration') declarations++;
  });
  assert.deepEqual([errors, urls.length, declarations], [[], 1, 2], source);
  return urls[0] ?? '';
}

function linkOf(languageId: string, { documentPath, targetPath }: { documentPath: string; targetPath: string }, alt: string): string {
  const path = relativeLink(documentPath, targetPath);
  assert.ok(path !== undefined);
  return renderLink({ languageId, path, alt, widthPx: 1664, heightPx: 928, prompt: alt, templates: {} }).plain;
}

/** Where a browser would look, on a server whose root is the file system's. */
function resolveAsBrowser(url: string, documentPath: string): string {
  const base = `http://localhost${documentPath.split('/').map(encodeURIComponent).join('/')}`;
  const resolved = new URL(url, base);
  assert.equal(resolved.search + resolved.hash, '');
  return decodeURIComponent(resolved.pathname);
}

for (const [languageIds, read] of [[['html', 'vue', 'svelte', 'php'], readHtml], [['javascriptreact', 'typescriptreact'], readJsx]] as const) {
  test(`every place and text survives in ${languageIds.join(', ')}`, () => {
    fc.assert(
      fc.property(fc.constantFrom(...languageIds), hostilePlaces(), hostileText, (languageId, place, alt) => {
        const source = linkOf(languageId, place, alt);
        const attributes = read(source);
        assert.equal(resolveAsBrowser(attributes['src'] ?? '', place.documentPath), place.targetPath);
        assert.deepEqual(attributes, { src: attributes['src'], alt, width: '1664', height: '928' });
        assert.doesNotMatch(source, /[{}]/);
      }),
      { numRuns: languageIds.length === 4 ? 400 : 100 },
    );
  });
}

test('every place survives in css, scss and less', () => {
  fc.assert(
    fc.property(fc.constantFrom('css', 'scss', 'less'), hostilePlaces(), (languageId, place) => {
      const source = linkOf(languageId, place, 'x');
      assert.equal(resolveAsBrowser(readCss(source), place.documentPath), place.targetPath);
      assert.doesNotMatch(source, /[#@$]\{|\\/);
    }),
    { numRuns: 300 },
  );
});
