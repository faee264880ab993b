// Reads a document with its own language's parser and says what it holds besides the image under test.
import { convert } from '@asciidoctor/core';
import { parse as parseLatex } from '@unified-latex/unified-latex-util-parse';
import { generate, parse as parseCss, walk } from 'css-tree';
import MarkdownIt from 'markdown-it';
import { parse as parsePage, serialize } from 'parse5';
import ts from 'typescript';
import { parse as parseOrg } from 'uniorg-parse/lib/parser.js';

/** The path that the image under test has. */
export const PATH = 'images/undertest.png';

/** What a reader found: the document without the image, to be compared, and how often the image was there. */
export interface Reading {
  rest: string;
  images: number;
}

export type Reader = (text: string) => Reading | Promise<Reading>;

/** As CommonMark with tables, by another parser than the product's. */
export const readMarkdown: Reader = (text) => {
  const front = /^(---|\+\+\+)\n[\s\S]*?\n\1(?:\n|$)/.exec(text)?.[0] ?? '';
  const html = new MarkdownIt({ html: true }).render(text.slice(front.length));
  const parts = html.split(new RegExp(`<img[^>]*src="${PATH}"[^>]*>`));
  return { rest: front.trim() + tidy(parts.join('')), images: parts.length - 1 };
};

/** As browsers do. */
export const readHtml: Reader = (text) => {
  const html = serialize(parsePage(text));
  const parts = html.split(new RegExp(`<img[^>]*src="${PATH}"[^>]*>`));
  return { rest: tidy(parts.join('')), images: parts.length - 1 };
};

export const readAsciidoc: Reader = async (text) => {
  const html = (await convert(text, { standalone: true, attributes: { 'last-update-label!': '', 'docdate': 'x', 'stylesheet!': '' } })) as string;
  const block = new RegExp(`<div class="imageblock">\\s*<div class="content">\\s*<img[^>]*src="${PATH}"[^>]*>\\s*</div>\\s*</div>|<span class="image"><img[^>]*src="${PATH}"[^>]*></span>`);
  const parts = html.split(block);
  return { rest: tidy(parts.join('').replace(/<p>\s*<\/p>/g, '').replace(/<div id="preamble">\s*<div class="sectionbody">\s*<\/div>\s*<\/div>/g, '')), images: parts.length - 1 };
};

/** Blanks between elements say nothing. */
function tidy(html: string): string {
  return html.replace(/\s+/g, ' ').replace(/ ?(<[^>]*>) ?/g, '$1').replace(/<p><\/p>/g, '').trim();
}

export const readJsx: Reader = (text) => {
  const source = ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: { messageText: unknown }[] };
  let images = 0;
  const isImage = (node: ts.Node): boolean => ts.isJsxSelfClosingElement(node) && node.getText().includes(PATH);
  const print = (node: ts.Node): string => {
    if (isImage(node)) {
      images++;
      return '';
    }
    if (ts.isJsxText(node)) return `⟦${node.text}⟧`;
    const children: string[] = [];
    node.forEachChild((child) => void children.push(print(child)));
    const kept = children.filter((child) => child !== '');
    // A fragment around one element, and a statement of nothing but the image, are there for the image.
    if (ts.isJsxFragment(node)) return kept.filter((child) => !/^Jsx(?:Opening|Closing)Fragment$/.test(child)).join(' ');
    if (ts.isExpressionStatement(node) && kept.length === 0) return '';
    const name = ts.SyntaxKind[node.kind];
    return kept.length === 0 ? (node.getChildCount() === 0 ? `${name}:${node.getText()}` : name) : `${name}(${kept.join(' ')})`;
  };
  const rest = print(source).replace(/⟧ ⟦/g, '').replace(/⟦([^⟧]*)⟧/g, (_whole, raw: string) => jsxText(raw)).replace(/ +(?=[ )])|(?<=\() +/g, '') + JSON.stringify(parseDiagnostics.map(({ messageText }) => messageText));
  return { rest, images };
};

/** Blanks that hold a line break say nothing: https://facebook.github.io/jsx/ */
function jsxText(raw: string): string {
  const lines = raw.split('\n').map((line, index) => (index > 0 ? line.trimStart() : line));
  return lines.map((line, index) => (index < lines.length - 1 ? line.trimEnd() : line)).filter((line) => line !== '').join(' ');
}

export const readCss: Reader = (text) => {
  const tree = parseCss(text, { parseCustomProperty: true, onParseError: (error) => { throw error; } });
  let images = 0;
  walk(tree, (node, item, list) => {
    if (node.type === 'Url' && node.value === PATH) {
      images++;
      list.remove(item);
    }
  });
  const rest = generate(tree).replace(/--image:[ ]*;?/g, '').replace(/background-image:[ ]*(?:;|(?=\}))/g, '').replaceAll(/:root\{;?\}/g, '').replace(/;(?=\})/g, '');
  return { rest: rest.trim(), images };
};

export const readLatex: Reader = (text) => {
  let images = 0;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const kept: unknown[] = [];
      for (let index = 0; index < value.length; index++) {
        const node = value[index] as { type?: string; env?: string; content?: unknown };
        const isFigure = node.type === 'environment' && node.env === 'figure' && JSON.stringify(node).includes('undertest');
        const isInline = node.type === 'macro' && node.content === 'includegraphics' && JSON.stringify(value.slice(index, index + 40)).includes('undertest');
        if (isFigure) images++;
        else if (isInline) {
          images++;
          // The arguments of a macro that the parser does not know follow it.
          while (index + 1 < value.length && !JSON.stringify(value[index]).includes('undertest')) index++;
        } else kept.push(visit(value[index]));
      }
      return kept.filter((node, index) => !isGap(node) || (index > 0 && index < kept.length - 1 && !isGap(kept[index - 1])));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'position' && name !== '_renderInfo').map(([name, inner]) => [name, visit(inner)]));
  };
  const rest = JSON.stringify(visit(parseLatex(text))).replace(/\{"type":"whitespace"\},?/g, '').replace(/(?:\{"type":"parbreak"\},?)+/g, '¶').replace(/,\]/g, ']');
  return { rest, images };
};

function isGap(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'type' in node && (node.type === 'whitespace' || node.type === 'parbreak');
}

export const readOrg: Reader = (text) => {
  let images = 0;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit).filter((node) => node !== undefined && node !== '');
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value.replace(/\s+/g, ' ') : value;
    const { type } = value as { type?: string };
    if (type === 'link' && (value as { path?: string }).path === PATH) {
      images++;
      return undefined;
    }
    const made = Object.fromEntries(Object.entries(value).filter(([name]) => !/Begin|End|position|preBlank|postBlank|^indent$/i.test(name)).map(([name, inner]) => [name, visit(inner)]));
    const { children } = made as { children?: unknown[] };
    if (type === 'paragraph' && (children ?? []).every((child) => /^\s*$/.test((child as { value?: string }).value ?? 'x'))) return undefined;
    if (type === 'text' && (made as { value?: string }).value?.trim() === '') return { type, value: ' ' };
    if (type === 'text') return { type, value: ((made as { value?: string }).value ?? '').trim() };
    return made;
  };
  return { rest: JSON.stringify(visit(parseOrg(text))).replaceAll('{"type":"text","value":" "}', '').replace(/,(?=[\],])/g, '').replaceAll('"},{"type":"text","value":"', ''), images };
};
