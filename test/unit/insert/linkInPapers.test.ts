// Shows that a link in AsciiDoc, LaTeX and Org leads to its image, as Asciidoctor, unified-latex and uniorg read it.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { convert } from '@asciidoctor/core';
import { parse as parseLatex } from '@unified-latex/unified-latex-util-parse';
import fc from 'fast-check';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { parse as parseOrg } from 'uniorg-parse/lib/parser.js';
import { relativeLink } from '../../../src/insert/linkPath.ts';
import { renderLink } from '../../../src/insert/templates.ts';
import { hostilePlaces, hostileText } from './hostile.ts';

function linkOf(languageId: string, { documentPath, targetPath }: { documentPath: string; targetPath: string }, alt: string): string {
  const path = relativeLink(documentPath, targetPath);
  assert.ok(path !== undefined);
  return renderLink({ languageId, path, alt, widthPx: 1, heightPx: 2, prompt: alt, templates: {} }).plain;
}

async function readAsciidoc(source: string): Promise<Record<string, string>> {
  const html = await convert(`before\n\n${source}\n\nafter\n`, { safe: 'safe' });
  assert.ok(typeof html === 'string');
  const images: Record<string, string>[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node && node.tagName === 'img') images.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(html));
  assert.equal(images.length, 1, source + html);
  return images[0] ?? {};
}

test('every place and text survives in AsciiDoc', async () => {
  await fc.assert(
    fc.asyncProperty(hostilePlaces(), hostileText, async (place, alt) => {
      const { src = '', alt: text } = await readAsciidoc(linkOf('asciidoc', place, alt));
      assert.equal(posix.join(posix.dirname(place.documentPath), decodeURIComponent(src)), place.targetPath);
      assert.doesNotMatch(src, /[?#:\\]/);
      if (alt !== '') assert.equal(text?.replaceAll('’', "'"), alt.replaceAll('’', "'"));
    }),
    { numRuns: 150 },
  );
});

type LatexNode = ReturnType<typeof parseLatex>['content'][number];

const LATEX_CHARACTERS: Record<string, string> = {
  textbackslash: '\\', textasciitilde: '~', textasciicircum: '^', textless: '<', textgreater: '>', textbar: '|', textasciigrave: '\u2060`\u2060', space: ' ',
  '@percentchar': '%', '@backslashchar': '\\', '@charlb': '{', '@charrb': '}', 'c_hash_str': '#',
};

/** The characters that TeX typesets or expands to; throws on any construct but those that stand for one character. */
function readLatexText(nodes: readonly LatexNode[], closesMacro: boolean): string {
  let text = '';
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node?.type === 'string') text += node.content;
    else if (node?.type === 'whitespace') text += ' ';
    else if (node?.type === 'group' && node.content.length === 0 && closesMacro) text += '\u2060';
    else if (node?.type === 'macro' && node.content === 'string') continue;
    else if (node?.type === 'macro' && node.content === 'csname') {
      const end = nodes.findIndex((other, at) => at > index && other.type === 'macro' && other.content === 'endcsname');
      const name = nodes.slice(index + 1, end).map((part) => (part.type === 'string' || part.type === 'macro' ? part.content : '')).join('');
      text += LATEX_CHARACTERS[name] ?? assert.fail(name);
      index = nodes[end + 1]?.type === 'whitespace' ? end + 1 : end;
    } else if (node?.type === 'macro') {
      text += LATEX_CHARACTERS[node.content] ?? (/^[{}#$%&_]$/.test(node.content) ? node.content : assert.fail(node.content));
      if (node.content === 'space' && nodes[index + 1]?.type === 'whitespace') index++;
    } else assert.fail(JSON.stringify(node));
  }
  return text;
}

function readLatex(source: string): { path: string; caption: string | undefined } {
  const [figure, ...rest] = parseLatex(source).content;
  assert.ok(figure?.type === 'environment' && rest.length === 0, source);
  const argumentOf = (name: string): LatexNode[] | undefined => {
    const macro = figure.content.find((node) => node.type === 'macro' && node.content === name);
    return macro?.type === 'macro' ? macro.args?.at(-1)?.content : undefined;
  };
  const caption = argumentOf('caption');
  return { path: readLatexText(argumentOf('includegraphics') ?? [], false), caption: caption && readLatexText(caption, true) };
}

test('every place and text survives in LaTeX', () => {
  fc.assert(
    // The kernel takes quotes away from file names; the parser sees mathematics between dollars even there.
    fc.property(hostilePlaces(/["$]/), hostileText, (place, alt) => {
      const { path, caption = '' } = readLatex(linkOf('latex', place, alt));
      assert.equal(posix.join(posix.dirname(place.documentPath), path), place.targetPath);
      // An empty group keeps two quotes from joining, and the sign of the grave accent never joins.
      assert.equal(caption.replace(/``|''/g, '"').replaceAll('\u2060', ''), alt);
    }),
    { numRuns: 200 },
  );
});

interface OrgNode {
  type: string;
  value?: string;
  utf8?: string;
  path?: string;
  rawLink?: string;
  children?: OrgNode[];
  affiliated?: { CAPTION?: OrgNode[][] };
}

function readOrg(source: string): { path: string; caption: string } {
  const sections = parseOrg(`before\n\n${source}\n\nafter\n`) as unknown as OrgNode;
  const paragraphs = sections.children ?? [];
  const links = (paragraphs[1]?.children ?? []).filter(({ type }) => type === 'link');
  assert.deepEqual([paragraphs.length, links.length], [3, 1], source);
  const caption = (paragraphs[1]?.affiliated?.CAPTION?.[0] ?? []).flat().map((node) => {
    assert.ok(['text', 'entity', 'link'].includes(node.type), `${node.type}: ${source}`);
    return node.rawLink ?? node.utf8 ?? node.value;
  });
  return { path: links[0]?.path ?? '', caption: caption.join('').replaceAll('\u200B', '') };
}

test('every place and text survives in Org', () => {
  fc.assert(
    // Two colons start a search inside the file, and there is no escape for them; the parser doubles backslashes of brackets.
    fc.property(hostilePlaces(/[:[\]\\]/), hostileText, (place, alt) => {
      const { path, caption } = readOrg(linkOf('org', place, alt));
      assert.equal(posix.join(posix.dirname(place.documentPath), path), place.targetPath);
      if (alt !== '') assert.equal(caption, alt);
    }),
    { numRuns: 200 },
  );
});

test('brackets and backslashes of an Org link are escaped as org-link-escape does', () => {
  const place = { documentPath: '/w/a.org', targetPath: '/w/a[1]\\b\\[.png' };
  assert.equal(linkOf('org', place, ''), '[[file:a\\[1\\]\\b\\\\\\[.png]]');
});
